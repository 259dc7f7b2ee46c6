package fetch

import (
	"context"
	"net/netip"
	"sync"

	"golang.org/x/sync/semaphore"
)

// budget bounds the bytes of bodies that are being read at once: each holds what it declared, and
// one at a time may go beyond that.
type budget struct {
	size  int64
	all   *semaphore.Weighted
	large chan struct{}
}

// undeclared is what a body holds that does not say its length: more than most pages have.
const undeclared = 512 << 10

func newBudget(size int64) *budget {
	return &budget{size: size, all: semaphore.NewWeighted(size), large: make(chan struct{}, 1)}
}

// A share is what one body holds of the budget.
type share struct {
	b     *budget
	held  int64
	large bool
}

func (b *budget) take(ctx context.Context, declared int64) (*share, error) {
	if declared < 0 {
		declared = undeclared
	}
	s := &share{b: b, held: min(declared, b.size)}
	if s.held == 0 { // the semaphore would have it wait in line for nothing
		return s, nil
	}
	if err := b.all.Acquire(ctx, s.held); err != nil {
		return nil, err
	}
	return s, nil
}

// fits makes room for n bytes in all, where there is some.
func (s *share) fits(n int64) bool {
	if n <= s.held {
		return true
	}
	more := max(n-s.held, undeclared)
	if !s.b.all.TryAcquire(more) {
		return false
	}
	s.held += more
	return true
}

// alone waits to be the one that goes beyond the budget.
func (s *share) alone(ctx context.Context) error {
	select {
	case s.b.large <- struct{}{}:
		s.large = true
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *share) free() {
	s.b.all.Release(s.held)
	s.held = 0
	if s.large {
		s.large = false
		<-s.b.large
	}
}

// perAddress is how many requests one IP address gets at once, whatever hosts it serves.
const perAddress = 4

// addressGate counts requests by the address they go to.
type addressGate struct {
	dns   *dnsCache
	mu    sync.Mutex
	slots map[netip.Addr]*addressSlot
}

type addressSlot struct {
	c     chan struct{}
	users int
}

// enter waits for a place at the address of host. Where the address is not known there is no limit:
// the dialer will say what is wrong.
func (g *addressGate) enter(ctx context.Context, host string) (leave func(), err error) {
	addrs, err := g.dns.lookup(ctx, host)
	if err != nil || len(addrs) == 0 {
		return func() {}, nil
	}
	ip := addrs[0].Unmap()
	g.mu.Lock()
	s := g.slots[ip]
	if s == nil {
		s = &addressSlot{c: make(chan struct{}, perAddress)}
		g.slots[ip] = s
	}
	s.users++
	g.mu.Unlock()
	drop := func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		if s.users--; s.users == 0 {
			delete(g.slots, ip)
		}
	}
	select {
	case s.c <- struct{}{}:
		return sync.OnceFunc(func() { <-s.c; drop() }), nil
	case <-ctx.Done():
		drop()
		return nil, ctx.Err()
	}
}
