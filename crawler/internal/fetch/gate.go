package fetch

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/clock"
)

// The pace of a host that nobody said anything about.
const (
	defaultDelay = 2 * time.Second
	floorDelay   = 500 * time.Millisecond // whatever is configured
	ceilDelay    = 60 * time.Second       // unless more is asked for
	backoffUnit  = 60 * time.Second
	quiet        = 30 * time.Minute // forgives one strike
	ewmaWeight   = 0.25
	maxStrikes   = 11 // 60 s × 2¹¹ is over a day
	idleHost     = time.Hour
)

// pace is how fast a host may be asked, as far as it is not learned from the host itself.
type pace struct {
	delay      *time.Duration
	crawlDelay time.Duration
	own        bool
	// free is a loopback host with a delay of 0: only what robots.txt and Retry-After ask for holds.
	free    bool
	until   time.Time     // no wait may pass it; zero for none
	maxWait time.Duration // of a back-off
}

// The gate lets one request at a time through to a host, and none too early.
type gate struct {
	clock clock.Clock
	rand  func() float64

	mu    sync.Mutex
	hosts map[string]*host
	swept time.Time
}

// host is what is known of the pace of one host. mu of the gate guards all but slot.
type host struct {
	slot chan struct{} // holds one: one connection a host
	hostState
}

// hostState is the part that outlives the process.
type hostState struct {
	Last    time.Time     `json:"last,omitzero"`    // start of the last request
	EWMA    time.Duration `json:"ewma,omitempty"`   // of the response time
	Strikes int           `json:"strikes,omitzero"` // back-offs not yet forgiven
	Struck  time.Time     `json:"struck,omitzero"`  // the last of them, or the last forgiveness
	Blocked time.Time     `json:"blocked,omitzero"` // no request before
	Why     string        `json:"why,omitempty"`
}

func newGate(c clock.Clock, rand func() float64) *gate {
	return &gate{clock: c, rand: rand, hosts: map[string]*host{}}
}

func (g *gate) host(key string) *host {
	h := g.hosts[key]
	if h == nil {
		g.sweep()
		h = &host{slot: make(chan struct{}, 1)}
		g.hosts[key] = h
	}
	return h
}

// sweep forgets hosts that have nothing to say any more, at most once in idleHost.
func (g *gate) sweep() {
	now := g.clock.Now()
	if now.Sub(g.swept) < idleHost {
		return
	}
	g.swept = now
	for key, h := range g.hosts {
		h.forgive(now)
		if len(h.slot) == 0 && now.Sub(h.Last) > idleHost && now.After(h.Blocked) && h.Strikes == 0 {
			delete(g.hosts, key)
		}
	}
}

// enter waits until a request to key may start, takes the host's one slot and notes the start.
// leave must be called once when the answer has been read.
func (g *gate) enter(ctx context.Context, key string, p pace) (leave func(), waited time.Duration, err error) {
	began := g.clock.Now()
	g.mu.Lock()
	h := g.host(key)
	g.mu.Unlock()
	select {
	case h.slot <- struct{}{}:
	case <-ctx.Done():
		return nil, 0, &Error{Fault: FaultCanceled, Err: ctx.Err()}
	}
	leave = sync.OnceFunc(func() { <-h.slot })
	jitter := g.rand()
	for {
		g.mu.Lock()
		now := g.clock.Now()
		at, why, blocked := h.next(now, p, jitter)
		if !at.After(now) {
			h.Last = now
			g.hosts[key] = h // it may have been swept
			g.mu.Unlock()
			return leave, now.Sub(began), nil
		}
		g.mu.Unlock()
		wait := at.Sub(now)
		if (blocked && wait > p.maxWait) || (!p.until.IsZero() && at.After(p.until)) {
			leave()
			return nil, 0, &Error{Fault: FaultDeferred, Until: at, Why: why}
		}
		if err := g.clock.Sleep(ctx, wait); err != nil {
			leave()
			return nil, 0, &Error{Fault: FaultCanceled, Err: err}
		}
	}
}

// again waits for the next turn of a host whose slot the caller holds, or until ctx ends.
func (g *gate) again(ctx context.Context, key string, p pace) {
	for {
		g.mu.Lock()
		h, now := g.host(key), g.clock.Now()
		at, _, _ := h.next(now, p, g.rand())
		if !at.After(now) {
			h.Last = now
			g.mu.Unlock()
			return
		}
		g.mu.Unlock()
		if g.clock.Sleep(ctx, at.Sub(now)) != nil {
			return // the transport will see for itself
		}
	}
}

