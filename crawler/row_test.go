package crawler

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/clock"
	"github.com/dateline-go/dateline/crawler/internal/discover"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

// The rows of notes/crawling.md 1 that are the frontier's business, and 3.2 and 3.3 as far as they are
// learned; those of the fetch path and of single addresses stand beside these.

func TestRow12_OnlyTheStateKnowsWhatIsDone(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 4, NoSections: true})
	l.site.SetFaults(newsite.Fault{Kind: newsite.FaultStatus, Status: 500, Path: "/world/*"})
	if sum := l.crawl(); sum.Outcomes[Failed] != 1 {
		t.Fatalf("%v", sum)
	}
	l.site.SetFaults()
	if sum := l.crawl(); sum.Outcomes[New] != 1 { // a new process knows the failure, and the rest as done
		t.Errorf("%v", sum)
	}
	if sum := l.crawl(); sum.Handed() != 0 {
		t.Errorf("%v", sum)
	}
}

func TestRow14_AKeyIsTheHostAndTheAddressInIt(t *testing.T) {
	seen := map[state.Key]string{}
	for _, where := range []string{"https://a.example/a?x=1", "https://a.example/a?x=", "https://a.example/a?x=11", "https://b.example/a?x=1", "https://a.example:8443/a?x=1", "https://a.example/a"} {
		k := state.KeyOf(where)
		if old, ok := seen[k]; ok || k.Host == k.URL {
			t.Errorf("%s and %s are one", where, old)
		}
		seen[k] = where
	}
	if state.KeyOf("https://a.example/1").Host != state.KeyOf("https://a.example/2").Host {
		t.Error("the pages of a host do not lie together")
	}
}

func TestRow15_TriviaMakeNoNewAddress(t *testing.T) {
	v := newVisit(&run{started: time.Now()}, oneSite("https://a.example/"))
	want, _ := v.locate("https://a.example/a")
	for _, same := range []string{"https://a.example/a#x", "https://a.example/a?", "https://a.example/%61", "https://a.example//a", "http://A.example:80/a/", "https://a.example/b/../a", "https://a.example/a?utm_source=x"} {
		if got, ok := v.locate(same); !ok || got.key != want.key {
			t.Errorf("%s is another", same)
		}
	}
}

func oneSite(start string) site {
	all, err := sitesOf(Config{Start: []string{start}})
	if err != nil {
		panic(err)
	}
	return all[0]
}

func TestRow16_APermanentRedirectIsAnAliasAndAKnownTargetCostsNoFetch(t *testing.T) {
	const now, old = "/world/the-story-that-has-moved-10001", "/world/the-story-where-it-once-stood-10002"
	named := now
	w := &web{page: func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			fmt.Fprintf(w, `<html><body><h2><a href="%s">The story that has moved to another place</a></h2>`, named)
		case old:
			http.Redirect(w, r, now, http.StatusMovedPermanently)
		default:
			fmt.Fprint(w, `<html lang="en"><body><article><h1>The story that has moved</h1><p>By Ann Bee</p><time datetime="2026-11-19T08:00:00Z">19 November</time>`)
			for i := range 12 {
				fmt.Fprintf(w, "<p>Paragraph %d says at some length why the story has moved, who carried it and what the town thinks of it now.</p>", i)
			}
		}
	}}
	if sum := w.crawl(t); sum.Outcomes[New] != 1 {
		t.Fatalf("%v", sum)
	}
	named = old
	if sum := w.crawl(t); sum.Outcomes[Duplicate] != 1 || w.asked[old] != 1 || w.asked[now] != 1 {
		t.Errorf("%v: asked %v", sum, w.asked)
	}
	leads := func(where string) string {
		x, err := Explain(t.Context(), Config{State: w.state}, w.url+where)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range x.Lines {
			if strings.HasPrefix(line, "leads to article") {
				return strings.Fields(line)[3]
			}
		}
		return "none of " + where
	}
	if leads(old) != leads(now) {
		t.Errorf("%s and %s", leads(old), leads(now))
	}
	if sum := w.crawl(t); sum.Handed() != 0 || w.asked[old] != 1 {
		t.Errorf("again: %v, asked %v", sum, w.asked)
	}
}

