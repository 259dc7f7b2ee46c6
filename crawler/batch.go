package crawler

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/extract"
)

// How far the pages of a site are handed out ahead of their booking.
const (
	batchPages   = 64              // outcomes a commit at most,
	batchBytes   = 1 << 20         // the text of their records, if they are large,
	batchTime    = time.Second     // and the age of the oldest
	handTime     = 5 * time.Second // from the first batch of pages to the last that is handed out beside it
	pagesAhead   = 2               // fetched, in wait to be extracted
	recordsAhead = 16              // extracted, in wait for the batch before them to be committed
)

// An effect is what an outcome changes in the state: it runs in the transaction of its batch and
// gives the outcome; "" is a URL that stays due.
type effect struct {
	url   string
	key   state.Key
	size  int // bytes of its record's text
	apply func(context.Context, state.Tx) (Outcome, error)
}

// readPages hands out due pages, best rank first, until none is left or others want their turn.
func (v *visit) readPages(ctx context.Context) (handed bool, err error) {
	if v.over(ctx) || v.overPages() {
		return false, nil
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for p := range v.fetchAhead(ctx) {
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

// fetchAhead fetches due pages one after the other and extracts them, as many at once as there are processors, ahead of
// who books them in that order: while one batch is committed, the next is extracted and the network works on what
// follows. It ends early with ctx, and takes no further batch once handTime is over, for the sources and other sites wait.
func (v *visit) fetchAhead(ctx context.Context) <-chan *fetched {
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
