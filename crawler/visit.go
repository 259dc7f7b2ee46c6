package crawler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/crawler/internal/watch"
	"github.com/dateline-go/dateline/extract"
)

const (
	leaseTime  = 10 * time.Minute // renewed by each commit
	turnTime   = 3 * time.Minute  // of one site before the next has its turn
	wallsToEnd = 3                // blocked answers in a row that end a site's run
)

// A visit is the work of one run on one site. It belongs to one goroutine at a time.
type visit struct {
	r      *run
	site   site
	counts *Counts
	lease  state.Lease
	rules  *extract.Rules // the operator's, nil where there are none
	slices *fetch.Slice
	free   bool      // no waits: see site.free
	until  time.Time // when the visit must end, zero for never
	pages  int       // handed out
	past   int       // of the past, booked

	sources  sourceQueue
	hosts    map[string]bool // registered in the state
	shapes   map[string]state.Shape
	taught   map[string]bool       // of the shapes, since the last commit
	twins    map[string]state.Twin // by host
	trials   map[string]trial      // of forms of address, in this run
	explorer explorer
	memory   siteMemory
	// closedForms are the shapes that led to nothing; who hands out pages reads them beside who books.
	closedForms closedForms
	// furniture are addresses that pages link from navigation and foot only.
	furniture map[state.Key]bool
	first     time.Time // when the site was first visited
	absent    string    // the fingerprint of its page for what does not exist

	effects   []effect
	oldest    time.Time   // of the effects
	held      int         // bytes of their records' text
	line      []byte      // the last record's, whose room the next takes
	saw       watch.Visit // for the alarms
	readings  map[int64]watch.Source
	newRobots bool // robots.txt was fetched in this run
	walls     int  // blocked answers in a row
	fromPages int  // new addresses that only links of pages named
	ended     bool // nothing more is to be begun in this run
	cut       bool // the run was stopped before its end
}

func newVisit(r *run, s site) *visit {
	return &visit{r: r, site: s, counts: newCounts(), free: s.free(r), hosts: map[string]bool{}, furniture: map[state.Key]bool{},
		taught: map[string]bool{}, trials: map[string]trial{}, explorer: newExplorer(), readings: map[int64]watch.Source{}}
}

