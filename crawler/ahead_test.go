package crawler

import (
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

func TestASourceThatIsDueBeforeTheNextRunIsReadNow(t *testing.T) {
	now := newsite.Epoch
	q := sourceQueue{scheduled: true, ahead: 15 * time.Minute, taught: untaught}
	q.load(nil, now)
	read := state.Source{Kind: kindFeed, LastRead: now.Add(-time.Hour)}
	for name, tc := range map[string]struct {
		due  time.Duration
		set  func(*state.Source)
		want bool
	}{
		"one that is due":                  {0, nil, true},
		"one that is due in a moment":      {time.Minute, nil, true},
		"one that is due at the next run":  {15 * time.Minute, nil, true},
		"one that is due after that":       {16 * time.Minute, nil, false},
		"one that asks for less":           {time.Minute, func(s *state.Source) { s.Least = time.Hour }, true},
		"one that asks for more time":      {time.Minute, func(s *state.Source) { s.Least = time.Hour + time.Minute }, false},
		"one that asks for quiet now":      {time.Minute, func(s *state.Source) { s.Quiet = 1 << now.Hour() }, false},
		"one that asks for quiet later on": {time.Minute, func(s *state.Source) { s.Quiet = 1 << (now.Hour() + 1) }, true},
		"one that could not be read":       {time.Minute, func(s *state.Source) { s.Fails = 1 }, false},
		"one that robots.txt denies":       {time.Minute, func(s *state.Source) { s.Fails = state.Denied }, false},
	} {
		s := read
		if s.NextDue = now.Add(tc.due); tc.set != nil {
			tc.set(&s)
		}
		if got := q.wants(&s); got != tc.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTheTimeToTheNextRunIsThatSinceTheLast(t *testing.T) {
	h := newHouse(t, newsite.Config{Articles: 12, NoSections: true, NoSitemap: true, NoNewsSitemap: true, Epoch: newsite.Epoch.AddDate(0, -2, 0)})
	file := strings.TrimSuffix(h.state, "state.db") + "sites.yaml"
	writeFile(t, file, "sites:\n  paper:\n    feeds: "+h.url+"/feed.xml\n    delay: 0s\n")
	cron := func(c *Config) { c.Start, c.State, c.Sites = nil, "", file }
	h.crawl(cron)
	var read []int
	for range 4 { // its interval is 21 minutes, then 14, 10 and 7
		h.site.Publish(1)
		h.clock.Advance(15 * time.Minute)
		if h.state = strings.TrimSuffix(file, "sites.yaml") + "dateline.db"; len(read) == 0 {
			rep, err := Plan(t.Context(), Config{Sites: file, clock: h.clock})
			if err != nil || !rep.Sites[0].Due || rep.Sites[0].Why != "a source is due before the next run" {
				t.Errorf("%+v %v", rep.Sites, err)
			}
		}
		h.crawl(cron)
		read = append(read, h.asked["/feed.xml"])
	}
	for i, n := range read {
		if n != 1 {
			t.Errorf("run %d read the feed %d times", i, n)
		}
	}
	h.clock.Advance(time.Minute) // by hand
	if sum := h.crawl(cron); sum.Requests != 0 || len(sum.Sites) != 0 {
		t.Errorf("%v", sum)
	}
}

func TestInALongRunWhatIsFreshIsReadAgainWhenItIsDue(t *testing.T) {
	c := newCounty(t, 1, newsite.Config{Articles: 150, NoSections: true, Grow: true, Every: 10 * time.Minute}, "")
	text := strings.ReplaceAll(readFile(t, c.file), "delay: 0s", "delay: 10s")
	c.write(text)
	sum := c.crawl(func(conf *Config) { conf.transport.Rand = func() float64 { return .5 } })
	rep := c.sites[0].Judge()
	if rep.ByPath["/feed.xml"] < 2 || rep.ByPath["/sitemap.xml"] != 1 || sum.Outcomes[New] <= 150 {
		t.Errorf("%v; %v", sum, rep.ByPath)
	}
}
