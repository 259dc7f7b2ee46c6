package watch

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC) // a Friday

// page is an article of n words; change makes it odd.
func page(n int, change ...func(*dateline.Record)) *dateline.Record {
	r := &dateline.Record{PageKind: dateline.KindArticle, Title: "A title", Published: fmt.Sprintf("2026-11-20T%02d:%02d:00Z", n%10, 1+n%59),
		Authors: []string{"Ann Bell"}, Text: "text", WordCount: 400, CanonicalURL: fmt.Sprintf("https://paper.example/%d", n)}
	r.Fingerprint.Content = fmt.Sprint(n)
	for _, f := range change {
		f(r)
	}
	return r
}

// pages shows n of them to v.
func pages(v *Visit, n int, change ...func(*dateline.Record)) *Visit {
	for i := range n {
		v.Page(page(i, change...), fmt.Sprintf("https://paper.example/%d", i), v.At)
	}
	v.Fetched += n
	return v
}

func visit(at time.Time) *Visit {
	return &Visit{At: at, Home: "https://paper.example/", Whole: true, SourcesRead: 1, Standing: map[string]bool{}}
}

// grown is the history of a site that gave ten good pages a day for so many days before noon.
func grown(days int) *History {
	h := &History{}
	for d := days; d >= 1; d-- {
		v := pages(visit(noon.AddDate(0, 0, -d)), 10)
		v.New = 10
		for range 20 {
			v.Request("https://paper.example/", "", 300*time.Millisecond)
		}
		h.Learn(v, false)
	}
	return h
}

func noBody(r *dateline.Record)   { r.Text, r.WordCount = "", 0 }
func paid(r *dateline.Record)     { r.Quality.Flags = []string{"paywalled"} }
func short(r *dateline.Record)    { r.WordCount = 120 }
func alike(r *dateline.Record)    { r.Fingerprint.Content = "same" }
func midnight(r *dateline.Record) { r.Published = "2026-11-" + r.Published[11:13] + "T00:00:00Z" }
func oneDate(r *dateline.Record)  { r.Published = "2026-11-19T08:00:00Z" }
func future(r *dateline.Record)   { r.Published = "2026-12-24T08:0" + r.Published[12:13] + ":00Z" }

// feed is a source that was read; change makes it odd.
func feed(change ...func(*Source)) Source {
	s := Source{URL: "https://paper.example/feed", Kind: "feed", Feed: true, Listed: true, Read: true, Newest: noon, FirstSeen: noon.AddDate(0, 0, -20)}
	for _, f := range change {
		f(&s)
	}
	return s
}

func withSources(s ...Source) func(*Visit) { return func(v *Visit) { v.Sources = s } }

func withPages(n int, change ...func(*dateline.Record)) func(*Visit) {
	return func(v *Visit) { pages(v, n, change...) }
}

func requests(n int, fault string, took time.Duration) func(*Visit) {
	return func(v *Visit) {
		for range n {
			v.Request("https://paper.example/x", fault, took)
		}
	}
}

