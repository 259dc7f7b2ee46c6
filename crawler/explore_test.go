package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// A changing is a site whose front page has headings for some addresses; those with "story" in them are articles.
type changing struct {
	web
	links []string
}

func newChanging() *changing {
	c := &changing{}
	c.page = func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<html lang="en"><body>`)
		switch {
		case r.URL.Path == "/":
			fmt.Fprint(w, "<h1>Paper</h1><main>")
			for _, l := range c.links {
				text := "What happened in town, as it was told to us"
				if strings.HasPrefix(l, "/odd-") {
					text = "A note from town"
				}
				fmt.Fprintf(w, `<h2><a href="%s">%s</a></h2>`, l, text)
			}
		case strings.Contains(r.URL.Path, "story"):
			fmt.Fprintf(w, `<article><h1>Of %s</h1><p>By Ann Bee</p><time datetime="2026-11-19T08:00:00Z">19 November</time>`, r.URL.Path)
			for i := range 12 {
				fmt.Fprintf(w, "<p>Paragraph %d of %s says at some length what this paper is about, who writes for it and why everybody in town should read it.</p>", i, r.URL.Path)
			}
		default:
			fmt.Fprint(w, "<h1>Records</h1><p>No records.</p>")
		}
	}
	return c
}

// fetched counts the pages of a form of path that were asked for since the last call.
func (c *changing) fetched(prefix string) (n int) {
	for path, times := range c.asked {
		if strings.HasPrefix(path, prefix) {
			n += times
		}
	}
	clear(c.asked)
	return n
}

func series(format string, from, n int) (out []string) {
	for i := from; i < from+n; i++ {
		out = append(out, fmt.Sprintf(format, i))
	}
	return out
}

func TestAFormThatLedToNoArticlesIsUnlearnedOnceOneOfItIs(t *testing.T) {
	c := newChanging()
	c.links = series("/records/%d/a-record-of-the-town-hall", 10000, 400)
	c.crawl(t)
	c.clock.Advance(time.Hour)
	c.links = append(series("/records/%d/a-record-of-the-town-hall", 20000, 5), "/world/a-story-of-the-town-and-its-people-1")
	c.fetched("")
	if sum := c.crawl(t); c.fetched("/records/2") != 1 || sum.Explored != 1 {
		t.Errorf("of the closed form more or less than one page was tried: %v", sum)
	}
	if sum := c.crawl(t); sum.Handed() != 0 {
		t.Errorf("a run without news explores: %v", sum)
	}
	c.links = append(series("/records/%d/a-story-of-the-town-and-hall", 30000, 5), "/world/a-story-of-the-town-and-its-people-2")
	if sum := c.crawl(t); c.fetched("/records/3") != 1 || sum.Outcomes[New] != 2 {
		t.Errorf("%v", sum)
	}
	if sum := c.crawl(t); c.fetched("/records/3") != 4 || sum.Outcomes[New] != 4 {
		t.Errorf("the form was not unlearned: %v", sum)
	}
}

func TestOnePageInTwentyIsExploredOneOfEachForm(t *testing.T) {
	c := newChanging()
	odd := append(append(series("/odd-a/%d", 1001, 9), series("/odd-b/%d", 1001, 9)...), series("/odd-c/%d", 1001, 9)...)
	c.links = append(series("/world/a-story-of-the-town-and-its-people-%d", 1, 45), odd...)
	if sum := c.crawl(t); sum.Outcomes[New] != 45 || sum.Explored != 0 {
		t.Errorf("the first run explores: %v", sum)
	}
	c.fetched("")
	c.clock.Advance(time.Hour)
	c.links = append(series("/world/a-story-of-the-town-and-its-people-%d", 50, 30), odd...)
	if sum := c.crawl(t); sum.Outcomes[New] != 30 || sum.Explored != 2 || c.asked["/odd-a/1001"] != 1 || c.asked["/odd-b/1001"] != 1 || len(c.asked) != 33 {
		t.Errorf("%v, %v", sum, c.asked)
	}
	c.links = append(series("/world/a-story-of-the-town-and-its-people-%d", 90, 1), odd...)
	if sum := c.crawl(t); sum.Explored != 1 {
		t.Errorf("%v", sum)
	}
	c.links = append(series("/world/a-story-of-the-town-and-its-people-%d", 100, 1), odd...)
	if sum := c.crawl(t); sum.Explored != 0 { // three of 78 pages were
		t.Errorf("%v", sum)
	}
}
