package extract

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

func TestEveryFeatureOfTheKindHasAWeight(t *testing.T) {
	res, err := Extract(Input{Body: []byte(`<html><head><title>A</title></head><body><p>One two three.</p></body></html>`), Trace: true})
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{kindBias: true}
	for _, f := range res.Trace.Kind {
		if _, ok := kindWeights()[f.Feature]; !ok {
			t.Errorf("%q has no weight in kind.tsv", f.Feature)
		}
		if named[f.Feature] {
			t.Errorf("%q is there twice", f.Feature)
		}
		named[f.Feature] = true
	}
	for name := range kindWeights() {
		if !named[name] {
			t.Errorf("kind.tsv has a weight for %q, which is no feature", name)
		}
	}
}

func TestAFrontPageSectionsAndListsAreNoArticlesAndArticlesAre(t *testing.T) {
	for seed := range uint64(3) {
		site := newsite.New(newsite.Config{Seed: seed, Traps: true})
		kinds := map[string]bool{"/": false, "/about": false, "/archive?page=1": false, "/events/calendar/2026/11/": false, "/nope": false}
		for _, s := range site.Sections() {
			kinds[s] = false
		}
		for _, a := range site.Articles() {
			kinds[a.Path] = true
		}
		for path, want := range kinds {
			w := httptest.NewRecorder()
			site.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://paper.example"+path, nil))
			res, err := Extract(Input{URL: "http://paper.example" + path, Body: w.Body.Bytes(), ContentType: w.Header().Get("Content-Type")})
			if err != nil || res.Record.PageKind.IsArticle() != want {
				t.Errorf("site %d, %s: it is taken for %s (%v)", seed, path, res.Record.PageKind, err)
			}
		}
	}
}

func TestTheTraceOfTheKindSumsUpToTheScoreThatIsPrinted(t *testing.T) {
	page := `<html><head><title>A</title></head><body><nav><a href="/a">Home</a></nav><h1>Silt closes the old quay</h1><p>The boats wait outside.</p></body></html>`
	res, err := Extract(Input{Name: "page.html", Body: []byte(page), Trace: true})
	if err != nil {
		t.Fatal(err)
	}
	sum := res.Trace.KindBias
	for _, k := range res.Trace.Kind {
		sum += k.Value * k.Weight
	}
	if want := fmt.Sprintf("score %.1f", sum); res.Trace.KindWhy != want || res.Trace.KindBias == 0 {
		t.Errorf("the sum is %s, printed %q; it begins with %v", want, res.Trace.KindWhy, res.Trace.KindBias)
	}
}

func TestAPageThatSaysWhatItIsIsBelieved(t *testing.T) {
	prose := strings.Repeat("<p>The harbour board met for three hours on Monday evening and heard from nine of the masters who berth at the old quay.</p>", 5)
	data := func(types string) string {
		return `<script type="application/ld+json">{"@type":` + types + `}</script>`
	}
	for name, c := range map[string]struct {
		title, head, body string
		want              dateline.PageKind
	}{
		"an article":                          {"Silt closes the old quay", `<meta property="og:type" content="article">`, prose, dateline.KindArticle},
		"an archive":                          {"Harbours Archives", `<meta property="og:type" content="article">` + data(`"CollectionPage"`), prose, dateline.KindListing},
		"a page of an author":                 {"Ada Marlow", data(`["WebPage","ProfilePage"]`), prose, dateline.KindListing},
		"a page of results":                   {"Silt", data(`"SearchResultsPage"`), prose, dateline.KindListing},
		"an article of a collection":          {"Silt closes the old quay", data(`"CollectionPage"`) + data(`"NewsArticle","headline":"Silt closes the old quay"`), prose, dateline.KindArticle},
		"a video":                             {"Silt closes the old quay", `<meta property="og:type" content="video.other">`, "<p>The quay from above.</p>", dateline.KindVideo},
		"an article with a video":             {"Silt closes the old quay", `<meta property="og:type" content="video.other">`, prose, dateline.KindArticle},
		"a page that is missing by its title": {"Page not found - Harbour Post", "", "<h1>Oops, nothing here</h1><p>Try the search.</p>", dateline.KindOther},
	} {
		page := `<html lang="en"><head><title>` + c.title + `</title>` + c.head + `</head><body><main><h1>` + c.title + `</h1>` + c.body + `</main></body></html>`
		res, err := Extract(Input{URL: "https://news.example/trade/2024/quay", Body: []byte(page)})
		if err != nil {
			t.Fatal(err)
		}
		if got := res.Record.PageKind; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
