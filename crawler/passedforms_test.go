package crawler

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"

	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

func untaught(*state.Source) bool { return false }

// numbered gives the site's articles addresses that are mere numbers.
func (h *house) numbered() {
	paths := map[string]string{}
	node := regexp.MustCompile(`^/node/[0-9]+$`)
	h.other = func(w http.ResponseWriter, r *http.Request) bool {
		var names []string
		for i, a := range h.site.Articles() {
			if short := fmt.Sprintf("/node/%d", 300+i); paths[short] == "" {
				paths[short] = a.Path
			}
			names = append(names, a.Path)
		}
		if path := paths[r.URL.Path]; path != "" {
			r.URL.Path, r.RequestURI = path, path
		} else if node.MatchString(r.URL.Path) {
			return false
		}
		r.Header.Del("Accept-Encoding")
		answer := httptest.NewRecorder()
		h.site.Handler().ServeHTTP(answer, r)
		body := answer.Body.Bytes()
		for i, name := range names {
			body = bytes.ReplaceAll(body, []byte(name), fmt.Appendf(nil, "/node/%d", 300+i))
		}
		for k, v := range answer.Header() {
			w.Header()[k] = v
		}
		w.Header().Del("Content-Length")
		w.WriteHeader(answer.Code)
		_, _ = w.Write(body)
		return true
	}
}

func TestASitemapOfMereNumbersIsReadAgainOnceTheFrontPageHasTaughtWhatTheyAre(t *testing.T) {
	h := newHouse(t, newsite.Config{Articles: 60, NoFeed: true, NoNewsSitemap: true, NoSections: true})
	h.numbered()
	sum := h.crawl()
	if sum.Records != 60 || sum.Requests > 60*13/10 {
		t.Errorf("%v", sum)
	}
	if n := h.asked["/sitemaps/articles-1.xml"]; n != 2 {
		t.Errorf("the sitemap was read %d times", n)
	}
	if sum := h.crawl(); sum.Handed() != 0 || h.asked["/sitemaps/articles-1.xml"] > 1 {
		t.Errorf("%v, asked %v", sum, h.asked)
	}
}

func TestASitemapOfWhichNothingIsTaughtIsReadOnce(t *testing.T) {
	h := newHouse(t, newsite.Config{Articles: 60, NoFeed: true, NoNewsSitemap: true, NoSections: true})
	h.numbered()
	h.crawl(func(c *Config) { c.Start = []string{h.url + "/sitemap.xml"} })
	if n := h.asked["/sitemaps/articles-1.xml"]; n != 1 {
		t.Errorf("the sitemap was read %d times", n)
	}
}
