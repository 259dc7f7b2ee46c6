package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gocolly/colly/v2"
)

func TestRow35_EveryStatusHasItsFault(t *testing.T) {
	routes := map[string]http.HandlerFunc{}
	want := map[int]Fault{
		401: FaultBlocked, 402: FaultBlocked, 403: FaultBlocked, 404: FaultGone, 405: FaultStatus, 408: FaultServer, 410: FaultGone, 418: FaultStatus,
		425: FaultServer, 429: FaultBlocked, 451: FaultBlocked, 500: FaultServer, 502: FaultServer, 503: FaultServer, 504: FaultServer, 520: FaultServer, 599: FaultServer,
		304: FaultStatus, 300: FaultStatus, 305: FaultStatus, 205: FaultBody,
	}
	for code := range want {
		routes[fmt.Sprintf("/%d", code)] = status(code)
	}
	routes["/203"] = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(203)
		_, _ = w.Write([]byte("x"))
	}
	l := newLab(t, routes)
	s := l.slice()
	for code, fault := range want {
		out := l.get(s, fmt.Sprintf("/%d", code))
		l.wantFault(out, fault)
		if out.Status != code || out.Header == nil {
			t.Errorf("%d: status %d", code, out.Status)
		}
	}
	l.wantBody(l.get(s, "/203"), "x")
}

// failing is a transport that fails.
type failing struct{ err error }

func (f failing) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path == "/robots.txt" {
		return &http.Response{StatusCode: 404, Header: http.Header{}, Body: http.NoBody, Request: r}, nil
	}
	return nil, f.err
}

func TestRow35_EveryFailureHasItsFault(t *testing.T) {
	wrap := func(err error) error { return &net.OpError{Op: "dial", Err: err} }
	tests := []struct {
		err  error
		want Fault
	}{
		{wrap(&net.DNSError{Err: "no such host", Name: "x", IsNotFound: true}), FaultDNS},
		{wrap(&net.DNSError{Err: "timeout", Name: "x", IsTimeout: true}), FaultDNS},
		{wrap(syscall.ECONNREFUSED), FaultRefused},
		{wrap(syscall.ECONNRESET), FaultReset},
		{errors.New("http2: stream error: stream ID 1; INTERNAL_ERROR"), FaultReset},
		{&tls.CertificateVerificationError{Err: errors.New("expired")}, FaultTLS},
		{errors.New("remote error: tls: handshake failure"), FaultTLS},
		{context.DeadlineExceeded, FaultTimeout},
		{errors.New("net/http: HTTP/1.x transport connection broken: malformed HTTP response"), FaultProtocol},
		{wrap(fmt.Errorf("dialing: %w", errPrivate)), FaultPrivate},
	}
	for _, tt := range tests {
		l := newLab(t, nil, func(o *Options) { o.Transport = failing{tt.err} })
		out := l.get(l.slice(), "/a")
		l.wantFault(out, tt.want)
		if !errors.Is(out.Err, tt.err) {
			t.Errorf("%v does not hold its cause", out.Err)
		}
	}
}

func TestRow35_ARefusedConnectionIsAnOutcomeToo(t *testing.T) {
	l := newLab(t, nil)
	s := l.slice(func(s *Site) { s.IgnoreRobots = true })
	l.srv.Close()
	l.wantFault(l.get(s, "/a"), FaultRefused)
}

