package crawler

import (
	"strings"
	"testing"
	"time"

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
	if len(sum.Alarms) != 1 || !strings.Contains(sum.Alarms[0], "layout_drift") || !strings.Contains(sum.Alarms[0], "body 100%") {
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
	if len(sum.Alarms) != 1 || !strings.Contains(sum.Alarms[0], "blocked") || sum.Outcomes[Blocked] > wallsToEnd+pagesAhead {
		t.Errorf("alarms %q of %v", sum.Alarms, sum)
	}
}
