package crawler

import (
	"cmp"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
)

// movesForGood is how many readings in a row must be sent to the same place for good before a source is taken to
// stand there: a redirect to a page of consent, or one made by mistake, goes away again.
const movesForGood = 3

// goneWaits are the waits of a source that answers 410: once it said so for a day it is looked at once a week, for a
// mistake of its server's may be mended.
var goneWaits = []time.Duration{time.Hour, 24 * time.Hour, 7 * 24 * time.Hour}

// follow notes where a reading was sent for good, and says so when the source is taken to have moved there.
func (v *visit) follow(s *state.Source, to string) {
	from := s.URL
	if v.sources.follow(s, to); s.URL != from {
		v.r.Log.Warn("a source has moved for good", "site", v.site.key, "source", from, "kind", s.Kind, "to", s.URL)
	}
}

// follow takes to, where permanent redirects led a reading of a source, empty where there were none.
func (q *sourceQueue) follow(s *state.Source, to string) {
	switch {
	case to == "":
		s.MovedTo, s.Moves = "", 0
		return
	case to != s.MovedTo:
		s.MovedTo, s.Moves = to, 0
	}
	if s.Moves++; s.Moves < movesForGood {
		return
	}
	q.move(s, cmp.Or(s.Was, s.URL), to)
	if q.replaced(s) {
		s.NextDue = time.Time{}
	}
}

// back takes a source that cannot be read where it moved to for one that stands where it did: a move may be taken back,
// and else the redirect will say so again.
func (q *sourceQueue) back(s *state.Source) {
	if s.Was != "" && s.Fails >= movesForGood {
		q.move(s, "", s.Was)
	}
}

func (q *sourceQueue) move(s *state.Source, was, to string) {
	if q.at[s.URL] == s {
		delete(q.at, s.URL)
	}
	s.Was, s.URL, s.MovedTo, s.Moves = was, to, "", 0
	q.place(s)
}

// place notes which source stands at an address: of several the one that always stood there.
func (q *sourceQueue) place(s *state.Source) {
	if old := q.at[s.URL]; old == nil || old.Was != "" && s.Was == "" {
		q.at[s.URL] = s
	}
}

// replaced reports whether a source moved to where another one stands, which is read in its place.
func (q *sourceQueue) replaced(s *state.Source) bool { return s.Was != "" && q.at[s.URL] != s }
