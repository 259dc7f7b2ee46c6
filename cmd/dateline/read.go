package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
)

// maxInput is how large an input may be, in bytes, where --max-bytes does not say otherwise.
const maxInput = 64 << 20

// errTooLarge is an input over --max-bytes, before or after decompression.
var errTooLarge = errors.New("input is too large")

// errArchive is an input that holds many pages: taken for one, it would give a record of all their texts.
var errArchive = errors.New("input is a WARC archive, which is not read; save its pages as files")

// readInput reads the bytes of an input, undoing gzip and zstd by their magic
// numbers, up to limit bytes.
func readInput(path string, stdin io.Reader, limit int64) ([]byte, error) {
	body, err := readUnpacked(path, stdin, limit)
	if err == nil && bytes.HasPrefix(body, []byte("WARC/")) {
		return nil, errArchive
	}
	return body, err
}

func readUnpacked(path string, stdin io.Reader, limit int64) ([]byte, error) {
	var r io.Reader = stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, bare(err)
		}
		defer f.Close()
		r = f
	}
	raw, err := readAtMost(r, limit)
	if err != nil {
		return nil, bare(err)
	}
	switch {
	case bytes.HasPrefix(raw, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			return nil, fmt.Errorf("broken gzip: %w", err)
		}
		return unpack("gzip", z, limit)
	case bytes.HasPrefix(raw, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(bytes.NewReader(raw), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(uint64(limit)+(64<<20)))
		if err != nil {
			return nil, fmt.Errorf("broken zstd: %w", err)
		}
		defer z.Close()
		return unpack("zstd", z, limit)
	}
	return raw, nil
}

// bare is the cause of a file's error without its name: the caller names the file.
func bare(err error) error {
	var one *os.PathError
	var two *os.LinkError
	switch {
	case errors.As(err, &one):
		return one.Err
	case errors.As(err, &two):
		return two.Err
	}
	return err
}

func unpack(kind string, r io.Reader, limit int64) ([]byte, error) {
	b, err := readAtMost(r, limit)
	if err != nil && !errors.Is(err, errTooLarge) {
		return nil, fmt.Errorf("broken %s: %w", kind, err)
	}
	return b, err
}

func readAtMost(r io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(b)) > limit {
		return nil, fmt.Errorf("%w: over %d bytes (see --max-bytes)", errTooLarge, limit)
	}
	return b, nil
}
