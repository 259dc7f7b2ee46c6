package crawler

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/discover"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/normalize"
)

// A Report is what the state knows, site by site.
type Report struct {
	// Rows are the sizes of the state's tables.
	Rows  map[string]int64 `json:"rows"`
	Sites []SiteReport     `json:"sites"`
}

// A SiteReport is what is known of one site.
type SiteReport struct {
	Site      string    `json:"site"`
	FirstSeen time.Time `json:"first_seen"`
	Served    time.Time `json:"served"`
	// Due counts pages that the next run would fetch.
	Due     int            `json:"due"`
	Sources []SourceReport `json:"sources"`
	Alarms  []Alarm        `json:"alarms"`
	// LastRun are the counts of the last run, nil where there was none in 30 days.
	LastRun *Counts `json:"last_run"`
}

// A SourceReport is one feed, sitemap or section page.
type SourceReport struct {
	URL      string    `json:"url"`
	Kind     string    `json:"kind"`
	LastRead time.Time `json:"last_read"`
	// Found is how many addresses it was the first to name; Fails how often in a row it could not be read.
	Found int `json:"found"`
	Fails int `json:"fails"`
}

// Status reads a state, also beside a running crawl.
func Status(ctx context.Context, name string) (rep Report, err error) {
	store, err := state.OpenRead(ctx, name, state.Options{})
	if err != nil {
		return rep, err
	}
	defer func() { _ = store.Close() }() // it was only read
	if rep.Rows, err = store.Counts(ctx); err != nil {
		return rep, fmt.Errorf("read the state: %w", err)
	}
	sites, err := store.AllSites(ctx)
	if err != nil {
		return rep, fmt.Errorf("read the state: %w", err)
	}
	for _, s := range sites {
		sr, err := siteReport(ctx, store, s)
		if err != nil {
			return rep, fmt.Errorf("read the state of %s: %w", s.Key, err)
		}
		rep.Sites = append(rep.Sites, sr)
	}
	return rep, nil
}

func siteReport(ctx context.Context, store state.Store, s state.Site) (SiteReport, error) {
	now := time.Now()
	sr := SiteReport{Site: s.Key, FirstSeen: s.FirstSeen, Served: s.Served, Sources: []SourceReport{}, Alarms: []Alarm{}}
	var err error
	if sr.Due, err = store.CountDue(ctx, s.ID, now); err != nil {
		return sr, err
	}
	sources, err := store.Sources(ctx, s.ID)
	if err != nil {
		return sr, err
	}
	for _, x := range sources {
		sr.Sources = append(sr.Sources, SourceReport{URL: x.URL, Kind: x.Kind, LastRead: x.LastRead, Found: x.Found, Fails: x.Fails})
	}
	alarms, err := store.Alarms(ctx, s.ID)
	if err != nil {
		return sr, err
	}
	for _, a := range alarms {
		sr.Alarms = append(sr.Alarms, shown(s.Key, a))
	}
	runs, err := store.Runs(ctx, s.ID, now.AddDate(0, 0, -30))
	if err != nil || len(runs) == 0 {
		return sr, err
	}
	sr.LastRun = newCounts()
	return sr, json.Unmarshal([]byte(runs[len(runs)-1].Counts), sr.LastRun)
}

// An Explanation is all that is known of one address.
type Explanation struct {
	URL, Key string
	// Lines say it in words, in the order in which a crawl decides.
	Lines []string
}

// Explain says what a crawl makes of an address and why, from the state alone.
func Explain(ctx context.Context, name, where string) (x Explanation, err error) {
	u, err := address.Resolve("", where)
	if err != nil {
		return x, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	store, err := state.OpenRead(ctx, name, state.Options{})
	if err != nil {
		return x, err
	}
	defer func() { _ = store.Close() }() // it was only read
	x.URL, x.Key = u.String(), normalize.URLKey(u.String())
	say := func(format string, args ...any) { x.Lines = append(x.Lines, fmt.Sprintf(format, args...)) }
	now := time.Now()
	if why := discover.Refusal(u, now); why != "" {
		say("its form is refused: %s", why)
	}
	if discover.IsTwin(u) {
		say("it looks like an AMP or print view: links to it are not followed")
	}
	k := state.KeyOf(x.Key)
	claims, err := store.Claims(ctx, k)
	if err != nil {
		return x, fmt.Errorf("read the state: %w", err)
	}
	place := discover.InPage
	for _, c := range claims {
		place = placeOf(c.SourceKind)
		say("named by %s %s: %q, published %q, updated %q", c.SourceKind, c.SourceURL, c.Title, c.Published, c.Updated)
	}
	score, steps := discover.Score(discover.Link{URL: u, Place: place}, now)
	say("its address scores %.2f, without the text of a link:", score)
	for _, s := range steps {
		say("  %+.1f %s", s.Weight, s.Why)
	}
	row, site, known, err := store.FindURL(ctx, k)
	switch {
	case err != nil:
		return x, fmt.Errorf("read the state: %w", err)
	case !known:
		say("no source of a crawl with this state has named it")
		return x, nil
	}
	say("known since %s, of site %s: %s, %d failed tries", row.FirstSeen.Format(time.RFC3339), site, row.State, row.Tries)
	if row.NextDue.IsZero() {
		say("not due again unless a source says that it changed")
	} else {
		say("due %s", row.NextDue.Format(time.RFC3339))
	}
	a, ok, err := store.Article(ctx, k)
	if err != nil {
		return x, fmt.Errorf("read the state: %w", err)
	}
	if ok {
		say("leads to article %s, version %d, looked at again %d times", a.ID, a.Version, a.Checks)
	}
	return x, nil
}
