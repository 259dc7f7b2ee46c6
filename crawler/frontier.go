package crawler

import (
	"context"
	"slices"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/discover"
	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/extract"
	"github.com/dateline-go/dateline/normalize"
)

// What an address must score to be fetched.
const (
	feedThreshold = .3
	pageThreshold = .6
	// A sitemap whose addresses mostly are articles' lends that to the rest of them.
	sitemapShare, sitemapThreshold = .6, .12
)

const maxFromPages = 2000 // new addresses a run that only links of pages name: no trap brings more

// A found is one address that a source names as an article.
type found struct {
	url   string
	key   state.Key
	claim *state.Claim // of a feed or sitemap
	rank  int64
}

// locate gives an address its fetch form and its key; false where it is none of the site's.
func (v *visit) locate(where string) (f found, ok bool) {
	key := normalize.URLKey(where)
	if key == "" || v.site.scope(where) != nil && v.site.scope(key) != nil {
		return f, false
	}
	if state.HostOf(where) != state.HostOf(key) {
		where = normalize.URL(where, "") // out of a redirector's wrapping
	}
	return found{url: where, key: state.KeyOf(key)}, state.HostOf(where) == state.HostOf(key)
}

// judgeEntries are the entries of a feed or sitemap that may be articles.
func (v *visit) judgeEntries(src *state.Source, d discover.Document) []found {
	place := map[discover.Kind]discover.Place{discover.Feed: discover.InFeed, discover.News: discover.InNews}[d.Kind]
	if place == "" {
		place = discover.InSitemap
	}
	scores := make([]float64, len(d.Entries))
	good := 0
	for i, e := range d.Entries {
		if scores[i] = v.score(discover.Link{Place: place}, e.URL); scores[i] >= pageThreshold {
			good++
		}
	}
	threshold := feedThreshold
	if place == discover.InSitemap {
		if threshold = pageThreshold; float64(good) >= sitemapShare*float64(len(scores)) {
			threshold = sitemapThreshold
		}
	}
	var out []found
	for i, e := range d.Entries {
		f, ok := v.locate(e.URL)
		switch {
		case !ok:
		case scores[i] < 0:
			v.counts.Trapped++
		case scores[i] < threshold:
			v.counts.Passed++
		default:
			f.claim = &state.Claim{Key: f.key, Source: src.ID, Title: e.Title, Published: e.Published, Updated: e.Updated,
				Language: e.Language, Publisher: e.Publisher, Seen: v.r.started}
			f.rank = v.rank(e.Published, e.Updated, i)
			out = append(out, f)
		}
	}
	return out
}

// rank puts the newest first; what has no date comes in its source's order, after what has.
func (v *visit) rank(published, updated string, nth int) int64 {
	for _, s := range []string{published, updated} {
		if s == "" {
			continue
		}
		if d, err := normalize.Date(s, normalize.DateHints{Machine: true, Now: v.r.started}); err == nil && d.Year > 0 {
			t := time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), d.Hour, d.Minute, d.Second, 0, time.UTC)
			return -t.Add(-time.Duration(d.Offset) * time.Second).Unix()
		}
	}
	return int64(nth)
}

// score is that of an address with what its site taught; below 0 it is refused by its form.
func (v *visit) score(l discover.Link, where string) float64 {
	u, err := address.Resolve("", where)
	if err != nil || discover.Refusal(u, v.r.started) != "" {
		return -1
	}
	l.URL = u
	s, _ := discover.Score(l, v.r.started)
	const taught = 20 // pages of a form that settle it
	if sh := v.shapes[discover.Shape(u)]; sh.Pages >= taught {
		switch share := float64(sh.Articles) / float64(sh.Pages); {
		case share >= .95:
			s = max(s, .9)
		case share <= .02 && l.Place != discover.InFeed && l.Place != discover.InNews:
			s = min(s, .05)
		}
	}
	return s
}

// judgeLinks are the links of a page that may be articles: the best anchor of each address speaks for it.
func (v *visit) judgeLinks(links extract.Links) []found {
	best := map[state.Key]float64{}
	first := map[state.Key]int{}
	var out []found
	for _, a := range links.Anchors {
		u, err := address.Resolve("", a.URL)
		if err != nil || !v.site.holds(u) || discover.IsTwin(u) {
			continue
		}
		l := discover.Link{Text: a.Text, Heading: a.Heading, Place: discover.InPage}
		if slices.Contains([]string{"nav", "header", "footer"}, a.Place) && !a.Heading {
			l.Place = discover.InNav
		}
		f, ok := v.locate(a.URL)
		if !ok {
			continue
		}
		s := v.score(l, a.URL)
		if s < 0 {
			v.counts.Trapped++
			continue
		}
		if _, seen := first[f.key]; !seen {
			first[f.key] = len(out)
			f.rank = -v.r.started.Unix() + int64(len(out))
			out = append(out, f)
		}
		best[f.key] = max(best[f.key], s)
	}
	return slices.DeleteFunc(out, func(f found) bool {
		pass := best[f.key] < pageThreshold
		if pass {
			v.counts.Passed++
		}
		return pass
	})
}

