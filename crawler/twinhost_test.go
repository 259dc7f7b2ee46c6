package crawler

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/clock"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

// A mobileSite is a fake site at www.paper.example whose feed names its articles at m.paper.example.
type mobileSite struct {
	t     *testing.T
	site  *newsite.Site
	clock *clock.Fake
	state string
	sink  memory
	asked map[string]int // by host and path
	plain bool           // the feed names www.paper.example
	// mobile answers for m.paper.example; desktop, where set, may answer for the other.
	mobile  func(w http.ResponseWriter, r *http.Request)
	desktop func(w http.ResponseWriter, r *http.Request) bool
}

func newMobileSite(t *testing.T) *mobileSite {
	m := &mobileSite{t: t, clock: clock.NewFake(newsite.Epoch), state: filepath.Join(t.TempDir(), "state.db"), asked: map[string]int{}}
	m.site = newsite.New(newsite.Config{Articles: 6, NoSitemap: true, NoNewsSitemap: true, NoSections: true, HomeItems: 1, Layouts: []newsite.Layout{newsite.LayoutJSONLD}, Now: m.clock.Now})
	return m
}

// RoundTrip is the network.
func (m *mobileSite) RoundTrip(r *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	r = r.Clone(r.Context())
	r.RequestURI, r.TLS = r.URL.RequestURI(), nil
	host, path := r.URL.Host, r.URL.Path
	m.asked[host+path]++
	switch {
	case path == "/feed.xml" && !m.plain:
		inner := httptest.NewRecorder()
		r.Header.Del("If-None-Match")
		r.Header.Del("If-Modified-Since")
		m.serve(inner, r)
		_, _ = rec.WriteString(strings.ReplaceAll(inner.Body.String(), "www.paper.example/", "m.paper.example/"))
	case host == "m.paper.example" && path != "/robots.txt":
		m.mobile(rec, r)
	case m.desktop == nil || !m.desktop(rec, r):
		m.serve(rec, r)
	}
	return rec.Result(), nil
}

// serve is what stands at www.paper.example.
func (m *mobileSite) serve(w http.ResponseWriter, r *http.Request) {
	r.Host = "www.paper.example"
	m.site.Handler().ServeHTTP(w, r)
}

// redirect sends the readers of the mobile site to the other for good.
func redirect(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", "http://www.paper.example"+r.RequestURI)
	w.WriteHeader(http.StatusMovedPermanently)
}

// own is a mobile site that stands for itself.
func (m *mobileSite) own(w http.ResponseWriter, r *http.Request) {
	r.Host = "m.paper.example"
	m.site.Handler().ServeHTTP(w, r)
}

func (m *mobileSite) crawl() Summary {
	m.t.Helper()
	clear(m.asked)
	c := Config{Start: []string{"http://www.paper.example/"}, State: m.state, clock: m.clock}
	c.transport.Transport = m
	sum, err := Run(m.t.Context(), c, &m.sink)
	if err != nil {
		m.t.Fatal(err)
	}
	return sum
}

// pages counts the articles that were asked for at a host.
func (m *mobileSite) pages(host string) (n int) {
	for _, a := range m.site.Articles() {
		n += m.asked[host+a.Path]
	}
	return n
}

func (m *mobileSite) once() {
	m.t.Helper()
	seen := map[string]bool{}
	for _, r := range m.sink.records(m.t) {
		if seen[r.Title] {
			m.t.Errorf("%s came out twice", r.URL)
		}
		seen[r.Title] = true
	}
	if len(seen) != len(m.site.Articles()) {
		m.t.Errorf("%d of %d articles", len(seen), len(m.site.Articles()))
	}
}

func TestAMobileHostThatSendsItsReadersOnIsATwinAfterThreePages(t *testing.T) {
	m := newMobileSite(t)
	m.mobile = redirect
	if m.crawl(); m.pages("m.paper.example") != 6 {
		t.Errorf("asked %v", m.asked)
	}
	m.site.Publish(4)
	if sum := m.crawl(); m.pages("m.paper.example") != 0 || sum.Outcomes[New] != 4 {
		t.Errorf("%v; asked %v", sum, m.asked)
	}
	if sum := m.crawl(); sum.Handed() != 0 {
		t.Errorf("again: %v", sum)
	}
	m.once()
	m.clock.Advance(twinFor + time.Hour)
	m.site.Publish(2) // the front page names one of them at the other host
	if m.crawl(); m.pages("m.paper.example") != 1 {
		t.Errorf("after a month it is not asked for: %v", m.asked)
	}
	m.site.Publish(2)
	if m.crawl(); m.pages("m.paper.example") != 0 {
		t.Errorf("one page did not renew it: %v", m.asked)
	}
	m.once()
}

func TestAMobileHostWhosePagesNameTheOtherIsATwinWhereThatHasThem(t *testing.T) {
	m := newMobileSite(t)
	m.mobile, m.plain = m.serve, true
	m.crawl()
	m.plain = false // the feed names the mobile site from now on
	if sum := m.crawl(); sum.Outcomes[Duplicate] != 6 {
		t.Errorf("%v", sum)
	}
	m.site.Publish(3)
	if sum := m.crawl(); sum.Outcomes[New] != 3 || m.pages("m.paper.example") != 0 {
		t.Errorf("%v; asked %v", sum, m.asked)
	}
	m.once()
	said, err := Explain(t.Context(), Config{State: m.state, clock: m.clock}, "http://m.paper.example"+m.site.Articles()[0].Path)
	if err != nil || !strings.Contains(strings.Join(said.Lines, "\n"), "its host shows the pages of www.paper.example") {
		t.Errorf("%v %v", said.Lines, err)
	}
}

func TestAMobileSiteOfItsOwnIsNoTwin(t *testing.T) {
	m := newMobileSite(t)
	m.mobile = m.own
	for range 3 {
		m.crawl()
		m.site.Publish(2)
	}
	if m.crawl(); m.pages("m.paper.example") != 2 {
		t.Errorf("asked %v", m.asked)
	}
}

func TestATwinThatLacksAPageIsNoneAnyMore(t *testing.T) {
	m := newMobileSite(t)
	m.mobile = redirect
	m.crawl()
	m.mobile = m.own // the house parted its sites
	m.desktop = func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.Contains(r.URL.Path, "/2026/") {
			return false
		}
		w.WriteHeader(http.StatusNotFound)
		return true
	}
	m.site.Publish(2)
	if sum := m.crawl(); sum.Outcomes[Gone] == 0 {
		t.Errorf("%v", sum)
	}
	if sum := m.crawl(); sum.Outcomes[New] != 2 || m.pages("m.paper.example") != 2 {
		t.Errorf("%v; asked %v", sum, m.asked)
	}
}

func TestOnlyALabelOfAViewMakesHostsAlike(t *testing.T) {
	for pair, want := range map[string]bool{
		"m.a.example www.a.example": true, "a.example www.a.example": true, "amp.a.example a.example": true, "m.sport.a.example sport.a.example": true,
		"sport.a.example www.a.example": false, "m.a.example m.a.example": false, "m.example example": false, "m.a.example:8080 a.example": false,
	} {
		a, b, _ := strings.Cut(pair, " ")
		if likeHosts(a, b) != want {
			t.Errorf("%s: %v", pair, !want)
		}
	}
}