func TestRow19_TheScopeIsTheDomainAndWhatIsListed(t *testing.T) {
	s := oneSite("https://www.paper.example/")
	for where, want := range map[string]bool{
		"https://paper.example/x": true, "https://news.paper.example/x": true, "HTTPS://WWW.Paper.EXAMPLE./x": true, "https://paper.example:8443/x": true,
		"https://other.example/x": false, "https://paper.example.evil.example/x": false, "https://notpaper.example/x": false,
	} {
		if got := s.scope(where) == nil; got != want {
			t.Errorf("%s: %v", where, got)
		}
	}
}

func TestRow22_OnlyWebAddressesOfTheSiteAreTaken(t *testing.T) {
	v := newVisit(&run{started: time.Now()}, oneSite("https://a.example/"))
	for _, bad := range []string{"mailto:x@a.example", "javascript:void(0)", "tel:1", "data:text/html,x", "ftp://a.example/x", "https://b.example/x", ""} {
		if f, ok := v.locate(bad); ok {
			t.Errorf("%q became %s", bad, f.url)
		}
	}
}

func TestRow23_AMetaRefreshOnAPageWithoutTextIsARedirect(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 6, NoSections: true, NoSitemap: true, NoNewsSitemap: true})
	all := l.site.Articles()
	l.site.SetFaults(newsite.Fault{Kind: newsite.FaultRefresh, Path: all[0].Path, To: all[1].Path})
	sum := l.crawl()
	if sum.Outcomes[Duplicate] != 1 || sum.Outcomes[New] != 5 {
		t.Errorf("%v", sum)
	}
	if sum = l.crawl(); sum.Handed() != 0 {
		t.Errorf("again: %v", sum)
	}
	if _, _, twice := l.missing(); len(twice) > 0 {
		t.Errorf("twice: %v", twice)
	}
}

func TestRow23_AMetaRefreshThatLeadsToNoArticleLosesNone(t *testing.T) {
	for to, waits := range map[string]bool{"/": true, "/standing-page": false} {
		now := clock.NewFake(newsite.Epoch)
		l := newLab(t, newsite.Config{Articles: 6, NoSections: true, NoSitemap: true, NoNewsSitemap: true, Now: now.Now})
		timed := func(c *Config) { c.clock = now }
		lost := l.site.Articles()[0]
		l.site.SetFaults(newsite.Fault{Kind: newsite.FaultRefresh, Path: lost.Path, To: to})
		if sum := l.crawl(timed); sum.Outcomes[New] != 5 || (sum.Outcomes[Duplicate] == 0) != waits {
			t.Errorf("to %s: %v", to, sum)
		}
		l.site.SetFaults()
		now.Advance(slowly[0] + time.Hour)
		if sum := l.crawl(timed); (sum.Outcomes[New] == 1) != waits {
			t.Errorf("to %s, a day later: %v", to, sum)
		}
		l.site.Correct(lost.Path)
		now.Advance(time.Hour)
		l.crawl(timed)
		if lost, _, _ := l.missing(); len(lost) > 0 {
			t.Errorf("to %s: lost %v", to, lost)
		}
	}
}

func TestRow24_TheBudgetOfNewAddressesFromLinksIsKept(t *testing.T) {
	web := &web{page: func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "<html><body><h1>Maze</h1>")
		for i := range 3000 {
			fmt.Fprintf(w, `<p><a href="/read/%d/a-story-of-the-town-and-its-hall-%d">A long headline of the town and its hall</a></p>`, i%7, i)
		}
	}}
	sum := web.crawl(t, func(c *Config) { c.MaxPages = 1 })
	if sum.Discovered > maxFromPages || sum.Refusals["more new addresses from links than a run takes"] != 1000 {
		t.Errorf("%v %v", sum, sum.Refusals)
	}
}

