package fetch

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/clock"
)

// A lab is a server on loopback that records arrivals by a fake clock, and a Fetcher on that clock.
type lab struct {
	t     *testing.T
	clock *clock.Fake
	srv   *httptest.Server
	f     *Fetcher

	mu   sync.Mutex
	hits []hit
}

type hit struct {
	path   string
	at     time.Time
	header http.Header
}

var labStart = time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)

// newLab serves routes by path with query, or by path; robots.txt is 404 unless routed.
func newLab(t *testing.T, routes map[string]http.HandlerFunc, options ...func(*Options)) *lab {
	t.Helper()
	l := &lab{t: t, clock: clock.NewFake(labStart)}
	l.srv = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		l.hits = append(l.hits, hit{r.URL.RequestURI(), l.clock.Now(), r.Header.Clone()})
		l.mu.Unlock()
		h := routes[r.URL.RequestURI()]
		if h == nil {
			h = routes[r.URL.Path]
		}
		if h == nil {
			h = http.NotFound
		}
		h(w, r)
	}))
	t.Cleanup(l.srv.Close)
	opt := Options{Clock: l.clock, Rand: func() float64 { return 0.5 }}
	for _, o := range options {
		o(&opt)
	}
	l.f = New(opt)
	t.Cleanup(l.f.Close)
	return l
}

// zero is a delay of nothing.
var zero = new(time.Duration)

// slice is a visit to the lab without a delay.
func (l *lab) slice(change ...func(*Site)) *Slice {
	site := Site{Name: "lab", Loopback: LoopbackHost(l.srv.URL), Delay: zero}
	for _, c := range change {
		c(&site)
	}
	return l.f.Slice(site)
}

func (l *lab) get(s *Slice, path string) Outcome {
	l.t.Helper()
	return s.Fetch(context.Background(), Request{URL: l.srv.URL + path})
}

// paths are the requests that arrived, in order.
func (l *lab) paths() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []string
	for _, h := range l.hits {
		all = append(all, h.path)
	}
	return strings.Join(all, " ")
}

func (l *lab) count(path string) int {
	n := 0
	for _, h := range l.arrivals() {
		if h.path == path {
			n++
		}
	}
	return n
}

func (l *lab) arrivals() []hit {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]hit(nil), l.hits...)
}

// say answers with a body of the given type.
func say(mime, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mime)
		_, _ = w.Write([]byte(body))
	}
}

func html(body string) http.HandlerFunc { return say("text/html; charset=utf-8", body) }

func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

func redirect(code int, to string) http.HandlerFunc { return status(code, "Location", to) }

func robotsTxt(text string) http.HandlerFunc { return say("text/plain", text) }

func (l *lab) wantFault(out Outcome, want Fault) {
	l.t.Helper()
	if out.Err == nil {
		l.t.Fatalf("%s: no error, want %s (status %d, %d bytes)", out.Requested, want, out.Status, len(out.Body))
	}
	if out.Err.Fault != want {
		l.t.Fatalf("%s: %v, want %s", out.Requested, out.Err, want)
	}
}

func (l *lab) wantBody(out Outcome, want string) {
	l.t.Helper()
	if out.Err != nil {
		l.t.Fatalf("%s: %v", out.Requested, out.Err)
	}
	if string(out.Body) != want {
		l.t.Fatalf("%s: body %.80q, want %.80q", out.Requested, out.Body, want)
	}
}

// wantBodyLater is wantBody for goroutines of their own.
func (l *lab) wantBodyLater(out Outcome, want string) {
	l.t.Helper()
	if out.Err != nil || string(out.Body) != want {
		l.t.Errorf("%s: %v, body %.80q, want %.80q", out.Requested, out.Err, out.Body, want)
	}
}

func quietLog() *log.Logger { return log.New(io.Discard, "", 0) }
