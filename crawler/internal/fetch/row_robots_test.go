package fetch

import (
	"context"
	"fmt"
	"github.com/dateline-go/dateline/crawler/internal/address"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestRow01_ASiteThatDisallowsAllGetsOneRequest(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/robots.txt": robotsTxt("User-agent: *\nDisallow: /"), "/a": html("x")})
	s := l.slice()
	for range 3 {
		l.wantFault(l.get(s, "/a"), FaultRobots)
	}
	if got := l.paths(); got != "/robots.txt" {
		t.Errorf("requests: %s", got)
	}
}

func TestRow02_Robots5xxDefersTheHost(t *testing.T) {
	for _, code := range []int{500, 502, 503, 429} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			l := newLab(t, map[string]http.HandlerFunc{"/robots.txt": status(code), "/a": html("x")})
			s := l.slice()
			// Retried after 5 minutes, then an hour, then every 6 hours; no page in between.
			for i, wait := range []time.Duration{5 * time.Minute, time.Hour, 6 * time.Hour, 6 * time.Hour} {
				out := l.get(s, "/a")
				l.wantFault(out, FaultDeferred)
				if want := l.clock.Now().Add(wait); !out.Err.Until.Equal(want) {
					t.Errorf("attempt %d: until %v, want %v", i, out.Err.Until, want)
				}
				l.wantFault(l.get(s, "/a"), FaultDeferred)
				if got := l.count("/robots.txt"); got != i+1 {
					t.Errorf("attempt %d: %d requests for robots.txt", i, got)
				}
				l.clock.Advance(wait)
			}
			if l.count("/a") != 0 {
				t.Error("a page was fetched")
			}
			r, _ := s.Robots(context.Background(), l.srv.URL)
			if r.State != RobotsUnreachable || !r.Since.Equal(labStart) {
				t.Errorf("%+v", r)
			}
		})
	}
}

func TestRow02_RobotsWithoutAnAnswerDefersTheHost(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"cut":   func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"hangs": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, map[string]http.HandlerFunc{"/robots.txt": h, "/a": html("x")},
				func(o *Options) { o.Limits.Headers = 50 * time.Millisecond })
			out := l.get(l.slice(), "/a")
			l.wantFault(out, FaultDeferred)
			want := map[string]Fault{"cut": FaultReset, "hangs": FaultTimeout}[name]
			if out.Err.Cause() != want {
				t.Errorf("cause %s, want %s", out.Err.Cause(), want)
			}
		})
	}
}

func TestRow02_ABrokenConnectionIsTriedOnceMore(t *testing.T) {
	asked := 0
	l := newLab(t, map[string]http.HandlerFunc{"/robots.txt": func(w http.ResponseWriter, r *http.Request) {
		if asked++; asked == 1 {
			panic(http.ErrAbortHandler)
		}
		robotsTxt("")(w, r)
	}, "/a": html("x")})
	l.wantBody(l.get(l.slice(), "/a"), "x")
}

func TestRow02_AShortPauseThatRobotsAsksForIsWaitedOutTwice(t *testing.T) {
	for name, c := range map[string]struct {
		times  int // that it is asked for
		after  string
		robots int // requests for it
		waited time.Duration
	}{
		"once":                {1, "30", 2, 30 * time.Second},
		"twice":               {2, "30", 3, 60 * time.Second},
		"and no more":         {3, "30", 3, 60 * time.Second},
		"a long one":          {1, "61", 1, 0},
		"none, but a failure": {1, "", 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			left := c.times
			l := newLab(t, map[string]http.HandlerFunc{"/a": html("x"), "/robots.txt": func(w http.ResponseWriter, r *http.Request) {
				if left--; left < 0 {
					robotsTxt("User-agent: *\nDisallow: /b")(w, r)
					return
				}
				if c.after != "" {
					w.Header().Set("Retry-After", c.after)
				}
				w.WriteHeader(http.StatusServiceUnavailable)
			}})
			out := l.get(l.slice(), "/a")
			if n := l.count("/robots.txt"); n != c.robots {
				t.Errorf("robots.txt was asked for %d times, want %d", n, c.robots)
			}
			if left < 0 {
				l.wantBody(out, "x")
			} else {
				l.wantFault(out, FaultDeferred)
			}
			if got := l.clock.Now().Sub(labStart); got < c.waited || got > c.waited+time.Second {
				t.Errorf("it waited %v, want %v", got, c.waited)
			}
		})
	}
}

