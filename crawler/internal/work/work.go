// Package work is the seam to an engine: who works which slice of which site, and when again. The
// crawler knows an Engine; engines know nothing of URLs, articles or SQL. What a unit may change is
// fenced by the state's leases, so an engine needs to hand a unit out only at least once.
package work

import (
	"context"
	"slices"
	"sync"
)

// A Unit is one bounded piece of work. Two live units never share Kind and Key.
type Unit struct {
	// Kind names the handler.
	Kind string
	// Key is what the unit works on: of a slice the key of its site.
	Key string
}

// A Result says what is to become of a unit that was handled.
type Result struct {
	// Again asks for the same unit once more, after those that wait.
	Again bool
}

// A Handler works on a unit. It stops when ctx ends and is safe to run twice.
type Handler func(ctx context.Context, u Unit) (Result, error)

// An Engine hands units to handlers.
type Engine interface {
	// Submit adds units, in order of urgency, but for those that are live. It gives the number added.
	Submit(ctx context.Context, us []Unit) (accepted int, err error)
	// Work runs the handlers by kind until nothing is left, and gives the first error of one; that error
	// ends the context of the others. Units left when ctx ends are handed out all the same, for their
	// handlers to close.
	Work(ctx context.Context, hs map[string]Handler) error
}

// Local is the engine of one process: a pool that takes units in turn, so that none waits for a large
// one to end. It forgets everything with the process: what is due is a column of the state.
type Local struct {
	workers int

	mu    sync.Mutex
	queue []Unit
	live  map[Unit]bool
	woken *sync.Cond
}

var _ Engine = (*Local)(nil)

// NewLocal is a pool of n workers.
func NewLocal(n int) *Local {
	l := &Local{workers: n, live: map[Unit]bool{}}
	l.woken = sync.NewCond(&l.mu)
	return l
}

// Submit adds units to the end of the queue.
func (l *Local) Submit(_ context.Context, us []Unit) (accepted int, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, u := range us {
		if !l.live[u] {
			l.live[u] = true
			l.queue = append(l.queue, u)
			accepted++
		}
	}
	l.woken.Broadcast()
	return accepted, nil
}

// Work runs the pool until nothing is live.
func (l *Local) Work(ctx context.Context, hs map[string]Handler) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var once sync.Once
	var first error
	var workers sync.WaitGroup
	for range l.workers {
		workers.Go(func() {
			for u, ok := l.take(); ok; u, ok = l.take() {
				res, err := hs[u.Kind](ctx, u)
				if err != nil {
					once.Do(func() { first = err; cancel(err) })
				}
				l.give(u, err == nil && res.Again && ctx.Err() == nil)
			}
		})
	}
	workers.Wait()
	return first
}

// take waits for a unit; false where none is live any more.
func (l *Local) take() (Unit, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.queue) == 0 {
		if len(l.live) == 0 {
			return Unit{}, false
		}
		l.woken.Wait()
	}
	u := l.queue[0]
	l.queue = slices.Delete(l.queue, 0, 1)
	return u, true
}

// give puts a unit back at the end of the queue, or ends it.
func (l *Local) give(u Unit, again bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if again {
		l.queue = append(l.queue, u)
	} else {
		delete(l.live, u)
	}
	l.woken.Broadcast()
}
