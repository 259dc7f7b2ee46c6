package crawler

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
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
	Alarms  []string       `json:"alarms"`
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
	sr := SiteReport{Site: s.Key, FirstSeen: s.FirstSeen, Served: s.Served, Sources: []SourceReport{}, Alarms: []string{}}
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
		sr.Alarms = append(sr.Alarms, fmt.Sprintf("%s since %s: %s (%s)", a.Kind, a.Since.Format(time.RFC3339), a.Detail, a.URL))
	}
	runs, err := store.Runs(ctx, s.ID, now.AddDate(0, 0, -30))
	if err != nil || len(runs) == 0 {
		return sr, err
	}
	sr.LastRun = newCounts()
	return sr, json.Unmarshal([]byte(runs[len(runs)-1].Counts), sr.LastRun)
}