func TestRow37_ConditionalRequests(t *testing.T) {
	etag := `W/"v1-gzip"`
	l := newLab(t, map[string]http.HandlerFunc{
		"/a": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", etag)
			w.Header().Set("Last-Modified", "Mon, 23 Nov 2026 08:00:00 GMT")
			if r.Header.Get("If-None-Match") == etag {
				w.WriteHeader(304)
				return
			}
			html("x")(w, r)
		},
		"/nostore": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Cache-Control", "private, no-store")
			html("x")(w, r)
		},
		"/expires": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Expires", "0")
			html("x")(w, r)
		},
		"/renewed": status(304, "ETag", `"new"`),
		"/aged":    status(304, "Cache-Control", "max-age=600"),
	})
	s := l.slice()
	first := l.get(s, "/a")
	l.wantBody(first, "x")
	if first.Validators.ETag != etag {
		t.Fatalf("validators %+v", first.Validators)
	}
	again := s.Fetch(context.Background(), Request{URL: l.srv.URL + "/a", Validators: first.Validators})
	if again.Err != nil || !again.NotModified || len(again.Body) != 0 || again.Validators != first.Validators {
		t.Errorf("%+v", again)
	}
	etag = `"v2"`
	changed := s.Fetch(context.Background(), Request{URL: l.srv.URL + "/a", Validators: first.Validators})
	l.wantBody(changed, "x")
	if changed.Validators.ETag != etag {
		t.Errorf("the new ETag was not kept: %+v", changed.Validators)
	}
	for _, path := range []string{"/nostore", "/expires"} {
		if v := l.get(s, path).Validators; v != (Validators{}) {
			t.Errorf("%s: %+v", path, v)
		}
	}
	renewed := s.Fetch(context.Background(), Request{URL: l.srv.URL + "/renewed", Validators: Validators{ETag: `"old"`, LastModified: "x"}})
	if want := (Validators{`"new"`, "x"}); !renewed.NotModified || renewed.Validators != want {
		t.Errorf("%+v", renewed.Validators)
	}
	if aged := s.Fetch(context.Background(), Request{URL: l.srv.URL + "/aged", Validators: Validators{ETag: "x"}}); aged.MaxAge != 10*time.Minute {
		t.Errorf("max age %v", aged.MaxAge)
	}
	l.wantFault(l.get(s, "/renewed"), FaultStatus) // a 304 that nobody asked for
}

func TestRow38_TheDeadlineBeginsAfterTheGate(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{
		"/a": html("x"), "/hang": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	}, func(o *Options) { o.Limits.Page = 100 * time.Millisecond })
	// 2 s at the gate against a deadline of 100 ms.
	s := l.slice(func(s *Site) { s.Delay = nil })
	l.wantBody(l.get(s, "/a"), "x")
	out := l.get(s, "/a")
	l.wantBody(out, "x")
	if out.Waited != 2*time.Second {
		t.Errorf("waited %v", out.Waited)
	}
	l.wantFault(l.get(s, "/hang"), FaultTimeout)
}

func TestRow39_NoCookiesUnlessTheSiteHasAJarAndThenNoneForASuffix(t *testing.T) {
	set := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Set-Cookie", "id=1; Path=/")
		html("x")(w, r)
	}
	l := newLab(t, map[string]http.HandlerFunc{"/a": set, "/b": html("y"), "/wall": func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("ok"); err != nil {
			w.Header().Set("Set-Cookie", "ok=1; Path=/")
			w.Header().Set("Location", "/wall")
			w.WriteHeader(302)
			return
		}
		html("in")(w, r)
	}})
	s := l.slice()
	l.get(s, "/a")
	l.get(s, "/b")
	withJar := l.slice(func(s *Site) { s.Jar = NewJar() })
	l.get(withJar, "/a")
	l.get(withJar, "/b")
	var sent []string
	for _, h := range l.arrivals() {
		if h.path == "/b" {
			sent = append(sent, h.header.Get("Cookie"))
		}
	}
	if strings.Join(sent, "|") != "|id=1" {
		t.Errorf("cookies sent: %q", sent)
	}
	l.wantFault(l.get(s, "/wall"), FaultRedirect)
	l.wantBody(l.get(withJar, "/wall"), "in")

	jar := NewJar()
	a, _ := url.Parse("http://www.a.co.uk/")
	b, _ := url.Parse("http://www.b.co.uk/")
	jar.SetCookies(a, []*http.Cookie{{Name: "x", Value: "1", Domain: "co.uk"}})
	if got := jar.Cookies(b); len(got) != 0 {
		t.Errorf("a cookie for co.uk went to another site: %v", got)
	}
}

