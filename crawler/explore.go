package crawler

import (
	"context"
	"net/url"
	"slices"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/discover"
	"github.com/dateline-go/dateline/crawler/internal/state"
)

// What is fetched of links that read neither like an article's nor like anything else, and of forms of address that led to
// no articles: at the end of a run that brought pages one in twenty of them, and of all that the site ever gave, each of
// another form. So a form that a site begins to use for its articles is found, and one that was learned wrongly, or long
// ago, is unlearned. The first run of a site has nothing to unlearn.
const (
	exploreThreshold = .3
	exploreShare     = 20
	// exploration names the count of both among the site's forms: Pages are all that were read, Found those of them explored.
	exploration = "explored"
)

// An explorer is what a visit may try.
type explorer struct {
	forms []string             // in the order in which their links were met
	links map[string]state.URL // the first link of each
	going map[state.Key]bool   // those that are tried
}

func newExplorer() explorer {
	return explorer{links: map[string]state.URL{}, going: map[state.Key]bool{}}
}

// unsure notes a link of a page that is passed, if it is worth a try: by its address, and because too little, or nothing
// good, is known of its form. The operator's word, navigation and foot are not tried.
func (v *visit) unsure(src int64, f found, l discover.Link, u *url.URL, refused string) {
	form := discover.Shape(u)
	if _, had := v.explorer.links[form]; had || l.Place != discover.InPage || refused != "" && refused != closedForm {
		return
	}
	if _, sure, _ := v.site.conf.Verdict(u); sure {
		return
	}
	if l.URL = u; discover.IsSection(l) { // it is read as one
		return
	}
	s, _ := discover.Score(l, v.r.started)
	if known := v.shapes[form]; s >= exploreThreshold && (known.Pages < taughtPages || v.barren(known)) {
		v.explorer.forms = append(v.explorer.forms, form)
		v.explorer.links[form] = state.URL{Key: f.key, URL: f.url, FirstSeen: v.r.started, LastSeen: v.r.started, NextDue: v.r.started, Source: src}
	}
}

// barren reports whether a form is known to lead to no articles.
func (v *visit) barren(s state.Shape) bool {
	return s.ClosedUntil.After(v.r.started) || s.Pages >= taughtPages && float64(s.Articles) <= trapShare*float64(s.Pages)
}

// explore makes links due that are worth a try, as many as the share allows; booked is true where there are any.
func (v *visit) explore(ctx context.Context) (booked bool, err error) {
	if !v.first.Before(v.r.started.Truncate(time.Millisecond)) || v.over(ctx) || v.overPages() {
		return false, nil
	}
	most := min((v.pages+exploreShare-1)/exploreShare, v.shapes[exploration].Pages/exploreShare-v.shapes[exploration].Found) - len(v.explorer.going)
	if most <= 0 || len(v.explorer.forms) == 0 {
		return false, nil
	}
	err = v.note(ctx, func(ctx context.Context, t state.Tx) error {
		rows, err := v.untried(ctx, t, most)
		if err != nil {
			return err
		}
		for _, u := range rows {
			if err := v.putHost(ctx, t, u.URL); err != nil {
				return err
			}
			v.explorer.going[u.Key] = true
		}
		booked = len(rows) > 0
		v.countExplored(0, len(rows))
		_, err = t.AddURLs(ctx, rows)
		return err
	})
	return booked, err
}

// untried takes links from the explorer that the state does not know.
func (v *visit) untried(ctx context.Context, t state.Tx, most int) ([]state.URL, error) {
	rows := make([]state.URL, len(v.explorer.forms))
	keys := make([]state.Key, len(rows))
	for i, form := range v.explorer.forms {
		rows[i] = v.explorer.links[form]
		keys[i] = rows[i].Key
	}
	v.explorer.forms = nil
	known, err := t.Known(ctx, keys)
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(u state.URL) bool { _, ok := known[u.Key]; return ok })
	return rows[:min(len(rows), most)], nil
}

// countExplored counts pages that were read, and those that are tried.
func (v *visit) countExplored(read, tried int) {
	s := v.shapes[exploration]
	s.Shape, s.Pages, s.Found = exploration, s.Pages+read, s.Found+tried
	v.counts.Explored += tried
	v.keepShape(s)
}

// unlearn forgets what is known of a form that was taken for one without articles, where an explored page of it is one.
func (v *visit) unlearn(s *state.Shape) {
	if v.barren(*s) {
		*s = state.Shape{Shape: s.Shape, Found: s.Found}
		delete(v.trials, s.Shape)
		v.closedForms.remove(s.Shape)
	}
}