func TestRow02_ARunOfNamedSitesAsksAgainUnlessRetryAfterHolds(t *testing.T) {
	for _, c := range []struct {
		name, after string
		passed      time.Duration
		asked       int
	}{
		{"no Retry-After", "", time.Second, 1},
		{"a Retry-After that holds", "600", 5 * time.Minute, 0},
		{"one that is over", "600", 10 * time.Minute, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLab(t, map[string]http.HandlerFunc{"/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
				if c.after != "" {
					w.Header().Set("Retry-After", c.after)
				}
				w.WriteHeader(http.StatusServiceUnavailable)
			}})
			s := l.slice()
			l.wantFault(l.get(s, "/a"), FaultDeferred)
			before := l.count("/robots.txt")
			l.clock.Advance(c.passed)
			next := New(Options{Clock: l.clock, RobotsAnew: true})
			defer next.Close()
			if err := next.Restore(s.Changed()); err != nil {
				t.Fatal(err)
			}
			again := next.Slice(s.site)
			for range 2 { // once a run
				l.wantFault(l.get(again, "/a"), FaultDeferred)
			}
			if n := l.count("/robots.txt") - before; n != c.asked {
				t.Errorf("asked %d times, want %d", n, c.asked)
			}
		})
	}
}

func TestRow02_TheLastGoodCopyServesForADay(t *testing.T) {
	broken := false
	l := newLab(t, map[string]http.HandlerFunc{
		"/robots.txt": func(w http.ResponseWriter, r *http.Request) {
			if broken {
				w.WriteHeader(500)
				return
			}
			robotsTxt("User-agent: *\nDisallow: /no")(w, r)
		},
		"/a": html("x"), "/no": html("x"),
	})
	s := l.slice()
	l.wantBody(l.get(s, "/a"), "x")
	broken = true
	l.clock.Advance(20 * time.Hour)
	l.wantBody(l.get(s, "/a"), "x")
	l.wantFault(l.get(s, "/no"), FaultRobots)
	l.clock.Advance(5 * time.Hour)
	l.wantFault(l.get(s, "/a"), FaultDeferred)
}

func TestRow03_RobotsAreRefreshedAndOutliveTheProcess(t *testing.T) {
	closed := false
	l := newLab(t, map[string]http.HandlerFunc{
		"/robots.txt": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cache-Control", "public, max-age=7200")
			rules := "User-agent: *\nDisallow: /no"
			if closed {
				rules = "User-agent: *\nDisallow: /"
			}
			robotsTxt(rules)(w, r)
		},
		"/a": html("x"),
	})
	s := l.slice()
	l.wantBody(l.get(s, "/a"), "x")
	before, _ := s.Robots(context.Background(), l.srv.URL)
	saved := s.Changed()

	// Another process, an hour later, asks for nothing anew.
	l.clock.Advance(time.Hour)
	other := New(Options{Clock: l.clock})
	defer other.Close()
	if err := other.Restore(saved); err != nil {
		t.Fatal(err)
	}
	s = other.Slice(s.site)
	l.wantBody(l.get(s, "/a"), "x")
	if n := l.count("/robots.txt"); n != 1 {
		t.Errorf("%d requests for robots.txt", n)
	}
	closed = true
	l.clock.Advance(time.Hour)
	l.wantFault(l.get(s, "/a"), FaultRobots)
	after, _ := s.Robots(context.Background(), l.srv.URL)
	if before.Digest == after.Digest || before.Digest == "" {
		t.Errorf("digests %q, %q", before.Digest, after.Digest)
	}
}

func TestRow03_TheLifeOfRobotsIsBounded(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"": 6 * time.Hour, "max-age=5": time.Hour, "no-store": time.Hour, "max-age=999999": 24 * time.Hour, "max-age=9000": 9000 * time.Second, "max-age=junk": 6 * time.Hour,
	} {
		h := http.Header{}
		h.Set("Cache-Control", header)
		if got := robotsLife(h); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}

func TestRow04_AnOddLineNeitherKillsTheFileNorHammersIt(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{
		"/robots.txt": robotsTxt("Disallow: /early\nwhat is this?\nUser-agent: *\nCrawl-delay: 5s\nDisallow: /no\n"),
		"/a":          html("x"), "/no": html("x"),
	})
	s := l.slice()
	for range 5 {
		l.wantBody(l.get(s, "/a"), "x")
		l.wantFault(l.get(s, "/no"), FaultRobots)
	}
	if n := l.count("/robots.txt"); n != 1 {
		t.Errorf("%d requests for robots.txt", n)
	}
	if r, _ := s.Robots(context.Background(), l.srv.URL); len(r.BadLines) != 2 {
		t.Errorf("bad lines %q", r.BadLines)
	}
}

