// Package output turns records into bytes: Writer in the formats that people and
// programs read, File as the sink of a crawl that loses and doubles nothing.
package output

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/dateline-go/dateline"
)

// Formats are the formats of NewWriter, the default first.
func Formats() []string { return []string{"jsonl", "json", "csv", "md", "txt"} }

// A Writer writes records in one format. Each record is handed to the underlying
// writer whole before Write returns.
type Writer struct {
	w      *bufio.Writer
	enc    encoder
	n      int
	closed bool
}

// An encoder appends one form of output to a buffer.
type encoder interface {
	// head and tail frame all records, between parts two; n counts the records so far.
	head(b []byte) []byte
	record(b []byte, r dateline.Record, n int) []byte
	tail(b []byte, n int) []byte
}

// NewWriter is a writer of the format (jsonl, json, csv, md or txt; "" is jsonl).
// fields selects keys of the record, in order, for jsonl, json and csv; empty is
// all of them. md and txt are documents and take no fields.
func NewWriter(w io.Writer, format string, fields []string) (*Writer, error) {
	for _, f := range fields {
		if !slices.Contains(dateline.FieldNames(), f) {
			return nil, fmt.Errorf("unknown field %q; fields are %s", f, strings.Join(dateline.FieldNames(), ", "))
		}
	}
	out := &Writer{w: bufio.NewWriter(w)}
	switch format {
	case "", "jsonl":
		out.enc = jsonLines{fields}
	case "json":
		out.enc = jsonArray{fields}
	case "csv":
		out.enc = newCSVTable(fields)
	case "md":
		out.enc = markdown{}
	case "txt":
		out.enc = plainText{}
	default:
		return nil, fmt.Errorf("unknown format %q; formats are %s", format, strings.Join(Formats(), ", "))
	}
	return out, nil
}

// Write writes one record.
func (w *Writer) Write(r dateline.Record) error {
	b := w.w.AvailableBuffer()
	if w.n == 0 {
		b = w.enc.head(b)
	}
	b = w.enc.record(b, r, w.n)
	w.n++
	return w.flush(b)
}

// Close ends the output, so that it is whole also without a record; it does not
// close the underlying writer.
func (w *Writer) Close() error {
	if w.closed {
		return nil
	}
	w.closed = true
	b := w.w.AvailableBuffer()
	if w.n == 0 {
		b = w.enc.head(b)
	}
	return w.flush(w.enc.tail(b, w.n))
}

func (w *Writer) flush(b []byte) error {
	if _, err := w.w.Write(b); err != nil {
		return fmt.Errorf("writing records: %w", err)
	}
	if err := w.w.Flush(); err != nil {
		return fmt.Errorf("writing records: %w", err)
	}
	return nil
}

// jsonLines is one object a line.
type jsonLines struct{ fields []string }

func (jsonLines) head(b []byte) []byte { return b }

func (j jsonLines) record(b []byte, r dateline.Record, _ int) []byte {
	return append(appendObject(b, r, j.fields), '\n')
}

func (jsonLines) tail(b []byte, _ int) []byte { return b }

// jsonArray is one array, streamed.
type jsonArray struct{ fields []string }

func (jsonArray) head(b []byte) []byte { return append(b, '[') }

func (j jsonArray) record(b []byte, r dateline.Record, n int) []byte {
	if n > 0 {
		b = append(b, ',')
	}
	return appendObject(append(b, '\n'), r, j.fields)
}

func (jsonArray) tail(b []byte, n int) []byte {
	if n > 0 {
		b = append(b, '\n')
	}
	return append(b, "]\n"...)
}

func appendObject(b []byte, r dateline.Record, fields []string) []byte {
	if len(fields) > 0 {
		return r.AppendFields(b, fields)
	}
	return r.AppendJSON(b)
}