// A web is one site of one page, which is all its pages, and a state that stays.
type web struct {
	page  http.HandlerFunc
	state string
	url   string
	clock *clock.Fake
	asked map[string]int
	sink  memory
}

// serve opens the site, once.
func (w *web) serve(t *testing.T) {
	t.Helper()
	if w.url != "" {
		return
	}
	w.asked, w.state, w.clock = map[string]int{}, filepath.Join(t.TempDir(), "state.db"), clock.NewFake(newsite.Epoch)
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, ".xml") || strings.Contains(r.URL.Path, ".txt") {
			http.NotFound(rw, r)
			return
		}
		w.asked[r.URL.RequestURI()]++
		w.page(rw, r)
	}))
	t.Cleanup(srv.Close)
	w.url = srv.URL
}

func (w *web) crawl(t *testing.T, change ...func(*Config)) Summary {
	t.Helper()
	w.serve(t)
	none := time.Duration(0)
	c := Config{Start: []string{w.url + "/"}, State: w.state, Delay: &none, clock: w.clock}
	for _, f := range change {
		f(&c)
	}
	sum, err := Run(t.Context(), c, &w.sink)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func TestSection33_APathWithTooManyQueriesIsClosed(t *testing.T) {
	w := &web{page: func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<html><body><h1>Finder</h1><p>Nothing to read.</p>")
		for i := range 120 {
			fmt.Fprintf(w, `<h2><a href="/finder/a-long-way-to-the-town-hall?shade=%d">A long headline of the town and its hall</a></h2>`, i)
		}
	}}
	sum := w.crawl(t)
	if fetched := len(w.asked) - 1; fetched != maxVariants || sum.Refusals[closedVariant] != 120-maxVariants {
		t.Errorf("%d fetched; %v %v", fetched, sum, sum.Refusals)
	}
	if sum = w.crawl(t); sum.Refusals[closedVariant] != 120 || sum.Handed() != 0 {
		t.Errorf("%v %v", sum, sum.Refusals)
	}
	w.clock.Advance(closedFor + time.Hour)
	if sum = w.crawl(t); sum.Refusals[closedVariant] != 0 {
		t.Errorf("still closed after a month: %v", sum.Refusals)
	}
}

func TestSection33_AFormThatLeadsToNoArticlesIsClosed(t *testing.T) {
	w := &web{page: func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "<html><body><h1>Records</h1>")
		if r.URL.Path == "/" {
			for i := range 400 {
				fmt.Fprintf(w, `<h2><a href="/records/%d/a-record-of-the-town-hall-%d">A record of the town and its hall, in full</a></h2>`, i+10000, i+10000)
			}
		}
	}}
	sum := w.crawl(t)
	fetched := len(w.asked) - 1
	if fetched < trapPages || fetched > trapPages+2*batchPages || sum.Outcomes[Refused] != 400-fetched {
		t.Errorf("%d of 400 fetched: %v", fetched, sum)
	}
	if sum := w.crawl(t); sum.Handed() != 0 {
		t.Errorf("asked again: %v", sum)
	}
}

