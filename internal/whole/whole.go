// Package whole writes files that are whole or not there: beside their name, and renamed to it at the end.
package whole

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A File gets its name when Commit is called. What Abort is called of before leaves nothing.
type File struct {
	*os.File
	name   string
	mode   fs.FileMode
	direct bool // a device or a pipe, which is written as it is and never replaced
	done   bool
}

// Create begins a file. One that stands under the name keeps its mode, and stays as it is until Commit; a link is
// followed. The error names the file that was asked for.
func Create(name string) (*File, error) {
	f := &File{name: name, mode: 0o644}
	info, err := os.Stat(name)
	switch {
	case err == nil && !info.Mode().IsRegular() && !info.IsDir():
		f.direct = true
		f.File, err = os.OpenFile(name, os.O_WRONLY, 0)
	default:
		if err == nil {
			f.mode = info.Mode().Perm()
			if real, err := filepath.EvalSymlinks(name); err == nil {
				f.name = real
			}
		}
		f.File, err = os.CreateTemp(filepath.Dir(f.name), "."+filepath.Base(f.name)+".*") // of no suffix that anything collects
	}
	if err != nil {
		return nil, failed(name, err)
	}
	return f, nil
}

// Commit makes the file durable and gives it its name. Where it cannot, Abort is still to be called.
func (f *File) Commit() error {
	if f.direct {
		f.done = true
		return f.Close()
	}
	if err := errors.Join(f.Sync(), f.Chmod(f.mode), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.File.Name(), f.name); err != nil {
		return failed(f.name, err)
	}
	f.done = true
	return nil
}

// Abort removes the file, unless it was committed.
func (f *File) Abort() {
	if f.done {
		return
	}
	f.done = true
	_ = f.Close()
	if !f.direct {
		_ = os.Remove(f.File.Name())
	}
}

// Write puts text under a name.
func Write(name string, text []byte) error {
	f, err := Create(name)
	if err != nil {
		return err
	}
	defer f.Abort()
	if _, err := f.Write(text); err != nil {
		return failed(name, err)
	}
	return f.Commit()
}

// failed names the file that was asked for, and not the one beside it.
func failed(name string, err error) error {
	var one *fs.PathError
	var two *os.LinkError
	switch {
	case errors.As(err, &one):
		err = one.Err
	case errors.As(err, &two):
		err = two.Err
	}
	return fmt.Errorf("create %s: %w", name, err)
}
