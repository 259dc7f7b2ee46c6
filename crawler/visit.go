package crawler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/crawler/internal/watch"
	"github.com/dateline-go/dateline/extract"
)

const (
	leaseTime    = 10 * time.Minute // renewed by each commit
	turnTime     = 3 * time.Minute  // of one site before the next has its turn
	batchPages   = 64               // outcomes a commit at most,
	batchBytes   = 1 << 20          // the text of their records, if they are large,
	batchTime    = time.Second      // and the age of the oldest
	handTime     = 5 * time.Second  // from the first batch of pages to the last that is handed out beside it
	pagesAhead   = 2                // fetched, in wait to be extracted
	recordsAhead = 16               // extracted, in wait for the batch before them to be committed
	wallsToEnd   = 3                // blocked answers in a row that end a site's run
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

// An effect is what an outcome changes in the state: it runs in the transaction of its batch and
// gives the outcome; "" is a URL that stays due.
type effect struct {
	url   string
	key   state.Key
	size  int // bytes of its record's text
	apply func(context.Context, state.Tx) (Outcome, error)
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

// readPages hands out due pages, best rank first, until none is left or others want their turn.
func (v *visit) readPages(ctx context.Context) (handed bool, err error) {
	if v.over(ctx) || v.overPages() {
		return false, nil
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for p := range v.ahead(ctx) {
		<-p.read
		if err != nil || v.over(ctx) {
			stop() // what was fetched ahead stays due
			continue
		}
		err = v.queue(ctx, effect{p.row.URL, p.row.Key, len(p.res.Record.Text), p.decide()})
		handed = true
	}
	if err != nil {
		return false, err
	}
	return handed, v.flush(ctx)
}

// allowed cuts a batch where the site's budget for the past is used up; those pages stay due.
func (v *visit) allowed(due []state.URL) []state.URL {
	most := cmp.Or(v.r.BackfillPages, v.site.conf.Limits.Backfill)
	for i, u := range due {
		if !isPast(u) {
			continue
		}
		if most > 0 && v.past >= most {
			return due[:i]
		}
		v.past++
	}
	return due
}

// ahead fetches due pages one after the other and extracts them, as many at once as there are processors, ahead of
// who books them in that order: while one batch is committed, the next is extracted and the network works on what follows. It ends early with
// ctx, and takes no further batch once handTime is over, for the sources and other sites wait.
func (v *visit) ahead(ctx context.Context) <-chan *fetched {
	asked := make(chan *fetched, pagesAhead)
	go func() {
		defer close(asked)
		end, handed := v.r.clock.Now().Add(handTime), map[state.Key]bool{}
		for first := true; first || v.r.clock.Now().Before(end); first = false {
			due, claims, err := v.batch(ctx, handed)
			if err != nil {
				asked <- &fetched{v: v, err: err}
				return
			}
			if len(due) == 0 {
				return
			}
			for _, u := range due {
				p := &fetched{v: v, row: u, claims: claims[u.Key]}
				if p.refused() {
					p.refuse()
					asked <- p
					continue
				}
				if ctx.Err() != nil || v.overTime() || v.overPages() || v.r.MaxPages > 0 && v.r.pages.Add(1) > int64(v.r.MaxPages) {
					return
				}
				v.pages++
				p.ask(ctx)
				asked <- p
			}
		}
	}()
	read := make(chan *fetched, recordsAhead)
	go func() {
		defer close(read)
		bodies := make(chan struct{}, cap(v.r.trees))
		for p := range asked {
			bodies <- struct{}{}
			p.read = make(chan struct{})
			go func() {
				p.extract()
				<-bodies
				close(p.read)
			}()
			read <- p
		}
	}()
	return read
}

// batch is due pages that were not handed out already, with what is claimed of them, and notes that they are now.
// What was handed out and is not committed yet still is due in the state.
func (v *visit) batch(ctx context.Context, handed map[state.Key]bool) ([]state.URL, map[state.Key][]state.Claim, error) {
	const uncommitted = batchPages + pagesAhead + recordsAhead + 4 // at most
	ctx = context.WithoutCancel(ctx)
	due, err := v.r.store.Due(ctx, v.lease.Site, v.r.started, batchPages+uncommitted)
	if err != nil {
		return nil, nil, err
	}
	due = slices.DeleteFunc(due, func(u state.URL) bool { return handed[u.Key] })
	due = v.allowed(due[:min(len(due), batchPages)])
	keys := make([]state.Key, len(due))
	for i, u := range due {
		handed[u.Key], keys[i] = true, u.Key
	}
	claims, err := v.r.store.Claims(ctx, keys)
	return due, claims, err
}

// queue adds an effect and commits the batch where it is full, large or old.
func (v *visit) queue(ctx context.Context, e effect) error {
	now := v.r.clock.Now()
	if len(v.effects) == 0 {
		v.oldest = now
	}
	v.effects, v.held = append(v.effects, e), v.held+e.size
	if len(v.effects) < batchPages && v.held < batchBytes && now.Sub(v.oldest) < batchTime {
		return nil
	}
	return v.flush(ctx)
}

// flush commits the effects. Only what was committed is counted.
func (v *visit) flush(ctx context.Context) error {
	if len(v.effects) == 0 {
		return nil
	}
	outcomes := make([]Outcome, len(v.effects))
	var memory *extract.Memory
	err := v.commit(ctx, func(ctx context.Context, t state.Tx) error {
		for i, e := range v.effects {
			var err error
			if outcomes[i], err = e.apply(ctx, t); err != nil {
				return err
			}
			if err := v.sighted(ctx, t, e.key, outcomes[i]); err != nil {
				return err
			}
		}
		var err error
		memory, err = v.memory.put(ctx, t, v)
		return err
	})
	if err != nil {
		return err
	}
	v.memory.committed(memory)
	for i, o := range outcomes {
		if o == "" { // it stays due, and would be handed out for ever
			v.ended = true
			continue
		}
		v.counts.Outcomes[o]++
		if o == New || o == Changed {
			v.counts.Records++
		}
		next, _ := v.slices.Ready(v.effects[i].url)
		v.r.Progress(Event{v.site.key, v.effects[i].url, o, next})
	}
	clear(v.effects) // their records
	if cap(v.line) > batchBytes {
		v.line = nil
	}
	v.effects, v.held = v.effects[:0], 0
	return nil
}

// commit runs f, which may emit, and note what only books, with what was taught since the last of either.
func (v *visit) commit(ctx context.Context, f booking) error {
	return v.r.commit(ctx, v.lease, v.withTaught(f))
}

func (v *visit) note(ctx context.Context, f booking) error {
	return v.r.note(ctx, v.lease, v.withTaught(f))
}

type booking = func(context.Context, state.Tx) error

// withTaught is f with what the fetch path and the pages taught.
func (v *visit) withTaught(f booking) booking {
	return func(ctx context.Context, t state.Tx) error {
		if err := t.PutSaved(ctx, stateSaved(v.slices.Changed())); err != nil {
			return err
		}
		if err := f(ctx, t); err != nil {
			return err
		}
		return v.putShapes(ctx, t)
	}
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
