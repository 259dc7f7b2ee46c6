package crawler

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/clock"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

func TestTheMetricsFileHoldsEachSiteAndReadsAsExposition(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 12})
	name := filepath.Join(t.TempDir(), "dateline.prom")
	l.site.SetFaults(newsite.Fault{Kind: newsite.FaultStatus, Status: 404, Path: l.site.Articles()[0].Path})
	sum := l.crawl(func(c *Config) { c.Metrics = name })
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	site := strings.TrimPrefix(l.url, "http://")
	for _, want := range []string{
		"dateline_site_emitted_total{site=\"" + site + "\"} 11\n", "dateline_site_fetched_total{site=\"" + site + "\"} " + strconv.Itoa(sum.Handed()) + "\n",
		"dateline_site_errors_total{site=\"" + site + "\",kind=\"gone\"} 1\n", "dateline_run_pages{outcome=\"new\"} 11\n",
		"# TYPE dateline_last_success_timestamp_seconds gauge\n", "dateline_site_queue{site=\"" + site + "\"} 1\n",
	} {
		if !strings.Contains(string(b), want) {
			t.Errorf("no %q in\n%s", want, b)
		}
	}
	line := regexp.MustCompile(`^(# (HELP|TYPE) [a-z0-9_]+ .+|[a-z0-9_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [-+0-9.e]+)$`)
	said := map[string]int{}
	for s := range strings.Lines(string(b)) {
		if s = strings.TrimSuffix(s, "\n"); !line.MatchString(s) {
			t.Errorf("line %q", s)
		}
		if strings.HasPrefix(s, "# TYPE ") {
			if said[s]++; said[s] > 1 {
				t.Errorf("%s is said twice", s)
			}
		}
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(name), ".*")); err != nil || len(left) > 0 {
		t.Errorf("left over: %v %v", left, err)
	}
}

func TestADeadMansSwitchHearsHowTheRunEnded(t *testing.T) {
	var asked []string
	sw := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked = append(asked, r.URL.String()) }))
	defer sw.Close()
	full := func(_ *lab, c *Config) { c.disk = nothingFree }
	walled := func(l *lab, c *Config) {
		c.AlarmGrace = new(time.Duration)
		var faults []newsite.Fault
		for _, section := range []string{"/world*", "/business*", "/sport*", "/culture*"} {
			faults = append(faults, newsite.Fault{Kind: newsite.FaultStatus, Status: 403, Path: section})
		}
		l.site.SetFaults(faults...)
	}
	silent := func(l *lab, _ *Config) {
		l.site.SetFaults(newsite.Fault{Kind: newsite.FaultStatus, Status: 500, Path: "*"})
	}
	locked := func(times int) func(*lab, *Config) {
		return func(l *lab, c *Config) {
			store, err := state.Open(t.Context(), l.state, state.Options{})
			if err != nil {
				t.Fatal(err)
			}
			l.t.Cleanup(func() { _ = store.Close() })
			for range times - 1 {
				if _, err := Run(t.Context(), Config{Start: c.Start, State: l.state}, &l.sink); !errors.Is(err, ErrLocked) {
					t.Fatal(err)
				}
			}
		}
	}
	for name, tc := range map[string]struct {
		change    func(*lab, *Config)
		want, all string // without PingAll and with it
		fails     bool
	}{
		"a good run":                    {func(*lab, *Config) {}, "/p", "/p/start /p", false},
		"an alarm":                      {walled, "/p", "/p/start /p/fail", false},
		"a full disk":                   {full, "", "/p/start /p/fail", false},
		"no source that could be read":  {silent, "", "/p/start /p/fail", false},
		"metrics nowhere to put":        {func(l *lab, c *Config) { c.Metrics = filepath.Join(l.state, "none") }, "", "/p/start /p/fail", true},
		"a state that cannot be opened": {func(l *lab, c *Config) { c.State = filepath.Dir(l.state) }, "", "/p/fail", true},
		"no file of sites":              {func(l *lab, c *Config) { c.Start, c.Sites = nil, filepath.Join(l.state, "none") }, "", "/p/fail", true},
		"another run at work":           {locked(1), "", "", true},
		"another run at work for long":  {locked(3), "", "/p/fail", true},
	} {
		for _, all := range []bool{false, true} {
			l := newLab(t, newsite.Config{Articles: 12})
			none := time.Duration(0)
			c := Config{Start: []string{l.url + "/"}, State: l.state, Delay: &none, Ping: sw.URL + "/p?k=1", PingAll: all}
			tc.change(l, &c)
			asked = nil
			_, err := Run(t.Context(), c, &l.sink)
			want := tc.want
			if all {
				want = tc.all
			}
			if got := strings.ReplaceAll(strings.Join(asked, " "), "?k=1", ""); got != want || (err != nil) != tc.fails {
				t.Errorf("%s, all of it %v: asked %q, want %q, error %v", name, all, got, want, err)
			}
		}
	}
	asked = nil
	ctx, stop := context.WithCancel(t.Context())
	stop()
	l := newLab(t, newsite.Config{Articles: 3})
	if _, err := Run(ctx, Config{Start: []string{l.url + "/"}, State: l.state, Ping: sw.URL + "/p"}, &l.sink); err != nil || len(asked) > 0 {
		t.Errorf("a run that was stopped asked %q, error %v", asked, err)
	}
}