func TestSection33_AClosedFormKeepsWhatIsKnownOrNamedAsAnArticle(t *testing.T) {
	const where = "https://a.example/records/10001/a-record-of-the-town-hall"
	for name, tc := range map[string]struct {
		state   state.State
		kinds   []string
		include string
		want    bool
	}{
		"a link's":                               {kinds: []string{kindSection}, want: true},
		"a sitemap's of all pages":               {kinds: []string{kindSitemap}, want: true},
		"an article":                             {state: state.Done},
		"a link's that a feed names too":         {kinds: []string{kindSection, kindFeed}},
		"a link's that a news sitemap names too": {kinds: []string{kindSitemap, kindNews}},
		"what the operator calls an article":     {kinds: []string{kindSection}, include: "include: [\"/records/\"]"},
		"what the operator does not":             {kinds: []string{kindSection}, include: "include: [\"/world/\"]", want: true},
	} {
		file := filepath.Join(t.TempDir(), "sites.yaml")
		if err := os.WriteFile(file, []byte("sites:\n  a:\n    start: https://a.example/\n    "+tc.include+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		all, err := (&Config{Sites: file}).listed()
		if err != nil {
			t.Fatal(err)
		}
		p := &fetched{v: newVisit(&run{started: time.Now()}, all[0]), row: state.URL{URL: where, State: tc.state}}
		u, _ := url.Parse(where)
		p.v.closedForms.add(discover.Shape(u))
		for _, kind := range tc.kinds {
			p.claims = append(p.claims, state.Claim{SourceKind: kind})
		}
		if got := p.refused(); got != tc.want {
			t.Errorf("%s: refused %v", name, got)
		}
	}
}

func TestSection33_EveryRefusalIsACountedReason(t *testing.T) {
	w := &web{page: func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<html><body><h1>Traps</h1><a href="/events/2031/">x</a> <a href="/a/b/a/b/">x</a> <a href="/world/?page=99">x</a> <a href="/world/2027/05/05/story">x</a>`)
	}}
	sum := w.crawl(t)
	want := []string{"a page of a calendar", "segments repeat", "too deep in a list", "a date far off"}
	for _, why := range want {
		if sum.Refusals[why] != 1 {
			t.Errorf("%s: %d", why, sum.Refusals[why])
		}
	}
	rep, err := Plan(t.Context(), Config{State: w.state})
	if err != nil {
		t.Fatal(err)
	}
	for _, why := range want {
		if rep.Sites[0].Refusals[why] != 1 {
			t.Errorf("the plan does not know %q: %v", why, rep.Sites[0].Refusals)
		}
	}
}

func TestSection31_WhatASiteTaughtSettlesAShape(t *testing.T) {
	v := newVisit(&run{started: time.Now()}, oneSite("https://a.example/"))
	u, _ := url.Parse("https://a.example/dossier/x")
	link := discover.Link{Place: discover.InPage, Text: "x"}
	for _, tc := range []struct {
		pages, articles int
		want            bool
	}{{0, 0, false}, {19, 19, false}, {20, 19, true}, {20, 18, false}} {
		v.shapes = map[string]state.Shape{discover.Shape(u): {Pages: tc.pages, Articles: tc.articles}}
		if s, _ := v.score(link, u.String()); (s >= pageThreshold) != tc.want {
			t.Errorf("%d articles of %d pages: %.2f", tc.articles, tc.pages, s)
		}
	}
}

func TestSection32_OneCanonicalForAllPagesIsNotBelieved(t *testing.T) {
	w := &web{page: func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<html lang="en"><head><link rel="canonical" href="/world/the-one-and-only-story-of-all-10001"></head><body>`)
		if r.URL.Path == "/" {
			for i := range 6 {
				fmt.Fprintf(w, `<h2><a href="/world/story-number-%d-of-the-long-day-%d">Story number %d of the long day in town</a></h2>`, i, i+10001, i)
			}
			return
		}
		n := r.URL.Path[len(r.URL.Path)-1:]
		fmt.Fprintf(w, `<article><h1>Story number %s of the long day</h1><p>By Ann Bee</p><time datetime="2026-11-19T08:00:00Z">19 November</time>`, n)
		for i := range 12 {
			fmt.Fprintf(w, "<p>Paragraph %d%s says at some length what happened to number %s of the town's many halls, and who had voted for it before.</p>", i, strings.Repeat(" "+n+" indeed", 6), n)
		}
	}}
	sum := w.crawl(t)
	ids := map[string]bool{}
	for _, r := range w.sink.records(t) {
		ids[r.ID] = true
	}
	if sum.Outcomes[New] != 6 || len(ids) != 6 {
		t.Errorf("%d ids: %v", len(ids), sum)
	}
}

