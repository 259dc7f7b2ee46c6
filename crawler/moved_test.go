package crawler

import (
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

// A house is a fake site of whose sources a test can say otherwise by path: false leaves the answer to the site.
type house struct {
	*lab
	clock *clock.Fake
	other func(w http.ResponseWriter, r *http.Request) bool
	asked map[string]int
}

func newHouse(t *testing.T, cfg newsite.Config) *house {
	t.Helper()
	h := &house{clock: clock.NewFake(newsite.Epoch), asked: map[string]int{}}
	cfg.Now = h.clock.Now
	h.lab = &lab{t: t, site: newsite.New(cfg), state: filepath.Join(t.TempDir(), "state.db")}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.asked[r.URL.Path]++ // one connection a host
		if h.other == nil || !h.other(w, r) {
			h.site.Handler().ServeHTTP(w, r)
		}
	}))
	t.Cleanup(srv.Close)
	h.url = srv.URL
	return h
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (h *house) crawl(change ...func(*Config)) Summary {
	clear(h.asked)
	return h.lab.crawl(append(change, func(c *Config) { c.clock = h.clock })...)
}

func TestASourceThatIsGoneIsLookedAtOnceAWeek(t *testing.T) {
	h := newHouse(t, newsite.Config{Articles: 6, NoSections: true})
	gone := true
	h.other = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/feed.xml" || !gone {
			return false
		}
		w.WriteHeader(http.StatusGone)
		return true
	}
	var days []int // on which it was asked for
	for turn := range 2 * 18 {
		if h.crawl(); h.asked["/feed.xml"] > 0 {
			days = append(days, turn/2)
		}
		if turn == 4 {
			said := strings.Join(h.planned(), "\n")
			if !strings.Contains(said, "/feed.xml: gone since 2026-11-20") {
				t.Errorf("the plan says:\n%s", said)
			}
		}
		h.clock.Advance(12 * time.Hour)
	}
	if want := []int{0, 0, 1, 8, 15}; !slices.Equal(days, want) {
		t.Errorf("asked for on the days %v, want %v", days, want)
	}
	gone = false
	h.clock.Advance(7 * 24 * time.Hour)
	h.crawl()
	if h.crawl(); h.asked["/feed.xml"] != 1 {
		t.Error("one that came back is not read in every run")
	}
}

// planned are the sources of a plan, with the reasons.
func (h *house) planned() (out []string) {
	h.t.Helper()
	rep, err := Plan(h.t.Context(), Config{State: h.state, clock: h.clock})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, s := range rep.Sites {
		for _, src := range s.Sources {
			out = append(out, src.URL+": "+src.Why)
		}
	}
	return out
}

func TestASourceMovesForGoodOnceThreeReadingsWereSentToTheSamePlace(t *testing.T) {
	h := newHouse(t, newsite.Config{Articles: 6, NoSections: true, NoSitemap: true, NoNewsSitemap: true})
	to := "/feeds/news"
	h.other = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/feed.xml" {
			http.Redirect(w, r, to, http.StatusMovedPermanently)
			return true
		}
		if strings.HasPrefix(r.URL.Path, "/feeds/") {
			r.URL.Path = "/feed.xml"
			h.site.Handler().ServeHTTP(w, r)
			return true
		}
		return false
	}
	h.crawl()
	h.crawl()
	to = "/feeds/other" // two of one place and one of another are no three
	h.crawl()
	h.crawl()
	if h.crawl(); h.asked["/feed.xml"] != 1 {
		t.Errorf("asked %v", h.asked)
	}
	sum := h.crawl()
	if h.asked["/feed.xml"] != 0 || h.asked["/feeds/other"] != 1 || sum.SourcesSame == 0 {
		t.Errorf("asked %v, %d unchanged", h.asked, sum.SourcesSame)
	}
	h.site.Correct(h.site.Articles()[0].Path) // what the feed said before it moved is remembered
	if sum = h.crawl(); sum.Outcomes[Changed] != 1 {
		t.Errorf("%v", sum)
	}
	rep, err := Status(t.Context(), h.state)
	if err != nil {
		t.Fatal(err)
	}
	h.other = func(w http.ResponseWriter, r *http.Request) bool { // the move is taken back
		if strings.HasPrefix(r.URL.Path, "/feeds/") {
			http.NotFound(w, r)
			return true
		}
		return false
	}
	for range movesForGood {
		h.clock.Advance(time.Minute)
		h.crawl()
	}
	h.clock.Advance(time.Minute)
	if sum = h.crawl(); h.asked["/feed.xml"] != 1 || sum.SourcesFailed != 0 {
		t.Errorf("asked %v, %v", h.asked, sum)
	}
	if i := slices.IndexFunc(rep.Sites[0].Sources, func(s SourceReport) bool { return s.Was == h.url+"/feed.xml" }); i < 0 || rep.Sites[0].Sources[i].URL != h.url+"/feeds/other" {
		t.Errorf("%+v", rep.Sites[0].Sources)
	}
}

