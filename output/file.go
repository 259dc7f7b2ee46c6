package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// ErrShort says that a file ends before the mark that was committed for it: bytes
// that were promised are gone, and going on would hide it.
var ErrShort = errors.New("file is shorter than its committed mark")

// ErrBusy says that another process appends to the file: two would write over each other's lines.
var ErrBusy = errors.New("another process appends to it")

// A File is the append sink of a crawl: whole lines, durable before they are
// promised. Its user keeps the mark, the length up to which all lines are
// committed, in its own transactions:
//
//	Resume(mark)               cut what a crash left behind the mark
//	mark, err := Append(lines) the lines are on disk when it returns
//	                           … commit the mark …
//
// Killed at any moment and resumed at the last committed mark, the file holds
// each committed line once and no part of a line. A File is for one goroutine.
type File struct {
	// Compress makes Rotate compress what it seals, with zstd.
	Compress bool

	path   string
	f      *os.File
	offset int64
	broken error // after a failed write or sync nothing more is written: the kernel may have dropped pages
	crash  func(point string)
	write  func(b []byte, at int64) (int, error) // replaces that of f in tests
}

// Open opens the file of an append sink, or makes it; its folder must exist.
// Resume must be called before the first Append.
func Open(path string) (*File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("opening the output: %w", err)
	}
	if err := syncFolder(path); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &File{path: path, f: f, offset: -1, crash: func(string) {}}, nil
}

// Resume makes the file that of this process alone and cuts it to the last committed
// mark. One that another process has is ErrBusy; one that is shorter is ErrShort: it
// was cut or replaced by somebody else.
func (f *File) Resume(offset int64) error {
	if f.broken != nil {
		return f.broken
	}
	if err := lock(f.f); err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	info, err := f.f.Stat()
	if err != nil {
		return f.fail("reading the size of", err)
	}
	if offset < 0 || info.Size() < offset {
		return fmt.Errorf("%s: %w: it has %d bytes, %d were committed", f.path, ErrShort, info.Size(), offset)
	}
	if info.Size() > offset {
		if err := f.f.Truncate(offset); err != nil {
			return f.fail("cutting", err)
		}
		f.crash("after-truncate")
		if err := f.f.Sync(); err != nil {
			return f.fail("syncing", err)
		}
	}
	f.offset = offset
	return nil
}

// Place is the absolute name of the file.
func (f *File) Place() string {
	if abs, err := filepath.Abs(f.path); err == nil {
		return abs
	}
	return f.path
}

// Size is the length of the file as it stands: the mark of an output that was
// begun without one.
func (f *File) Size() (int64, error) {
	info, err := f.f.Stat()
	if err != nil {
		return 0, f.fail("reading the size of", err)
	}
	return info.Size(), nil
}

// Append writes the lines, each with its line end, syncs the file and gives the
// new mark. Lines must not hold line feeds. After an error the mark to resume at
// is the last one that was committed.
func (f *File) Append(lines [][]byte) (offset int64, err error) {
	if f.broken != nil {
		return 0, f.broken
	}
	if f.offset < 0 {
		return 0, fmt.Errorf("%s: Append before Resume", f.path)
	}
	if len(lines) == 0 {
		return f.offset, nil
	}
	var b bytes.Buffer
	for _, line := range lines {
		line = bytes.TrimSuffix(line, []byte("\n"))
		if bytes.IndexByte(line, '\n') >= 0 {
			return 0, fmt.Errorf("%s: a line holds a line feed", f.path)
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	f.crash("before-append")
	write := f.f.WriteAt
	if f.write != nil {
		write = f.write
	}
	n, err := write(b.Bytes(), f.offset)
	if err != nil { // a full disk above all: leave whole lines only
		return 0, f.fail("appending to", errors.Join(err, f.f.Truncate(f.offset)))
	}
	f.crash("after-append")
	if err := f.f.Sync(); err != nil {
		return 0, f.fail("syncing", err)
	}
	f.crash("after-sync")
	f.offset += int64(n)
	return f.offset, nil
}

// Seal makes the file durable as it stands. A plain output is never renamed.
func (f *File) Seal() error {
	if f.broken != nil {
		return f.broken
	}
	if err := f.f.Sync(); err != nil {
		return f.fail("syncing", err)
	}
	return nil
}

// Close closes the file.
func (f *File) Close() error { return f.f.Close() }

func (f *File) fail(doing string, err error) error {
	f.broken = fmt.Errorf("%s %s: %w", doing, f.path, err)
	return f.broken
}

// syncFolder makes the name of a new file durable.
func syncFolder(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("opening the folder of the output: %w", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("syncing the folder of %s: %w", path, err)
	}
	return nil
}

var _ io.Closer = (*File)(nil)
