package fetch

import (
	"context"
	"errors"
	"fmt"
	"github.com/dateline-go/dateline/crawler/internal/address"
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

func TestRow12_AFailedURLCanBeTriedAgain(t *testing.T) {
	n := 0
	l := newLab(t, map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, r *http.Request) {
		if n++; n == 1 {
			w.WriteHeader(500)
			return
		}
		html("x")(w, r)
	}})
	s := l.slice()
	l.wantFault(l.get(s, "/a"), FaultServer)
	l.wantBody(l.get(s, "/a"), "x")
	l.wantBody(l.get(s, "/a"), "x")
}

func TestRow15_FragmentsAreNotSent(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("x")})
	out := l.get(l.slice(), "/a#part")
	l.wantBody(out, "x")
	if strings.Contains(out.Final, "#") || l.paths() != "/robots.txt /a" {
		t.Errorf("final %s, requests %s", out.Final, l.paths())
	}
}

func TestRow16_ARedirectIsReportedHopByHopAndAKnownTargetIsNotFetched(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{
		"/old": redirect(301, "/mid"), "/mid": redirect(308, "/tmp"), "/tmp": redirect(302, "/new"), "/new": html("x"),
	})
	out := l.get(l.slice(), "/old")
	l.wantBody(out, "x")
	base := l.srv.URL
	if out.Final != base+"/new" || out.MovedTo() != base+"/tmp" || len(out.Hops) != 4 {
		t.Errorf("final %s, moved to %s, hops %+v", out.Final, out.MovedTo(), out.Hops)
	}
	if h := out.Hops[0]; !h.Permanent || h.Location != base+"/mid" || h.Status != 301 {
		t.Errorf("first hop %+v", h)
	}
	if h := out.Hops[2]; h.Permanent || h.Location != base+"/new" {
		t.Errorf("third hop %+v", h)
	}
	out = l.slice().Fetch(context.Background(), Request{URL: base + "/old", Hop: func(h Hop) (Validators, bool) {
		return Validators{}, !strings.HasSuffix(h.Location, "/tmp")
	}})
	if !out.Known || out.Err != nil || out.Final != base+"/tmp" || l.count("/tmp") != 1 {
		t.Errorf("%+v", out)
	}
}

func TestRow17_LoopsAndLongChainsEnd(t *testing.T) {
	routes := map[string]http.HandlerFunc{
		"/self": redirect(302, "/self"), "/a": redirect(302, "/b"), "/b": redirect(302, "/a"),
		"/bare": status(302), "/bad": redirect(302, "http://[nowhere/"), "/mail": redirect(302, "mailto:x@example.org"), "/choice": status(300),
	}
	for i := range 12 {
		routes[fmt.Sprintf("/c%d", i)] = redirect(302, fmt.Sprintf("/c%d", i+1))
	}
	routes["/c12"] = html("x")
	l := newLab(t, routes)
	s := l.slice()
	for _, path := range []string{"/self", "/a", "/bare", "/bad", "/mail", "/c0"} {
		l.wantFault(l.get(s, path), FaultRedirect)
	}
	l.wantFault(l.get(s, "/choice"), FaultStatus)
	if n := l.count("/a") + l.count("/b"); n != 2 {
		t.Errorf("a loop of two took %d requests", n)
	}
	l.wantFault(l.get(s, "/c6"), FaultRedirect) // six hops
	l.wantBody(l.get(s, "/c7"), "x")            // five
	l.wantBody(s.Fetch(context.Background(), Request{URL: l.srv.URL + "/c2", Kind: KindFeed}), "x")
	l.wantFault(s.Fetch(context.Background(), Request{URL: l.srv.URL + "/c1", Kind: KindFeed}), FaultRedirect)
}

func TestRow18_ValidatorsDoNotTravelWithARedirect(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": redirect(302, "/b"), "/b": redirect(302, "/c"), "/c": html("x")})
	out := l.slice().Fetch(context.Background(), Request{
		URL: l.srv.URL + "/a", Validators: Validators{ETag: `W/"a-gzip"`, LastModified: "Mon, 23 Nov 2026 08:00:00 GMT"},
		Hop: func(h Hop) (Validators, bool) {
			if strings.HasSuffix(h.Location, "/c") {
				return Validators{ETag: `"c"`}, true
			}
			return Validators{}, true
		},
	})
	l.wantBody(out, "x")
	want := map[string]string{"/a": `W/"a-gzip"`, "/b": "", "/c": `"c"`}
	for _, h := range l.arrivals() {
		if h.path == "/robots.txt" {
			continue
		}
		if got := h.header.Get("If-None-Match"); got != want[h.path] {
			t.Errorf("%s was sent If-None-Match %q, want %q", h.path, got, want[h.path])
		}
		if got := h.header.Get("If-Modified-Since"); (got != "") != (h.path == "/a") {
			t.Errorf("%s was sent If-Modified-Since %q", h.path, got)
		}
	}
}