func TestASourceThatMovedToWhereAnotherStandsIsReadOnce(t *testing.T) {
	q := sourceQueue{scheduled: true, taught: untaught}
	now := newsite.Epoch
	q.load([]state.Source{{ID: 1, URL: "a", Kind: kindFeed}, {ID: 2, URL: "b", Kind: kindFeed}}, now)
	for range movesForGood {
		q.follow(q.all[1], "b")
	}
	for range movesForGood { // and one that met the other in its new place
		q.follow(q.all[2], "c")
	}
	if q.all[1].URL != "b" || q.all[1].Was != "a" || q.all[2].URL != "c" {
		t.Errorf("%+v %+v", q.all[1], q.all[2])
	}
	for range movesForGood {
		q.follow(q.all[1], "c")
	}
	q.load([]state.Source{*q.all[1], *q.all[2], {ID: 3, URL: "c", Kind: kindFeed}}, now)
	read := 0
	for s := q.next(true); s != nil; s = q.next(true) {
		if q.read(s, 0, true); s.ID != 3 {
			t.Errorf("read %+v", s)
		}
		read++
	}
	if read != 1 {
		t.Errorf("read %d times", read)
	}
	if s, fresh := q.add(state.Source{ID: 4, URL: "c"}); fresh || s.ID != 3 {
		t.Errorf("made another: %+v", s)
	}
}

func TestACheckOfTheFileSaysWhatTheSiteHasGivenUp(t *testing.T) {
	h := newHouse(t, newsite.Config{Articles: 2, NoSections: true, NoSitemap: true, NoNewsSitemap: true})
	h.other = func(w http.ResponseWriter, r *http.Request) bool {
		switch r.URL.Path {
		case "/old":
			http.Redirect(w, r, "/feed.xml", http.StatusPermanentRedirect)
		case "/gone":
			w.WriteHeader(http.StatusGone)
		default:
			return false
		}
		return true
	}
	file := filepath.Join(filepath.Dir(h.state), "sites.yaml")
	text := "sites:\n  paper:\n    start: " + h.url + "/\n    delay: 0s\n    feeds:\n      - " + h.url + "/old\n      - " + h.url + "/gone\n"
	writeFile(t, file, text)
	if lines, err := CheckSites(t.Context(), file, ""); err != nil || len(lines) != 1 {
		t.Errorf("without a state: %v %v", lines, err)
	}
	for range 4 {
		h.crawl(func(c *Config) { c.Start, c.State, c.Sites = nil, "", file })
		h.clock.Advance(26 * time.Hour)
	}
	lines, err := CheckSites(t.Context(), file, "")
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(lines[1:], "\n")
	if want := "  line 6: " + h.url + "/old has moved for good to " + h.url + "/feed.xml\n  line 7: " + h.url + "/gone is gone since 2026-11-20 06:00"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if _, err := CheckSites(t.Context(), file, filepath.Join(t.TempDir(), "none.db")); err == nil {
		t.Error("a state that was named and is not there is no error")
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