func TestRow05_ARedirectedRobotsFileBelongsToTheAskingHost(t *testing.T) {
	other := newLab(t, map[string]http.HandlerFunc{"/r": robotsTxt("User-agent: *\nDisallow: /no")})
	l := newLab(t, map[string]http.HandlerFunc{
		"/robots.txt": redirect(301, "/r1"), "/r1": redirect(302, "/r2"), "/r2": redirect(307, "/r3"), "/r3": redirect(308, "/r4"),
		"/r4": redirect(302, other.srv.URL+"/r"),
		"/a":  html("x"), "/no": html("x"),
	})
	s := l.slice(func(site *Site) {
		site.AllowPrivate = true
		site.Scope = func(u string) error {
			if !strings.HasPrefix(u, l.srv.URL) {
				return fmt.Errorf("off the site")
			}
			return nil
		}
	})
	l.wantFault(l.get(s, "/no"), FaultRobots)
	l.wantBody(l.get(s, "/a"), "x")
}

func TestRow05_ALoopAndALongChainMeanNoRules(t *testing.T) {
	for name, routes := range map[string]map[string]http.HandlerFunc{
		"loop":        {"/robots.txt": redirect(302, "/x"), "/x": redirect(302, "/robots.txt")},
		"chain":       {"/robots.txt": redirect(302, "/1"), "/1": redirect(302, "/2"), "/2": redirect(302, "/3"), "/3": redirect(302, "/4"), "/4": redirect(302, "/5"), "/5": redirect(302, "/6"), "/6": robotsTxt("User-agent: *\nDisallow: /")},
		"no location": {"/robots.txt": status(302)},
	} {
		t.Run(name, func(t *testing.T) {
			routes["/a"] = html("x")
			l := newLab(t, routes)
			s := l.slice()
			l.wantBody(l.get(s, "/a"), "x")
			if r, _ := s.Robots(context.Background(), l.srv.URL); r.State != RobotsAbsent {
				t.Errorf("state %s", r.State)
			}
		})
	}
}

func TestRow06_EveryHopIsAskedOfRobots(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{
		"/robots.txt": robotsTxt("User-agent: *\nDisallow: /private/"),
		"/go":         redirect(302, "/private/page"), "/private/page": html("x"),
	})
	out := l.get(l.slice(), "/go")
	l.wantFault(out, FaultRobots)
	if !strings.HasSuffix(out.Final, "/private/page") || len(out.Hops) != 2 {
		t.Errorf("final %s, hops %+v", out.Final, out.Hops)
	}
	if got := l.paths(); got != "/robots.txt /go" {
		t.Errorf("requests: %s", got)
	}
}

func TestRow07_TheTokenIsOursWhateverTheAgentSays(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{
		"/robots.txt": robotsTxt("User-agent: date\nDisallow: /\n\nUser-agent: Dateline\nDisallow: /no\n\nUser-agent: *\nDisallow: /"),
		"/a":          html("x"), "/no": html("x"),
	})
	s := l.slice(func(site *Site) { site.Agent = "Mozilla/5.0 (compatible; Dateline/1.0; +https://example.org)" })
	l.wantBody(l.get(s, "/a"), "x")
	l.wantFault(l.get(s, "/no"), FaultRobots)
}

func TestRow08_TheQueryIsTestedAsSent(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{
		"/robots.txt": robotsTxt("User-agent: *\nDisallow: /p?b=1&a=2;c"),
		"/p":          html("x"),
	})
	s := l.slice()
	l.wantFault(l.get(s, "/p?b=1&a=2;c"), FaultRobots)
	l.wantBody(l.get(s, "/p?a=2;c&b=1"), "x")
	l.wantBody(l.get(s, "/p?b=1"), "x")
}

func TestRow09_AHugeRobotsFileIsCut(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{
		"/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte("User-agent: *\nDisallow: /no\n"))
			block := []byte(strings.Repeat("Disallow: /never-heard-of-it\n", 2000))
			for range 400 {
				if _, err := w.Write(block); err != nil {
					return
				}
			}
		},
		"/a": html("x"), "/no": html("x"),
	})
	s := l.slice()
	l.wantFault(l.get(s, "/no"), FaultRobots)
	l.wantBody(l.get(s, "/a"), "x")
	for _, saved := range s.Changed() {
		if len(saved.Data) > 64<<10 {
			t.Errorf("%s is kept in %d bytes", saved.Kind, len(saved.Data))
		}
	}
}

