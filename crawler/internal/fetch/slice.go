package fetch

import (
	"context"
	"fmt"
	"github.com/dateline-go/dateline/crawler/internal/address"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gocolly/colly/v2"
)

// A Slice is one bounded visit to one site: one collector, used from one goroutine or several.
type Slice struct {
	f         *Fetcher
	site      Site
	wire      *wire
	collector *colly.Collector
	task      atomic.Uint64

	mu      sync.Mutex
	touched map[mark]bool
}

// Slice begins a visit to site.
func (f *Fetcher) Slice(site Site) *Slice {
	if site.Agent == "" {
		site.Agent = f.opt.Agent
	}
	s := &Slice{f: f, site: site, touched: map[mark]bool{}}
	s.wire = &wire{slice: s}
	s.collector = s.newCollector()
	return s
}

const exchangeKey = "exchange"

// newCollector is a collector that does nothing but build requests and run callbacks. Its fields are
// set after NewCollector, and after the observer, because COLLY_* variables must not win.
func (s *Slice) newCollector() *colly.Collector {
	c := colly.NewCollector()
	if s.site.Observe != nil {
		s.site.Observe(c)
	}
	c.UserAgent, c.Headers = s.site.Agent, nil
	c.IgnoreRobotsTxt, c.AllowURLRevisit, c.CheckHead = true, true, false
	c.ParseHTTPErrorResponse, c.DetectCharset, c.TraceHTTP = true, false, false
	c.CacheDir, c.MaxBodySize, c.MaxDepth, c.MaxRequests = "", 0, 0, 0
	c.AllowedDomains, c.DisallowedDomains, c.URLFilters, c.DisallowedURLFilters = nil, nil, nil, nil
	c.Async, c.Context = false, context.Background() // each exchange has its own
	c.SetClient(&http.Client{Transport: s.wire, Jar: s.site.Jar})
	// After SetClient: a client has a redirect policy of its own.
	c.SetRedirectHandler(func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse })
	c.OnResponse(func(r *colly.Response) {
		if x, ok := r.Ctx.GetAny(exchangeKey).(*exchange); ok {
			x.body = r.Body
		}
	})
	c.OnError(func(r *colly.Response, err error) {
		if x, ok := r.Ctx.GetAny(exchangeKey).(*exchange); ok && x.err == nil {
			x.err = classify(x.ctx, err)
		}
	})
	return c
}

// Fetch gets one URL, with the hops it takes, and always returns exactly one Outcome. It waits for
// robots.txt and for the gate of the host, and returns early if ctx ends.
func (s *Slice) Fetch(ctx context.Context, req Request) Outcome {
	if req.Kind == "" {
		req.Kind = KindPage
	}
	out := Outcome{Requested: req.URL, Final: req.URL, Kind: req.Kind}
	u, err := address.Resolve("", req.URL)
	if err != nil {
		out.Err = &Error{Fault: FaultURL, Err: err}
		return out
	}
	_, _, maxHops := s.f.opt.Limits.of(req.Kind)
	v, seen := req.Validators, map[string]int{}
	for {
		addr := u.String()
		out.Final = addr
		if s.site.Scope != nil {
			if err := s.site.Scope(addr); err != nil {
				out.Err = &Error{Fault: FaultScope, Err: err}
				return out
			}
		}
		seen[addr]++
		x := s.try(ctx, &out, addr, &req, v)
		if x.err != nil || !redirects(x.status) {
			out.take(x, v)
			return out
		}
		next, err := s.follow(x, u, seen, len(seen) > maxHops)
		last := &out.Hops[len(out.Hops)-1]
		if err != nil {
			last.Err = err
			out.take(x, v)
			out.Err = err
			return out
		}
		last.Location, v, u = next.String(), Validators{}, next
		if req.Hop != nil {
			var follow bool
			if v, follow = req.Hop(*last); !follow {
				out.take(x, v)
				out.Final, out.Known = last.Location, true
				return out
			}
		}
	}
}

// follow is where the redirect x leads from u; an error where it is not to be followed.
func (s *Slice) follow(x *exchange, u *url.URL, seen map[string]int, tooMany bool) (*url.URL, *Error) {
	where := x.header.Get("Location")
	if where == "" {
		return nil, &Error{Fault: FaultRedirect, Why: fmt.Sprintf("status %d without Location", x.status)}
	}
	next, err := address.Resolve(u.String(), where)
	if err != nil {
		return nil, &Error{Fault: FaultRedirect, Why: "unusable Location", Err: err}
	}
	again := seen[next.String()]
	if s.site.Jar != nil && len(x.header.Values("Set-Cookie")) > 0 {
		again-- // sent back to where it was, with a cookie: once is honest
	}
	switch {
	case again > 0:
		return nil, &Error{Fault: FaultRedirect, Why: "redirect loop at " + next.String()}
	case tooMany:
		return nil, &Error{Fault: FaultRedirect, Why: "too many redirects"}
	}
	return next, nil
}

