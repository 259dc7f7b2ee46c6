package crawler

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/discover"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/normalize"
)

const (
	// pastRank parts what a backfill asked for from what is fresh, whatever its date: it comes last.
	pastRank = int64(1) << 40
	// freshFor is how old an article may be and still count as fresh.
	freshFor = 48 * time.Hour
)

// isPast reports whether a page of the frontier was asked for by a backfill.
func isPast(u state.URL) bool { return u.Rank > pastRank/2 }

// window is the time that a backfill asks for; false in a run that is none.
func (r *run) window() (discover.Span, bool) {
	return discover.Span{From: r.Since, To: r.Until}, !r.Since.IsZero()
}

// wantedPast reports whether a backfill asks for an entry of a sitemap, and ranks what it asks for behind all that is
// fresh. A run that is none asks for all. file is the time that the sitemap's name promises.
func (v *visit) wantedPast(f *found, file discover.Span) bool {
	w, on := v.r.window()
	if !on {
		return true
	}
	s := v.spanOfEntry(*f, file)
	if s.Known() && !w.Meets(s) {
		return false
	}
	if !s.Known() || s.From.Before(v.r.started.Add(-freshFor)) {
		f.rank += pastRank
	}
	return true
}

// spanOfEntry is when an article came out, as exactly as its address, its sitemap or the file's name say.
func (v *visit) spanOfEntry(f found, file discover.Span) discover.Span {
	if s := spanOfAddress(f.url); s.Known() {
		return s
	}
	for _, stated := range []string{f.claim.Published, f.claim.Updated} {
		if t, ok := v.instantOf(stated); ok {
			return discover.Span{From: t, To: t.Add(time.Second)}
		}
	}
	return file
}

func spanOf(where string) discover.Span {
	u, err := url.Parse(where)
	if err != nil {
		return discover.Span{}
	}
	return discover.SpanOfFile(u)
}

func spanOfAddress(where string) discover.Span {
	u, err := url.Parse(where)
	if err != nil {
		return discover.Span{}
	}
	return discover.SpanOfPage(u)
}

// instantOf is a date that a machine wrote as a moment, in UTC where it names no zone.
func (v *visit) instantOf(s string) (time.Time, bool) {
	if s == "" {
		return time.Time{}, false
	}
	d, err := normalize.Date(s, normalize.DateHints{Machine: true, Now: v.r.started})
	if err != nil || d.Year == 0 {
		return time.Time{}, false
	}
	t := time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), d.Hour, d.Minute, d.Second, 0, time.UTC)
	return t.Add(-time.Duration(d.Offset) * time.Second), true
}

// A past is what a source queue knows of a backfill: which of the sitemaps may hold what it asks for.
type past struct {
	on     bool
	window discover.Span
}

// wants says whether a sitemap is to be read for the past, and ok whether that is for the past to say:
// not by a file whose name, or whose last change, lies outside, and not again by one that was read for all
// of it.
func (p past) wants(s *state.Source) (want, ok bool) {
	if s.Kind != kindSitemap && s.Kind != kindIndex {
		return false, false
	}
	if read := readFor(s); !p.on {
		return true, read.Known() && !s.LastRead.IsZero() // what was left alone then is wanted now
	} else if !s.LastRead.IsZero() && (!read.Known() || read.Covers(p.window)) {
		return false, false
	}
	if s.Kind == kindIndex {
		return true, true
	}
	if named := spanOf(s.URL); named.Known() && !p.window.Meets(named) {
		return false, true
	}
	changed, err := time.Parse(time.RFC3339, s.Note)
	if err != nil {
		changed, err = time.Parse(time.DateOnly, s.Note)
	}
	return err != nil || !changed.Before(p.window.From), true
}

// readFor is the time for which a sitemap was last read, where entries of another time were left alone;
// the zero Span where none were.
func readFor(s *state.Source) discover.Span {
	from, to, ok := strings.Cut(s.Digest, "/")
	if !ok {
		return discover.Span{}
	}
	moment := func(x string) time.Time {
		n, err := strconv.ParseInt(x, 10, 64)
		if err != nil {
			return time.Time{}
		}
		return time.Unix(n, 0).UTC()
	}
	return discover.Span{From: moment(from), To: moment(to)}
}

// noteFor remembers for which time a sitemap was read.
func noteFor(s *state.Source, w discover.Span, whole bool) {
	s.Digest = ""
	if !whole {
		s.Digest = strconv.FormatInt(w.From.Unix(), 10) + "/"
		if !w.To.IsZero() {
			s.Digest += strconv.FormatInt(w.To.Unix(), 10)
		}
	}
}
