package main

import (
	"os"
	"path/filepath"
)

// A use is a file that a command line names, and what for; one without a name is none.
type use struct{ what, name string }

// keepApart refuses a file that is to be written and is named for something else too: what it holds as the one would
// be lost as the other. Devices and pipes hold nothing.
func keepApart(written, read []use) error {
	for i, w := range written {
		if w.name == "" {
			continue
		}
		info, err := os.Stat(w.name)
		if err == nil && !info.Mode().IsRegular() {
			continue
		}
		for _, other := range [][]use{written[:i], read} {
			for _, o := range other {
				if o.name != "" && sameFile(w.name, info, o.name) {
					return usageError("name another file", "%s and %s are one file: %s", w.what, o.what, w.name)
				}
			}
		}
	}
	return nil
}

// sameFile reports whether other is the file of that name, whose info is nil where it is not there yet.
func sameFile(name string, info os.FileInfo, other string) bool {
	if info != nil {
		there, err := os.Stat(other)
		return err == nil && os.SameFile(info, there)
	}
	a, err := filepath.Abs(name)
	b, err2 := filepath.Abs(other)
	return err == nil && err2 == nil && a == b
}
