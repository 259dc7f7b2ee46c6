package extract

import (
	"strings"
	"unicode"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
)

// maxDateLine is how many runes a line has that holds a date and little else.
const maxDateLine = 80

// weakDates is the last resort, for a page whose headline has no date beside it:
// an element that calls itself a date, anywhere outside lists of other pages and
// comments, in the order of the page. Only the first that reads as a date counts.
func (r *reading) weakDates() []dated {
	for i := range r.p.Elems {
		e := &r.p.Elems[i]
		if e.Dist[page.HintDate] > 1 || e.Stop <= e.Start || int(e.Stop-e.Start) > maxDateLine {
			continue
		}
		if e.Hidden || e.Anc&(page.InAside|page.InNav|page.InFooter) != 0 || e.Dist[page.HintComment] < 8 || e.Dist[page.HintRelated] < 3 {
			continue
		}
		line := strings.ReplaceAll(r.p.Printed(i), " ¦ ", " ")
		if !strings.ContainsFunc(line, unicode.IsDigit) {
			continue
		}
		for _, l := range normalize.Dates(line, r.dateHints(false)) {
			if l.Role != "other" {
				c := candidate{rule: "class", raw: line, family: "text", value: l.Value.String()}
				return []dated{{c, l.Role, l.Value}}
			}
		}
	}
	return nil
}

// hasDate reports whether one of ds gives a day of publication.
func hasDate(ds []dated) bool {
	for i := range ds {
		if ds[i].role == "published" && len(ds[i].value) >= len("2006-01-02") {
			return true
		}
	}
	return false
}
