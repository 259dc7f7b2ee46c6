package crawler

import (
	"context"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/gocolly/colly/v2"

	"github.com/dateline-go/dateline/extract"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

// BenchmarkCrawl reports a crawl's pages a second as a share of what bare Colly makes of the same
// fetches plus our own extraction measured alone, all in one run.
func BenchmarkCrawl(b *testing.B) {
	site := newsite.New(newsite.Config{Articles: 300, NoFeed: true, NoNewsSitemap: true, NoSections: true})
	srv := httptest.NewServer(site.Handler())
	defer srv.Close()
	var ours, colly, extraction time.Duration
	for b.Loop() {
		none := time.Duration(0)
		began := time.Now()
		sum, err := Run(context.Background(), Config{Start: []string{srv.URL + "/"}, State: filepath.Join(b.TempDir(), "s.db"), Delay: &none}, &memory{})
		if err != nil || sum.Records != 300 {
			b.Fatal(sum, err)
		}
		ours += time.Since(began)
		f, x := bareColly(b, srv.URL, site)
		colly, extraction = colly+f, extraction+x
	}
	b.ReportMetric(float64(colly+extraction)/float64(ours), "share-of-bare")
	b.ReportMetric(300*float64(b.N)/ours.Seconds(), "pages/s")
}

func bareColly(b *testing.B, base string, site *newsite.Site) (fetching, extracting time.Duration) {
	b.Helper()
	var pages []*colly.Response
	c := colly.NewCollector()
	c.OnResponse(func(r *colly.Response) { pages = append(pages, r) })
	began := time.Now()
	for _, a := range site.Articles() {
		if err := c.Visit(base + a.Path); err != nil {
			b.Fatal(err)
		}
	}
	fetching = time.Since(began)
	began = time.Now()
	for _, p := range pages {
		if _, err := extract.Extract(extract.Input{URL: p.Request.URL.String(), Body: p.Body, Status: p.StatusCode}); err != nil {
			b.Fatal(err)
		}
	}
	return fetching, time.Since(began)
}
