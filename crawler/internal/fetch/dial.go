package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/net/http/httpproxy"
)

var errPrivate = errors.New("address is not a public one; allow_private in a file of sites lets it be asked")

// profile is what makes two sites need different connections. It is a key, so that a connection
// opened under one site's permissions is never used by a site without them.
type profile struct {
	proxy, loopback           string
	private, legacyTLS, http1 bool
}

// A Resolver finds the addresses of a host; *net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// dnsCache keeps addresses for a while: Go's resolver keeps none.
type dnsCache struct {
	next Resolver
	now  func() time.Time

	mu    sync.Mutex
	known map[string]dnsEntry
}

type dnsEntry struct {
	addrs []netip.Addr
	until time.Time
}

const (
	dnsTTL = 5 * time.Minute
	dnsMax = 10000
)

func (c *dnsCache) lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{ip}, nil
	}
	now := c.now()
	c.mu.Lock()
	e, ok := c.known[host]
	c.mu.Unlock()
	if ok && now.Before(e.until) {
		return e.addrs, nil
	}
	addrs, err := c.next.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	if len(addrs) == 0 {
		return nil, &net.DNSError{Err: "no address", Name: host, IsNotFound: true}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.known) >= dnsMax {
		clear(c.known)
	}
	c.known[host] = dnsEntry{addrs, now.Add(dnsTTL)}
	return addrs, nil
}

// transports are the connections of a Fetcher, one http.Transport for each profile in use.
type transports struct {
	limits Limits
	dns    *dnsCache

	mu  sync.Mutex
	all map[profile]*http.Transport
}

func (ts *transports) get(p profile) (*http.Transport, error) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	if t := ts.all[p]; t != nil {
		return t, nil
	}
	t, err := ts.build(p)
	if err != nil {
		return nil, err
	}
	ts.all[p] = t
	return t, nil
}

func (ts *transports) build(p profile) (*http.Transport, error) {
	proxy, allowed, err := proxies(p.proxy)
	if err != nil {
		return nil, err
	}
	d := &dialer{profile: p, proxies: allowed, dns: ts.dns, timeout: ts.limits.Dial}
	t := &http.Transport{
		Proxy:                  proxy,
		DialContext:            d.dial,
		TLSHandshakeTimeout:    ts.limits.TLS,
		ResponseHeaderTimeout:  ts.limits.Headers,
		MaxResponseHeaderBytes: 256 << 10,
		MaxIdleConns:           512,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        90 * time.Second,
		DisableCompression:     true, // the wire asks for more codings, and counts
		ForceAttemptHTTP2:      !p.http1,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
	}
	if p.http1 {
		t.TLSNextProto = map[string]func(string, *tls.Conn) http.RoundTripper{}
	}
	if p.legacyTLS {
		t.TLSClientConfig.MinVersion = tls.VersionTLS10
		for _, suites := range [][]*tls.CipherSuite{tls.CipherSuites(), tls.InsecureCipherSuites()} {
			for _, s := range suites {
				t.TLSClientConfig.CipherSuites = append(t.TLSClientConfig.CipherSuites, s.ID)
			}
		}
	}
	return t, nil
}

// proxies gives the proxy of each request, and the addresses of the proxies themselves: the operator
// named them, so they may be private ones.
func proxies(fixed string) (func(*http.Request) (*url.URL, error), map[string]bool, error) {
	allowed := map[string]bool{}
	add := func(s string) {
		if u, err := url.Parse(s); err == nil && u.Host != "" {
			allowed[proxyAddr(u)] = true
		} else if u, err := url.Parse("http://" + s); err == nil && u.Host != "" {
			allowed[proxyAddr(u)] = true
		}
	}
	if fixed != "" {
		u, err := url.Parse(fixed)
		if err != nil || u.Host == "" {
			return nil, nil, fmt.Errorf("reading proxy address %q: want scheme://host:port", fixed)
		}
		add(fixed)
		return http.ProxyURL(u), allowed, nil
	}
	env := httpproxy.FromEnvironment()
	for _, s := range []string{env.HTTPProxy, env.HTTPSProxy} {
		if s != "" {
			add(s)
		}
	}
	f := env.ProxyFunc()
	return func(r *http.Request) (*url.URL, error) { return f(r.URL) }, allowed, nil
}

func proxyAddr(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "socks5": "1080", "socks5h": "1080"}[u.Scheme]
	}
	if port == "" {
		port = "80"
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// dialer connects to public addresses, after DNS, and to what its profile allows beyond them.
type dialer struct {
	profile profile
	proxies map[string]bool
	dns     *dnsCache
	timeout time.Duration
}

func (d *dialer) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, d.timeout)
	defer cancel()
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	host = strings.ToLower(host)
	began := time.Now()
	addrs, err := d.dns.lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	if t, ok := ctx.Value(timingKey{}).(*timer); ok {
		t.set(func(s *Timing) { s.DNS = time.Since(began) })
	}
	free := d.profile.private || d.proxies[net.JoinHostPort(host, port)] ||
		d.profile.loopback != "" && net.JoinHostPort(host, port) == d.profile.loopback
	control := func(_, addr string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(addr)
		if err != nil {
			return fmt.Errorf("dialing %s: %w", addr, err)
		}
		if !free && !public(ap.Addr()) {
			return errPrivate // net names the address
		}
		return nil
	}
	nd := &net.Dialer{Control: control, KeepAlive: 30 * time.Second}
	var errs []error
	for i, ip := range addrs {
		// Each address gets its share of what is left, so that a dead one does not eat the rest.
		left := time.Until(deadline(ctx))
		dctx, cancel := context.WithTimeout(ctx, left/time.Duration(len(addrs)-i))
		conn, err := nd.DialContext(dctx, network, net.JoinHostPort(ip.String(), port))
		cancel()
		if err == nil {
			return conn, nil
		}
		errs = append(errs, err)
		if i == 3 {
			break
		}
	}
	return nil, errors.Join(errs...)
}

func deadline(ctx context.Context) time.Time {
	at, _ := ctx.Deadline()
	return at
}
