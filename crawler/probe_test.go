package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

// within opens the state of w for a test.
func (w *web) within(t *testing.T, f func(state.Store)) {
	t.Helper()
	store, err := state.Open(t.Context(), w.state, state.Options{Now: w.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	f(store)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

// row is what the state knows of the site.
func (w *web) row(t *testing.T) (s state.Site) {
	t.Helper()
	w.within(t, func(store state.Store) {
		var err error
		if s, _, err = store.Site(t.Context(), strings.TrimPrefix(w.url, "http://")); err != nil {
			t.Fatal(err)
		}
	})
	return s
}

func (w *web) probe(t *testing.T) ProbeReport {
	t.Helper()
	w.serve(t)
	rep, err := Probe(t.Context(), Config{State: w.state, Delay: new(time.Duration), clock: w.clock}, w.url+"/")
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func TestAProbeBooksNoVisit(t *testing.T) {
	w := &web{page: func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<html><body><article><h1>A page</h1>"+strings.Repeat("<p>It says at some length what this paper is about, and who writes for it.</p>", 12))
	}}
	w.probe(t)
	if got := w.row(t); got.Absent == "" || !got.FirstSeen.IsZero() || !got.Served.IsZero() || !got.NextDue.IsZero() || got.Epoch != 0 {
		t.Errorf("a site that was only looked at: %+v", got)
	}
	w.clock.Advance(time.Hour)
	met := w.clock.Now()
	w.crawl(t)
	before := w.row(t)
	if !before.FirstSeen.Equal(met) {
		t.Errorf("first seen %v, visited %v", before.FirstSeen, met)
	}
	w.within(t, func(store state.Store) { // a run that was killed leaves its name
		if _, err := store.Claim(t.Context(), before.Key, "killed", leaseTime); err != nil {
			t.Fatal(err)
		}
	})
	w.clock.Advance(time.Hour)
	w.probe(t)
	after := w.row(t)
	if before.Epoch++; before.Absent != after.Absent || before != after {
		t.Errorf("%+v, was %+v", after, before)
	}
	w.within(t, func(store state.Store) {
		if l, err := store.Claim(t.Context(), before.Key, "next", leaseTime); err != nil || !l.Broken {
			t.Errorf("the next run does not know of the one that was killed: %+v, %v", l, err)
		}
	})
}

func TestAProbeForgetsWhatIsGoneOnlyWhereTheSiteSaysSo(t *testing.T) {
	for name, tc := range map[string]struct {
		start, absent int
		kept          bool
	}{
		"an answer that there is none": {200, 404, false},
		"a page for nothing":           {200, 200, false},
		"an error":                     {200, 500, true},
		"a wall":                       {200, 403, true},
		"a site that is down":          {503, 404, true},
	} {
		w := &web{page: func(w http.ResponseWriter, r *http.Request) {
			status := tc.start
			if r.URL.Path != "/" {
				status = tc.absent
			}
			w.WriteHeader(status)
			fmt.Fprintf(w, "<html><body><h1>%s</h1><p>Text of it.</p>", r.URL.Path)
		}}
		w.serve(t)
		w.within(t, func(store state.Store) {
			err := store.Alone(t.Context(), func(tx state.Tx) error {
				return tx.PutAbsent(t.Context(), strings.TrimPrefix(w.url, "http://"), "f")
			})
			if err != nil {
				t.Fatal(err)
			}
		})
		w.probe(t)
		if got := w.row(t).Absent; (got == "f") != tc.kept {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestAProbeKeepsTheWaitThatACrawlWasAskedFor(t *testing.T) {
	busy := true
	w := &web{page: func(w http.ResponseWriter, _ *http.Request) {
		if busy {
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		fmt.Fprint(w, "<html><body><h1>A page</h1><p>Text of it.</p>")
	}}
	w.crawl(t)
	busy = false
	asked := w.asked["/"]
	if rep := w.probe(t); w.asked["/"] != asked && w.clock.Now().Before(newsite.Epoch.Add(2*time.Hour)) {
		t.Errorf("asked within the wait: %+v", rep)
	}
	w.clock.Advance(3 * time.Hour)
	if rep := w.probe(t); rep.Failure != "" {
		t.Errorf("after the wait: %q", rep.Failure)
	}
}