// try makes one exchange, and a second one if the first broke off in the body, and books both.
func (s *Slice) try(ctx context.Context, out *Outcome, addr string, req *Request, v Validators) *exchange {
	x := s.once(ctx, addr, req, v, false)
	out.book(x)
	if x.brokeOff() {
		inRoom := x.alone && req.Large != nil
		if again := s.once(ctx, addr, req, v, inRoom); again.err == nil || again.size > x.size {
			x = again
			out.book(x)
		} else {
			out.Requests += again.requests
		}
	}
	return x
}

// once makes one exchange by way of Colly; alone is true where the caller has entered his room for large bodies.
func (s *Slice) once(ctx context.Context, addr string, req *Request, v Validators, alone bool) (x *exchange) {
	x = &exchange{slice: s, ctx: ctx, kind: req.Kind, read: req.Read, room: req.Large, alone: alone, conditional: v != Validators{}}
	x.url, _ = url.Parse(addr)
	id := strconv.FormatUint(s.task.Add(1), 36)
	s.wire.tasks.Store(id, x)
	defer s.wire.tasks.Delete(id)
	defer x.finish()
	defer func() {
		if p := recover(); p != nil {
			x.err = &Error{Fault: FaultPanic, Why: fmt.Sprint(p)}
		}
	}()
	c := colly.NewContext()
	c.Put(exchangeKey, x)
	err := s.collector.Request(http.MethodGet, addr, nil, c, s.header(id, req.Kind, v))
	switch {
	case err != nil && x.err == nil:
		x.err = classify(ctx, err)
	case x.status == 0 && x.err == nil:
		x.err = &Error{Fault: FaultCanceled, Why: "a callback aborted the request"}
	}
	x.judge()
	return x
}

var accepts = map[Kind]string{
	KindPage:    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
	KindSection: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
	KindFeed:    "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.8",
	KindSitemap: "application/xml,text/xml,text/plain;q=0.9,*/*;q=0.8",
}

func (s *Slice) header(id string, kind Kind, v Validators) http.Header {
	h := http.Header{}
	h.Set("Accept", accepts[kind])
	for k, values := range s.site.Header {
		h[http.CanonicalHeaderKey(k)] = values
	}
	h.Set("User-Agent", s.site.Agent)
	h.Set(taskHeader, id)
	if v.ETag != "" {
		h.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		h.Set("If-Modified-Since", v.LastModified)
	}
	return h
}

// Ready is the earliest time at which a request to address could start, and why then: for plans.
func (s *Slice) Ready(addr string) (at time.Time, why string) {
	now := s.f.clock.Now()
	u, err := address.Resolve("", addr)
	if err != nil {
		return now, ""
	}
	delay, at, why := s.f.robots.ready(authority(u), s.site.IgnoreRobots)
	if gateAt, gateWhy := s.f.gate.ready(paceKey(u, s.site.SplitHosts), s.site.pace(u, delay)); gateAt.After(at) {
		return gateAt, gateWhy
	}
	if at.Before(now) {
		return now, ""
	}
	return at, why
}

// Gap is the time between two requests to the host of address as things stand: for plans.
func (s *Slice) Gap(addr string) time.Duration {
	u, err := address.Resolve("", addr)
	if err != nil {
		return 0
	}
	delay, _, _ := s.f.robots.ready(authority(u), s.site.IgnoreRobots)
	return s.f.gate.gap(paceKey(u, s.site.SplitHosts), s.site.pace(u, delay))
}

func (s *Slice) touch(kind, key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touched[mark{kind, key}] = true
}

// Changed is the state of hosts and robots files that this slice touched since the last call.
func (s *Slice) Changed() []Saved {
	s.mu.Lock()
	touched := s.touched
	s.touched = map[mark]bool{}
	s.mu.Unlock()
	var out []Saved
	for m := range touched {
		save := s.f.gate.save
		if m.kind == "robots" {
			save = s.f.robots.save
		}
		if saved, ok := save(m.key); ok {
			out = append(out, saved)
		}
	}
	return out
}

// mark names a Saved.
type mark struct{ kind, key string }
