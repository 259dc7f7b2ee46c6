// Package extract turns the bytes of a page into a record.
package extract

import "github.com/dateline-go/dateline"

// Extract reads one page.
func Extract(in Input) (Result, error) {
	if len(in.Body) == 0 {
		return Result{}, ErrEmpty
	}
	return Result{Record: dateline.Record{Schema: dateline.Schema, PageKind: dateline.KindOther, Provenance: map[string]string{}}}, nil
}
