package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

func dur(d time.Duration) *time.Duration { return &d }

func TestRow45_EveryHostHasAGateOfItsOwn(t *testing.T) {
	one := newLab(t, map[string]http.HandlerFunc{"/a": html("x")})
	two := newLab(t, map[string]http.HandlerFunc{"/a": html("x")})
	s := one.slice(func(s *Site) { s.AllowPrivate, s.Delay = true, nil })
	for range 3 {
		one.get(s, "/a")
		one.wantBody(s.Fetch(context.Background(), Request{URL: two.srv.URL + "/a"}), "x")
	}
	// 4 requests to each host, the one's waits being the other's time: 4 gaps, not 7.
	if slept := one.clock.Slept(); slept > 8*time.Second {
		t.Errorf("waited %v for two hosts", slept)
	}
}

func TestRow45_TheHostsOfADomainShareAPaceUnlessSplit(t *testing.T) {
	key := func(addr string, split bool) string {
		u, err := url.Parse(addr)
		if err != nil {
			t.Fatal(err)
		}
		return paceKey(u, split)
	}
	tests := []struct {
		addr       string
		split      bool
		wantKey    string
		wantReason string
	}{
		{"https://www.paper.co.uk/a", false, "paper.co.uk", "by the suffix list"},
		{"https://sport.paper.co.uk/a", false, "paper.co.uk", "one domain"},
		{"https://sport.paper.co.uk/a", true, "sport.paper.co.uk", "split"},
		{"https://x.github.io/", false, "x.github.io", "the private part of the list"},
		{"http://127.0.0.1:8080/", false, "127.0.0.1:8080", "an address stands alone"},
		{"http://localhost/", false, "localhost:80", "and so does localhost"},
		{"https://www.gov.cn/", false, "www.gov.cn", "under a suffix"},
		{"https://gov.cn/", false, "gov.cn", "a suffix itself"},
		{"https://Paper.Example./", false, "paper.example", "the dot at the end is nothing"},
	}
	for _, tt := range tests {
		if got := key(tt.addr, tt.split); got != tt.wantKey {
			t.Errorf("%s: %s, want %s (%s)", tt.addr, got, tt.wantKey, tt.wantReason)
		}
	}
}

func TestRow45_IdleHostsAreForgotten(t *testing.T) {
	l := newLab(t, nil)
	g := l.f.gate
	for i := range 500 {
		leave, _, err := g.enter(context.Background(), fmt.Sprintf("h%d.example", i), pace{})
		if err != nil {
			t.Fatal(err)
		}
		leave()
	}
	g.observe("h7.example", pace{}, time.Second, 503, 12*time.Hour, "")
	l.clock.Advance(2 * time.Hour)
	leave, _, _ := g.enter(context.Background(), "new.example", pace{})
	leave()
	if len(g.hosts) != 2 {
		t.Errorf("%d hosts are kept, want the new one and the blocked one", len(g.hosts))
	}
}

func TestRow46And47_StartsAreSpacedWhateverTheWorkers(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/r": redirect(302, "/a"), "/a": html("x")})
	s := l.slice(func(s *Site) { s.Delay = dur(3 * time.Second) })
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() { l.wantBodyLater(l.get(s, "/r"), "x") })
	}
	wg.Wait()
	hits := l.arrivals()
	if len(hits) != 13 {
		t.Fatalf("%d requests", len(hits))
	}
	for i := 1; i < len(hits); i++ {
		if gap := hits[i].at.Sub(hits[i-1].at); gap != 3*time.Second {
			t.Errorf("request %d (%s) came after %v", i, hits[i].path, gap)
		}
	}
}

func TestRow46_ABodyIsHandedOverBeforeTheNextWait(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("x")})
	s := l.slice(func(s *Site) { s.Delay, s.IgnoreRobots = dur(time.Hour), true })
	s.site.Until = labStart.Add(time.Minute)
	l.wantBody(l.get(s, "/a"), "x")
	if l.clock.Slept() != 0 {
		t.Errorf("waited %v", l.clock.Slept())
	}
}

func TestRow47_OneConnectionAHost(t *testing.T) {
	var mu sync.Mutex
	now, most := 0, 0
	l := newLab(t, map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		html("x")(w, r)
		mu.Lock()
		now--
		mu.Unlock()
	}})
	s := l.slice()
	var wg sync.WaitGroup
	for range 30 {
		wg.Go(func() { l.wantBodyLater(l.get(s, "/a"), "x") })
	}
	wg.Wait()
	if most != 1 {
		t.Errorf("%d requests at once", most)
	}
}

// stopped is a clock on which every wait lasts until its context ends.
type stopped struct{ entered chan struct{} }

func (stopped) Now() time.Time { return labStart }
func (s stopped) Sleep(ctx context.Context, _ time.Duration) error {
	s.entered <- struct{}{}
	<-ctx.Done()
	return ctx.Err()
}

