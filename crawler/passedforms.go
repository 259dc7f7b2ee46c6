package crawler

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/discover"
	"github.com/dateline-go/dateline/crawler/internal/state"
)

// A sitemap names all that a site has, and what does not read like an article's address is passed: on a site whose articles
// are numbers, all of it. But front page and feeds show some of them, and once these have taught what the form is, the
// sitemap is read again for the rest, in the same run, though it has not changed.

const (
	// fewPages of a form, nine in ten of them articles, are enough for the addresses of that form in a sitemap.
	fewPages = 5
	// leastPassed is how many entries of one form make it worth a second reading, mostForms of how many forms that is kept.
	leastPassed, mostForms = 5, 8
)

// passedForms counts the entries of a sitemap that were passed, by form.
type passedForms map[string]int

// note counts an entry whose form may still turn out to be one of articles; if it is known to be, somebody else has passed it.
func (p passedForms) note(v *visit, where string) {
	u, err := address.Resolve("", where)
	if err != nil {
		return
	}
	if form := discover.Shape(u); !v.settled(form) && !v.barren(v.shapes[form]) {
		p[form]++
	}
}

// String are the forms with the most entries, as a source keeps them.
func (p passedForms) String() string {
	forms := slices.DeleteFunc(slices.Collect(maps.Keys(p)), func(f string) bool { return p[f] < leastPassed })
	slices.SortFunc(forms, func(a, b string) int { return cmp.Or(p[b]-p[a], strings.Compare(a, b)) })
	return strings.Join(forms[:min(len(forms), mostForms)], " ")
}

// settled reports whether the pages of a form have shown it to be that of articles.
func (v *visit) settled(form string) bool {
	sh := v.shapes[form]
	return sh.Pages >= fewPages && sh.Articles*10 >= sh.Pages*9
}

// taughtSince reports whether a sitemap passed addresses of a form that was taught to be that of articles since.
func (v *visit) taughtSince(s *state.Source) bool {
	if s.Kind != kindSitemap || s.Fails != 0 || s.LastRead.IsZero() {
		return false
	}
	for form := range strings.FieldsSeq(s.Items) {
		if v.settled(form) {
			return true
		}
	}
	return false
}