// slice works on the site for one turn and reports whether there is more to do.
func (v *visit) slice(ctx context.Context) (more bool, err error) {
	if v.slices == nil {
		err := v.begin(ctx)
		if errors.Is(err, state.ErrHeld) {
			v.r.Log.Warn("another run works on the site: passed over", "site", v.site.key)
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	if v.slices == nil { // not due after all
		return false, nil
	}
	turn := v.r.clock.Now().Add(turnTime)
	for {
		switch busy, err := v.step(ctx); {
		case errors.Is(err, state.ErrFenced):
			v.r.Log.Warn("another run has taken the site over", "site", v.site.key)
			return false, nil
		case err != nil:
			return false, err
		case !busy:
			return false, v.end(ctx)
		case v.r.clock.Now().After(turn):
			return true, nil
		}
	}
}

// step reads sources, those that are fresh before the many others, then hands out due pages for a while.
func (v *visit) step(ctx context.Context) (busy bool, err error) {
	if v.over(ctx) {
		return false, nil
	}
	read, err := v.readSources(ctx)
	if err != nil {
		return false, err
	}
	handed, err := v.readPages(ctx)
	if err != nil || read || handed {
		return true, err
	}
	return v.explore(ctx)
}

// over reports whether nothing more may be begun.
func (v *visit) over(ctx context.Context) bool {
	v.cut = v.cut || ctx.Err() != nil || v.overTime() || v.r.full()
	return v.cut || v.ended || v.walled()
}

// overTime reports whether the time of the run, or of the site in it, is used up.
func (v *visit) overTime() bool {
	return !v.until.IsZero() && !v.r.clock.Now().Before(v.until)
}

// outOfTime reports whether a request was put off only because its turn comes after the end of the visit,
// not because its host asked for a pause.
func (v *visit) outOfTime(e *fetch.Error) bool {
	const pace = time.Minute // the longest gap that the gate makes by itself
	return e.Fault == fetch.FaultDeferred && !v.until.IsZero() && e.Until.After(v.until) && e.Until.Sub(v.r.clock.Now()) <= pace
}

// overPages reports whether the pages of the run, or of the site in it, are used up.
func (v *visit) overPages() bool {
	most := v.site.conf.Limits.Pages
	return v.r.overPages() || most > 0 && v.pages >= most
}

// deadline is the end of the visit: that of the run or the site's own, whichever is first.
func (v *visit) deadline() time.Time {
	until := v.r.until()
	if d := time.Duration(v.site.conf.Limits.Duration); d > 0 {
		if own := v.r.clock.Now().Add(d); until.IsZero() || own.Before(until) {
			return own
		}
	}
	return until
}

// walled reports whether the site shuts the crawl out.
func (v *visit) walled() bool { return v.walls >= wallsToEnd }

func (v *visit) begin(ctx context.Context) (err error) {
	store, stopped := v.r.store, ctx
	ctx = context.WithoutCancel(ctx) // the state answers to the end; only the network stops
	if v.site.scheduled {            // another machine may have been here since the list was made
		if row, known, err := store.Site(ctx, v.site.key); err != nil || known && row.NextDue.After(v.r.started.Add(v.r.ahead)) {
			return err
		}
	}
	if v.lease, err = store.Claim(ctx, v.site.key, v.r.owner, leaseTime); err != nil {
		return err
	}
	row, _, err := store.Site(ctx, v.site.key)
	if err != nil {
		return err
	}
	v.first, v.absent = row.FirstSeen, row.Absent
	if v.shapes, err = store.Shapes(ctx, v.lease.Site); err != nil {
		return err
	}
	if v.twins, err = store.Twins(ctx, v.lease.Site); err != nil {
		return err
	}
	v.closedForms.load(v.shapes, v.r.started)
	if err := v.memory.open(ctx, v); err != nil {
		return err
	}
	v.until = v.deadline()
	reach, err := v.site.fetchSite(v.r, v.until)
	if err != nil {
		return err
	}
	if c := v.site.conf; c.IgnoreRobots {
		v.counts.Notes = append(v.counts.Notes, fmt.Sprintf("%s: robots.txt is ignored: %s", v.site.key, c.Reason))
	}
	v.slices = v.r.fetcher.Slice(reach)
	known, err := store.Sources(ctx, v.lease.Site)
	if err != nil {
		return err
	}
	v.rules = v.site.conf.Rules.Extract()
	v.openSources(known)
	v.robotsSources(stopped)
	return nil
}

// openSources makes the queue of what the state knows and the operator says.
func (v *visit) openSources(known []state.Source) {
	v.sources.load(known, v.r.started)
	v.sources.scheduled, v.sources.ahead, v.sources.clock = v.site.scheduled, v.r.ahead, v.r.clock.Now
	v.sources.past.window, v.sources.past.on = v.r.window()
	v.sources.taught = v.taughtSince
	v.startSources()
}

// fetch gets one address. A wait that a 429 or 503 asks for is taken in the run, twice at most,
// where it is short; the gate keeps it.
func (v *visit) fetch(ctx context.Context, req fetch.Request) fetch.Outcome {
	for tries := 0; ; tries++ {
		out := v.slices.Fetch(ctx, req)
		v.counts.Requests += out.Requests
		v.counts.Bytes += out.WireBytes
		v.log(&out)
		if (out.Status != 429 && out.Status != 503) || out.Wall != "" || out.RetryAfter == 0 || out.RetryAfter > time.Minute || tries == 2 || ctx.Err() != nil {
			return out
		}
		if end := v.until; !end.IsZero() && v.r.clock.Now().Add(out.RetryAfter).After(end) {
			return out
		}
	}
}

func (v *visit) log(out *fetch.Outcome) {
	args := []any{"site", v.site.key, "url", out.Final, "status", out.Status, "bytes", out.WireBytes, "waited", out.Waited, "took", out.Took, "hops", len(out.Hops)}
	if out.Err != nil {
		args = append(args, "error", out.Err)
	}
	v.r.Log.Debug("fetched", args...)
}

// nextDue is when the site is to be visited again: for its sources, or for a page.
func (v *visit) nextDue(ctx context.Context, now time.Time) (time.Time, error) {
	next := v.sources.nextDue(now)
	page, err := v.r.store.NextDue(ctx, v.lease.Site)
	if err == nil && !page.IsZero() && page.Before(next) {
		next = page
	}
	return next, err
}

// end gives the site back.
func (v *visit) end(ctx context.Context) error {
	if err := v.flush(ctx); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	left, err := v.r.store.CountDue(ctx, v.lease.Site, v.r.started)
	if err != nil {
		return err
	}
	v.counts.Left = left
	v.counts.total()
	now := v.r.clock.Now()
	next, err := v.nextDue(ctx, now)
	if err != nil {
		return err
	}
	return v.r.store.Release(ctx, v.lease, next, func(t state.Tx) error {
		if err := t.PutSaved(ctx, stateSaved(v.slices.Changed())); err != nil {
			return err
		}
		if err := v.watchOver(ctx, t, now); err != nil {
			return err
		}
		return t.PutRun(ctx, state.Run{Run: v.r.started.UnixMilli(), Site: v.lease.Site, Epoch: v.lease.Epoch,
			Started: v.r.started, Ended: now, Outcome: "done", Counts: v.counts.json()})
	})
}
