package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"
)

// A newFile is a flag of a file that the command writes. That it could not be made is told before any work is
// done, and not at its end. It is given once: of two, one would stay empty.
type newFile string

func newFileVar(fl *pflag.FlagSet, p *string, name, short, usage string) {
	fl.VarP((*newFile)(p), name, short, usage)
}

// Set takes the name.
func (f *newFile) Set(name string) error {
	switch {
	case name == "":
		return errors.New("the name of a file is wanted")
	case *f != "":
		return fmt.Errorf("it is given twice, and was %s", *f)
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return errors.New("it is a folder; the name of a file is wanted")
	}
	if dir := filepath.Dir(name); isMissing(dir) {
		return fmt.Errorf("there is no folder %s; make it first", dir)
	}
	*f = newFile(name)
	return nil
}

func isMissing(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

func (f *newFile) String() string { return string(*f) }

// Type is what --help names the value.
func (*newFile) Type() string { return "file" }
