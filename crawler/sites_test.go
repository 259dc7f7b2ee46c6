package crawler

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/clock"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

// A county is several fake sites under one sites.yaml and one clock.
type county struct {
	t     *testing.T
	clock *clock.Fake
	sites []*newsite.Site
	urls  []string
	file  string
	sink  memory
}

// newCounty serves n fake sites; entry is what the file says of each behind its start page.
func newCounty(t *testing.T, n int, cfg newsite.Config, entry string) *county {
	t.Helper()
	c := &county{t: t, clock: clock.NewFake(newsite.Epoch.Add(time.Hour)), file: filepath.Join(t.TempDir(), "sites.yaml")}
	text := "sites:\n"
	for i := range n {
		cfg.Seed, cfg.Now = uint64(i+1), c.clock.Now
		s := newsite.New(cfg)
		srv := httptest.NewServer(s.Handler())
		t.Cleanup(srv.Close)
		c.sites, c.urls = append(c.sites, s), append(c.urls, srv.URL)
		text += fmt.Sprintf("  paper%d:\n    start: %s/\n    delay: 0s\n%s", i+1, srv.URL, entry)
	}
	c.write(text)
	return c
}

func (c *county) write(text string) {
	c.t.Helper()
	if err := os.WriteFile(c.file, []byte(text), 0o644); err != nil {
		c.t.Fatal(err)
	}
}

func (c *county) crawl(change ...func(*Config)) Summary {
	c.t.Helper()
	for _, s := range c.sites {
		s.ResetLog()
	}
	conf := Config{Sites: c.file, clock: c.clock, Workers: 1}
	for _, f := range change {
		f(&conf)
	}
	sum, err := Run(context.Background(), conf, &c.sink)
	if err != nil {
		c.t.Fatal(err)
	}
	return sum
}

func (c *county) asked() []int {
	out := make([]int, len(c.sites))
	for i, s := range c.sites {
		out[i] = s.Judge().Requests
	}
	return out
}

func TestASiteOfTheFileIsVisitedWhenItIsDueAndNotBefore(t *testing.T) {
	c := newCounty(t, 1, newsite.Config{Articles: 12, NoSections: true, Grow: true}, "")
	if sum := c.crawl(); sum.Outcomes[New] != 12 {
		t.Fatalf("%v", sum)
	}
	if sum := c.crawl(); sum.Requests != 0 || len(sum.Sites) != 0 {
		t.Errorf("asked again at once: %v", sum)
	}
	c.clock.Advance(40 * time.Minute)
	sum := c.crawl()
	rep := c.sites[0].Judge()
	if sum.Requests == 0 || rep.ByPath["/sitemap.xml"] != 0 || rep.ByPath["/feed.xml"] != 1 {
		t.Errorf("after 40 minutes the feed is due and the sitemap is not: %v", rep.ByPath)
	}
	c.clock.Advance(8 * 24 * time.Hour)
	c.crawl()
	if rep := c.sites[0].Judge(); rep.ByPath["/sitemap.xml"] != 1 {
		t.Errorf("after a week all is due: %v", rep.ByPath)
	}
	if state, err := os.Stat(filepath.Join(filepath.Dir(c.file), "dateline.db")); err != nil || state.Size() == 0 {
		t.Errorf("the state is not beside the file: %v", err)
	}
}

func TestASourceThatHasNewsIsReadMoreOftenAndAQuietOneLess(t *testing.T) {
	c := newCounty(t, 2, newsite.Config{Articles: 12, NoSections: true, NoSitemap: true, NoNewsSitemap: true, Every: 10 * time.Minute}, "")
	polls := []int{0, 0}
	for range 12 * 6 { // half a day of cron every ten minutes
		c.crawl()
		for i, s := range c.sites {
			polls[i] += s.Judge().ByPath["/feed.xml"]
		}
		c.sites[0].Publish(1)
		c.clock.Advance(10 * time.Minute)
	}
	if polls[0] < 55 || polls[1] > 14 || polls[1] < 4 {
		t.Errorf("the lively feed was read %d times, the quiet one %d times", polls[0], polls[1])
	}
}

func TestARecheckMakesItsSiteDue(t *testing.T) {
	c := newCounty(t, 1, newsite.Config{Articles: 2, NoSections: true, NoSitemap: true, NoNewsSitemap: true}, "")
	c.crawl()
	for range 2 { // the feed grows quiet, the newest article is looked at 6 h after it came out
		c.clock.Advance(100 * time.Minute)
		c.crawl()
	}
	var pages int
	for range 5 {
		c.clock.Advance(30 * time.Minute)
		c.crawl()
		pages += c.sites[0].Judge().Pages
	}
	if pages == 0 {
		t.Error("nothing was looked at again")
	}
}

