package crawler

import (
	"strings"
	"testing"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

const (
	oldAppeal = "Please take a moment to read this. The paper has no owner but its readers, and what it prints every morning costs more than the advertisements bring in."
	newAppeal = "Our reporters went to every meeting this year, also to those that nobody else sat through. Whoever finds that worth a coffee can put the price of one into the hat."
)

// appealing is a site that prints an appeal in the middle of each article.
func appealing(t *testing.T, articles int) *lab {
	return newLab(t, newsite.Config{Articles: articles, Layouts: []newsite.Layout{newsite.LayoutJSONLD}, Appeal: []string{oldAppeal}})
}

// next crawls and gives the records that came.
func (l *lab) next() ([]dateline.Record, Summary) {
	before := len(l.sink.records(l.t))
	sum := l.crawl()
	return l.sink.records(l.t)[before:], sum
}

func count(records []dateline.Record, words string) (n int) {
	for _, r := range records {
		if strings.Contains(r.Text, words) {
			n++
		}
	}
	return n
}

func TestALaterArticleOfASiteComesWithoutWhatTheSiteRepeats(t *testing.T) {
	l := appealing(t, 8)
	l.next()
	l.site.Publish(4)
	got, _ := l.next()
	if n := count(got, oldAppeal); len(got) != 4 || n != 0 {
		t.Errorf("of %d new records %d have the appeal", len(got), n)
	}
	for i, a := range l.site.Articles()[8:] {
		for _, p := range a.Paragraphs {
			if count(got, p) != 1 {
				t.Errorf("article %d lost %q", i, p)
			}
		}
	}
}

func TestLaterPagesOfOneRunComeWithoutWhatTheFirstRepeat(t *testing.T) {
	const ahead = batchPages + recordsAhead + pagesAhead + 2 // pages that may be extracted before the first are committed
	l := appealing(t, ahead+20)
	got, _ := l.next()
	if count(got, oldAppeal) == 0 || len(got) != ahead+20 {
		t.Fatalf("%d records, %d with the appeal: no test", len(got), count(got, oldAppeal))
	}
	if n := count(got[ahead:], oldAppeal); n != 0 {
		t.Errorf("of the last %d records %d have the appeal", len(got)-ahead, n)
	}
}

func TestWhatIsLearnedOfASiteMakesNoNewVersion(t *testing.T) {
	l := appealing(t, 8)
	first, _ := l.next()
	if count(first, oldAppeal) != len(first) {
		t.Fatalf("the first run knows the appeal of %d already: no test", len(first)-count(first, oldAppeal))
	}
	for _, a := range l.site.Articles() {
		l.site.Touch(a.Path)
	}
	if got, sum := l.next(); len(got) != 0 || sum.Outcomes[Unchanged] != 8 {
		t.Errorf("pages that did not change: %v", sum)
	}
	l.site.Correct(l.site.Articles()[7].Path)
	if got, sum := l.next(); len(got) != 1 || sum.Outcomes[Changed] != 1 || got[0].Source.Version != 2 || count(got, "Correction 1") != 1 || count(got, oldAppeal) != 0 {
		t.Errorf("a correction: %d records, %v", len(got), sum)
	}
	l.site.Touch(l.site.Articles()[7].Path)
	if got, sum := l.next(); len(got) != 0 || sum.Outcomes[Unchanged] != 1 {
		t.Errorf("the corrected page once more: %v", sum)
	}
}

func TestAnAppealInNewWordsMakesNoNewVersionOnceItIsKnown(t *testing.T) {
	l := appealing(t, 8)
	l.next()
	clean := l.site.Publish(1)[0]
	if got, _ := l.next(); len(got) != 1 || count(got, oldAppeal) != 0 {
		t.Fatal("the article has the appeal: no test")
	}
	l.site.SetAppeal(newAppeal)
	l.site.Publish(12)
	l.next()
	l.site.Touch(clean.Path)
	if got, sum := l.next(); len(got) != 0 || sum.Outcomes[Unchanged] != 1 {
		t.Errorf("%d records: %v", len(got), sum)
	}
}

// The corrections of newsite are worded alike, as those of a house are.
func TestACorrectionComesOutThoughMostArticlesOfTheSiteHaveOneAlike(t *testing.T) {
	l := appealing(t, 8)
	l.next()
	for i, a := range l.site.Articles() {
		l.site.Correct(a.Path)
		if got, sum := l.next(); len(got) != 1 || got[0].Source.Version != 2 || count(got, "Correction 1") != 1 {
			t.Fatalf("correction of article %d: %d records, %v", i, len(got), sum)
		}
	}
}

func TestASiteIsRememberedAsOfItsArticlesEachOnce(t *testing.T) {
	l := appealing(t, 8)
	l.crawl(func(c *Config) { c.MaxPages = 3 })
	l.crawl()
	l.site.Correct(l.site.Articles()[7].Path)
	l.crawl()
	judgeMemory(t, l.state, map[string]*newsite.Site{l.url: l.site})
	rep, err := Status(t.Context(), l.state)
	if err != nil || len(rep.Sites) != 1 || rep.Sites[0].Remembered != 8 {
		t.Errorf("%+v %v", rep.Sites, err)
	}
}

// judgeMemory holds what a state remembers of sites of fewer than 64 articles against the truth.
func judgeMemory(t *testing.T, name string, sites map[string]*newsite.Site) {
	t.Helper()
	store, err := state.OpenRead(t.Context(), name, state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	known, err := store.AllSites(t.Context())
	if err != nil || len(known) == 0 {
		t.Fatalf("%d sites: %v", len(known), err)
	}
	got, want := 0, 0
	for _, s := range known {
		m, err := readMemory(t.Context(), store, s.ID)
		if err != nil {
			t.Fatal(err)
		}
		got += m.Articles()
	}
	for _, s := range sites {
		want += len(s.Articles())
	}
	if got != want {
		t.Errorf("%d articles are remembered of %d", got, want)
	}
}
