package crawler

import (
	"net/http"
	"testing"

	"github.com/dateline-go/dateline/fixtures/newsite"
)

// led sends the readers of one path to another, under which it stands.
func led(from, to string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		switch r.URL.Path {
		case from:
			http.Redirect(w, r, to, http.StatusFound)
			return true
		case to:
			r.URL.Path, r.RequestURI = from, from
		}
		return false
	}
}

func TestASourceBehindARedirectIsAskedConditionallyWhereItStands(t *testing.T) {
	for name, way := range map[string][2]string{"a feed": {"/feed.xml", "/feeds/all.xml"}, "the front page": {"/", "/index.html"}} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, newsite.Config{Articles: 6})
			h.other = led(way[0], way[1])
			h.crawl()
			h.crawl()
			for _, a := range h.site.Log() {
				if a.Path != "/robots.txt" && a.Status != http.StatusNotModified {
					t.Errorf("%s was answered with %d", a.Path, a.Status)
				}
			}
			if h.asked[way[0]] != 1 || h.asked[way[1]] != 1 {
				t.Errorf("asked %v", h.asked)
			}
			h.site.Publish(1)
			h.crawl()
			h.complete()
		})
	}
}

func TestValidatorsAreNotSentToTheAddressThatRedirects(t *testing.T) {
	h := newHouse(t, newsite.Config{Articles: 6})
	lead := led("/feed.xml", "/feeds/all.xml")
	h.other = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/feed.xml" && r.Header.Get("If-None-Match")+r.Header.Get("If-Modified-Since") != "" {
			t.Error("they were")
		}
		return lead(w, r)
	}
	h.crawl()
	h.crawl()
}

func TestTheSectionsOfASiteAreFoundWhereverItsFrontPageStands(t *testing.T) {
	for _, front := range []string{"/index.html", "/en/home.html", "/en/"} {
		t.Run(front, func(t *testing.T) {
			h := newHouse(t, newsite.Config{Articles: 60, NoFeed: true, NoSitemap: true, NoNewsSitemap: true})
			h.other = led("/", front)
			h.crawl()
			h.complete()
		})
	}
}
