package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// An atomicFile is written beside its name and renamed to it when whole.
type atomicFile struct {
	*os.File
	name string
	done bool
}

func createAtomic(name string) (*atomicFile, error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return nil, fmt.Errorf("create %s: %w", name, bare(err)) // the name beside is no word of the user's
	}
	return &atomicFile{File: f, name: name}, nil
}

// commit makes the file durable and gives it its name. Where it cannot, abort is still to be called.
func (a *atomicFile) commit() error {
	if err := a.Sync(); err != nil {
		return err
	}
	if err := a.Chmod(0o644); err != nil {
		return err
	}
	if err := a.Close(); err != nil {
		return err
	}
	if err := os.Rename(a.File.Name(), a.name); err != nil {
		return fmt.Errorf("create %s: %w", a.name, bare(err))
	}
	a.done = true
	return nil
}

// abort removes the file, unless it was committed.
func (a *atomicFile) abort() {
	if a.done {
		return
	}
	a.done = true
	_ = a.Close()
	_ = os.Remove(a.File.Name())
}
