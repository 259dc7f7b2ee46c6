package crawler

import (
	"context"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/discover"
	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/crawler/internal/state"
)

// A source that is due before the next run is read in this one, a little early, for the next would be late: with cron every
// quarter of an hour a source of half an hour would else be read each three quarters. When the next run comes is taken
// from when the last one began.

const (
	maxAhead = time.Hour
	kindRun  = "run" // of what the state keeps beside hosts and robots files: when a run began
)

// runKey names the runs of this machine and its part of the sites.
func (r *run) runKey() string { return r.owner + " " + r.Shard.String() }

// look gives the time to the next run of a file of sites, zero where nothing is known of the last one.
func (r *run) look(saved []state.Saved) time.Duration {
	if _, past := r.window(); r.Sites == "" || past {
		return 0
	}
	for _, s := range saved {
		if s.Kind != kindRun || s.Key != r.runKey() {
			continue
		}
		if last, err := time.Parse(time.RFC3339, string(s.Data)); err == nil && last.Before(r.started) {
			return min(r.started.Sub(last), maxAhead)
		}
	}
	return 0
}

// keepStart keeps when this run began.
func (r *run) keepStart(ctx context.Context) error {
	if r.Sites == "" {
		return nil
	}
	began := state.Saved{Kind: kindRun, Key: r.runKey(), Until: r.started.AddDate(0, 0, 60), Data: []byte(r.started.Format(time.RFC3339))}
	return r.store.Alone(ctx, func(t state.Tx) error { return t.PutSaved(ctx, []state.Saved{began}) })
}

// fetchSaved is the part of what the state keeps that the fetch path understands.
func fetchSaved(in []state.Saved) []fetch.Saved {
	out := make([]fetch.Saved, 0, len(in))
	for _, s := range in {
		if s.Kind != kindRun {
			out = append(out, fetch.Saved(s))
		}
	}
	return out
}

// early reports whether a site that is not due yet has a source that is to be read before the next run.
func (r *run) early(ctx context.Context, s site) (bool, error) {
	known, err := r.store.Sources(ctx, state.Hash(s.key))
	if err != nil {
		return false, err
	}
	v := newVisit(r, s)
	v.openSources(known)
	for _, src := range v.sources.all {
		if !src.LastRead.IsZero() && src.NextDue.After(r.started) && v.sources.wants(src) {
			return true, nil
		}
	}
	return false, nil
}

// by is until when a source must be due to be read now: before the next run, unless it asks for more time or for quiet, or
// cannot be read.
func (q *sourceQueue) by(s *state.Source) time.Time {
	if s.Fails != 0 || q.now.Sub(s.LastRead) < s.Least || discover.Quiet(s.Quiet).End(q.now).After(q.now) {
		return q.now
	}
	return q.now.Add(q.ahead)
}

// again reports whether a source that was read in this run is due once more: a run may take hours, and what is fresh
// comes first; or it has something that was passed.
func (q *sourceQueue) again(s *state.Source) bool {
	if q.taught(s) {
		return true
	}
	return !bulk(s.Kind) && s.Fails == 0 && s.NextDue.After(s.LastRead) && !s.LastRead.Before(q.now) && !q.clock().Before(s.NextDue)
}
