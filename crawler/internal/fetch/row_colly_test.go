package fetch

import (
	"context"
	"fmt"
	"go/parser"
	"go/token"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gocolly/colly/v2"
)

// The rows of the pitfalls that are about parts of Colly which nothing here uses.

// callbacks counts what a collector has of a kind of callback: Colly parses each answer once more for any of them.
func callbacks(t *testing.T, c *colly.Collector, field string) int {
	t.Helper()
	v := reflect.ValueOf(c).Elem().FieldByName(field)
	if !v.IsValid() {
		t.Fatalf("Colly has no %s any more: look at what this test is for", field)
	}
	return v.Len()
}

func TestRow31_NoAnswerIsParsedOnTheWay(t *testing.T) {
	c := colly.NewCollector()
	c.OnHTML("p", func(*colly.HTMLElement) {})
	c.OnXML("//p", func(*colly.XMLElement) {})
	if callbacks(t, c, "htmlCallbacks") != 1 || callbacks(t, c, "xmlCallbacks") != 1 {
		t.Fatal("the test looks at the wrong place")
	}
	const elements = 20000
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("<div>" + strings.Repeat("<p>x", elements))})
	s := l.slice()
	if n := callbacks(t, s.collector, "htmlCallbacks") + callbacks(t, s.collector, "xmlCallbacks"); n != 0 {
		t.Errorf("%d callbacks have each answer parsed", n)
	}
	l.get(s, "/a")
	if n := testing.AllocsPerRun(3, func() { l.get(s, "/a") }); n > elements/4 {
		t.Errorf("%.0f allocations for a page of %d elements: somebody parses it", n, elements)
	}
}

func TestRow36_AFailureIsOneRequestAndTheWaitIsTheFrontiers(t *testing.T) {
	for name, tc := range map[string]struct {
		answer http.HandlerFunc
		after  time.Duration
	}{
		"500": {status(500), 0}, "408": {status(408), 0}, "503": {status(503), 0},
		"503 with a wait": {status(503, "Retry-After", "7"), 7 * time.Second}, "429 with a wait": {status(429, "Retry-After", "3600"), time.Hour},
	} {
		l := newLab(t, map[string]http.HandlerFunc{"/a": tc.answer})
		out := l.get(l.slice(), "/a")
		if out.Err == nil || out.RetryAfter != tc.after || l.count("/a") != 1 || out.Requests != 2 { // robots.txt is the other
			t.Errorf("%s: %d requests, to be asked again after %v: %v", name, l.count("/a"), out.RetryAfter, out.Err)
		}
		if l.clock.Slept() != 0 {
			t.Errorf("%s: waited %v by itself", name, l.clock.Slept())
		}
	}
}

func TestRow42_NothingIsKeptInFolders(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("COLLY_CACHE_DIR", dir)
	broken := true
	l := newLab(t, map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, r *http.Request) {
		if broken {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		html("back again")(w, r)
	}, "/moved": redirect(301, "/a")})
	s := l.slice()
	l.wantFault(l.get(s, "/a"), FaultGone)
	broken = false
	l.wantBody(l.get(s, "/a"), "back again") // Colly's cache would say 404 for ever
	for range 2 {
		if out := l.get(s, "/moved"); out.Final != l.srv.URL+"/a" || len(out.Hops) != 2 {
			t.Errorf("the way of a redirect is lost: %+v", out)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("%v, %v", files, err)
	}
}

func TestRow49_AFetchIsDoneWhenItReturnsAndLeavesNobodyBehind(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("x"), "/r": redirect(302, "/a"), "/500": status(500)})
	s := l.slice(func(s *Site) {
		s.Observe = func(c *colly.Collector) { c.Async, c.MaxRequests = true, 2 } // what an observer sets is set back
	})
	l.wantBody(l.get(s, "/a"), "x")
	before := runtime.NumGoroutine()
	for n := 2; n < 40; n++ {
		if l.wantBody(l.get(s, "/a"), "x"); l.count("/a") != n {
			t.Fatalf("after %d fetches %d requests have arrived", n, l.count("/a"))
		}
	}
	l.get(s, "/r")
	l.get(s, "/500")
	if after := runtime.NumGoroutine(); after > before+5 { // the server's connection
		t.Errorf("%d goroutines, before %d", after, before)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	l.wantFault(s.Fetch(ctx, Request{URL: l.srv.URL + "/a"}), FaultCanceled)
	if got := l.count("/a"); got != 40 { // one of them by the redirect
		t.Errorf("%d requests", got)
	}
}