func TestRow10_ManyAskersOneRequest(t *testing.T) {
	release := make(chan struct{})
	l := newLab(t, map[string]http.HandlerFunc{
		"/robots.txt": func(http.ResponseWriter, *http.Request) { <-release }, "/a": html("x"),
	})
	s := l.slice()
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { l.wantBodyLater(l.get(s, "/a"), "x") })
	}
	close(release)
	wg.Wait()
	if n := l.count("/robots.txt"); n != 1 {
		t.Errorf("%d requests for robots.txt", n)
	}
}

func TestRow10_ACancelledAskerDoesNotSpoilItForTheOthers(t *testing.T) {
	first := make(chan struct{})
	var once sync.Once
	l := newLab(t, map[string]http.HandlerFunc{
		"/robots.txt": func(_ http.ResponseWriter, r *http.Request) {
			wait := false
			once.Do(func() { wait = true })
			if wait {
				close(first)
				<-r.Context().Done()
			}
		},
		"/a": html("x"),
	})
	s := l.slice()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan Outcome)
	go func() { done <- s.Fetch(ctx, Request{URL: l.srv.URL + "/a"}) }()
	<-first
	cancel()
	l.wantFault(<-done, FaultCanceled)
	l.wantBody(l.get(s, "/a"), "x")
}

func TestRow10_NothingIsFetchedAfterCancel(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("x")})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	l.wantFault(l.slice().Fetch(ctx, Request{URL: l.srv.URL + "/a"}), FaultCanceled)
	if got := l.paths(); got != "" {
		t.Errorf("requests: %s", got)
	}
}

func TestRow11_CrawlDelayAndSitemapsAreUsed(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{
		"/robots.txt": robotsTxt("User-agent: *\nCrawl-delay: 7\nSitemap: /s.xml\nSitemap: https://other.example/s.xml"),
		"/a":          html("x"), "/b": html("x"),
	})
	s := l.slice() // even where the delay is 0
	l.wantBody(l.get(s, "/a"), "x")
	l.wantBody(l.get(s, "/b"), "x")
	hits := l.arrivals()
	if gap := hits[2].at.Sub(hits[1].at); gap != 7*time.Second {
		t.Errorf("gap %v", gap)
	}
	r, err := s.Robots(context.Background(), l.srv.URL)
	if err != nil || len(r.Sitemaps) != 2 || r.CrawlDelay != 7*time.Second || r.State != RobotsOK {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestRow11_EachSchemeHostAndPortHasItsOwnFile(t *testing.T) {
	keys := map[string]bool{}
	for _, addr := range []string{"http://a.example/", "https://a.example/", "http://a.example:8080/", "http://b.example/", "http://A.example:80/x"} {
		u, err := address.Resolve("", addr)
		if err != nil {
			t.Fatal(err)
		}
		keys[authority(u)] = true
	}
	if len(keys) != 4 {
		t.Errorf("keys %v", keys)
	}
}

func TestRobotsStatusesThatMeanNoRules(t *testing.T) {
	for _, code := range []int{400, 401, 403, 404, 410, 451} {
		l := newLab(t, map[string]http.HandlerFunc{"/robots.txt": status(code), "/a": html("x")})
		l.wantBody(l.get(l.slice(), "/a"), "x")
	}
}

func TestRobotsMayBeIgnoredByTheOperator(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/robots.txt": robotsTxt("User-agent: *\nDisallow: /"), "/a": html("x")})
	l.wantBody(l.get(l.slice(func(s *Site) { s.IgnoreRobots = true }), "/a"), "x")
	if l.paths() != "/a" {
		t.Errorf("requests: %s", l.paths())
	}
}

func TestExplainAsksNobody(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/robots.txt": robotsTxt("User-agent: *\nDisallow: /no"), "/a": html("x")})
	s := l.slice()
	if _, _, known := s.Explain(l.srv.URL + "/no"); known || l.paths() != "" {
		t.Error("known before it was fetched")
	}
	l.get(s, "/a")
	if ok, rule, known := s.Explain(l.srv.URL + "/no/x"); ok || !known || rule != "Disallow: /no" {
		t.Errorf("%v %q %v", ok, rule, known)
	}
	if ok, _, _ := s.Explain(l.srv.URL + "/a"); !ok {
		t.Error("/a is denied")
	}
}
