package crawler

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/clock"
	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

func TestASiteWhoseBodiesVanishRaisesTheAlarmAndClearsIt(t *testing.T) {
	none := time.Duration(0)
	now := func(c *Config) { c.AlarmGrace = &none }
	l := newLab(t, newsite.Config{})
	if sum := l.crawl(now); len(sum.Alarms) > 0 {
		t.Fatalf("a first run raised %v", sum.Alarms)
	}
	l.site.Relayout(true)
	l.site.Publish(12)
	sum := l.crawl(now)
	if len(sum.Alarms) != 1 || !strings.Contains(sum.Alarms[0].Kind, "layout_drift") || !strings.Contains(sum.Alarms[0].Detail, "body 100%") {
		t.Fatalf("alarms %q of %v", sum.Alarms, sum)
	}
	l.site.Relayout(false)
	l.site.Publish(12)
	if sum := l.crawl(now); len(sum.Alarms) > 0 {
		t.Errorf("a mended site still raises %v", sum.Alarms)
	}
}

func TestANewSiteRaisesNoAlarm(t *testing.T) {
	l := newLab(t, newsite.Config{})
	l.crawl()
	l.site.Relayout(true)
	l.site.Publish(12)
	if sum := l.crawl(); len(sum.Alarms) > 0 {
		t.Errorf("raised %v within the grace", sum.Alarms)
	}
}

func TestASiteThatShutsTheCrawlOutRaisesTheAlarm(t *testing.T) {
	none := time.Duration(0)
	l := newLab(t, newsite.Config{})
	l.site.SetFaults(newsite.Fault{Kind: newsite.FaultStatus, Status: 403, Path: "/world*"}, newsite.Fault{Kind: newsite.FaultStatus, Status: 403, Path: "/business*"},
		newsite.Fault{Kind: newsite.FaultStatus, Status: 403, Path: "/sport*"}, newsite.Fault{Kind: newsite.FaultStatus, Status: 403, Path: "/culture*"})
	sum := l.crawl(func(c *Config) { c.AlarmGrace = &none })
	if len(sum.Alarms) != 1 || !strings.Contains(sum.Alarms[0].Kind, "blocked") || sum.Outcomes[Blocked] > wallsToEnd+pagesAhead {
		t.Errorf("alarms %q of %v", sum.Alarms, sum)
	}
}

func TestARunThatIsTurnedAwayForTheThirdTimeSaysSo(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 5})
	store, err := state.Open(t.Context(), l.state, state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := Config{Start: []string{l.url + "/"}, State: l.state}
	for range 3 { // no run of a timetable
		if _, err := Vacuum(t.Context(), l.state, 0); !errors.Is(err, ErrLocked) {
			t.Error(err)
		}
		if _, err := Probe(t.Context(), Config{State: l.state, Delay: new(time.Duration)}, l.url+"/"); !errors.Is(err, ErrLocked) {
			t.Error(err)
		}
	}
	for n, want := range []int{0, 0, 1, 1} {
		sum, err := Run(t.Context(), c, &l.sink)
		if !errors.Is(err, ErrLocked) || len(sum.Alarms) != want {
			t.Errorf("run %d: %v, alarms %v", n, err, sum.Alarms)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	l.crawl() // and those who come after it count anew
	store, err = state.Open(t.Context(), l.state, state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if sum, err := Run(t.Context(), c, &l.sink); !errors.Is(err, ErrLocked) || len(sum.Alarms) > 0 {
		t.Errorf("%v, alarms %v", err, sum.Alarms)
	}
}

func TestAFullDiskStopsAllFetchingAndRaisesTheAlarm(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 5})
	free := uint64(1 << 30)
	disk := func(c *Config) {
		c.disk = func(string) (uint64, uint64, error) { return free, 100 << 30, nil }
	}
	sum := l.crawl(disk)
	if rep := l.site.Judge(); rep.Requests > 0 || sum.Stopped != "disk" || len(sum.Alarms) != 1 || sum.Alarms[0].Kind != "disk_low" {
		t.Errorf("%d requests, stopped by %q, alarms %v", rep.Requests, sum.Stopped, sum.Alarms)
	}
	free = 50 << 30
	if sum := l.crawl(disk); len(sum.Alarms) > 0 {
		t.Errorf("alarms %v", sum.Alarms)
	}
	l.complete()
}

func TestARunBooksWhatRecallAndTheCountersNeed(t *testing.T) {
	now := clock.NewFake(newsite.Epoch)
	l := newLab(t, newsite.Config{Now: now.Now, Every: 10 * time.Minute})
	timed := func(c *Config) { c.clock = now }
	l.crawl(timed)
	for range 3 {
		now.Advance(30 * time.Minute)
		l.site.Publish(3)
		l.crawl(timed)
	}
	now.Advance(2 * time.Hour)
	sum := l.crawl(timed)
	if r := sum.Recall; r.Claimed1h < 9 || r.Within1h != r.Claimed1h || r.Emitted.P95 > 60 || r.Lag.P50 == 0 || r.Estimated < r.Known || r.Known < 9 {
		t.Errorf("%+v", r)
	}
	for key, c := range sum.Sites {
		if c.Handed()+c.Left != c.Discovered {
			t.Errorf("%s: %v", key, c)
		}
	}
}

func TestAnArticleThatComesOutAtALaterTryCountsAsClaimed(t *testing.T) {
	now := clock.NewFake(newsite.Epoch)
	l := newLab(t, newsite.Config{Now: now.Now, Every: 10 * time.Minute, Articles: 12})
	timed := func(c *Config) { c.clock = now }
	l.crawl(timed)
	now.Advance(time.Hour)
	fresh := l.site.Publish(6)
	l.site.SetFaults(newsite.Fault{Kind: newsite.FaultStatus, Status: 404, Path: fresh[0].Path}, newsite.Fault{Kind: newsite.FaultSoft404, Path: fresh[1].Path},
		newsite.Fault{Kind: newsite.FaultStatus, Status: 404, Path: fresh[3].Path})
	before := l.crawl(timed).Recall
	l.site.SetFaults(newsite.Fault{Kind: newsite.FaultStatus, Status: 404, Path: fresh[3].Path})
	now.Advance(2 * time.Hour)
	sum := l.crawl(timed)
	if r := sum.Recall; sum.Outcomes[New] != 2 || r.Claimed1h-before.Claimed1h != 5 || r.Within1h-before.Within1h != 3 {
		t.Errorf("while one is lost: %+v, before %+v; %v", r, before, sum)
	}
}

func TestWhatCameOutDuringALongRunIsNotDatedInTheFuture(t *testing.T) {
	now := clock.NewFake(newsite.Epoch)
	none := time.Duration(0)
	l := newLab(t, newsite.Config{Articles: 12, Now: now.Now, Every: 2 * time.Minute, NoSitemap: true, NoNewsSitemap: true})
	hour := &ill{RoundTripper: http.DefaultTransport}
	hour.wrong = func() error { // the first request waits for an hour
		hour.wrong = nil
		now.Advance(time.Hour)
		l.site.Publish(20)
		return nil
	}
	sum := l.crawl(func(c *Config) { c.clock, c.AlarmGrace, c.transport = now, &none, fetch.Options{Transport: hour} })
	if sum.Outcomes[New] < 20 || len(sum.Alarms) > 0 {
		t.Errorf("%v, alarms %v", sum, sum.Alarms)
	}
}