func TestRow53_NoneOfTheCrawlUsesCollysQueueOrStorage(t *testing.T) {
	read := 0
	err := filepath.WalkDir("../..", func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			if where := strings.Trim(i.Path.Value, `"`); strings.HasPrefix(where, "github.com/gocolly/colly") {
				if read++; where != "github.com/gocolly/colly/v2" {
					t.Errorf("%s imports %s", name, where)
				}
			}
		}
		return nil
	})
	if err != nil || read == 0 {
		t.Errorf("%d files import Colly, %v", read, err)
	}
	// What such a queue drops, the result of what it does, is the one thing that a fetch gives.
	l := newLab(t, map[string]http.HandlerFunc{"/500": status(500)})
	s := l.slice()
	for range 3 {
		l.wantFault(l.get(s, "/500"), FaultServer)
	}
}

func TestRow54_WhatARequestCarriesIsOursAndComesBackWhole(t *testing.T) {
	var numbers []any
	var hosts []string
	l := newLab(t, map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, r *http.Request) {
		hosts = append(hosts, r.Host)
		html("x")(w, r)
	}, "/r": redirect(302, "/a")})
	s := l.slice(func(s *Site) {
		s.Observe = func(c *colly.Collector) {
			c.OnRequest(func(r *colly.Request) { r.Ctx.Put("number", 7) })
			c.OnResponse(func(r *colly.Response) { numbers = append(numbers, r.Ctx.GetAny("number")) })
		}
	})
	out := l.get(s, "/r")
	l.wantBody(out, "x")
	if got := fmt.Sprintf("%T %v", numbers, numbers); got != "[]interface {} [7 7]" {
		t.Errorf("observers see %s", got)
	}
	if len(hosts) != 1 || "http://"+hosts[0] != l.srv.URL {
		t.Errorf("asked as %v", hosts)
	}
	if out.Requests != 3 || out.Hops[0].Location != l.srv.URL+"/a" || out.Took < 0 || out.WireBytes != 1 {
		t.Errorf("%+v", out)
	}
	// An observer that takes our struct for a text breaks its own request only.
	s = l.slice(func(s *Site) {
		s.Observe = func(c *colly.Collector) {
			c.OnResponse(func(r *colly.Response) { _ = r.Ctx.Get(exchangeKey) })
		}
	})
	l.wantFault(l.get(s, "/a"), FaultPanic)
	l.wantBody(l.get(l.slice(), "/a"), "x")
}

func TestRow52_EachSliceHasACollectorOfItsOwn(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/out": redirect(302, "/in/a"), "/in/a": html("x")})
	seen := map[string]int{}
	slice := func(name string) *Slice {
		return l.slice(func(s *Site) {
			s.Agent = name
			s.Scope = func(where string) error {
				if name == "strict" && strings.Contains(where, "/in/") {
					return fmt.Errorf("outside")
				}
				return nil
			}
			s.Observe = func(c *colly.Collector) { c.OnResponse(func(*colly.Response) { seen[name]++ }) }
		})
	}
	strict, open := slice("strict"), slice("open")
	l.wantBody(l.get(open, "/out"), "x")
	l.wantFault(l.get(strict, "/out"), FaultScope)
	if strict.collector == open.collector || seen["strict"] != 1 || seen["open"] != 2 {
		t.Errorf("observers saw %v", seen)
	}
	var agents []string
	for _, h := range l.arrivals()[1:] { // after robots.txt
		agents = append(agents, h.header.Get("User-Agent"))
	}
	if got := strings.Join(agents, " "); got != "open open strict" {
		t.Errorf("asked by %s", got)
	}
}
