package crawler

import (
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
)

// The kinds of source, in the order in which they are read: what is cheap and fresh comes first.
const (
	kindStart   = "start"
	kindFeed    = "feed"
	kindNews    = "news"
	kindIndex   = "index"
	kindSitemap = "sitemap"
	kindSection = "section"
	kindPaging  = "page" // a further page of a section: read once, then dropped
)

var kindOrder = map[string]int{kindStart: 0, kindFeed: 1, kindNews: 2, kindIndex: 3, kindSitemap: 4, kindPaging: 5, kindSection: 6}

// bulk reports whether sources of a kind are many and slow to change: a step of a visit reads a few of them, all of
// the others, and then goes on to the pages.
func bulk(kind string) bool { return kindOrder[kind] > kindOrder[kindNews] }

const (
	// Sections that never named anything new are read until so many in a row had nothing again; fewer
	// where a sitemap was read, which names everything.
	barrenSections, barrenBesideSitemap = 4, 2
	staleSource                         = 24 * time.Hour // then it is read whatever speaks against it
	bulkATurn                           = 10             // of the bulk read in one step of a visit
)

// A sourceQueue holds the sources of a site, and which of them this run has still to read.
type sourceQueue struct {
	all  map[int64]*state.Source
	at   map[string]*state.Source // by address; see place
	done map[int64]bool
	now  time.Time
	// ahead is the time to the next run, clock tells what it is now.
	ahead time.Duration
	clock func() time.Time
	// scheduled is true where a source is read when its interval says so, not in every run.
	scheduled bool
	// newRobots is true where robots.txt was fetched in this run: what it denied may be allowed now.
	newRobots bool
	past      past
	// taught reports whether a sitemap is to be read again for what was passed; see passedforms.go.
	taught func(*state.Source) bool

	barren  int  // sections in a row that named nothing new
	sitemap bool // a sitemap was read, or is unchanged
}

func (q *sourceQueue) load(known []state.Source, now time.Time) {
	q.all, q.at, q.done, q.now = map[int64]*state.Source{}, map[string]*state.Source{}, map[int64]bool{}, now
	for i := range known {
		q.all[known[i].ID] = &known[i]
		q.place(&known[i])
	}
}

// add makes a source known; one that is known keeps what is known of it, also where it has moved since.
func (q *sourceQueue) add(s state.Source) (src *state.Source, fresh bool) {
	if old := q.all[s.ID]; old != nil {
		return old, false
	}
	if old := q.at[s.URL]; old != nil {
		return old, false
	}
	q.all[s.ID], q.at[s.URL] = &s, &s
	return &s, true
}

// unlist lets go of start pages that are none any more.
func (q *sourceQueue) unlist(listed map[int64]bool) {
	for id, s := range q.all {
		if s.Kind == kindStart && !listed[id] {
			delete(q.all, id)
			if q.at[s.URL] == s {
				delete(q.at, s.URL)
			}
		}
	}
}

// next is the source to read next, nil where there is none. Without all only what is cheap and fresh.
func (q *sourceQueue) next(all bool) *state.Source {
	var best *state.Source
	for id, s := range q.all {
		if q.done[id] && !q.again(s) || !q.done[id] && !q.wants(s) || !all && bulk(s.Kind) {
			continue
		}
		if best == nil || before(s, best) {
			best = s
		}
	}
	return best
}

// before orders by kind; sitemaps newest first; sections that named articles before those that never did.
func before(a, b *state.Source) bool {
	if x, y := kindOrder[a.Kind], kindOrder[b.Kind]; x != y {
		return x < y
	}
	if a.Kind == kindSection && (a.Found > 0) != (b.Found > 0) {
		return a.Found > 0
	}
	if a.Kind == kindSitemap && a.Note != b.Note {
		return a.Note > b.Note
	}
	if !a.FirstSeen.Equal(b.FirstSeen) {
		return a.FirstSeen.Before(b.FirstSeen)
	}
	return a.URL < b.URL
}

// wants reports whether the run is to read a source.
func (q *sourceQueue) wants(s *state.Source) bool {
	if q.replaced(s) {
		return false
	}
	if s.Fails > 0 && s.Kind != kindStart && s.NextDue.After(q.now) {
		return false
	}
	if s.Fails == state.Denied && !q.newRobots && s.NextDue.After(q.now) {
		return false
	}
	if q.taught(s) {
		return true
	}
	if want, ok := q.past.wants(s); ok {
		return want
	}
	if q.scheduled && !s.LastRead.IsZero() && s.NextDue.After(q.by(s)) {
		return false
	}
	stale := !s.LastRead.IsZero() && q.now.Sub(s.LastRead) >= staleSource
	switch s.Kind {
	case kindSitemap, kindNews:
		// A file whose index says when it changed is read when that says so; Note is what it said last.
		unchanged := s.Parent != 0 && s.Note != "" && !s.LastRead.IsZero()
		return !unchanged || stale || s.Fails > 0
	case kindSection:
		limit := barrenSections
		if q.sitemap {
			limit = barrenBesideSitemap
		}
		return s.Found > 0 || stale || q.barren < limit
	}
	return true
}

// widens reports whether a source is read for more than the last time: a 304 would hide it.
func (q *sourceQueue) widens(s *state.Source) bool {
	want, ok := q.past.wants(s)
	return want && ok
}

// read notes the result of one source in the order of the run.
func (q *sourceQueue) read(s *state.Source, fresh int, ok bool) {
	q.done[s.ID] = true
	switch {
	case !ok:
	case s.Kind == kindSitemap || s.Kind == kindIndex:
		q.sitemap = true
	case s.Kind == kindSection && fresh > 0:
		q.barren = 0
	case s.Kind == kindSection && s.Found == 0:
		q.barren++
	}
}

// nextDue is when the site is due again for its sources: by the most eager of them, at once where one
// was left unread.
func (q *sourceQueue) nextDue(now time.Time) time.Time {
	next := now.Add(24 * time.Hour)
	for id, s := range q.all {
		switch {
		case !q.done[id] && q.wants(s):
			return now
		case s.NextDue.After(now) && s.NextDue.Before(next):
			next = s.NextDue
		}
	}
	return next
}

// section reports whether an address is that of a section page.
func (q *sourceQueue) section(where string) bool {
	for _, s := range q.all {
		if s.Kind == kindSection && s.URL == where {
			return true
		}
	}
	return false
}

// count is how many sources of a kind are known.
func (q *sourceQueue) count(kind string) int {
	n := 0
	for _, s := range q.all {
		if s.Kind == kind {
			n++
		}
	}
	return n
}
