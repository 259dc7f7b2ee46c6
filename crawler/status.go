package crawler

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/crawler/internal/watch"
)

// A Report is what the state knows, site by site.
type Report struct {
	// Rows are the sizes of the state's tables.
	Rows map[string]int64 `json:"rows"`
	// Alarms are those that stand and concern no site.
	Alarms []Alarm      `json:"alarms"`
	Sites  []SiteReport `json:"sites"`
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
	// Remembered is from how many of its latest articles it is known what the site repeats.
	Remembered int `json:"remembered"`
	// Total counts since the site is known.
	Total watch.Totals `json:"total"`
	// LastRun are the counts of the last run, with its recall; nil where there was none.
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
	// DeniedSince is since when robots.txt denies it, zero where it does not.
	DeniedSince time.Time `json:"denied_since,omitzero"`
	// GoneSince is since when it answers that it is gone for good, Was its first address where it has moved for good.
	GoneSince time.Time `json:"gone_since,omitzero"`
	Was       string    `json:"was,omitempty"`
}

// Status reads a state, also beside a running crawl.
func Status(ctx context.Context, name string) (rep Report, err error) {
	store, err := state.OpenRead(ctx, name, state.Options{})
	if err != nil {
		return rep, err
	}
	defer func() { _ = store.Close() }() // it was only read
	return report(ctx, store, time.Now(), siteReport)
}

// report is what the state knows; of says what of each site is read.
func report(ctx context.Context, store state.Store, now time.Time, of func(context.Context, state.Reader, state.Site, time.Time) (SiteReport, error)) (rep Report, err error) {
	if rep.Rows, err = store.Counts(ctx); err != nil {
		return rep, fmt.Errorf("read the state: %w", err)
	}
	if rep.Alarms, err = standing(ctx, store, 0, ""); err != nil {
		return rep, fmt.Errorf("read the state: %w", err)
	}
	sites, err := store.AllSites(ctx)
	if err != nil {
		return rep, fmt.Errorf("read the state: %w", err)
	}
	for _, s := range sites {
		sr, err := of(ctx, store, s, now)
		if err != nil {
			return rep, fmt.Errorf("read the state of %s: %w", s.Key, err)
		}
		rep.Sites = append(rep.Sites, sr)
	}
	return rep, nil
}

// standing are the alarms that have not cleared.
func standing(ctx context.Context, store state.Reader, site int64, key string) ([]Alarm, error) {
	rows, err := store.Alarms(ctx, site)
	out := make([]Alarm, 0, len(rows))
	for _, a := range rows {
		out = append(out, shown(key, a))
	}
	return out, err
}

// siteReport is all of it.
func siteReport(ctx context.Context, store state.Reader, s state.Site, now time.Time) (SiteReport, error) {
	sr, err := siteFigures(ctx, store, s, now)
	if err != nil {
		return sr, err
	}
	sources, err := store.Sources(ctx, s.ID)
	if err != nil {
		return sr, err
	}
	for _, x := range sources {
		r := SourceReport{URL: x.URL, Kind: x.Kind, LastRead: x.LastRead, Found: x.Found, Fails: max(x.Fails, 0), Was: x.Was}
		if x.Gone() {
			r.GoneSince = x.FailedSince
		}
		if x.Fails == state.Denied {
			r.DeniedSince = x.FailedSince
		}
		sr.Sources = append(sr.Sources, r)
	}
	m, err := readMemory(ctx, store, s.ID)
	if err != nil {
		return sr, err
	}
	sr.Remembered = m.Articles()
	return sr, nil
}

// siteFigures is a report without sources and memory, which take long to read where there are thousands of sites.
func siteFigures(ctx context.Context, store state.Reader, s state.Site, now time.Time) (SiteReport, error) {
	h := watch.Parse(s.Memo)
	sr := SiteReport{Site: s.Key, FirstSeen: s.FirstSeen, Served: s.Served, Sources: []SourceReport{}, Total: h.Total}
	var err error
	if sr.Due, err = store.CountDue(ctx, s.ID, now); err != nil {
		return sr, err
	}
	if sr.Alarms, err = standing(ctx, store, s.ID, s.Key); err != nil {
		return sr, err
	}
	last, ok, err := store.LastRun(ctx, s.ID)
	if err != nil || !ok {
		return sr, err
	}
	sr.LastRun = newCounts()
	return sr, json.Unmarshal([]byte(last.Counts), sr.LastRun)
}
