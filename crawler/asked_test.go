package crawler

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

// readOften crawls a file of one site for some hours of cron every quarter of an hour; its feed has news each time and asks as
// channel says. It gives when the feed was read.
func readOften(t *testing.T, channel string) (at []time.Duration) {
	t.Helper()
	h := newHouse(t, newsite.Config{NoFeed: true, NoSitemap: true, NoNewsSitemap: true, NoSections: true, Articles: 1})
	items := 3
	h.other = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/asking.xml" {
			return false
		}
		fmt.Fprintf(w, `<rss><channel>%s`, channel)
		for i := items; i > max(0, items-10); i-- {
			fmt.Fprintf(w, "<item><title>Story %d</title><link>%s/world/2026/11/20/a-story-of-the-town-%d.html</link></item>", i, h.url, 10000+i)
		}
		fmt.Fprint(w, "</channel></rss>")
		return true
	}
	file := strings.TrimSuffix(h.state, "state.db") + "sites.yaml"
	writeFile(t, file, "sites:\n  paper:\n    feeds: "+h.url+"/asking.xml\n    delay: 0s\n")
	start := h.clock.Now()
	for range 22 {
		if h.crawl(func(c *Config) { c.Start, c.State, c.Sites = nil, "", file }); h.asked["/asking.xml"] > 0 {
			at = append(at, h.clock.Now().Sub(start))
		}
		items++
		h.clock.Advance(15 * time.Minute)
	}
	return at
}

// least is the shortest gap.
func least(at []time.Duration) time.Duration {
	out := 24 * time.Hour
	for i := 1; i < len(at); i++ {
		out = min(out, at[i]-at[i-1])
	}
	return out
}

func TestAFeedIsNotReadMoreOftenThanItAsks(t *testing.T) {
	for channel, want := range map[string]time.Duration{
		"":              15 * time.Minute,
		"<ttl>90</ttl>": 90 * time.Minute,
	} {
		if got := least(readOften(t, channel)); got != want {
			t.Errorf("%q: read after %v, want %v", channel, got, want)
		}
	}
	at := readOften(t, "<skipHours><hour>8</hour><hour>9</hour><hour>10</hour></skipHours>") // it is 6 now
	if slices.ContainsFunc(at, func(d time.Duration) bool { return d > 2*time.Hour && d < 5*time.Hour }) || !slices.Contains(at, 5*time.Hour) {
		t.Errorf("read at %v", at)
	}
}

func TestWhatAFeedAsksForOutlivesAnAnswerWithoutText(t *testing.T) {
	s := state.Source{Kind: kindFeed, Interval: 10 * time.Minute}
	asked(&reading{src: &s, ttl: time.Hour, quiet: 1, out: fetch.Outcome{MaxAge: time.Minute}}, false)
	asked(&reading{src: &s, out: fetch.Outcome{NotModified: true, MaxAge: 2 * time.Minute}}, false)
	if s.Least != time.Hour || s.Quiet != 1 {
		t.Errorf("%v, %b", s.Least, s.Quiet)
	}
	if got := interval(&s, 1); got != time.Hour {
		t.Errorf("%v", got)
	}
	asked(&reading{src: &s, period: time.Hour}, true) // it changes more often than it says
	if s.Least != 0 || s.Quiet != 0 {
		t.Errorf("%v, %b", s.Least, s.Quiet)
	}
}

func TestQuietPutsASourceOffByADayAtMost(t *testing.T) {
	friday := time.Date(2026, 11, 27, 23, 30, 0, 0, time.UTC)
	for interval, want := range map[time.Duration]time.Duration{10 * time.Minute: 10 * time.Minute, time.Hour: 24 * time.Hour, 30 * time.Hour: 30 * time.Hour} {
		s := state.Source{Interval: interval, Quiet: 1<<24 | 1<<30} // Sunday and Saturday
		if got := after(friday, &s).Sub(friday); got != want {
			t.Errorf("%v: due after %v, want %v", interval, got, want)
		}
	}
}
