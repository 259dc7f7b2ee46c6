package crawler

import (
	"context"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/fixtures/newsite"
	"github.com/dateline-go/dateline/normalize"
)

// TestUnderChaosEveryURLEndsInOneOutcome breaks about a third of all answers, in every way that the
// fake site knows, and in the end heals the site: nothing may have been lost for good.
func TestUnderChaosEveryURLEndsInOneOutcome(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 80})
	var faults []newsite.Fault
	for _, k := range []newsite.FaultKind{newsite.FaultReset, newsite.FaultResetBody, newsite.FaultShort, newsite.FaultEmpty, newsite.FaultOversize,
		newsite.FaultBomb, newsite.FaultCoding, newsite.FaultFakeGzip, newsite.FaultCharset, newsite.FaultType, newsite.FaultSoft404, newsite.FaultLoop,
		newsite.FaultBadLocation, newsite.FaultPrivate, newsite.FaultDenied} {
		f := newsite.Fault{Kind: k, Rate: .02}
		if k == newsite.FaultOversize || k == newsite.FaultBomb {
			f.Bytes = 4 << 20
		}
		faults = append(faults, f)
	}
	for _, after := range newsite.RetryAfterForms(0) {
		faults = append(faults, newsite.Fault{Kind: newsite.FaultStatus, Status: 429, RetryAfter: after, Rate: .01})
	}
	faults = append(faults, newsite.Fault{Kind: newsite.FaultStatus, Status: 500, Rate: .03})
	l.site.SetFaults(faults...)
	small := func(c *Config) {
		c.transport = fetch.Options{Limits: fetch.Limits{PageBytes: 1 << 20, SourceBytes: 1 << 20, Idle: time.Second}}
	}
	for range 3 {
		l.crawl(small)
		if rep := l.site.Judge(); len(rep.Denied) > 0 {
			t.Errorf("asked for what robots.txt denies: %v", rep.Denied)
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

// row is what the state knows of an address.
func (l *lab) row(where string) (u state.URL, site string, ok bool, err error) {
	store, err := state.OpenRead(context.Background(), l.state, state.Options{})
	if err != nil {
		return u, "", false, err
	}
	defer func() { _ = store.Close() }()
	return store.FindURL(context.Background(), state.KeyOf(normalize.URLKey(where)))
}
