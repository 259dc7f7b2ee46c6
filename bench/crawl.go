package main

import (
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gocolly/colly/v2"

	"github.com/dateline-go/dateline/crawler"
	"github.com/dateline-go/dateline/extract"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

// crawlArticles is how many articles the fake site of printCrawl has.
const crawlArticles = 300

// lines is a sink that only counts the bytes, so that what is measured is not the disk.
type lines struct{ bytes int64 }

func (l *lines) Place() string           { return "nowhere" }
func (l *lines) Size() (int64, error)    { return l.bytes, nil }
func (l *lines) Resume(mark int64) error { l.bytes = mark; return nil }
func (l *lines) Seal() error             { return nil }
func (l *lines) Append(in [][]byte) (int64, error) {
	for _, line := range in {
		l.bytes += int64(len(line))
	}
	return l.bytes, nil
}

// printCrawl prints the pages a second of a crawl of a fake site on loopback as a share of what bare Colly
// makes of the same fetches plus our own extraction measured alone, round by round in one run; of the crawl alone where only names something.
// The start of a run, with a state that is made anew, is that of a crawl of one article; the share is given without it too.
func printCrawl(w io.Writer, rounds int, only string) error {
	site, srv := fakeSite(crawlArticles)
	defer srv.Close()
	_, one := fakeSite(1)
	defer one.Close()
	var ours, starts, fetching, extracting rounded
	for round := range rounds + 1 {
		took, err := timeCrawl(srv.URL, crawlArticles)
		if err != nil {
			return err
		}
		start, err := timeCrawl(one.URL, 1)
		if err != nil {
			return err
		}
		var f, x spent
		if only == "" {
			if f, x, err = timeBare(srv.URL, site); err != nil {
				return err
			}
		}
		if round > 0 { // tables are built and caches filled
			ours, starts, fetching, extracting = append(ours, took), append(starts, start), append(fetching, f), append(extracting, x)
		}
	}
	c, start, f, x := ours.median(), starts.median(), fetching.median(), extracting.median()
	rate := func(d time.Duration) float64 { return crawlArticles / d.Seconds() }
	each := func(d time.Duration) float64 { return d.Seconds() * 1e3 / crawlArticles }
	if only != "" {
		_, err := fmt.Fprintf(w, "crawl of %d articles: %.0f pages/s, %.2f ms of the processor a page\n", crawlArticles, rate(c.wall), each(c.cpu))
		return err
	}
	_, err := fmt.Fprintf(w, "crawl of %d articles: %.0f pages/s; bare Colly %.0f pages/s, extraction alone %.0f pages/s; share of both in turn %.2f, without the start of %v %.2f\n"+
		"processor, ms a page: crawl %.2f; bare Colly %.2f, extraction alone %.2f; share of both %.2f, without the start %.2f\n",
		crawlArticles, rate(c.wall), rate(f.wall), rate(x.wall), float64(f.wall+x.wall)/float64(c.wall),
		start.wall.Round(time.Millisecond), float64(f.wall+x.wall)/float64(c.wall-start.wall),
		each(c.cpu), each(f.cpu), each(x.cpu), float64(f.cpu+x.cpu)/float64(c.cpu), float64(f.cpu+x.cpu)/float64(c.cpu-start.cpu))
	return err
}

func fakeSite(articles int) (*newsite.Site, *httptest.Server) {
	site := newsite.New(newsite.Config{Articles: articles, NoFeed: true, NoNewsSitemap: true, NoSections: true})
	return site, httptest.NewServer(site.Handler())
}

// spent is the time that something took, by the clock and of the processor.
type spent struct{ wall, cpu time.Duration }

// rounded is what something took in each round.
type rounded []spent

// median is the middle round of either: neither the luckiest nor the one that was disturbed.
func (r rounded) median() spent {
	var walls, cpus []time.Duration
	for _, s := range r {
		walls, cpus = append(walls, s.wall), append(cpus, s.cpu)
	}
	slices.Sort(walls)
	slices.Sort(cpus)
	return spent{walls[len(r)/2], cpus[len(r)/2]}
}

// stopwatch starts to measure; the function it gives reads it.
func stopwatch() func() spent {
	began, cpu := time.Now(), cpuTime()
	return func() spent { return spent{time.Since(began), cpuTime() - cpu} }
}

func timeCrawl(base string, articles int) (spent, error) {
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return spent{}, err
	}
	defer os.RemoveAll(dir)
	none := time.Duration(0)
	watch := stopwatch()
	sum, err := crawler.Run(context.Background(), crawler.Config{Start: []string{base + "/"}, State: filepath.Join(dir, "state.db"), Delay: &none}, &lines{})
	took := watch()
	if err == nil && sum.Records != articles {
		err = fmt.Errorf("the crawl gave %d records of %d: %s", sum.Records, articles, sum)
	}
	return took, err
}

func timeBare(base string, site *newsite.Site) (fetching, extracting spent, err error) {
	var pages []*colly.Response
	c := colly.NewCollector()
	c.OnResponse(func(r *colly.Response) { pages = append(pages, r) })
	watch := stopwatch()
	for _, a := range site.Articles() {
		if err := c.Visit(base + a.Path); err != nil {
			return spent{}, spent{}, err
		}
	}
	fetching = watch()
	watch = stopwatch()
	for _, p := range pages {
		if _, err := extract.Extract(extract.Input{URL: p.Request.URL.String(), Body: p.Body, Status: p.StatusCode}); err != nil {
			return spent{}, spent{}, err
		}
	}
	return fetching, watch(), nil
}
