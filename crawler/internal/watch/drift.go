// Package watch tells when a site broke: what its pages used to give, and give no more.
package watch

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/dateline-go/dateline"
)

// Bounds of the alarms (notes on crawling, 2.1).
const (
	minBase  = 20  // earlier pages that make a baseline
	minPages = 10  // pages of a run that can speak against it
	fall     = .20 // share by which a field must fall
	walls    = .20 // share of blocked answers
	keep     = 500 // pages of the baseline; older ones fade
	goodRuns = 2   // after which an alarm clears
)

// Grace is how long a new site raises no alarm.
const Grace = 3 * 24 * time.Hour

// The fields that are watched.
var fields = []string{"title", "date", "body", "author"}

// Yield is how many pages that a source claimed as articles gave each field, whatever kind came out.
type Yield struct {
	Pages int            `json:"pages"`
	With  map[string]int `json:"with"`
}

// Add counts one page.
func (y *Yield) Add(r *dateline.Record) {
	if y.With == nil {
		y.With = map[string]int{}
	}
	y.Pages++
	for f, ok := range map[string]bool{
		"title": r.Title != "", "date": r.Published != "", "author": len(r.Authors) > 0,
		"body": r.PageKind.IsArticle() && r.Text != "",
	} {
		if ok {
			y.With[f]++
		}
	}
}

func (y Yield) share(f string) float64 { return float64(y.With[f]) / float64(max(y.Pages, 1)) }

// A Memory is what a site's earlier runs gave; it is kept in the state as JSON.
type Memory struct {
	Base Yield `json:"base"`
}

// ParseMemory reads what String wrote; what cannot be read is a site met for the first time.
func ParseMemory(s string) (m Memory) {
	if json.Unmarshal([]byte(s), &m) != nil {
		return Memory{}
	}
	return m
}

func (m Memory) String() string {
	b, err := json.Marshal(m)
	if err != nil {
		return "" // numbers cannot fail
	}
	return string(b)
}

// Drift names the fields that fell against the baseline, with both shares; empty where nothing did
// or where there are too few pages to say.
func (m Memory) Drift(now Yield) string {
	if m.Base.Pages < minBase || now.Pages < minPages {
		return ""
	}
	var fell []string
	for _, f := range fields {
		if was, is := m.Base.share(f), now.share(f); was-is >= fall {
			fell = append(fell, fmt.Sprintf("%s %.0f%% → %.0f%%", f, 100*was, 100*is))
		}
	}
	return strings.Join(fell, ", ")
}

// Learn takes the pages of a run that raised no alarm into the baseline; old pages fade.
func (m *Memory) Learn(now Yield) {
	if m.Base.With == nil {
		m.Base.With = map[string]int{}
	}
	m.Base.Pages += now.Pages
	for _, f := range fields {
		m.Base.With[f] += now.With[f]
	}
	for m.Base.Pages > keep {
		m.Base.Pages /= 2
		for f := range m.Base.With {
			m.Base.With[f] /= 2
		}
	}
}

// A Finding is one thing wrong with a site in one run.
type Finding struct{ Kind, Detail, Do string }

// Findings are what a run saw. fetched and blocked count its pages; walled says that the site was given
// up in this run because it refused one page after the other.
func Findings(m Memory, now Yield, fetched, blocked int, walled bool) []Finding {
	var out []Finding
	if d := m.Drift(now); d != "" {
		out = append(out, Finding{"layout_drift", d, "look at a new page with dateline inspect; the site's markup may have changed"})
	}
	if walled || fetched >= minPages && float64(blocked) >= walls*float64(fetched) {
		out = append(out, Finding{"blocked", fmt.Sprintf("%d of %d pages were refused", blocked, fetched), "crawl slower, or ask the publisher"})
	}
	return out
}

// Cleared reports whether an alarm that was not seen for so many runs in a row is over.
func Cleared(good int) bool { return good >= goodRuns }
