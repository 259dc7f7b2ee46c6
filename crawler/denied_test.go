package crawler

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/clock"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

func TestASectionThatRobotsDeniesIsSaidOnceAndIsNoFailure(t *testing.T) {
	now, none := clock.NewFake(newsite.Epoch), time.Duration(0)
	l := newLab(t, newsite.Config{Now: now.Now, Grow: true, Every: 2 * time.Hour})
	section := l.site.Sections()[1]
	closed := "User-agent: *\nDisallow: " + section + "$\n"
	var log bytes.Buffer
	crawl := func() Summary {
		t.Helper()
		log.Reset()
		return l.crawl(func(c *Config) {
			c.clock, c.AlarmGrace, c.Log = now, &none, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))
		})
	}
	said := func() int { return strings.Count(log.String(), "robots.txt denies a source") }

	l.site.SetRobots(closed)
	sum := crawl()
	if sum.SourcesDenied != 1 || sum.SourcesFailed > 0 || len(sum.Alarms) > 0 || said() != 1 || !strings.Contains(sum.String(), "0 failed, 1 denied by robots.txt") {
		t.Errorf("first run: %v, alarms %v, log %s", sum, sum.Alarms, &log)
	}
	for run, later := range []time.Duration{time.Hour, 25 * time.Hour} { // the second asks robots.txt anew
		now.Advance(later)
		if sum := crawl(); sum.SourcesFailed > 0 || len(sum.Alarms) > 0 || log.Len() > 0 || sum.SourcesDenied != run {
			t.Errorf("run %d: %v, alarms %v, log %s", run+2, sum, sum.Alarms, &log)
		}
		if n := l.site.Judge().ByPath[section]; n > 0 {
			t.Errorf("run %d asked for it %d times", run+2, n)
		}
	}
	deniedIn(t, l, section, now.Now())

	l.site.SetRobots("")
	now.Advance(25 * time.Hour)
	if sum := crawl(); l.site.Judge().ByPath[section] != 1 {
		t.Errorf("what robots.txt allows again was read %d times: %v", l.site.Judge().ByPath[section], sum)
	}
	l.site.SetRobots(closed)
	for run, want := range []int{1, 0, 0} { // a section that was read and is closed now is an alarm, once
		now.Advance(25 * time.Hour)
		sum := crawl()
		if len(sum.Alarms) != want || want > 0 && sum.Alarms[0].Kind != "robots_closed" || sum.SourcesFailed > 0 {
			t.Errorf("run %d after it was closed: %v, alarms %v", run, sum, sum.Alarms)
		}
	}
}

// deniedIn looks for a denied source where an operator does.
func deniedIn(t *testing.T, l *lab, section string, now time.Time) {
	t.Helper()
	rep, err := Status(t.Context(), l.state)
	if err != nil {
		t.Fatal(err)
	}
	denied := 0
	for _, s := range rep.Sites[0].Sources {
		if !s.DeniedSince.IsZero() && s.Fails == 0 && strings.HasSuffix(s.URL, section) {
			denied++
		}
	}
	plan, err := Plan(t.Context(), Config{State: l.state, Start: []string{l.url + "/"}, clock: clock.NewFake(now)})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range plan.Sites[0].Sources {
		if !s.Due && strings.Contains(s.Why, "robots.txt denies it since "+newsite.Epoch.Format(time.RFC3339)) {
			denied++
		}
	}
	if denied != 2 {
		t.Errorf("denied in status and plan: %d\n%+v\n%+v", denied, rep.Sites[0].Sources, plan.Sites[0].Sources)
	}
}