func TestRow40_AProxyDoesNotSilenceRobotsAndPace(t *testing.T) {
	var asked []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.RequestURI)
		if r.URL.Path == "/robots.txt" {
			_, _ = w.Write([]byte("User-agent: *\nDisallow: /no"))
			return
		}
		html("by proxy")(w, r)
	}))
	defer proxy.Close()
	l := newLab(t, nil)
	s := l.f.Slice(Site{Proxy: proxy.URL})
	out := s.Fetch(context.Background(), Request{URL: "http://news.example/a"})
	l.wantBody(out, "by proxy")
	l.wantFault(s.Fetch(context.Background(), Request{URL: "http://news.example/no"}), FaultRobots)
	l.wantBody(s.Fetch(context.Background(), Request{URL: "http://news.example/b"}), "by proxy")
	if got := strings.Join(asked, " "); got != "http://news.example/robots.txt http://news.example/a http://news.example/b" {
		t.Errorf("the proxy was asked for %s", got)
	}
	if slept := l.clock.Slept(); slept != 4*time.Second {
		t.Errorf("waited %v for three requests", slept)
	}
	l.wantFault(l.f.Slice(Site{Proxy: "no scheme"}).Fetch(context.Background(), Request{URL: "http://news.example/"}), FaultURL)
}

func TestRow41_TheAgentIsOursAndHeadersAreTheSites(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("x")})
	l.get(l.slice(func(s *Site) {
		s.Header = http.Header{"accept-language": {"de"}, "User-Agent": {"Mozilla/5.0"}, "X-Key": {"secret"}}
	}), "/a")
	l.get(l.slice(func(s *Site) { s.Agent = "Dateline/1 (+https://desk.example; desk@desk.example)" }), "/a")
	hits := l.arrivals()
	if got := hits[0].header.Get("X-Key"); got != "" {
		t.Error("robots.txt was sent the site's header")
	}
	if h := hits[1].header; h.Get("User-Agent") != DefaultAgent || h.Get("X-Key") != "secret" || h.Get("Accept-Language") != "de" {
		t.Errorf("%v", h)
	}
	if got := hits[2].header.Get("User-Agent"); !strings.HasPrefix(got, "Dateline/1 (") {
		t.Errorf("agent %q", got)
	}
}

func TestRow43_EnvironmentVariablesDoNotWin(t *testing.T) {
	for k, v := range map[string]string{
		"COLLY_USER_AGENT": "evil/1", "COLLY_IGNORE_ROBOTSTXT": "no", "COLLY_DETECT_CHARSET": "yes", "COLLY_MAX_BODY_SIZE": "3", "COLLY_DISABLE_COOKIES": "no",
		"COLLY_ALLOWED_DOMAINS": "nowhere.example", "COLLY_CACHE_DIR": t.TempDir(), "COLLY_MAX_DEPTH": "0", "COLLY_FOLLOW_REDIRECTS": "yes", "COLLY_PARSE_HTTP_ERROR_RESPONSE": "no", "COLLY_TRACE_HTTP": "yes",
	} {
		t.Setenv(k, v)
	}
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("a longer body"), "/r": redirect(302, "/a"), "/500": status(500)})
	s := l.slice()
	l.wantBody(l.get(s, "/a"), "a longer body")
	l.wantBody(l.get(s, "/a"), "a longer body")
	if out := l.get(s, "/r"); len(out.Hops) != 2 {
		t.Errorf("%+v", out)
	}
	l.wantFault(l.get(s, "/500"), FaultServer)
	if l.count("/a") != 3 || l.arrivals()[1].header.Get("User-Agent") != DefaultAgent {
		t.Errorf("%d requests, agent %s", l.count("/a"), l.arrivals()[1].header.Get("User-Agent"))
	}
}

func TestRow44_CertificatesAreVerified(t *testing.T) {
	srv := httptest.NewTLSServer(html("x"))
	defer srv.Close()
	srv.Config.ErrorLog = quietLog()
	l := newLab(t, nil)
	for _, change := range []func(*Site){func(*Site) {}, func(s *Site) { s.HTTP1 = true }, func(s *Site) { s.LegacyTLS = true }} {
		site := Site{Loopback: LoopbackHost(srv.URL), Delay: zero, IgnoreRobots: true}
		change(&site)
		l.wantFault(l.f.Slice(site).Fetch(context.Background(), Request{URL: srv.URL}), FaultTLS)
	}
	tr, err := l.f.transports.get(profile{})
	if err != nil || tr.TLSClientConfig.InsecureSkipVerify || tr.TLSClientConfig.MinVersion != tls.VersionTLS12 {
		t.Errorf("%+v, %v", tr.TLSClientConfig, err)
	}
	old, _ := l.f.transports.get(profile{legacyTLS: true, http1: true})
	if old.TLSClientConfig.MinVersion != tls.VersionTLS10 || old.ForceAttemptHTTP2 || len(old.TLSClientConfig.CipherSuites) < 15 {
		t.Errorf("legacy: %+v", old.TLSClientConfig)
	}
}

