package crawler

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/crawler/internal/clock"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

// memory is a sink that keeps its lines, with the rules of a file.
type memory struct{ bytes.Buffer }

func (m *memory) Size() (int64, error)    { return int64(m.Len()), nil }
func (m *memory) Resume(mark int64) error { m.Truncate(int(mark)); return nil }
func (m *memory) Place() string           { return "memory" }
func (m *memory) Seal() error             { return nil }
func (m *memory) Append(lines [][]byte) (int64, error) {
	for _, l := range lines {
		m.Write(l)
	}
	return int64(m.Len()), nil
}

func (m *memory) records(t *testing.T) []dateline.Record {
	t.Helper()
	var out []dateline.Record
	for line := range strings.Lines(m.String()) {
		var r dateline.Record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("line %q: %v", line, err)
		}
		out = append(out, r)
	}
	return out
}

// A lab is a fake site, a state and a sink.
type lab struct {
	t     *testing.T
	site  *newsite.Site
	url   string
	state string
	sink  memory
}

func newLab(t *testing.T, cfg newsite.Config) *lab {
	t.Helper()
	l := &lab{t: t, site: newsite.New(cfg), state: filepath.Join(t.TempDir(), "state.db")}
	srv := httptest.NewServer(l.site.Handler())
	t.Cleanup(srv.Close)
	l.url = srv.URL
	return l
}

// crawl runs once and checks what holds of every run: the outcomes are a partition.
func (l *lab) crawl(change ...func(*Config)) Summary {
	l.t.Helper()
	l.site.ResetLog()
	none := time.Duration(0)
	c := Config{Start: []string{l.url + "/"}, State: l.state, Delay: &none}
	for _, f := range change {
		f(&c)
	}
	sum, err := Run(context.Background(), c, &l.sink)
	if err != nil {
		l.t.Fatal(err)
	}
	if got := sum.Handed() + sum.Left; got != sum.Discovered {
		l.t.Errorf("outcomes and left are %d, discovered %d: %s", got, sum.Discovered, sum)
	}
	return sum
}

// missing compares the paths of all records with the truth.
func (l *lab) missing() (lost, alien, twice []string) {
	want := map[string]int{}
	for _, a := range l.site.Articles() {
		want[l.url+a.Path] = 0
	}
	for _, r := range l.sink.records(l.t) {
		if _, ok := want[r.CanonicalURL]; !ok {
			alien = append(alien, r.CanonicalURL)
			continue
		}
		if want[r.CanonicalURL]++; want[r.CanonicalURL] == 2 {
			twice = append(twice, r.CanonicalURL)
		}
	}
	for u, n := range want {
		if n == 0 {
			lost = append(lost, u)
		}
	}
	slices.Sort(lost)
	return lost, alien, twice
}

func (l *lab) complete() {
	l.t.Helper()
	if lost, alien, twice := l.missing(); len(lost)+len(alien)+len(twice) > 0 {
		l.t.Errorf("lost %v\nalien %v\ntwice %v", lost, alien, twice)
	}
}

func TestACrawlFindsEveryArticleOnceAndNothingElse(t *testing.T) {
	for name, cfg := range map[string]newsite.Config{
		"feed, sitemaps and sections": {},
		"twins and traps":             {Twins: true, Traps: true},
		"only a sitemap":              {NoFeed: true, NoNewsSitemap: true},
		"only sections":               {NoFeed: true, NoSitemap: true, NoNewsSitemap: true, Articles: 60},
		"an unannounced sitemap":      {NoFeed: true, NoAnnounce: true, NoSections: true},
		"slugs without dates":         {URLs: newsite.URLSlug, Seed: 2},
		"ids":                         {URLs: newsite.URLID, Seed: 3},
		"queries":                     {URLs: newsite.URLQuery, Seed: 4},
		"a flat site":                 {URLs: newsite.URLFlat, Seed: 5},
		"many files of sitemap":       {Articles: 120, SitemapFile: 25},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, cfg)
			sum := l.crawl()
			l.complete()
			rep := l.site.Judge()
			if len(rep.Denied) > 0 {
				t.Errorf("asked for what robots.txt denies: %v", rep.Denied)
			}
			if rep.Requests != sum.Requests {
				t.Errorf("the site counted %d requests, the summary %d", rep.Requests, sum.Requests)
			}
			if rep.PerArticle >= 1.3 {
				t.Errorf("%.2f requests an article: %v", rep.PerArticle, sum)
			}
		})
	}
}

func TestASecondRunAsksSourcesOnlyAndConditionally(t *testing.T) {
	l := newLab(t, newsite.Config{})
	l.crawl()
	sum := l.crawl()
	rep := l.site.Judge()
	if sum.Records != 0 || rep.Pages != 0 || rep.Conditional != rep.Requests {
		t.Errorf("%d pages fetched, %d of %d requests conditional: %v\n%v", rep.Pages, rep.Conditional, rep.Requests, sum, rep.ByPath)
	}
}

