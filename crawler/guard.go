package crawler

import (
	"net/url"
	"sync"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/discover"
	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/crawler/internal/state"
)

// What closes a form of address that looks like a trap, and for how long (notes on crawling, 3.3).
const (
	maxVariants   = 50  // of the query of one path, named by links of pages only
	trapPages     = 200 // of one form fetched in one run
	trapShare     = .02 // of articles among them
	closedFor     = 30 * 24 * time.Hour
	closedForm    = "a form of address that led to no articles"
	closedVariant = "too many queries of one path"
)

// A trial is what one form of address led to in this run.
type trial struct{ pages, articles int }

// closed says why the site's own pages speak against an address, "" where they do not.
func (v *visit) closed(u *url.URL) string {
	switch {
	case v.shapes[discover.Shape(u)].ClosedUntil.After(v.r.started):
		return closedForm
	case u.RawQuery != "" && v.shapes[variants(u)].ClosedUntil.After(v.r.started):
		return closedVariant
	}
	return ""
}

// variants names the addresses that differ in their query only.
func variants(u *url.URL) string { return "variants of " + u.Path }

// vary counts a new address that only a link of a page named; false where it is one too many. Facets have
// no end: a path with too many queries is closed, unless what was fetched of it are articles.
func (v *visit) vary(where string) bool {
	u, err := address.Resolve("", where)
	if err != nil || u.RawQuery == "" || discover.Identity(u) {
		return true
	}
	s := v.shapes[variants(u)]
	if s.ClosedUntil.After(v.r.started) {
		return false
	}
	s.Shape = variants(u)
	s.Found++
	if s.Found >= maxVariants && !worthIt(s) {
		s.ClosedUntil = v.r.started.Add(closedFor)
	}
	v.keepShape(s)
	return true
}

// tried counts what a form of address led to in this run, and closes one that only costs.
func (v *visit) tried(s *state.Shape, article bool) {
	n := v.trials[s.Shape]
	n.pages++
	if article {
		n.articles++
	}
	v.trials[s.Shape] = n
	if n.pages >= trapPages && float64(n.articles) <= trapShare*float64(n.pages) {
		s.ClosedUntil = v.r.started.Add(closedFor)
		v.closedForms.add(s.Shape)
	}
}

// closedForms are the forms of address that are closed. One goroutine hands pages out by them while
// another closes a form by what it books.
type closedForms struct {
	mu     sync.RWMutex
	closed map[string]bool
}

func (c *closedForms) load(shapes map[string]state.Shape, now time.Time) {
	for name, s := range shapes {
		if s.ClosedUntil.After(now) {
			c.add(name)
		}
	}
}

func (c *closedForms) add(shape string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed == nil {
		c.closed = map[string]bool{}
	}
	c.closed[shape] = true
}

func (c *closedForms) remove(shape string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.closed, shape)
}

// holds reports whether an address has a form that is closed.
func (c *closedForms) holds(u *url.URL) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.closed) > 0 && c.closed[discover.Shape(u)]
}

// refused reports whether a page is not to be fetched because its form was closed after it was booked. What
// was an article is, and what a source of articles only or the operator names one.
func (p *fetched) refused() bool {
	if p.row.State == state.Done || p.claimed() || p.v.explorer.going[p.row.Key] {
		return false
	}
	u, err := address.Resolve("", p.row.URL)
	if err != nil || !p.v.closedForms.holds(u) {
		return false
	}
	article, _, _ := p.v.site.conf.Verdict(u)
	return !article
}

// refuse gives a page that is not asked for its outcome.
func (p *fetched) refuse() {
	p.now = p.v.r.clock.Now()
	p.out.Final, p.out.Err = p.row.URL, &fetch.Error{Fault: fetch.FaultScope, Why: closedForm}
}

// learnVariant counts a page among those that differ in their query only, where they are counted at all.
func (v *visit) learnVariant(u *url.URL, article bool) {
	s, ok := v.shapes[variants(u)]
	if !ok {
		return
	}
	s.Pages++
	if article {
		s.Articles++
	}
	if worthIt(s) {
		s.ClosedUntil = time.Time{}
	}
	v.keepShape(s)
}

// worthIt reports whether the queries of a path were mostly articles: a system that names them so.
func worthIt(s state.Shape) bool {
	return s.Pages >= taughtPages && s.Articles*2 >= s.Pages
}
