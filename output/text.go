package output

import (
	"strings"

	"github.com/dateline-go/dateline"
)

// plainText is one document a record: title, standfirst, credit line, body. A
// form feed on a line of its own parts two records.
type plainText struct{}

func (plainText) head(b []byte) []byte { return b }

func (plainText) record(b []byte, r dateline.Record, n int) []byte {
	if n > 0 {
		b = append(b, "\n\f\n"...)
	}
	parts := []string{r.Kicker, r.Title, r.Standfirst, creditLine(r), r.Text}
	first := true
	for _, p := range parts {
		if p == "" {
			continue
		}
		if !first {
			b = append(b, '\n')
		}
		first = false
		b = append(append(b, strings.ReplaceAll(p, "\f", " ")...), '\n')
	}
	return b
}

func (plainText) tail(b []byte, _ int) []byte { return b }

// creditLine is who wrote it, for whom and when.
func creditLine(r dateline.Record) string {
	var parts []string
	if len(r.Authors) > 0 {
		parts = append(parts, strings.Join(r.Authors, ", "))
	}
	for _, p := range []string{r.Publisher, r.Published} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if r.Modified != "" && r.Modified != r.Published {
		parts = append(parts, "updated "+r.Modified)
	}
	return strings.Join(parts, " | ")
}
