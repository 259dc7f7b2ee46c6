package crawler

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/clock"
	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/fixtures/newsite"
	"github.com/dateline-go/dateline/normalize"
)

// chaos makes about a third of all answers go wrong, in every way that the fake site knows. big is the size
// of bodies that never end, after how long a wait a 429 asks for.
func chaos(big int, after time.Duration) []newsite.Fault {
	var faults []newsite.Fault
	for _, k := range []newsite.FaultKind{newsite.FaultReset, newsite.FaultResetBody, newsite.FaultShort, newsite.FaultEmpty, newsite.FaultOversize, newsite.FaultDeclared,
		newsite.FaultBomb, newsite.FaultBrotli, newsite.FaultCoding, newsite.FaultFakeGzip, newsite.FaultCharset, newsite.FaultType, newsite.FaultSoft404, newsite.FaultHome, newsite.FaultLoop,
		newsite.FaultChain, newsite.FaultBadLocation, newsite.FaultPrivate, newsite.FaultDenied} {
		f := newsite.Fault{Kind: k, Rate: .015}
		if k == newsite.FaultOversize || k == newsite.FaultBomb {
			f.Bytes = big
		}
		faults = append(faults, f)
	}
	for _, k := range []newsite.FaultKind{newsite.FaultSlow, newsite.FaultDrip} {
		faults = append(faults, newsite.Fault{Kind: k, Rate: .02, Delay: 5 * time.Millisecond, Bytes: 2048})
	}
	for _, form := range newsite.RetryAfterForms(after) {
		faults = append(faults, newsite.Fault{Kind: newsite.FaultStatus, Status: 429, RetryAfter: form, Rate: .005})
	}
	for _, status := range []int{500, 502, 503, 504} {
		faults = append(faults, newsite.Fault{Kind: newsite.FaultStatus, Status: status, Rate: .01})
	}
	for _, vendor := range newsite.Walls() {
		faults = append(faults, newsite.Fault{Kind: newsite.FaultWall, Vendor: vendor, Rate: .004})
	}
	return faults
}

// small bounds bodies, so that those that never end cost little.
func small(c *Config) {
	c.transport = fetch.Options{Limits: fetch.Limits{PageBytes: 1 << 20, SourceBytes: 1 << 20, Idle: time.Second}}
}

// TestUnderChaosEveryURLEndsInOneOutcome breaks about a third of all answers and in the end heals the site:
// nothing may have been lost for good.
func TestUnderChaosEveryURLEndsInOneOutcome(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 150})
	l.site.SetFaults(chaos(4<<20, 0)...)
	met := map[newsite.FaultKind]bool{}
	for range 3 {
		outcomes := map[string]int{}
		var mu sync.Mutex
		sum := l.crawl(small, func(c *Config) {
			c.Progress = func(e Event) {
				mu.Lock()
				defer mu.Unlock()
				outcomes[e.URL]++
			}
		})
		for u, n := range outcomes {
			if n != 1 {
				t.Errorf("%s has %d outcomes", u, n)
			}
		}
		if len(outcomes) != sum.Handed() {
			t.Errorf("%d URLs have an outcome, %d were handed out", len(outcomes), sum.Handed())
		}
		if rep := l.site.Judge(); len(rep.Denied) > 0 {
			t.Errorf("asked for what robots.txt denies: %v", rep.Denied)
		}
		for _, a := range l.site.Log() {
			met[a.Fault] = true
		}
	}
	for _, f := range chaos(0, 0) {
		if !met[f.Kind] {
			t.Errorf("%s was never met", f.Kind)
		}
	}
	l.site.SetFaults()
	l.crawl(small)
	l.crawl(small)
	if lost, alien, _ := l.missing(); len(lost)+len(alien) > 0 {
		t.Errorf("lost %v\nalien %v", lost, alien)
		for _, u := range lost {
			row, _, ok, err := l.row(u)
			t.Logf("%s: known %v, %s, %d tries, due %v, %v", u, ok, row.State, row.Tries, row.NextDue, err)
		}
	}
}

// TestUnderChaosNoHostIsAskedMoreOftenThanItsRuleSays runs by the pace of the open web and a clock that site and
// crawl share: the site's own log is the proof.
func TestUnderChaosNoHostIsAskedMoreOftenThanItsRuleSays(t *testing.T) {
	for name, tc := range map[string]struct {
		crawlDelay string
		delay      time.Duration
		gap        time.Duration
	}{
		"the default pace":       {"", 0, 1600 * time.Millisecond}, // 2 s less a fifth of jitter
		"the site's Crawl-delay": {"7", 0, 7 * time.Second},
		"the operator's delay":   {"", 4 * time.Second, 4 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			now := clock.NewFake(newsite.Epoch)
			l := newLab(t, newsite.Config{Articles: 60, Now: now.Now, CrawlDelay: tc.crawlDelay})
			l.site.SetFaults(chaos(2<<20, 90*time.Second)...)
			for range 3 {
				l.crawl(small, func(c *Config) {
					c.clock, c.Delay = now, nil
					if tc.delay > 0 {
						c.Delay = &tc.delay
					}
				})
				if rep := l.site.Judge(); rep.Gap < tc.gap && rep.Requests > 1 {
					t.Errorf("two requests within %v, the rule says %v", rep.Gap, tc.gap)
				}
				log := l.site.Log()
				for i := 1; i < len(log); i++ {
					if a := log[i-1]; (a.Status == 429 || a.Status == 503) && log[i].At.Sub(a.At) < time.Minute {
						t.Errorf("asked for %s %v after a status %d", log[i].Path, log[i].At.Sub(a.At), a.Status)
					}
				}
				now.Advance(3 * time.Hour)
			}
		})
	}
}

// TestUnderChaosMemoryStaysUnder200MB crawls eight such sites at once in a process of its own, with bodies of
// their full size and the limits of the program: make chaos.
func TestUnderChaosMemoryStaysUnder200MB(t *testing.T) {
	if os.Getenv("DATELINE_CHAOS") == "" {
		t.Skip("make chaos runs it")
	}
	dir := t.TempDir()
	order := soakOrder{Now: newsite.Epoch, State: filepath.Join(dir, "state.db"), Out: filepath.Join(dir, "out.jsonl")}
	for n := range 8 {
		site := newsite.New(newsite.Config{Seed: uint64(n + 1), Articles: 100})
		site.SetFaults(chaos(0, 0)...)
		srv := httptest.NewServer(site.Handler())
		t.Cleanup(srv.Close)
		order.Start = append(order.Start, srv.URL+"/")
	}
	for range 3 {
		res := soakChild(t, &order)
		t.Logf("peak memory %d MB; %v", res.Peak>>10, res.Summary)
		if res.Peak > 200<<10 {
			t.Errorf("it took %d MB", res.Peak>>10)
		}
		order.Now = order.Now.Add(2 * time.Hour)
	}
}

// row is what the state knows of an address.
func (l *lab) row(where string) (u state.URL, site string, ok bool, err error) {
	store, err := state.OpenRead(context.Background(), l.state, state.Options{})
	if err != nil {
		return u, "", false, err
	}
	defer func() { _ = store.Close() }()
	return store.FindURL(context.Background(), state.KeyOf(normalize.URLKey(where)))
}