// next is when the next request may start, and why not earlier.
func (h *host) next(now time.Time, p pace, jitter float64) (at time.Time, why string, blocked bool) {
	if h.Blocked.After(now) {
		return h.Blocked, h.Why, true
	}
	if h.Last.IsZero() {
		return now, "", false
	}
	iv := p.interval(h.EWMA, jitter)
	return h.Last.Add(iv), fmt.Sprintf("%v between two requests", iv.Round(time.Millisecond)), false
}

// interval is the time from one start to the next. Jitter is ± 20 %, but never goes below what the
// host or the operator asked for.
func (p pace) interval(ewma time.Duration, jitter float64) time.Duration {
	if p.free {
		return p.crawlDelay
	}
	base, asked := defaultDelay, p.crawlDelay
	if p.delay != nil {
		base, asked = *p.delay, max(asked, *p.delay)
	}
	iv := max(base, 3*ewma, asked)
	iv = min(time.Duration(float64(iv)*(0.8+0.4*jitter)), ceilDelay)
	if !p.own {
		asked = max(asked, floorDelay)
	}
	return max(iv, asked)
}

// observe learns from an answer: how long it took, and whether it asks us to slow down.
func (g *gate) observe(key string, p pace, took time.Duration, status int, after time.Duration, wall string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	h, now := g.host(key), g.clock.Now()
	if h.EWMA == 0 {
		h.EWMA = took
	}
	h.EWMA += time.Duration(ewmaWeight * float64(took-h.EWMA))
	h.forgive(now)
	slow := status == 429 || status == 503
	denied := wall != "" || status == 403
	if !slow && !denied && after == 0 {
		return
	}
	why := fmt.Sprintf("status %d", status)
	if wall != "" {
		why += " from " + wall
	}
	wait := after
	if after > 0 {
		why += fmt.Sprintf(", Retry-After %v", after)
	}
	if !p.free {
		n := h.Strikes
		if denied {
			n++
		}
		if after == 0 {
			wait = backoffUnit << min(n, maxStrikes)
			wait = min(wait+time.Duration(float64(wait)*0.2*g.rand()), maxRetryAfter)
		}
		h.Strikes, h.Struck = min(h.Strikes+1, maxStrikes), now
	}
	if at := now.Add(wait); wait > 0 && at.After(h.Blocked) {
		h.Blocked, h.Why = at, why
	}
}

// forgive takes one strike for each quiet half hour since the last one, or since its block ended.
func (h *host) forgive(now time.Time) {
	from := h.Struck
	if h.Blocked.After(from) {
		from = h.Blocked
	}
	if n := int(now.Sub(from) / quiet); n > 0 && h.Strikes > 0 {
		h.Strikes, h.Struck = max(0, h.Strikes-n), from.Add(time.Duration(n)*quiet)
	}
}

// gap is the time between two requests to key as things stand, without jitter.
func (g *gate) gap(key string, p pace) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if h := g.hosts[key]; h != nil {
		return p.interval(h.EWMA, 0.5)
	}
	return p.interval(0, 0.5)
}

// ready is when a request to key could start.
func (g *gate) ready(key string, p pace) (time.Time, string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.clock.Now()
	h := g.hosts[key]
	if h == nil {
		return now, ""
	}
	at, why, _ := h.next(now, p, 0.5)
	if !at.After(now) {
		return now, ""
	}
	return at, why
}

// save is the state of key, false if there is none.
func (g *gate) save(key string) (Saved, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	h := g.hosts[key]
	if h == nil || h.Last.IsZero() && h.Blocked.IsZero() {
		return Saved{}, false
	}
	data, err := json.Marshal(h.hostState)
	if err != nil {
		return Saved{}, false // a time beyond year 9999; never ours
	}
	until := h.Last.Add(24 * time.Hour)
	for _, t := range []time.Time{h.Blocked, h.Struck.Add(time.Duration(h.Strikes) * quiet)} {
		if t.After(until) {
			until = t
		}
	}
	return Saved{Kind: "host", Key: key, Until: until, Data: data}, true
}

// restore puts a saved state back; what is known already and later stays.
func (g *gate) restore(s Saved) error {
	var st hostState
	if err := json.Unmarshal(s.Data, &st); err != nil {
		return fmt.Errorf("reading the state of host %s: %w", s.Key, err)
	}
	st.Strikes = min(max(st.Strikes, 0), maxStrikes)
	st.EWMA = min(max(st.EWMA, 0), time.Hour)
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.clock.Now()
	if limit := now.Add(maxRetryAfter); st.Blocked.After(limit) {
		st.Blocked = limit // a clock that was set back must not block for years
	}
	if st.Last.After(now) {
		st.Last = now
	}
	h := g.host(s.Key)
	if h.Last.Before(st.Last) || h.Last.IsZero() {
		h.hostState = st
	}
	return nil
}
