package crawler

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

func TestAnArticleThatOnlyLinksNameOutlivesARedirectToAnotherPage(t *testing.T) {
	for name, status := range map[string]int{"to a consent": http.StatusFound, "by another status": http.StatusTemporaryRedirect} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, newsite.Config{Articles: 6, NoFeed: true, NoSitemap: true, NoNewsSitemap: true})
			asks := h.site.Articles()[2].Path
			consents := true
			h.other = func(w http.ResponseWriter, r *http.Request) bool {
				switch {
				case r.URL.Path == asks && consents:
					http.Redirect(w, r, "/consent?next=x", status)
				case r.URL.Path == "/consent":
					w.Header().Set("Content-Type", "text/html")
					_, _ = w.Write([]byte("<title>Before you continue</title><h1>Your privacy</h1><p>We and our partners store information on a device.</p>"))
				default:
					return false
				}
				return true
			}
			for range 2 {
				h.crawl()
				if lost, alien, _ := h.missing(); len(lost) != 1 || len(alien) > 0 {
					t.Fatalf("lost %v, alien %v", lost, alien)
				}
			}
			consents = false
			h.clock.Advance(8 * 24 * time.Hour)
			h.crawl()
			h.complete()
		})
	}
}

func TestALinkThatHasMovedForGoodToNoArticleIsNotFollowedAgain(t *testing.T) {
	h := newHouse(t, newsite.Config{Articles: 6, NoFeed: true, NoSitemap: true, NoNewsSitemap: true})
	moved := h.site.Articles()[2].Path
	h.other = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == moved {
			http.Redirect(w, r, "/about", http.StatusMovedPermanently)
		}
		return r.URL.Path == moved
	}
	h.crawl()
	h.clock.Advance(8 * 24 * time.Hour)
	if h.crawl(); h.asked[moved] > 0 {
		t.Errorf("it was asked for %d times more", h.asked[moved])
	}
}

func TestAFormThatMovedForGoodIsAskedForByItsNewFormNextTime(t *testing.T) {
	h := newHouse(t, newsite.Config{Articles: 6})
	path := h.site.Articles()[5].Path
	slash := path + "/"
	if strings.HasSuffix(path, "/") {
		slash = strings.TrimSuffix(path, "/")
	}
	h.other = func(w http.ResponseWriter, r *http.Request) bool {
		switch r.URL.Path {
		case path:
			http.Redirect(w, r, slash, http.StatusMovedPermanently)
			return true
		case slash:
			r.URL.Path, r.RequestURI = path, path
		}
		return false
	}
	h.crawl()
	if h.asked[path] != 1 || h.asked[slash] != 1 {
		t.Fatalf("asked %v", h.asked)
	}
	h.clock.Advance(8 * 24 * time.Hour)
	h.site.Correct(path)
	h.crawl()
	if h.asked[path] != 0 || h.asked[slash] != 1 {
		t.Errorf("asked %d times by the old form, %d by the new", h.asked[path], h.asked[slash])
	}
	if n := len(h.sink.records(t)); n != 7 {
		t.Errorf("%d records", n)
	}
}

// vacuum forgets all that may be forgotten.
func (h *house) vacuum() {
	h.t.Helper()
	store, err := state.Open(h.t.Context(), h.state, state.Options{})
	if err != nil {
		h.t.Fatal(err)
	}
	_, err = store.Vacuum(h.t.Context(), h.clock.Now().AddDate(1, 0, 0))
	if err := errors.Join(err, store.Close()); err != nil {
		h.t.Fatal(err)
	}
}

func TestAnArticleWhoseAddressWasGivenUpLivesOnUnderAnother(t *testing.T) {
	for name, back := range map[string]http.HandlerFunc{
		"that shows it": nil,
		"that leads to the old": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/moved", http.StatusMovedPermanently)
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, newsite.Config{Articles: 6, NoSitemap: true, NoNewsSitemap: true, NoSections: true})
			path := h.site.Articles()[2].Path
			gone, away := false, true
			h.other = func(w http.ResponseWriter, r *http.Request) bool {
				switch r.URL.Path {
				case path:
					if away {
						http.Redirect(w, r, "/moved", http.StatusMovedPermanently)
					} else if back != nil {
						back(w, r)
					}
					return away || back != nil
				case "/moved":
					if gone {
						w.WriteHeader(http.StatusGone)
						return true
					}
					r.URL.Path, r.RequestURI = path, path
				}
				return false
			}
			h.crawl()
			h.complete()
			gone = true
			for range 16 { // until it is given up
				h.site.Correct(path)
				h.crawl()
				h.clock.Advance(24 * time.Hour)
			}
			if row, _, _, err := h.row(h.url + "/moved"); err != nil || row.State != state.Dead {
				t.Fatalf("%s %v", row.State, err)
			}
			h.vacuum()
			h.site.Publish(1)
			h.crawl() // its claims are known again
			gone, away = false, false
			h.site.Correct(path)
			before := h.sink.records(t)
			first := slices.IndexFunc(before, func(r dateline.Record) bool { return strings.HasSuffix(r.CanonicalURL, path) })
			h.crawl()
			more := h.sink.records(t)[len(before):]
			if len(more) != 1 || more[0].ID != before[first].ID || more[0].Source.Version != 2 {
				t.Fatalf("%d records more, asked %v", len(more), h.asked)
			}
			h.clock.Advance(time.Hour)
			h.crawl()
			if n := len(h.sink.records(t)) - len(before); n != 1 {
				t.Errorf("%d records came out in all", n)
			}
		})
	}
}
