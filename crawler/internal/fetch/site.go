package fetch

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"time"

	"github.com/gocolly/colly/v2"
	"golang.org/x/net/publicsuffix"
)

// A Site is what one site's fetches have in common.
type Site struct {
	// Name goes to the logs.
	Name string
	// Agent, if set, replaces Options.Agent.
	Agent string
	// Header is sent with every page request of the site (never with robots.txt).
	Header http.Header
	// Jar keeps cookies; nil means none are kept or sent. See NewJar.
	Jar http.CookieJar
	// Proxy is a URL (http, https, socks5); empty means the environment's.
	Proxy string
	// Scope says whether a URL, of the first request or of a hop, belongs to the site; nil means all do.
	Scope func(url string) error
	// Delay is the configured gap between two starts, in the place of the default 2 s; nil means none is.
	Delay *time.Duration
	// Loopback is the host:port of a start URL on a loopback address: it alone may be dialled of all
	// non-public addresses, and there a Delay of 0 is honoured. See LoopbackHost.
	Loopback string
	// AllowPrivate lets the site be dialled on non-public addresses.
	AllowPrivate bool
	// Own (i_own_this_site) lets Delay go under 500 ms.
	Own bool
	// SplitHosts paces each host of the registrable domain by itself.
	SplitHosts bool
	// IgnoreRobots switches the robots layer off; the caller has asked for a reason.
	IgnoreRobots bool
	// TDM has the host's tdmrep.json asked for beside robots.txt; see Slice.Reserved.
	TDM bool
	// LegacyTLS accepts TLS 1.0 and RSA key exchange; HTTP1 keeps to HTTP/1.1.
	LegacyTLS, HTTP1 bool
	// Until is when the slice ends, by the clock: a wait that would pass it is not begun. Zero means never.
	Until time.Time
	// MaxWait is the longest back-off that Fetch waits out itself, 60 s if zero. A longer one is a
	// FaultDeferred at once. Pacing is always waited out.
	MaxWait time.Duration
	// Observe may hang callbacks on the collector of the slice (headers in OnRequest, observers in
	// OnResponse). Settings it changes are set back.
	Observe func(*colly.Collector)
}

// pace is how the host of u may be asked.
func (s *Site) pace(u *url.URL, crawlDelay time.Duration) pace {
	wait := s.MaxWait
	if wait == 0 {
		wait = time.Minute
	}
	return pace{
		delay:      s.Delay,
		crawlDelay: crawlDelay,
		own:        s.Own || s.loopback(u),
		free:       s.Delay != nil && *s.Delay == 0 && s.loopback(u),
		until:      s.Until,
		maxWait:    wait,
	}
}

// loopback reports whether u is of the loopback host that was named: whoever runs that may ask it as often as they like.
func (s *Site) loopback(u *url.URL) bool { return s.Loopback != "" && s.Loopback == hostPort(u) }

func (s *Site) profile() profile {
	return profile{proxy: s.Proxy, loopback: s.Loopback, private: s.AllowPrivate, legacyTLS: s.LegacyTLS, http1: s.HTTP1}
}

// NewJar is an empty jar that knows the public suffixes, for sites that need cookies.
func NewJar() http.CookieJar {
	jar, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		return nil // cookiejar.New never fails; a nil jar keeps nothing
	}
	return jar
}