func TestAPageThatEqualsTheAnswerForNothingIsGone(t *testing.T) {
	article := func(w http.ResponseWriter, title string) {
		fmt.Fprintf(w, `<html lang="en"><body><article><h1>%s</h1><p>By Ann Bee</p><time datetime="2026-11-19T08:00:00Z">19 November</time>`, title)
		for i := range 12 {
			fmt.Fprintf(w, "<p>Paragraph %d of %s says at some length what this paper is about, who writes for it and why everybody in town should read it every day.</p>", i, title)
		}
	}
	w := &web{page: func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/":
			fmt.Fprint(w, `<html><body><h2><a href="/world/the-story-that-is-there-10001">The story that is there, and a long one</a></h2><h2><a href="/world/the-story-that-was-there-10002">The story that was there, and a long one</a></h2>`)
		case strings.HasSuffix(r.URL.Path, "10001"):
			article(w, "The story that is there")
		default:
			article(w, "Welcome to our paper")
		}
	}}
	w.serve(t)
	rep, err := Probe(t.Context(), Config{State: w.state, Delay: new(time.Duration), clock: w.clock}, w.url+"/")
	if err != nil || !rep.Absent.Soft || rep.Absent.Fingerprint == "" {
		t.Fatalf("%+v %v", rep.Absent, err)
	}
	if sum := w.crawl(t); sum.Outcomes[New] != 1 || sum.Outcomes[Gone] != 1 {
		t.Errorf("%v", sum)
	}
}

func TestRow36_AFailureIsTriedAgainInTimeAcrossRuns(t *testing.T) {
	h := newHouse(t, newsite.Config{Articles: 3, NoSections: true, NoSitemap: true, NoNewsSitemap: true})
	bad := h.site.Articles()[0].Path
	h.site.SetFaults(newsite.Fault{Kind: newsite.FaultStatus, Status: 500, Path: bad})
	paced := func(c *Config) { // on loopback without a delay every run tries again
		delay := time.Second
		c.Delay = &delay
	}
	start := h.clock.Now()
	var at []time.Duration
	for range 40 { // ten hours of cron
		if h.crawl(paced); h.asked[bad] > 1 {
			t.Errorf("asked %d times in one run", h.asked[bad])
		} else if h.asked[bad] == 1 {
			at = append(at, h.clock.Now().Sub(start).Round(15*time.Minute))
		}
		h.clock.Advance(15 * time.Minute)
	}
	if len(at) != 4 || at[1] > 30*time.Minute || at[2]-at[1] < time.Hour || at[3]-at[2] < 6*time.Hour { // after 5 min, 1 h and 6 h
		t.Errorf("asked at %v", at)
	}
}

func TestRow49_TheBudgetIsCountedWhenAPageIsHandedOut(t *testing.T) {
	for _, most := range []int{1, 5, 17} {
		h := newHouse(t, newsite.Config{Articles: 30, NoSections: true})
		sum := h.crawl(func(c *Config) { c.MaxPages = most })
		if rep := h.site.Judge(); rep.Pages != most || sum.Handed() != most {
			t.Errorf("%d pages fetched of %d, %v", rep.Pages, most, sum)
		}
	}
}

func TestRow53_APageWhoseFetchIsCutOffStaysDue(t *testing.T) {
	h := newHouse(t, newsite.Config{Articles: 3, NoSections: true, NoSitemap: true, NoNewsSitemap: true})
	ctx, stop := context.WithCancel(t.Context())
	h.other = func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == h.site.Articles()[1].Path {
			stop()
			<-r.Context().Done() // until the crawl hangs up
			return true
		}
		return false
	}
	none := time.Duration(0)
	c := Config{Start: []string{h.url + "/"}, State: h.state, Delay: &none, clock: h.clock}
	sum, err := Run(ctx, c, &h.sink)
	if err != nil || sum.Stopped != "signal" || sum.Left == 0 || sum.Outcomes[Failed] != 0 {
		t.Errorf("%v %v", sum, err)
	}
	h.other = nil
	h.crawl()
	h.complete()
}