func TestRow19_ScopeIsAskedForEveryHop(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": redirect(302, "/off"), "/off": html("x"), "/b": html("y")})
	s := l.slice(func(site *Site) {
		site.Scope = func(u string) error {
			if strings.HasSuffix(u, "/off") {
				return errors.New("another site")
			}
			return nil
		}
	})
	out := l.get(s, "/a")
	l.wantFault(out, FaultScope)
	if out.Final != l.srv.URL+"/off" || l.count("/off") != 0 {
		t.Errorf("final %s, requests %s", out.Final, l.paths())
	}
	l.wantFault(l.get(s, "/off"), FaultScope)
	l.wantBody(l.get(s, "/b"), "y")
}

func TestRow20_PrivateAddressesAreNotDialled(t *testing.T) {
	for _, addr := range []string{
		"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "203.0.113.7",
		"::1", "::", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::1", "2001:db8::1", "ff02::1",
	} {
		if public(netip.MustParseAddr(addr)) {
			t.Errorf("%s counts as public", addr)
		}
	}
	for _, addr := range []string{"8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"} {
		if !public(netip.MustParseAddr(addr)) {
			t.Errorf("%s does not count as public", addr)
		}
	}

	inner := newLab(t, map[string]http.HandlerFunc{"/secret": html("secret")})
	l := newLab(t, map[string]http.HandlerFunc{"/go": redirect(302, inner.srv.URL+"/secret"), "/a": html("x")})
	s := l.slice()
	l.wantBody(l.get(s, "/a"), "x")
	l.wantFault(l.get(s, "/go"), FaultPrivate)
	if inner.paths() != "" {
		t.Errorf("the other loopback server was asked for %s", inner.paths())
	}
	// A site without a loopback start may not reach the lab at all, not even over a connection that
	// another site has opened.
	public := l.f.Slice(Site{Name: "public"})
	l.wantFault(l.get(public, "/a"), FaultPrivate)
	l.wantBody(l.get(l.f.Slice(Site{AllowPrivate: true}), "/a"), "x")
}

// names answers for every host with one address.
type names struct{ addr netip.Addr }

func (n names) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	return []netip.Addr{n.addr}, nil
}

func TestRow20_ANameThatLeadsInsideIsRefusedAfterDNS(t *testing.T) {
	l := newLab(t, nil, func(o *Options) { o.Resolver = names{netip.MustParseAddr("127.0.0.1")} })
	_, port, _ := strings.Cut(strings.TrimPrefix(l.srv.URL, "http://"), ":")
	out := l.slice().Fetch(context.Background(), Request{URL: "http://rebound.example:" + port + "/"})
	l.wantFault(out, FaultPrivate)
	if l.paths() != "" {
		t.Errorf("requests: %s", l.paths())
	}
}

func TestRow21_AddressesAreReadAsBrowsersDo(t *testing.T) {
	tests := []struct{ in, want string }{
		{"http://a.example/%zz", "http://a.example/%25zz"},
		{"http://a.example/a\tb\n", "http://a.example/ab"},
		{`http:\\a.example\x`, "http://a.example/x"},
		{"http://münchen.example/ü", "http://xn--mnchen-3ya.example/%C3%BC"},
		{"http://A.Example:80/x#y", "http://a.example/x"},
		{"http://user:secret@a.example/", "http://a.example/"},
		{" http://a.example/../x ", "http://a.example/x"},
	}
	for _, tt := range tests {
		u, err := address.Resolve("", tt.in)
		if err != nil || u.String() != tt.want {
			t.Errorf("%q: %v, %v; want %s", tt.in, u, err, tt.want)
		}
	}
}

func TestRow22_OnlyHTTPIsFetched(t *testing.T) {
	l := newLab(t, nil)
	for _, addr := range []string{"mailto:a@example.org", "javascript:void(0)", "ftp://a.example/", "data:text/html,x", "file:///etc/passwd", "", "/relative", "http://", "http://[::1", "http://a b/"} {
		l.wantFault(l.slice().Fetch(context.Background(), Request{URL: addr}), FaultURL)
	}
}

func TestRow13_CollyRemembersNoAddress(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("x")})
	s := l.slice()
	l.wantBody(l.get(s, "/a"), "x")
	if seen, err := s.collector.HasVisited(l.srv.URL + "/a"); err != nil || seen {
		t.Errorf("visited %v, %v: memory would grow with the addresses known", seen, err)
	}
}
