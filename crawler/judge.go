package crawler

import (
	"context"
	"slices"
	"time"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/discover"
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

// judgeEntries are the entries of a feed or sitemap that may be articles.
func (v *visit) judgeEntries(src *state.Source, d discover.Document) []found {
	place := placeOf(src.Kind)
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

// placeOf is where a source of a kind names its addresses.
func placeOf(kind string) discover.Place {
	switch kind {
	case kindFeed:
		return discover.InFeed
	case kindNews:
		return discover.InNews
	case kindSitemap:
		return discover.InSitemap
	}
	return discover.InPage
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
	var out []found
	for _, a := range links.Anchors {
		u, err := address.Resolve("", a.URL)
		f, ok := v.locate(a.URL)
		if err != nil || !ok || discover.IsTwin(u) {
			continue
		}
		l := discover.Link{Text: a.Text, Heading: a.Heading, Place: discover.InPage}
		if slices.Contains([]string{"nav", "header", "footer"}, a.Place) && !a.Heading {
			l.Place = discover.InNav
		}
		s := v.score(l, a.URL)
		if s < 0 {
			v.counts.Trapped++
			continue
		}
		if _, seen := best[f.key]; !seen {
			f.rank = -v.r.started.Unix() + int64(len(out))
			out = append(out, f)
		}
		best[f.key] = max(best[f.key], s)
	}
	for i := range out {
		out[i].sure = best[out[i].key] >= sureLink
	}
	return slices.DeleteFunc(out, func(f found) bool {
		pass := best[f.key] < pageThreshold
		if pass {
			v.counts.Passed++
		}
		return pass
	})
}

// learn counts what kind of page a form of address led to.
func (v *visit) learn(ctx context.Context, t state.Tx, where string, kind dateline.PageKind) error {
	u, err := address.Resolve("", where)
	if err != nil {
		return nil // no form, nothing to learn
	}
	s := v.shapes[discover.Shape(u)]
	s.Shape = discover.Shape(u)
	s.Pages++
	if kind.IsArticle() {
		s.Articles++
	}
	v.shapes[s.Shape] = s
	return t.PutShape(ctx, v.lease.Site, s)
}