// TestASiteRaisesTheAlarmThatFitsAndNoOther gives each alarm what raises it, and its neighbour on the good side.
func TestASiteRaisesTheAlarmThatFitsAndNoOther(t *testing.T) {
	dead := func(fails int, since time.Duration) func(*Source) {
		return func(s *Source) {
			s.Read, s.Fails, s.FailedSince, s.Why = false, fails, noon.Add(-since), "gone: status 404"
		}
	}
	for name, tc := range map[string]struct {
		days int
		see  func(*Visit)
		want string // kinds that are raised
	}{
		"a good day":                                   {20, withPages(20), ""},
		"a new site that gives nothing":                {0, func(*Visit) {}, "no_articles"},
		"a new site whose sources cannot be read":      {0, func(v *Visit) { v.SourcesRead = 0 }, ""},
		"a new site whose run was cut short":           {0, func(v *Visit) { v.Whole = false }, ""},
		"two days without news":                        {20, func(v *Visit) { v.At = noon.AddDate(0, 0, 1) }, "silent"},
		"a day without news":                           {20, func(v *Visit) { v.At = noon.Add(-time.Minute) }, ""},
		"a feed that fails for a day":                  {20, withSources(feed(dead(3, 25*time.Hour))), "feed_dead"},
		"a feed that fails for an hour":                {20, withSources(feed(dead(3, time.Hour))), ""},
		"a feed that failed once":                      {20, withSources(feed(dead(1, 25*time.Hour))), ""},
		"a feed that is a page":                        {20, withSources(feed(func(s *Source) { s.HTML, s.Read = true, false })), "feed_is_html"},
		"a feed that is all new":                       {20, withSources(feed(func(s *Source) { s.Overflow = true })), "feed_overflow"},
		"a feed that is all new beside a sitemap":      {20, withSources(feed(func(s *Source) { s.Overflow = true }), Source{Kind: "sitemap", Listed: true, Read: true}), ""},
		"a feed that stands still while the site goes": {20, withSources(feed(func(s *Source) { s.Newest = noon.AddDate(0, 0, -15) })), "feed_frozen"},
		"a feed that stood still when it was met":      {20, withSources(feed(func(s *Source) { s.Newest, s.FirstSeen = noon.AddDate(0, 0, -35), noon.AddDate(0, 0, -20) })), ""},
		"a feed that stood still for a week":           {20, withSources(feed(func(s *Source) { s.Newest = noon.AddDate(0, 0, -7) })), ""},
		"a fifth of the pages refused":                 {20, func(v *Visit) { pages(v, 20); v.Blocked = 4 }, "blocked"},
		"a tenth of the pages refused":                 {20, func(v *Visit) { pages(v, 20); v.Blocked = 2 }, ""},
		"three walls in a row":                         {20, func(v *Visit) { v.Fetched, v.Blocked, v.Walled = 3, 3, true }, "blocked"},
		"a source that robots.txt newly denies":        {20, withSources(feed(func(s *Source) { s.Denied, s.Read = true, false })), "robots_closed"},
		"half of the articles newly denied":            {20, func(v *Visit) { v.Recent, v.Denied = 50, 25 }, "robots_closed"},
		"a few articles newly denied":                  {20, func(v *Visit) { v.Recent, v.Denied = 50, 5 }, ""},
		"a paywall that went up":                       {20, withPages(10, paid), "paywall_up"},
		"bodies that vanish":                           {20, withPages(10, noBody), "layout_drift"},
		"bodies that vanish from nine pages":           {20, withPages(9, noBody), ""},
		"bodies that vanish from a site hardly known":  {1, withPages(10, noBody), ""},
		"texts of a third of their length":             {20, withPages(10, short), "short_bodies"},
		"one text on many pages":                       {20, withPages(3, alike), "same_body"},
		"one text on two pages":                        {20, withPages(2, alike), ""},
		"one text on the views of one article":         {20, withPages(5, alike, func(r *dateline.Record) { r.CanonicalURL = "https://paper.example/1" }), ""},
		"articles that lead home":                      {20, func(v *Visit) { pages(v, 3); v.Astray("a"); v.Astray("b"); v.Astray("c") }, "redirect_home"},
		"dates in the future":                          {20, withPages(10, future), "dates_odd"},
		"one date on all pages":                        {20, withPages(10, oneDate), "dates_odd"},
		"all dates at midnight":                        {20, withPages(10, midnight), "dates_odd"},
		"answers that take ten times as long":          {20, requests(20, "", 3*time.Second), "slow"},
		"answers that take twice as long":              {20, requests(20, "", 600*time.Millisecond), ""},
		"a certificate that is wrong":                  {20, func(v *Visit) { requests(1, "tls", 0)(v); requests(5, "", 0)(v) }, "tls"},
		"a name that is not found":                     {20, requests(1, "dns", 0), "dns"},
		"a name that was not found once":               {20, func(v *Visit) { requests(1, "dns", 0)(v); requests(5, "", 0)(v) }, ""},
		"one article in ten late":                      {20, func(v *Visit) { v.Recall = Recall{Claimed24h: 100, Within24h: 90} }, "recall_low"},
		"one article in a hundred late":                {20, func(v *Visit) { v.Recall = Recall{Claimed24h: 100, Within24h: 99} }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			v := visit(noon)
			tc.see(v)
			bad, _ := Judge(grown(tc.days), v, false)
			var kinds []string
			for _, f := range bad {
				kinds = append(kinds, f.Kind)
				if f.Detail == "" || f.URL == "" || Do(f.Kind) == "" {
					t.Errorf("%s lacks its detail, its evidence or what to do: %+v", f.Kind, f)
				}
			}
			if got := strings.Join(kinds, " "); got != tc.want {
				t.Errorf("raised %q, want %q: %v", got, tc.want, bad)
			}
		})
	}
}

func TestANewSiteRaisesInItsGraceOnlyThatItGivesNothing(t *testing.T) {
	v := pages(visit(noon), 20, noBody)
	v.Blocked = 20
	if bad, _ := Judge(grown(2), v, true); len(bad) > 0 {
		t.Errorf("raised %v", bad)
	}
	if bad, _ := Judge(&History{}, visit(noon), true); len(bad) != 1 || bad[0].Kind != "no_articles" {
		t.Errorf("raised %v", bad)
	}
}