func TestTheTimeOfTheLastSuccessStandsWhileNoRunEndsAsPlanned(t *testing.T) {
	now := clock.NewFake(newsite.Epoch)
	l := newLab(t, newsite.Config{Articles: 6, Now: now.Now})
	name := filepath.Join(t.TempDir(), "dateline.prom")
	run := func(ctx context.Context, change func(*Config)) string {
		t.Helper()
		none := time.Duration(0)
		c := Config{Start: []string{l.url + "/"}, State: l.state, Delay: &none, Metrics: name, clock: now}
		change(&c)
		if _, err := Run(ctx, c, &l.sink); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(b), "\ndateline_last_success_timestamp_seconds ")
		success, _, _ := strings.Cut(rest, "\n")
		return success
	}
	full := func(c *Config) { c.disk = nothingFree }
	if got := run(t.Context(), full); got != "0" {
		t.Errorf("before the first success: %q", got)
	}
	now.Advance(time.Hour)
	good := run(t.Context(), func(*Config) {})
	if want := strconv.FormatInt(now.Now().Unix(), 10); good != want {
		t.Errorf("a success: %q, want %q", good, want)
	}
	now.Advance(time.Hour)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if got := run(stopped, func(*Config) {}); got != good {
		t.Errorf("after a signal: %q, was %q", got, good)
	}
	if got := run(t.Context(), full); got != good {
		t.Errorf("with a full disk: %q, was %q", got, good)
	}
	l.site.SetFaults(newsite.Fault{Kind: newsite.FaultStatus, Status: 500, Path: "*"})
	if got := run(t.Context(), func(*Config) {}); got != good {
		t.Errorf("where nothing could be read: %q, was %q", got, good)
	}
}

// A figures store has sources and memories that nobody is to read.
type figures struct {
	state.Store
	t *testing.T
}

func (f figures) Sources(context.Context, int64) ([]state.Source, error) {
	f.t.Error("the sources were read")
	return nil, nil
}

func (f figures) Memory(context.Context, int64) (string, error) {
	f.t.Error("the memory was read")
	return "", nil
}

func TestTheMetricsAreWrittenWithoutSourcesAndMemories(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 3})
	l.crawl()
	store, err := state.OpenRead(t.Context(), l.state, state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	name := filepath.Join(t.TempDir(), "dateline.prom")
	r := &run{Config: Config{Metrics: name, clock: clock.System}, store: figures{store, t}}
	if err := r.writeMetrics(t.Context()); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(name); err != nil || !strings.Contains(string(b), "dateline_site_emitted_total{") {
		t.Errorf("%v\n%s", err, b)
	}
}

func nothingFree(string) (uint64, uint64, error) { return 0, 1 << 30, nil }

func TestAPrivateAddressIsNotPinged(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 3})
	if _, err := Run(t.Context(), Config{Start: []string{l.url + "/"}, Ping: "http://10.1.2.3/x"}, &l.sink); err == nil || !strings.Contains(err.Error(), "not a public one") {
		t.Errorf("%v", err)
	}
}

func TestVacuumLeavesACrawlThatGoesOn(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 12})
	l.crawl()
	if _, err := Vacuum(t.Context(), l.state, 0); err != nil {
		t.Fatal(err)
	}
	sum := l.crawl()
	if rep := l.site.Judge(); sum.Records > 0 || rep.Pages > 0 {
		t.Errorf("%v, %d pages asked for again", sum, rep.Pages)
	}
	l.complete()
}
