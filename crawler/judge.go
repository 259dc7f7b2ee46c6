package crawler

import (
	"context"
	"iter"
	"slices"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/discover"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/extract"
)

// What an address must score to be fetched.
const (
	feedThreshold = .3
	pageThreshold = .6
	taughtPages   = 20 // pages of a form that settle it
	// A sitemap whose addresses mostly are articles' lends that to the rest of them.
	sitemapShare, sitemapThreshold = .6, .12
)

// judgeEntries are the entries of a feed or sitemap that may be articles, each judged when it is asked for: all of a
// large sitemap would take ten times its room.
func (v *visit) judgeEntries(rd *reading) iter.Seq[found] {
	place := placeOf(rd.src.Kind)
	scores, refused := make([]float32, rd.doc.Len()), map[int]string{}
	good := 0
	for i, e := range rd.doc.All() {
		score, why := v.score(discover.Link{Place: place}, e.URL)
		if scores[i] = float32(score); why != "" {
			refused[i] = why
		}
		if score >= pageThreshold {
			good++
		}
	}
	threshold := float32(feedThreshold)
	if place == discover.InSitemap {
		if threshold = pageThreshold; float64(good) >= sitemapShare*float64(len(scores)) {
			threshold = sitemapThreshold
		}
	}
	passed := passedForms{}
	return func(yield func(found) bool) {
		file := spanOf(rd.src.URL)
		for i, e := range rd.doc.All() {
			f, ok := v.locate(e.URL)
			switch {
			case !ok:
			case refused[i] != "":
				v.counts.refuse(refused[i])
			case scores[i] < threshold:
				v.counts.Passed++
				if place == discover.InSitemap {
					passed.note(v, e.URL)
				}
			default:
				f.claim = &state.Claim{Key: f.key, Source: rd.src.ID, Title: e.Title, Published: e.Published, Updated: e.Updated,
					Language: e.Language, Publisher: e.Publisher, Seen: v.r.started}
				f.rank = v.rank(e.Published, e.Updated, i)
				if place == discover.InSitemap && !v.wantedPast(&f, file) {
					v.counts.Outside++
					rd.whole = false
				} else if !yield(f) {
					return
				}
			}
		}
		if place == discover.InSitemap {
			rd.src.Items = passed.String()
		}
	}
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
		if t, ok := v.instantOf(s); ok {
			return -t.Unix()
		}
	}
	return int64(nth)
}

// score is that of an address with what the operator says and what its site taught; refused says why it
// is not even looked at.
func (v *visit) score(l discover.Link, where string) (s float64, refused string) {
	u, err := address.Resolve("", where)
	if err != nil {
		return 0, "no web address"
	}
	if why := v.site.refusal(u, v.r.started); why != "" {
		return 0, why
	}
	if article, sure, _ := v.site.conf.Verdict(u); sure {
		return map[bool]float64{true: 1, false: 0}[article], ""
	}
	if l.Place != discover.InFeed && l.Place != discover.InNews {
		if why := v.closed(u); why != "" {
			return 0, why
		}
	}
	l.URL = u
	s, _ = discover.Score(l, v.r.started)
	form := discover.Shape(u)
	if l.Place == discover.InSitemap && v.settled(form) {
		s = max(s, .9)
	}
	if sh := v.shapes[form]; sh.Pages >= taughtPages {
		switch share := float64(sh.Articles) / float64(sh.Pages); {
		case share >= .95:
			s = max(s, .9)
		case v.barren(sh) && l.Place != discover.InFeed && l.Place != discover.InNews:
			s = min(s, .05)
		}
	}
	return s, ""
}

// judgeLinks are the links of a page that may be articles: the best anchor of each address speaks for it.
func (v *visit) judgeLinks(src int64, links extract.Links) []found {
	best := map[state.Key]float64{}
	furniture := map[state.Key]bool{}
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
		if at, seen := furniture[f.key]; !seen || at {
			furniture[f.key] = l.Place == discover.InNav
		}
		s, refused := v.score(l, a.URL)
		if s < pageThreshold {
			v.unsure(src, f, l, u, refused)
		}
		if refused != "" {
			v.counts.refuse(refused)
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
	v.keepFurniture(furniture)
	return slices.DeleteFunc(out, func(f found) bool {
		pass := best[f.key] < pageThreshold
		if pass {
			v.counts.Passed++
		}
		return pass
	})
}

// keepFurniture remembers what a page links from its navigation and its foot only: the standing pages of a
// site (terms, imprint, about us) are prose and easily taken for articles.
func (v *visit) keepFurniture(on map[state.Key]bool) {
	const most = 1000 // a site has a few dozen
	for k, only := range on {
		switch {
		case !only:
			delete(v.furniture, k)
		case len(v.furniture) < most:
			v.furniture[k] = true
		}
	}
}

// learn counts what kind of page a form of address led to.
func (v *visit) learn(where string, kind dateline.PageKind, explored bool) {
	u, err := address.Resolve("", where)
	if err != nil {
		return // no form, nothing to learn
	}
	shape := discover.Shape(u)
	s := v.shapes[shape]
	s.Shape = shape
	if explored && kind.IsArticle() {
		v.unlearn(&s)
	}
	s.Pages++
	v.countExplored(1, 0)
	if kind.IsArticle() {
		s.Articles++
	}
	v.tried(&s, kind.IsArticle())
	v.keepShape(s)
	v.learnVariant(u, kind.IsArticle())
}

// keepShape keeps what was learned of a form, for the next commit to put into the state: the pages of a batch mostly
// have one form.
func (v *visit) keepShape(s state.Shape) {
	v.shapes[s.Shape], v.taught[s.Shape] = s, true
}

// putShapes puts into the state what was learned since the last commit.
func (v *visit) putShapes(ctx context.Context, t state.Tx) error {
	for shape := range v.taught {
		if err := t.PutShape(ctx, v.lease.Site, v.shapes[shape]); err != nil {
			return err
		}
	}
	clear(v.taught)
	return nil
}