func TestAQuietWeekendIsNoSilence(t *testing.T) {
	h := &History{}
	for d := 28; d >= 1; d-- { // Monday to Friday
		v := visit(noon.AddDate(0, 0, -d))
		if wd := v.At.Weekday(); wd != time.Saturday && wd != time.Sunday {
			pages(v, 10).New = 10
		}
		h.Learn(v, false)
	}
	last := visit(noon)
	pages(last, 10).New = 10
	h.Learn(last, false)
	if bad, _ := Judge(h, visit(noon.AddDate(0, 0, 2).Add(11*time.Hour)), false); len(bad) > 0 {
		t.Errorf("on Sunday night: %v", bad)
	}
	if bad, _ := Judge(h, visit(noon.AddDate(0, 0, 4)), false); len(bad) != 1 || bad[0].Kind != "silent" {
		t.Errorf("on Tuesday noon: %v", bad)
	}
}

func TestPagesThatAreTooFewWaitForTheNextRun(t *testing.T) {
	h := grown(20)
	for i, want := range []int{0, 0, 1} {
		v := pages(visit(noon.Add(time.Duration(i)*time.Hour)), 4, noBody)
		v.New = 1
		bad, _ := Judge(h, v, false)
		if len(bad) != want {
			t.Fatalf("run %d: raised %v", i, bad)
		}
		h.Learn(v, len(bad) > 0)
	}
}

func TestOddDatesOfFewPagesARunAreSeenOverSeveralRuns(t *testing.T) {
	for name, odd := range map[string]func(*dateline.Record){"one date": oneDate, "future": future, "midnight": midnight} {
		h, standing := grown(20), map[string]bool{}
		for run, want := range []int{0, 0, 1} {
			v := pages(visit(noon.Add(time.Duration(run)*time.Hour)), 4, odd)
			v.New = 1
			bad, _ := Judge(h, v, false)
			if len(bad) != want || want > 0 && bad[0].Kind != "dates_odd" {
				t.Fatalf("%s: run %d raised %v", name, run, bad)
			}
			standing["dates_odd"] = want > 0
			h.Learn(v, false)
		}
		again := pages(visit(noon.Add(4*time.Hour)), 1, odd)
		again.Standing = standing
		if _, good := Judge(h, again, false); good["dates_odd"] {
			t.Errorf("%s: one more of them counts as good", name)
		}
		h.Learn(again, false)
		mended := visit(noon.Add(5 * time.Hour))
		mended.Page(page(5), "https://paper.example/5", mended.At)
		mended.Standing = standing
		if bad, good := Judge(h, mended, false); len(bad) > 0 || !good["dates_odd"] {
			t.Errorf("%s: a page as before raises %v", name, bad)
		}
	}
}

func TestADriftThatStandsIsClearedByFewPages(t *testing.T) {
	v := pages(visit(noon), 2)
	v.Standing["layout_drift"] = true
	if bad, good := Judge(grown(20), v, false); len(bad) > 0 || !good["layout_drift"] {
		t.Errorf("bad %v, good %v", bad, good)
	}
	v = visit(noon)
	v.Standing["layout_drift"] = true
	if _, good := Judge(grown(20), v, false); good["layout_drift"] {
		t.Error("a run without a page counts as good")
	}
}

func TestABrokenDayDoesNotMoveTheBaseline(t *testing.T) {
	h := grown(20)
	h.Learn(pages(visit(noon), 200, noBody), true)
	if was, ok := h.baseShare(noon.AddDate(0, 0, 1), func(t *Tally) int { return t.With[2] }); !ok || was != 1 {
		t.Errorf("the usual share of bodies is %v, %v", was, ok)
	}
}

func TestTheHistoryIsBoundedAndReadsBack(t *testing.T) {
	h := grown(400)
	if len(h.Days) > keepDays || len(h.Times) > keepTimes || len(h.String()) > 8<<10 {
		t.Errorf("%d days, %d times, %d bytes", len(h.Days), len(h.Times), len(h.String()))
	}
	back := Parse(h.String())
	if back.String() != h.String() {
		t.Errorf("%s\n%s", h, &back)
	}
}

func TestWeekdaysHaveBaselinesOfTheirOwn(t *testing.T) {
	h := &History{}
	for d := 28; d >= 1; d-- { // behind a paywall on Fridays only
		v := visit(noon.AddDate(0, 0, -d))
		if v.At.Weekday() == time.Friday {
			pages(v, 10, paid)
		} else {
			pages(v, 10)
		}
		v.New = 10
		h.Learn(v, false)
	}
	for at, want := range map[time.Time]int{noon: 0, noon.AddDate(0, 0, 6): 1} {
		v := pages(visit(at), 10, paid)
		v.New = 10
		if bad, _ := Judge(h, v, false); len(bad) != want {
			t.Errorf("on a %s: %v", at.Weekday(), bad)
		}
	}
}
