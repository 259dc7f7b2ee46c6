package crawler

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/clock"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

// within are the articles that came out from one day up to another.
func within(l *lab, from, to time.Time) (n int) {
	for _, a := range l.site.Articles() {
		if !a.Published.Before(from) && a.Published.Before(to) {
			n++
		}
	}
	return n
}

func at(day int) time.Time { return time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC) }

// atEpoch sets the run's clock to that of the fake site.
func atEpoch(c *Config) { c.clock = clock.NewFake(newsite.Epoch.Add(time.Hour)) }

func backfill(from, to int) func(*Config) {
	return func(c *Config) {
		atEpoch(c)
		c.Since = at(from)
		if to > 0 {
			c.Until = at(to)
		}
	}
}

func TestABackfillTakesWhatCameOutInItsTimeAndWhatIsFresh(t *testing.T) {
	for name, shape := range map[string]newsite.URLShape{"by the date in the address": newsite.URLDated, "by lastmod": newsite.URLSlug} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, newsite.Config{Articles: 150, SitemapFile: 25, URLs: shape, NoSections: true})
			sum := l.crawl(backfill(13, 15))
			old, fresh := 0, 0
			got := map[string]bool{}
			for _, r := range l.sink.records(t) {
				got[r.URL] = true
			}
			for _, a := range l.site.Articles() {
				p := a.Published
				switch asked := !p.Before(at(13)) && p.Before(at(15)); {
				case !got[l.url+a.Path]:
				case asked:
					old++
				case p.After(at(18)):
					fresh++
				default:
					t.Errorf("%s is of %s", a.Path, p)
				}
			}
			if want := within(l, at(13), at(15)); old != want || fresh < 20 || sum.Outside == 0 {
				t.Errorf("%d of %d of the past, %d fresh, %d outside", old, want, fresh, sum.Outside)
			}
		})
	}
}

func TestWhatIsFreshGoesBeforeThePastWhichComesNewestFirst(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 100, NoSections: true})
	var order []string
	l.crawl(backfill(14, 0), func(c *Config) {
		c.Progress = func(e Event) { order = append(order, e.URL) }
	})
	day := func(u string) string {
		_, rest, _ := strings.Cut(u, "/2026/11/")
		d, _, _ := strings.Cut(rest, "/")
		return d
	}
	var days []string
	for _, u := range order {
		if d := day(u); d != "" {
			days = append(days, d)
		}
	}
	slices.Reverse(days)
	if !slices.IsSorted(days) || days[0] != "14" {
		t.Errorf("%v", days)
	}
	l = newLab(t, newsite.Config{Articles: 100, NoSections: true})
	sum := l.crawl(backfill(14, 0), func(c *Config) { c.BackfillPages = 7 })
	past := 0
	for _, r := range l.sink.records(t) {
		if r.Published < "2026-11-18T06" {
			past++
		}
	}
	if fresh := len(l.sink.records(t)) - past; past < 6 || past > 7 || fresh < 25 || sum.Left == 0 {
		t.Errorf("%d of the past, %d fresh: %v", past, fresh, sum)
	}
}

func TestASecondRunOfABackfillAsksForNothingTwiceAndAWiderOneForTheRest(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 150, SitemapFile: 25, NoSections: true})
	l.crawl(backfill(15, 17))
	first := len(l.sink.records(t))
	if sum := l.crawl(backfill(15, 17)); sum.Records != 0 || l.site.Judge().Conditional < 2 {
		t.Errorf("%v, %d conditional", sum, l.site.Judge().Conditional)
	}
	sum := l.crawl(backfill(14, 18))
	if want := within(l, at(14), at(18)) - within(l, at(15), at(17)); sum.Records != want {
		t.Errorf("%d records more, want %d: %v", sum.Records, want, sum)
	}
	if first == 0 {
		t.Error("nothing at first")
	}
	l.crawl(atEpoch) // without a time all that its sources name
	l.complete()
}

func TestASitemapOfAnotherTimeIsNotEvenRead(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 150, SitemapFile: 25, NoSections: true})
	l.crawl(backfill(18, 0))
	read := 0
	for path := range l.site.Judge().ByPath {
		if strings.HasPrefix(path, "/sitemaps/articles") {
			read++
		}
	}
	if read == 0 || read > 3 {
		t.Errorf("%d files of 6 were read", read)
	}
}

func TestABackfillVisitsSitesOfTheFileThatAreNotDue(t *testing.T) {
	c := newCounty(t, 1, newsite.Config{Articles: 60, NoSections: true}, "    limits: {backfill: 4}\n")
	c.crawl(func(conf *Config) { conf.MaxPages = 20 })
	c.crawl()
	if sum := c.crawl(); sum.Requests != 0 {
		t.Fatalf("it is still due: %v", sum)
	}
	c.clock.Advance(time.Minute)
	if sum := c.crawl(func(conf *Config) { conf.Since = at(1) }); len(sum.Sites) != 1 {
		t.Errorf("%v", sum)
	}
	state := filepath.Join(t.TempDir(), "state.db")
	sum := c.crawl(func(conf *Config) { conf.Since, conf.State = at(1), state })
	if past := sum.Outcomes[New]; past >= 60 || sum.Left == 0 {
		t.Errorf("the site's own limit of pages of the past was not kept: %v", sum)
	}
}
