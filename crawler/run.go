package crawler

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/crawler/internal/watch"
	"github.com/dateline-go/dateline/crawler/internal/work"
)

// Run crawls the sites of c and gives the finished lines to sink. It returns when nothing is due any
// more, a limit is reached or ctx ends; the Summary says which, and is valid whatever the error.
// What failed of single URLs or sites is in the Summary; an error is ErrConfig, ErrLocked, or what
// keeps the whole crawl from going on: its state or its sink.
func Run(ctx context.Context, c Config, sink Sink) (Summary, error) {
	c, err := c.withDefaults()
	if err != nil {
		return Summary{}, err
	}
	sum, err := c.run(ctx, sink)
	c.pingEnd(ctx, &sum, err)
	return sum, err
}

func (c Config) run(ctx context.Context, sink Sink) (Summary, error) {
	sites, err := c.listed()
	if err != nil {
		return Summary{}, err
	}
	store, forget, err := openState(context.WithoutCancel(ctx), c)
	if err != nil {
		return Summary{Counts: Counts{Alarms: lockHeld(err)}}, err
	}
	defer forget()
	r := &run{Config: c, store: store, started: c.clock.Now(), room: make(room, 1), trees: make(chan struct{}, runtime.GOMAXPROCS(0))}
	r.owner = owner(r.started)
	r.ping(ctx, "start")
	sum, err := r.work(ctx, sites, sink)
	return sum, cmp.Or(err, store.Close()) // what breaks a run may keep the state from being closed, too
}

// owner names this machine, or where it has no name this run.
func owner(started time.Time) string {
	if name, err := os.Hostname(); err == nil && name != "" {
		return name
	}
	return fmt.Sprintf("process-%d-%d", os.Getpid(), started.UnixNano())
}

// openState opens the state, or one that is thrown away by forget.
func openState(ctx context.Context, c Config) (store state.Store, forget func(), err error) {
	name, forget := c.State, func() {}
	if name == "" {
		dir, err := os.MkdirTemp("", "dateline-")
		if err != nil {
			return nil, nil, fmt.Errorf("make a state for this run: %w", err)
		}
		name, forget = filepath.Join(dir, "state.db"), func() { _ = os.RemoveAll(dir) }
	}
	store, err = state.Open(ctx, name, state.Options{Now: c.clock.Now, Fast: c.State == "" || c.fast, Cron: true})
	if err != nil {
		forget()
		return nil, nil, err
	}
	return store, forget, nil
}

// A run is one call of Run.
type run struct {
	Config
	store   state.Store
	fetcher *fetch.Fetcher
	room    room
	trees   chan struct{} // holds one for each page that is being extracted
	out     *publisher
	owner   string
	started time.Time
	ahead   time.Duration // to the next run: see ahead.go

	// committing serialises transactions that emit: in PostgreSQL the order of an identity column is
	// not the order of commits, and the sink's mark is a place in that order.
	committing sync.Mutex
	pages      atomic.Int64 // handed out

	folders []string      // that are written to
	commits watch.Commits // under committing

	mu      sync.Mutex
	summary Summary
	looked  time.Time // at the disk
	noRoom  bool      // on it
}

func (r *run) work(ctx context.Context, sites []site, sink Sink) (Summary, error) {
	r.summary = Summary{Started: r.started, Scheduled: r.Sites != "", Counts: *newCounts(), Sites: map[string]*Counts{}}
	opt := r.transport
	opt.Agent, opt.Clock, opt.RobotsAnew = r.UserAgent, r.clock, r.Sites == ""
	r.fetcher = fetch.New(opt)
	defer r.fetcher.Close()
	keep := context.WithoutCancel(ctx)
	saved, err := r.store.Saved(keep, r.started)
	if err != nil {
		return r.summary, fmt.Errorf("read the state: %w", err)
	}
	r.ahead = r.look(saved)
	if err := r.keepStart(keep); err != nil {
		return r.summary, fmt.Errorf("write the state: %w", err)
	}
	if err := r.fetcher.Restore(fetchSaved(saved)); err != nil {
		r.Log.Warn("part of the fetch state was lost", "error", err)
	}
	if r.out, err = openPublisher(keep, r, sink); err != nil {
		return r.summary, err
	}
	r.folders = r.diskFolders(sink)
	// What an earlier run finished and could not write comes first.
	if err := r.out.drain(keep); err != nil {
		return r.summary, err
	}
	if sites, err = r.due(keep, sites); err != nil {
		return r.summary, err
	}
	if !r.full() {
		err = r.pool(ctx, sites)
	}
	r.finish(ctx)
	if err == nil {
		err = r.out.drain(keep)
	}
	if err == nil {
		err = r.out.rotate(keep, true)
	}
	if err == nil {
		err = sink.Seal()
	}
	if err == nil {
		err = r.watchMachine(keep)
	}
	if err == nil {
		err = r.writeMetrics(keep)
	}
	return r.summary, err
}