func TestAThirdRunBringsWhatWasCorrectedAndWhatIsNew(t *testing.T) {
	l := newLab(t, newsite.Config{})
	l.crawl()
	l.crawl()
	first := map[string]dateline.Record{}
	for _, r := range l.sink.records(t) {
		first[r.CanonicalURL] = r
	}
	all := l.site.Articles()
	slices.SortFunc(all, func(a, b newsite.Article) int { return b.Published.Compare(a.Published) })
	for _, a := range all[:3] {
		l.site.Correct(a.Path)
	}
	l.site.Publish(2)
	before := len(l.sink.records(t))
	sum := l.crawl()
	got := l.sink.records(t)[before:]
	if len(got) != 5 || sum.Outcomes[Changed] != 3 || sum.Outcomes[New] != 2 {
		t.Fatalf("%d records: %v", len(got), sum)
	}
	for _, r := range got {
		old, known := first[r.CanonicalURL]
		if known && (r.ID != old.ID || r.Fingerprint.Content == old.Fingerprint.Content || r.Source.Version != 2) {
			t.Errorf("%s: id %s was %s, version %d", r.CanonicalURL, r.ID, old.ID, r.Source.Version)
		}
	}
}

func TestFailuresAreTriedAgainInLaterRuns(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 60})
	l.site.SetFaults(newsite.Fault{Kind: newsite.FaultStatus, Status: 503, Rate: .3})
	sum := l.crawl()
	if sum.Outcomes[Failed] == 0 {
		t.Fatalf("nothing failed: %v", sum)
	}
	l.site.SetFaults()
	l.crawl()
	l.complete()
}

func TestAPageThatFailsInManyRunsIsGivenUpByTheTimeAndNotByTheRuns(t *testing.T) {
	now := clock.NewFake(newsite.Epoch)
	l := newLab(t, newsite.Config{Articles: 5, Now: now.Now})
	timed := func(c *Config) { c.clock = now }
	for _, f := range []newsite.Fault{{Kind: newsite.FaultStatus, Status: 500}, {Kind: newsite.FaultHome}, {Kind: newsite.FaultStatus, Status: 404}} {
		a := l.site.Publish(1)[0]
		f.Path = a.Path
		l.site.SetFaults(f)
		for range 10 { // in as many minutes
			now.Advance(time.Minute)
			l.crawl(timed)
		}
		l.site.SetFaults()
		now.Advance(time.Minute)
		l.crawl(timed)
	}
	l.complete()
	lost := l.site.Publish(1)[0]
	l.site.SetFaults(newsite.Fault{Kind: newsite.FaultStatus, Status: 500, Path: lost.Path})
	for range 14 {
		l.crawl(timed)
		now.Advance(24 * time.Hour)
	}
	if sum := l.crawl(timed); l.site.Judge().ByPath[lost.Path] > 0 {
		t.Errorf("what failed for two weeks is asked for still: %v", sum)
	}
}

func TestASiteThatDeniesAllGetsOneRequest(t *testing.T) {
	l := newLab(t, newsite.Config{Robots: "User-agent: *\nDisallow: /\n"})
	sum := l.crawl()
	if rep := l.site.Judge(); rep.Requests != 1 || sum.SourcesRead != 0 {
		t.Errorf("%d requests, %v", rep.Requests, rep.ByPath)
	}
}

func TestABudgetOfPagesIsKeptAndTheRestComesLater(t *testing.T) {
	l := newLab(t, newsite.Config{})
	sum := l.crawl(func(c *Config) { c.MaxPages = 7 })
	if sum.Handed() != 7 || sum.Left == 0 || sum.Stopped != "pages" {
		t.Errorf("%v", sum)
	}
	l.crawl()
	l.complete()
}

func TestAFeedThatWasCutIsNotTakenForWhole(t *testing.T) {
	l := newLab(t, newsite.Config{NoSitemap: true, NoNewsSitemap: true, NoSections: true})
	l.site.SetFaults(newsite.Fault{Kind: newsite.FaultCut, Path: "/feed.xml"})
	l.crawl()
	l.site.SetFaults()
	l.crawl()
	for _, a := range l.site.Log() {
		if a.Path == "/feed.xml" && a.Header.Get("If-None-Match") != "" {
			t.Error("the feed was asked for conditionally, so what was cut off would stay unread")
		}
	}
}

func TestASitemapThatWasCutIsNotTakenForWhole(t *testing.T) {
	for name, fault := range map[string]newsite.FaultKind{"cleanly": newsite.FaultCut, "by the connection": newsite.FaultShort} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, newsite.Config{Articles: 120, NoFeed: true, NoNewsSitemap: true, NoSections: true})
			l.site.SetFaults(newsite.Fault{Kind: fault, Path: "/sitemaps/articles-1.xml"})
			l.crawl()
			if lost, _, _ := l.missing(); len(lost) == 0 {
				t.Fatal("the fault hides nothing")
			}
			l.site.SetFaults()
			l.crawl()
			l.complete()
			for _, a := range l.site.Log() {
				if a.Path == "/sitemaps/articles-1.xml" && a.Header.Get("If-None-Match") != "" {
					t.Error("the sitemap was asked for conditionally, so what was cut off would stay unread")
				}
			}
		})
	}
}

func TestARecordSaysWhichPageNamedIt(t *testing.T) {
	l := newLab(t, newsite.Config{NoFeed: true, NoSitemap: true, NoNewsSitemap: true})
	l.crawl()
	for _, r := range l.sink.records(t) {
		if !strings.HasPrefix(r.Source.DiscoveredBy, l.url) {
			t.Errorf("%s was discovered by %q", r.URL, r.Source.DiscoveredBy)
		}
	}
}