// book puts what a source named into the frontier: new addresses become due, known ones only where
// the source's update claim says that they changed.
func (v *visit) book(ctx context.Context, t state.Tx, src *state.Source, all []found) (fresh int, err error) {
	keys := make([]state.Key, 0, len(all))
	for _, f := range all {
		keys = append(keys, f.key)
	}
	known, err := t.Known(ctx, keys)
	if err != nil {
		return 0, err
	}
	for _, f := range all {
		row, old := known[f.key]
		if !old && f.claim == nil && v.fromPages >= maxFromPages {
			v.counts.Trapped++
			continue
		}
		if !old {
			if err := v.putHost(ctx, t, f.url); err != nil {
				return fresh, err
			}
			n, err := t.AddURLs(ctx, []state.URL{{Key: f.key, URL: f.url, FirstSeen: v.r.started, LastSeen: v.r.started,
				NextDue: v.r.started, Rank: f.rank, Source: src.ID}})
			if err != nil {
				return fresh, err
			}
			fresh += n
			if f.claim == nil {
				v.fromPages += n
			}
		} else {
			v.counts.Known++
		}
		if err := v.claim(ctx, t, f, row, old); err != nil {
			return fresh, err
		}
	}
	return fresh, nil
}

// claim keeps what the source says, and makes an article due again where that changed since its last
// fetch. The clocks of the two sides are never compared.
func (v *visit) claim(ctx context.Context, t state.Tx, f found, row state.URL, known bool) error {
	c := f.claim
	if c == nil {
		return nil
	}
	if !known || row.State == state.Pending {
		return t.PutClaim(ctx, *c)
	}
	claims, err := t.Claims(ctx, f.key)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(claims, func(o state.Claim) bool { return o.Source == c.Source })
	if i < 0 { // a source that was not asked before: what it says now is where it begins
		c.Fetched = &c.Updated
		return t.PutClaim(ctx, *c)
	}
	old := claims[i]
	if old.Title == c.Title && old.Published == c.Published && old.Updated == c.Updated {
		return nil
	}
	if err := t.PutClaim(ctx, *c); err != nil || c.Updated == old.Updated || c.Updated == "" || old.Fetched != nil && *old.Fetched == c.Updated {
		return err
	}
	target := f.key
	if row.State == state.Alias {
		a, ok, err := t.Article(ctx, f.key)
		if err != nil || !ok {
			return err
		}
		target = state.Key{Host: a.Host, URL: a.URL}
	}
	return t.Recheck(ctx, target, v.r.started, f.rank)
}

// bookSource books what the reading of a source gave, with its next time.
func (v *visit) bookSource(ctx context.Context, t state.Tx, rd *reading) error {
	s, now := rd.src, v.r.clock.Now()
	if rd.bad != "" {
		v.counts.SourcesFailed++
		if s.Note == guessed {
			v.counts.SourcesFailed-- // nobody promised it
		}
		v.sources.read(s, 0, false)
		v.sourceFailed(s, rd, now)
		return t.PutSources(ctx, []state.Source{*s})
	}
	v.counts.SourcesRead++
	if rd.out.NotModified {
		v.counts.SourcesSame++
	}
	fresh, err := v.book(ctx, t, s, rd.found)
	if err != nil {
		return err
	}
	v.sources.read(s, fresh, true)
	s.Polls, s.Found, s.LastRead = s.Polls+1, s.Found+fresh, now
	s.Fails, s.FailedSince = 0, time.Time{}
	if val := rd.out.Validators; !rd.out.NotModified || val != (fetch.Validators{ETag: s.ETag, LastModified: s.LastModified}) {
		s.ETag, s.LastModified = val.ETag, val.LastModified
	}
	if s.Note == guessed {
		s.Note = ""
	}
	s.Interval = interval(s, fresh, max(rd.max, rd.out.MaxAge))
	s.NextDue = now.Add(s.Interval)
	all := append([]state.Source{*s}, v.further(rd, fresh)...)
	if s.Kind == kindPaging {
		if err := t.DropSource(ctx, s.ID); err != nil {
			return err
		}
		all = all[1:]
	}
	return t.PutSources(ctx, all)
}

// further are the sources that the reading named; the next page of a list only where this one brought something.
func (v *visit) further(rd *reading, fresh int) []state.Source {
	return slices.DeleteFunc(rd.more, func(s state.Source) bool {
		if s.Kind != kindPaging {
			return false
		}
		if fresh > 0 {
			_, isNew := v.sources.add(s)
			return !isNew
		}
		return true
	})
}

// interval is the adaptive gap between two readings: shorter where there was something new, longer
// where not, within the bounds of the kind, and never under what the source asks for.
func interval(s *state.Source, fresh int, asked time.Duration) time.Duration {
	low, high := 5*time.Minute, 24*time.Hour
	switch s.Kind {
	case kindNews:
		low = 15 * time.Minute
	case kindSection, kindStart:
		low = 30 * time.Minute
	case kindIndex, kindSitemap:
		low, high = 6*time.Hour, 7*24*time.Hour
	}
	d := s.Interval * 13 / 10
	if fresh > 0 {
		d = s.Interval * 7 / 10
	}
	return min(max(d, low, min(asked, 24*time.Hour)), high)
}

// sourceFailed books a failure: ever slower, and never given up, for a feed that is dead may be mended.
func (v *visit) sourceFailed(s *state.Source, rd *reading, now time.Time) {
	if s.Fails == 0 {
		s.FailedSince = now
	}
	s.Fails++
	waits := []time.Duration{5 * time.Minute, time.Hour, 6 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour}
	wait := waits[min(s.Fails, len(waits))-1]
	if s.Note == guessed {
		wait = retryGuessed
	} else {
		v.r.Log.Warn("a source could not be read", "site", v.site.key, "source", s.URL, "kind", s.Kind, "error", rd.bad, "times", s.Fails)
		if v.free {
			wait = time.Millisecond
		}
	}
	s.NextDue = now.Add(wait)
}