// pool works the due sites, in turns of a slice each. A visit that was not begun when the run ends is
// passed over: nothing was learned of its site, so there is nothing to close.
func (r *run) pool(ctx context.Context, sites []site) error {
	visits := begun{r: r, sites: make(map[string]site, len(sites)), visits: map[string]*visit{}}
	units := make([]work.Unit, len(sites))
	for i, s := range sites {
		visits.sites[s.key], units[i] = s, work.Unit{Kind: unitSlice, Key: s.key}
	}
	engine := work.NewLocal(min(r.Workers, len(sites)))
	if _, err := engine.Submit(ctx, units); err != nil {
		return err
	}
	return engine.Work(ctx, map[string]work.Handler{unitSlice: func(ctx context.Context, u work.Unit) (work.Result, error) {
		v := visits.of(u.Key)
		if v.slices == nil && (ctx.Err() != nil || r.overTime()) {
			visits.end(v)
			r.pass()
			return work.Result{}, nil
		}
		more, err := v.slice(ctx)
		if more && err == nil && ctx.Err() == nil {
			return work.Result{Again: true}, nil
		}
		visits.end(v)
		r.add(v)
		return work.Result{}, err
	}})
}

// begun are the visits that go on: thousands of sites have their turn in a run, and not at once.
type begun struct {
	r      *run
	sites  map[string]site
	mu     sync.Mutex
	visits map[string]*visit
}

func (b *begun) of(key string) *visit {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.visits[key] == nil {
		b.visits[key] = newVisit(b.r, b.sites[key])
	}
	return b.visits[key]
}

func (b *begun) end(v *visit) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.visits, v.site.key)
}

// unitSlice is the kind of a unit of work on a site.
const unitSlice = "slice"

// pass counts a site that was due and not reached.
func (r *run) pass() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.summary.SitesLeft++
}

func (r *run) add(v *visit) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v.counts.total() // also where the visit broke off
	r.summary.Sites[v.site.key] = v.counts
	r.summary.Counts.add(v.counts)
}

func (r *run) finish(ctx context.Context) {
	r.summary.Ended = r.clock.Now()
	r.summary.Took = r.summary.Ended.Sub(r.started)
	switch {
	case ctx.Err() != nil:
		r.summary.Stopped = stoppedBySignal
	case r.noRoom:
		r.summary.Stopped = stoppedByDisk
	case r.overTime() && (r.summary.Left+r.summary.SitesLeft > 0 || r.summary.SourcesRead+r.summary.SourcesFailed+r.summary.SourcesDenied == 0):
		r.summary.Stopped = stoppedByTime
	case r.summary.Left > 0 && r.overPages():
		r.summary.Stopped = stoppedByPages
	}
}

// overTime and overPages report whether a budget of the run is used up.
func (r *run) overTime() bool {
	return r.MaxDuration > 0 && !r.clock.Now().Before(r.started.Add(r.MaxDuration))
}

func (r *run) overPages() bool { return r.MaxPages > 0 && r.pages.Load() >= int64(r.MaxPages) }

// until is when the run must end, zero for never.
func (r *run) until() time.Time {
	if r.MaxDuration == 0 {
		return time.Time{}
	}
	return r.started.Add(r.MaxDuration)
}

// commit runs f under the lease of a visit and publishes what it emitted. A commit that began is
// finished even if the run is being stopped.
func (r *run) commit(ctx context.Context, l state.Lease, f func(context.Context, state.Tx) error) error {
	ctx = context.WithoutCancel(ctx)
	r.committing.Lock()
	defer r.committing.Unlock()
	err := r.timed(func() error {
		return r.store.Commit(ctx, l, func(t state.Tx) error {
			if err := t.Hold(ctx, r.out.mark); err != nil {
				return err
			}
			return f(ctx, t)
		})
	})
	if err != nil {
		return err
	}
	return r.out.drain(ctx)
}

// note is commit for what emits nothing, and need not wait for the disk.
func (r *run) note(ctx context.Context, l state.Lease, f func(context.Context, state.Tx) error) error {
	ctx = context.WithoutCancel(ctx)
	r.committing.Lock()
	defer r.committing.Unlock()
	return r.timed(func() error {
		return r.store.Note(ctx, l, func(t state.Tx) error { return f(ctx, t) })
	})
}

// timed counts what a commit takes, for the alarm that the state is slow.
func (r *run) timed(commit func() error) error {
	began := r.clock.Now()
	r.crash("before-commit")
	if err := commit(); err != nil {
		return fmt.Errorf("write the state: %w", err)
	}
	r.commits.Add(r.clock.Now().Sub(began))
	r.crash("after-commit")
	return nil
}

func stateSaved(in []fetch.Saved) []state.Saved {
	out := make([]state.Saved, len(in))
	for i, s := range in {
		out[i] = state.Saved(s)
	}
	return out
}
