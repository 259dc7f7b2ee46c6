// Package inspect renders why a page gave its record: one self-contained HTML file
// with each block kept or dropped and each field's candidates.
package inspect

import (
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"sync"

	"github.com/dateline-go/dateline/extract"
)

//go:embed page.html.tmpl
var source string

var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"percent": func(p float64) string { return fmt.Sprintf("%.0f%%", 100*p) },
	}).Parse(source))
})

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
	err := page().Execute(w, struct {
		extract.Result
		Kept int
	}{res, kept})
	if err != nil {
		return fmt.Errorf("inspect: %w", err)
	}
	return nil
}