func TestRow48_AWaitEndsWithItsContext(t *testing.T) {
	c := stopped{make(chan struct{}, 1)}
	g := newGate(c, func() float64 { return 0 })
	leave, _, err := g.enter(context.Background(), "a", pace{})
	if err != nil {
		t.Fatal(err)
	}
	leave()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() {
		_, _, err := g.enter(ctx, "a", pace{})
		done <- err
	}()
	<-c.entered
	cancel()
	if err := <-done; classify(context.Background(), err).Fault != FaultCanceled {
		t.Errorf("%v", err)
	}
	if len(g.host("a").slot) != 0 {
		t.Error("the slot was not given back")
	}
}

func TestInterval(t *testing.T) {
	tests := []struct {
		name   string
		pace   pace
		ewma   time.Duration
		jitter float64
		want   time.Duration
	}{
		{"two seconds by default", pace{}, 0, 0.5, 2 * time.Second},
		{"jitter takes a fifth at most", pace{}, 0, 0, 1600 * time.Millisecond},
		{"or adds one", pace{}, 0, 1, 2400 * time.Millisecond},
		{"a slow host is asked more slowly", pace{}, 4 * time.Second, 0.5, 12 * time.Second},
		{"but once a minute at least", pace{}, time.Minute, 1, time.Minute},
		{"what is configured takes the place of the default", pace{delay: dur(time.Second)}, 0, 0.5, time.Second},
		{"and jitter does not go below it", pace{delay: dur(time.Second)}, 0, 0, time.Second},
		{"a configured delay does not hurry a slow host", pace{delay: dur(time.Second)}, 2 * time.Second, 0.5, 6 * time.Second},
		{"half a second is the floor", pace{delay: dur(time.Millisecond)}, 0, 0.5, 500 * time.Millisecond},
		{"zero is not zero out on the web", pace{delay: dur(0)}, 0, 0.5, 500 * time.Millisecond},
		{"whoever owns the site may go below", pace{delay: dur(10 * time.Millisecond), own: true}, 0, 0.5, 10 * time.Millisecond},
		{"more than a minute if asked for", pace{delay: dur(5 * time.Minute)}, 0, 0.5, 5 * time.Minute},
		{"Crawl-delay counts", pace{crawlDelay: 10 * time.Second}, 0, 0, 10 * time.Second},
		{"a long Crawl-delay counts too", pace{crawlDelay: time.Hour}, 0, 0.5, time.Hour},
		{"a short one hurries nobody", pace{crawlDelay: time.Second}, 0, 0.5, 2 * time.Second},
		{"loopback without delay is free", pace{delay: dur(0), free: true}, time.Minute, 1, 0},
		{"but for Crawl-delay", pace{delay: dur(0), free: true, crawlDelay: 3 * time.Second}, 0, 0, 3 * time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.pace.interval(tt.ewma, tt.jitter); got != tt.want {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

func TestZeroDelayIsHonouredOnTheNamedLoopbackHostOnly(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("x")})
	other := newLab(t, map[string]http.HandlerFunc{"/a": html("x")})
	s := l.slice(func(s *Site) { s.AllowPrivate = true })
	for range 3 {
		l.get(s, "/a")
	}
	if l.clock.Slept() != 0 {
		t.Errorf("waited %v on loopback", l.clock.Slept())
	}
	for range 3 {
		l.wantBody(s.Fetch(context.Background(), Request{URL: other.srv.URL + "/a"}), "x")
	}
	if slept := l.clock.Slept(); slept != 3*500*time.Millisecond {
		t.Errorf("waited %v on another loopback host", slept)
	}
}

func TestAShortDelayIsHonouredOnTheNamedLoopbackHost(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("x")})
	s := l.slice(func(s *Site) { s.Delay = dur(50 * time.Millisecond) })
	for range 3 {
		l.get(s, "/a")
	}
	// before each page, for robots.txt was asked before the first; a fifth more by jitter at most
	if slept := l.clock.Slept(); slept < 3*50*time.Millisecond || slept >= 500*time.Millisecond {
		t.Errorf("waited %v", slept)
	}
}

func TestBackOffGrowsIsForgivenAndOutlivesTheProcess(t *testing.T) {
	l := newLab(t, nil)
	g := newGate(l.clock, func() float64 { return 0 })
	blocked := func(g *gate) time.Duration { return g.host("a.example").Blocked.Sub(l.clock.Now()) }
	for i, want := range []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute} {
		g.observe("a.example", pace{}, time.Second, 503, 0, "")
		if got := blocked(g); got != want {
			t.Errorf("strike %d: blocked for %v, want %v", i, got, want)
		}
		l.clock.Advance(want)
	}
	saved, ok := g.save("a.example")
	if !ok {
		t.Fatal("nothing to save")
	}
	again := newGate(l.clock, func() float64 { return 0 })
	if err := again.restore(saved); err != nil {
		t.Fatal(err)
	}
	l.clock.Advance(time.Hour) // two quiet half hours take two strikes of four
	again.observe("a.example", pace{}, time.Second, 429, 0, "")
	if got := blocked(again); got != 4*time.Minute {
		t.Errorf("after an hour's quiet: %v", got)
	}
	again.observe("a.example", pace{}, time.Second, 403, 0, "")
	if got := blocked(again); got != 16*time.Minute {
		t.Errorf("a 403 counts as one more: %v", got)
	}
	for range 30 {
		again.observe("a.example", pace{}, time.Second, 503, 0, "")
	}
	if got := blocked(again); got != 24*time.Hour {
		t.Errorf("a day is the most: %v", got)
	}
	l.clock.Advance(48 * time.Hour)
	again.observe("a.example", pace{}, time.Second, 200, 0, "")
	if again.host("a.example").Strikes != 0 {
		t.Error("two quiet days forgive all")
	}
}

