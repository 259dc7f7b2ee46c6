package output

import (
	"encoding/json"
	"strings"

	"github.com/dateline-go/dateline"
)

// csvTable is RFC 4180 with a header: flat values as they are, lists of strings
// joined by "; ", objects and lists of objects as JSON.
type csvTable struct{ fields []string }

// notFlat are the keys that a table leaves out unless they are asked for.
var notFlat = map[string]bool{"contributors": true, "dates": true, "blocks": true, "images": true, "quality": true, "fingerprint": true, "source": true, "provenance": true}

func newCSVTable(fields []string) csvTable {
	if len(fields) == 0 {
		for _, f := range dateline.FieldNames() {
			if !notFlat[f] {
				fields = append(fields, f)
			}
		}
	}
	return csvTable{fields}
}

func (c csvTable) head(b []byte) []byte {
	for i, f := range c.fields {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendCell(b, f)
	}
	return append(b, "\r\n"...)
}

func (c csvTable) record(b []byte, r dateline.Record, _ int) []byte {
	for i, f := range c.fields {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendCell(b, cellOf(r, f))
	}
	return append(b, "\r\n"...)
}

func (csvTable) tail(b []byte, _ int) []byte { return b }

// cellOf is one value of a record as a cell, read from its own JSON so that the two never differ.
func cellOf(r dateline.Record, field string) string {
	object := r.AppendFields(nil, []string{field})
	raw := object[len(field)+len(`{"":`) : len(object)-1]
	switch raw[0] {
	case '"':
		var s string
		if json.Unmarshal(raw, &s) == nil {
			return s
		}
	case '[':
		var list []string
		if json.Unmarshal(raw, &list) == nil {
			return strings.Join(list, "; ")
		}
	case 'n':
		return ""
	}
	return string(raw)
}

// appendCell quotes a cell where RFC 4180, section 2, wants it.
func appendCell(b []byte, s string) []byte {
	if !strings.ContainsAny(s, "\",\r\n") {
		return append(b, s...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(s, `"`, `""`)...)
	return append(b, '"')
}
