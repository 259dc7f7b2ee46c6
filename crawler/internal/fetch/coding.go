package fetch

import (
	"bufio"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// accepted are the codings that every request asks for, always in the same words: validators differ
// by coding.
const accepted = "gzip, br, zstd"

// maxCodings is how many layers of compression are undone.
const maxCodings = 3

var errCoding = errors.New("unknown content coding")

// decode undoes the codings of a Content-Encoding header, the last one first, and then what the bytes
// themselves give away: a gzip file under any name. A coding that is declared but not there is no
// fault. The readers it makes are released by close.
func decode(body io.Reader, header string) (r *bufio.Reader, close func(), err error) {
	var closers []func()
	close = func() {
		for i := len(closers) - 1; i >= 0; i-- {
			closers[i]()
		}
	}
	var codings []string
	for c := range strings.SplitSeq(strings.ToLower(header), ",") {
		if c = strings.TrimSpace(c); c != "" && c != "identity" {
			codings = append(codings, c)
		}
	}
	if len(codings) > maxCodings {
		return nil, close, fmt.Errorf("%w: %d layers", errCoding, len(codings))
	}
	r = bufio.NewReaderSize(body, 4096)
	for i := len(codings) - 1; i >= 0; i-- {
		next, done, err := undo(codings[i], r)
		if err != nil {
			return nil, close, err
		}
		if done != nil {
			closers = append(closers, done)
		}
		if next != nil {
			r = bufio.NewReaderSize(next, 4096)
		}
	}
	if magic, _ := r.Peek(3); len(magic) == 3 && magic[0] == 0x1f && magic[1] == 0x8b && magic[2] == 8 {
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, close, fmt.Errorf("unpacking gzip: %w", err)
		}
		closers = append(closers, func() { _ = z.Close() })
		r = bufio.NewReaderSize(z, 4096)
	}
	return r, close, nil
}

// undo is a reader that undoes one coding, nil where the bytes are plainly not in it.
func undo(coding string, r *bufio.Reader) (io.Reader, func(), error) {
	magic, _ := r.Peek(4)
	switch coding {
	case "gzip", "x-gzip":
		if len(magic) < 2 || magic[0] != 0x1f || magic[1] != 0x8b {
			return nil, nil, nil
		}
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, nil, fmt.Errorf("unpacking gzip: %w", err)
		}
		return z, func() { _ = z.Close() }, nil
	case "br":
		return brotli.NewReader(r), nil, nil
	case "zstd":
		if len(magic) < 4 || magic[1] != 0xb5 && magic[1] != 0x2a {
			return nil, nil, nil
		}
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(32<<20), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, nil, fmt.Errorf("unpacking zstd: %w", err)
		}
		return z, z.Close, nil
	case "deflate":
		// RFC 9110 means zlib; some servers send it bare.
		if len(magic) >= 2 && magic[0]&0x0f == 8 && (int(magic[0])<<8|int(magic[1]))%31 == 0 {
			z, err := zlib.NewReader(r)
			if err != nil {
				return nil, nil, fmt.Errorf("unpacking deflate: %w", err)
			}
			return z, func() { _ = z.Close() }, nil
		}
		return flate.NewReader(r), nil, nil
	}
	return nil, nil, fmt.Errorf("%w %q", errCoding, coding)
}