func TestRetryAfterBlocksTheHostAndIsWaitedOutIfItIsShort(t *testing.T) {
	n := 0
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("x"), "/busy": func(w http.ResponseWriter, r *http.Request) {
		if n++; n == 1 {
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(503)
			return
		}
		html("y")(w, r)
	}, "/later": status(429, "Retry-After", "3600"), "/moved": status(301, "Location", "/a", "Retry-After", "20")})
	s := l.slice() // on loopback with a delay of 0, too
	out := l.get(s, "/busy")
	l.wantFault(out, FaultServer)
	if out.RetryAfter != 30*time.Second {
		t.Errorf("Retry-After %v", out.RetryAfter)
	}
	if at, why := s.Ready(l.srv.URL + "/a"); !at.Equal(labStart.Add(30*time.Second)) || !strings.Contains(why, "503") {
		t.Errorf("ready at %v: %s", at, why)
	}
	l.wantBody(l.get(s, "/busy"), "y")
	if l.clock.Slept() != 30*time.Second {
		t.Errorf("waited %v", l.clock.Slept())
	}
	l.wantBody(l.get(s, "/moved"), "x") // the hop waits for it
	if l.clock.Slept() != 50*time.Second {
		t.Errorf("waited %v", l.clock.Slept())
	}
	l.wantFault(l.get(s, "/later"), FaultBlocked)
	out = l.get(s, "/a")
	l.wantFault(out, FaultDeferred)
	if want := l.clock.Now().Add(time.Hour); !out.Err.Until.Equal(want) {
		t.Errorf("until %v, want %v", out.Err.Until, want)
	}
	saved := s.Changed()
	next := New(Options{Clock: l.clock})
	defer next.Close()
	if err := next.Restore(saved); err != nil {
		t.Fatal(err)
	}
	l.wantFault(l.get(next.Slice(s.site), "/a"), FaultDeferred)
}

func TestABusyAnswerWithoutRetryAfterDoesNotBlockAFreeLoopbackHost(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/503": status(503), "/403": status(403), "/a": html("x")})
	s := l.slice()
	l.get(s, "/503")
	l.get(s, "/403")
	l.wantBody(l.get(s, "/a"), "x")
	if l.clock.Slept() != 0 {
		t.Errorf("waited %v", l.clock.Slept())
	}
}

func TestNoWaitPassesTheEndOfTheSlice(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/robots.txt": robotsTxt("User-agent: *\nCrawl-delay: 100"), "/a": html("x")})
	s := l.slice(func(s *Site) { s.Until = labStart.Add(150 * time.Second) })
	l.wantBody(l.get(s, "/a"), "x") // 100 s after robots.txt
	l.wantFault(l.get(s, "/a"), FaultDeferred)
	if l.clock.Slept() > 150*time.Second {
		t.Errorf("waited %v", l.clock.Slept())
	}
}

func TestRestoreSurvivesWhatItCannotRead(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("x")})
	s := l.slice()
	l.get(s, "/a")
	good := s.Changed()
	if len(good) != 2 {
		t.Fatalf("%d entries saved", len(good))
	}
	f := New(Options{Clock: l.clock})
	err := f.Restore(append([]Saved{{Kind: "host", Key: "x", Data: []byte("{")}, {Kind: "robots", Key: "y", Data: []byte(`{"state":"ok"}`)}, {Kind: "z"}}, good...))
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("%v", err)
	}
	if len(f.robots.files) != 1 || len(f.gate.hosts) != 1 {
		t.Errorf("%d files, %d hosts", len(f.robots.files), len(f.gate.hosts))
	}
	if more := s.Changed(); len(more) != 0 {
		t.Errorf("unchanged entries were saved again: %v", more)
	}
}

func TestAtMostFourAtOnceToOneAddress(t *testing.T) {
	l := newLab(t, nil)
	g := l.f.addresses
	ctx := context.Background()
	var leave []func()
	for range perAddress {
		free, err := g.enter(ctx, "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		leave = append(leave, free)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := g.enter(ended, "192.0.2.1"); err == nil {
		t.Error("a fifth was let in")
	}
	leave[0]()
	free, err := g.enter(ctx, "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	free()
	for _, f := range leave[1:] {
		f()
	}
	if len(g.slots) != 0 {
		t.Errorf("%d addresses are kept", len(g.slots))
	}
}
