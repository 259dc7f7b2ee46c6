// Package inspect renders why a page gave its record: one self-contained HTML file
// with each block kept or dropped and each field's candidates.
package inspect

import (
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"math"
	"strings"
	"sync"

	"github.com/dateline-go/dateline/extract"
)

//go:embed page.html.tmpl
var source string

var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"percent": percent,
		"adds":    func(k extract.KindTrace) string { return fmt.Sprintf("%+.2f", k.Value*k.Weight) },
		"width":   func(w float64) string { return fmt.Sprintf("w%d", min(10, int(math.Abs(w)*1.6))) },
	}).Parse(source))
})

// percent is a share for reading; the ends stand for none and all alone.
func percent(p float64) string {
	switch r := math.Round(100 * p); {
	case r == 0 && p > 0:
		return "<1%"
	case r == 100 && p < 1:
		return ">99%"
	default:
		return fmt.Sprintf("%.0f%%", r)
	}
}

// ErrNoTrace is the error for a result that was made without extract.Input.Trace.
var ErrNoTrace = errors.New("inspect: the result has no trace; extract with Trace set")

// HTML writes the page that explains res. It holds no script and asks for nothing
// from elsewhere; all that comes from the inspected page is escaped.
func HTML(w io.Writer, res extract.Result) error {
	if res.Trace == nil {
		return ErrNoTrace
	}
	kept := 0
	for _, b := range res.Trace.Blocks {
		if b.Kept {
			kept++
		}
	}
	var silent []string
	for _, f := range res.Trace.Fields {
		if len(f.Candidates) == 0 {
			silent = append(silent, f.Field)
		}
	}
	err := page().Execute(w, struct {
		extract.Result
		Kept    int
		Refused float64
		Runs    []run
		Silent  string // the fields without a candidate
	}{res, kept, extract.RefusedKind, runsOf(res.Trace), strings.Join(silent, ", ")})
	if err != nil {
		return fmt.Errorf("inspect: %w", err)
	}
	return nil
}