func TestRow50_APanicInACallbackIsAnOutcome(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("x"), "/b": html("y")})
	s := l.slice(func(s *Site) {
		s.Observe = func(c *colly.Collector) {
			c.OnResponse(func(r *colly.Response) {
				if r.Request.URL.Path == "/a" {
					panic("observer")
				}
			})
		}
	})
	l.wantFault(l.get(s, "/a"), FaultPanic)
	l.wantBody(l.get(s, "/b"), "y") // the gate's slot was given back
}

func TestRow51_EveryRequestEndsInOneOutcome(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("x")})
	abort := l.slice(func(s *Site) {
		s.Observe = func(c *colly.Collector) { c.OnRequest(func(r *colly.Request) { r.Abort() }) }
	})
	l.wantFault(l.get(abort, "/a"), FaultCanceled)
	late := l.slice(func(s *Site) {
		s.Observe = func(c *colly.Collector) { c.OnResponseHeaders(func(r *colly.Response) { r.Request.Abort() }) }
	})
	if out := l.get(late, "/a"); out.Err == nil {
		t.Errorf("%+v", out)
	}
	l.wantBody(l.get(l.slice(), "/a"), "x")
}

func TestRow51_ObserversMayAddHeadersAndSeeEveryAnswer(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("x"), "/gone": status(410)})
	var seen []int
	s := l.slice(func(s *Site) {
		s.Observe = func(c *colly.Collector) {
			c.OnRequest(func(r *colly.Request) { r.Headers.Set("X-Seen", "yes") })
			c.OnResponse(func(r *colly.Response) { seen = append(seen, r.StatusCode) })
		}
	})
	l.get(s, "/a")
	l.get(s, "/gone")
	if fmt.Sprint(seen) != "[200 410]" || l.arrivals()[1].header.Get("X-Seen") != "yes" {
		t.Errorf("seen %v", seen)
	}
}

func TestRow55_NamesAreLookedUpOnceInFiveMinutes(t *testing.T) {
	n := 0
	now := labStart
	c := &dnsCache{next: resolverFunc(func() ([]netip.Addr, error) {
		n++
		return []netip.Addr{netip.MustParseAddr("8.8.8.8")}, nil
	}), now: func() time.Time { return now }, known: map[string]dnsEntry{}}
	for range 3 {
		if _, err := c.lookup(context.Background(), "a.example"); err != nil {
			t.Fatal(err)
		}
	}
	if n != 1 {
		t.Errorf("%d look-ups", n)
	}
	now = now.Add(6 * time.Minute)
	_, _ = c.lookup(context.Background(), "a.example")
	if n != 2 {
		t.Errorf("%d look-ups after six minutes", n)
	}
	tr, _ := New(Options{}).transports.get(profile{})
	if !tr.DisableCompression || tr.MaxResponseHeaderBytes != 256<<10 || tr.ResponseHeaderTimeout != 30*time.Second || tr.MaxIdleConns != 512 || tr.IdleConnTimeout != 90*time.Second {
		t.Errorf("transport %+v", tr)
	}
}

type resolverFunc func() ([]netip.Addr, error)

func (f resolverFunc) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) { return f() }

func TestRow55_TheStepsOfARequestAreMeasured(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("x")})
	s := l.slice(func(s *Site) { s.IgnoreRobots = true })
	if h := l.get(s, "/a").Hops[0]; h.Timing.Connect <= 0 || h.Timing.FirstByte <= 0 || h.WireBytes != 1 {
		t.Errorf("%+v", h)
	}
	if h := l.get(s, "/a").Hops[0]; h.Timing.Connect != 0 {
		t.Errorf("the connection was not used again: %+v", h.Timing)
	}
}
