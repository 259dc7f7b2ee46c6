package output

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
)

// SealedName is the name that the file would get if it were sealed at a moment: its own with the date, and free.
func (f *File) SealedName(at time.Time) string {
	ext := filepath.Ext(f.path)
	base := strings.TrimSuffix(f.path, ext) + "-" + at.UTC().Format("20060102T150405Z")
	name := base + ext
	for n := 2; exists(name) || exists(name+".zst"); n++ {
		name = fmt.Sprintf("%s_%02d%s", base, n, ext) // in order of name they are in order of time
	}
	return name
}

// Rotate gives the file, cut to its committed mark, the sealed name, and begins it anew, empty. The name must
// come from SealedName and be committed by the caller as what he intends; called again with it after a
// crash, Rotate finishes what was begun. With Compress the sealed file is compressed, and named so.
func (f *File) Rotate(sealed string, mark int64) error {
	if f.broken != nil {
		return f.broken
	}
	packed := sealed + ".zst"
	// The name was free when it was chosen: that it is taken says that the rename was done.
	if !exists(sealed) && !exists(packed) {
		if err := f.Resume(mark); err != nil {
			return err
		}
		if err := f.f.Sync(); err != nil {
			return f.fail("syncing", err)
		}
		f.crash("before-rename")
		if err := os.Rename(f.path, sealed); err != nil {
			return f.fail("sealing", err)
		}
		f.crash("after-rename")
		if err := syncFolder(f.path); err != nil {
			return f.fail("sealing", err)
		}
	}
	if f.Compress || exists(packed) {
		if err := f.pack(sealed, packed); err != nil {
			return f.fail("compressing", err)
		}
	} else if err := os.Remove(packed + ".tmp"); err != nil && !os.IsNotExist(err) { // of a crash, when it was to be compressed
		return f.fail("sealing", err)
	}
	return f.begin()
}

// pack compresses a sealed file beside it; only a whole one gets the name.
func (f *File) pack(sealed, packed string) error {
	if !exists(packed) {
		tmp := packed + ".tmp" // of a crash: written anew
		if err := compress(sealed, tmp); err != nil {
			return errors.Join(err, os.Remove(tmp))
		}
		f.crash("after-compress")
		if err := os.Rename(tmp, packed); err != nil {
			return err
		}
		if err := syncFolder(packed); err != nil {
			return err
		}
	}
	f.crash("before-remove")
	if err := os.Remove(sealed); err != nil && !os.IsNotExist(err) {
		return err
	}
	return nil
}

func compress(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	z, err := zstd.NewWriter(out, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	if _, err := io.Copy(z, in); err != nil {
		return errors.Join(err, z.Close())
	}
	if err := z.Close(); err != nil {
		return err
	}
	return out.Sync()
}

// begin opens the file anew.
func (f *File) begin() error {
	fresh, err := os.OpenFile(f.path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return f.fail("beginning anew", err)
	}
	old := f.f
	f.f, f.offset = fresh, 0
	_ = old.Close() // it was synced, and has another name now
	if err := lock(fresh); err != nil {
		return f.fail("beginning anew", err)
	}
	if n, err := f.Size(); err != nil || n > 0 {
		return f.fail("beginning anew", errors.Join(err, fmt.Errorf("it holds %d bytes that nobody promised", n)))
	}
	f.crash("after-begin")
	if err := syncFolder(f.path); err != nil {
		return f.fail("beginning anew", err)
	}
	return nil
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}