func TestOfManySitesOnlyTheDueOnesCost(t *testing.T) {
	c := newCounty(t, 6, newsite.Config{Articles: 4, NoSections: true}, "")
	c.crawl()
	c.clock.Advance(45 * time.Minute)
	store, err := state.Open(t.Context(), filepath.Join(filepath.Dir(c.file), "dateline.db"), state.Options{Now: c.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	for i, u := range c.urls { // all but two are put off
		l, err := store.Claim(t.Context(), strings.TrimPrefix(u, "http://"), "test", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		next := c.clock.Now().Add(time.Duration(i-1) * time.Hour)
		if err := store.Release(t.Context(), l, next, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	sum := c.crawl()
	if got := c.asked(); len(sum.Sites) != 2 || got[0] == 0 || got[1] == 0 || slices.Max(got[2:]) != 0 {
		t.Errorf("%d sites, requests %v", len(sum.Sites), got)
	}
}

func TestTheLongestUnservedSiteComesFirst(t *testing.T) {
	c := newCounty(t, 3, newsite.Config{Articles: 4, NoSections: true, NoSitemap: true}, "")
	var order []string
	note := func(conf *Config) {
		order = nil
		conf.Progress = func(e Event) {
			if !slices.Contains(order, e.Site) {
				order = append(order, e.Site)
			}
		}
	}
	one := func(i int) func(*Config) {
		return func(conf *Config) { conf.Only = []string{fmt.Sprintf("paper%d", i)} }
	}
	for _, i := range []int{2, 3, 1} {
		c.crawl(one(i))
		c.clock.Advance(time.Minute)
	}
	for _, s := range c.sites {
		s.Publish(1)
	}
	c.clock.Advance(time.Hour)
	c.crawl(note)
	var want []string
	for _, i := range []int{1, 2, 0} {
		want = append(want, strings.TrimPrefix(c.urls[i], "http://"))
	}
	if !slices.Equal(order, want) {
		t.Errorf("%v, want %v", order, want)
	}
}

func TestSitesAreChosenByNameDomainOrTag(t *testing.T) {
	c := newCounty(t, 3, newsite.Config{Articles: 2, NoSections: true}, "")
	text, err := os.ReadFile(c.file)
	if err != nil {
		t.Fatal(err)
	}
	c.write(strings.Replace(string(text), "  paper3:\n", "  paper3:\n    tags: [north]\n", 1))
	c.crawl(func(conf *Config) { conf.Only = []string{"paper1", "north"} })
	if got := c.asked(); got[0] == 0 || got[1] != 0 || got[2] == 0 {
		t.Errorf("%v", got)
	}
	_, err = Run(t.Context(), Config{Sites: c.file, Only: []string{"paper9"}}, &c.sink)
	if err == nil || !strings.Contains(err.Error(), `"paper9"`) {
		t.Errorf("%v", err)
	}
}

func TestShardsPartTheSitesBetweenThem(t *testing.T) {
	c := newCounty(t, 8, newsite.Config{Articles: 1, NoSections: true, NoSitemap: true, NoNewsSitemap: true}, "")
	times := make([]int, 8)
	most := 0
	for part := 1; part <= 3; part++ {
		n := 0
		c.crawl(func(conf *Config) {
			conf.Shard = Shard{part, 3}
			conf.State = filepath.Join(t.TempDir(), "state.db")
		})
		for i, asked := range c.asked() {
			if asked > 0 {
				times[i]++
				n++
			}
		}
		most = max(most, n)
	}
	if slices.Min(times) != 1 || slices.Max(times) != 1 || most == 8 {
		t.Errorf("each site was in so many shards: %v", times)
	}
	for _, bad := range []string{"", "0/2", "3/2", "1", "1/2/3", "a/b", "1/2 ", "-1/2"} {
		if _, err := ParseShard(bad); err == nil {
			t.Errorf("%q is no shard", bad)
		}
	}
}

func TestAFullStartOfManySitesIsSpreadOverAnHourByName(t *testing.T) {
	now := newsite.Epoch
	store, err := state.Open(t.Context(), filepath.Join(t.TempDir(), "state.db"), state.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	r := &run{Config: Config{Sites: "sites.yaml"}, store: store, started: now}
	var sites []site
	for i := range 2000 {
		sites = append(sites, site{key: fmt.Sprintf("paper%d.example", i)})
	}
	counts := []int{}
	for range 5 {
		due, err := r.due(t.Context(), sites)
		if err != nil {
			t.Fatal(err)
		}
		counts = append(counts, len(due))
		r.started = r.started.Add(15 * time.Minute)
	}
	if counts[0] > 10 || counts[1] < 400 || counts[1] > 600 || counts[4] != 2000 {
		t.Errorf("due every quarter of an hour: %v", counts)
	}
}

func TestPatternsSayWhatIsAnArticleAndWhatIsNeverFetched(t *testing.T) {
	c := newCounty(t, 1, newsite.Config{Articles: 24, Sections: 4}, "    include: [/world/20, /sport/20]\n    exclude: ['/sport/*', '~^/world/$']\n")
	sum := c.crawl()
	rep := c.sites[0].Judge()
	for path := range rep.ByPath {
		if strings.HasPrefix(path, "/sport/") || path == "/world/" || strings.HasPrefix(path, "/business/20") {
			t.Errorf("fetched %s", path)
		}
	}
	if sum.Outcomes[New] != 6 || sum.Refusals["excluded by the site's patterns"] == 0 {
		t.Errorf("%v %v", sum, sum.Refusals)
	}
}

func TestTheLimitsOfASiteBoundItAlone(t *testing.T) {
	c := newCounty(t, 2, newsite.Config{Articles: 12, NoSections: true}, "")
	text, err := os.ReadFile(c.file)
	if err != nil {
		t.Fatal(err)
	}
	c.write(strings.Replace(string(text), "  paper2:\n", "  paper2:\n    limits: {pages: 5}\n", 1))
	sum := c.crawl()
	small := sum.Sites[strings.TrimPrefix(c.urls[1], "http://")]
	if sum.Outcomes[New] != 17 || small.Handed() != 5 || small.Left == 0 {
		t.Errorf("%v; %v", sum, small)
	}
	if sum := c.crawl(); sum.Outcomes[New] != 5 { // what was left is due at once
		t.Errorf("%v", sum)
	}
}

func TestWhatTheFileSaysOfASiteReachesItsServerAndItsRecords(t *testing.T) {
	t.Setenv("PAPER_KEY", "s3cret")
	c := newCounty(t, 1, newsite.Config{Articles: 3, NoSections: true, NoSitemap: true, NoNewsSitemap: true, Layouts: newsite.Layouts()[:1]},
		"    headers: {X-Key: '${PAPER_KEY}'}\n    user_agent: Reader/1\n    cookies: cookies.txt\n    rules: {section: title, remove: h1}\n")
	cookies := "127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tabc\n"
	if err := os.WriteFile(filepath.Join(filepath.Dir(c.file), "cookies.txt"), []byte(cookies), 0o600); err != nil {
		t.Fatal(err)
	}
	c.crawl()
	for _, a := range c.sites[0].Log() {
		robots := a.Path == "/robots.txt"
		if a.Header.Get("User-Agent") != "Reader/1" || (a.Header.Get("X-Key") == "s3cret") == robots || (a.Header.Get("Cookie") == "session=abc") == robots {
			t.Errorf("%s %v", a.Path, a.Header)
		}
	}
	for _, r := range c.sink.records(t) {
		if r.Provenance["section"] != "site-rule" || r.Provenance["title"] == "h1" {
			t.Errorf("%q by %q, title by %q", r.Section, r.Provenance["section"], r.Provenance["title"])
		}
	}
}

func TestASiteMayBeReachedByAProxyAndItsFeedOnAnotherHost(t *testing.T) {
	paper := newsite.New(newsite.Config{Articles: 3, NoSitemap: true, NoNewsSitemap: true, NoSections: true})
	var hosts []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !slices.Contains(hosts, r.URL.Host) {
			hosts = append(hosts, r.URL.Host)
		}
		if r.URL.Host == "feeds.other.example" { // what it names is of the paper
			r.Host, r.URL.Path = "www.paper.example", "/feed.xml"
		}
		paper.Handler().ServeHTTP(w, r)
	}))
	defer proxy.Close()
	c := &county{t: t, clock: clock.NewFake(newsite.Epoch.Add(time.Hour)), file: filepath.Join(t.TempDir(), "sites.yaml")}
	c.write("sites:\n  paper:\n    start: http://www.paper.example/\n    feeds: http://feeds.other.example/paper\n    proxy: " + proxy.URL + "\n    allow_private: true\n")
	sum := c.crawl()
	slices.Sort(hosts)
	if sum.Outcomes[New] != 3 || !slices.Equal(hosts, []string{"feeds.other.example", "www.paper.example"}) {
		t.Errorf("%v by way of %v", sum, hosts)
	}
}

func TestIgnoringRobotsIsRepeatedWithItsReason(t *testing.T) {
	c := newCounty(t, 1, newsite.Config{Articles: 2, Robots: "User-agent: *\nDisallow: /\n"}, "    ignore_robots: true\n    reason: the publisher asked us to\n")
	sum := c.crawl()
	if len(sum.Notes) != 1 || !strings.Contains(sum.Notes[0], "the publisher asked us to") || sum.Outcomes[New] != 2 {
		t.Errorf("%v %v", sum, sum.Notes)
	}
}

func TestASiteThatWasKilledBeforeItsFirstReleaseIsStillDue(t *testing.T) {
	c := newCounty(t, 1, newsite.Config{Articles: 2, NoSections: true}, "")
	store, err := state.Open(t.Context(), filepath.Join(filepath.Dir(c.file), "dateline.db"), state.Options{Now: c.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Claim(t.Context(), strings.TrimPrefix(c.urls[0], "http://"), "killed", time.Minute); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if sum := c.crawl(); sum.Outcomes[New] != 2 {
		t.Errorf("%v", sum)
	}
}
