// Package fetch is the crawl's way to the network: one URL in, one Outcome out, politely.
//
// Colly builds the requests and runs the callbacks, synchronously, one collector a slice. What
// it leaves out or gets wrong is ours and sits in its transport, the wire:
//
//	Fetch → hop loop → Colly → http.Client → wire: robots ▸ gate ▸ deadline ▸ transport ▸ decode
//
// Every request passes the robots layer and the gate of its host, the hops of a redirect and
// robots.txt itself included. Nothing here knows of articles, feeds or state: what is to
// outlive the process leaves as bytes (Slice.Changed) and comes back by Fetcher.Restore.
package fetch

import (
	"context"
	"net/http"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/clock"
)

// DefaultToken is the product token that robots.txt is asked for, whatever the User-Agent says.
const DefaultToken = "dateline"

// DefaultAgent is the User-Agent of a crawl that names none.
const DefaultAgent = "Dateline/0.1 (+https://github.com/dateline-go/dateline)"

// Options are what all slices of a process share. The zero value is ready for the open web.
type Options struct {
	// Agent is the User-Agent, DefaultAgent if empty.
	Agent string
	// Token is the product token for robots.txt, DefaultToken if empty.
	Token string
	// Transport, where set, is asked instead of the network: for tests. It must not decode bodies.
	Transport http.RoundTripper
	// Clock is clock.System if nil.
	Clock clock.Clock
	// Rand gives numbers in [0,1) for jitter; nil means math/rand/v2. It must be safe for concurrent use.
	Rand func() float64
	// Limits bound one request; zero fields take their defaults.
	Limits Limits
}

// Limits bound one request. Times run from the moment the gate opened.
type Limits struct {
	Dial, TLS, Headers, Idle time.Duration // 10 s, 10 s, 30 s, 20 s between two reads of a body
	Page, Source             time.Duration // whole request: 60 s, and 180 s for feeds and sitemaps
	PageBytes, SourceBytes   int64         // decoded: 24 MiB, 64 MiB
	PageHops, SourceHops     int           // redirects followed: 5, 10
}

// A Fetcher holds what the slices of one process share: connections, host states, robots files.
// It is safe for concurrent use.
type Fetcher struct {
	opt Options
}

// New is a Fetcher with opt.
func New(opt Options) *Fetcher { return &Fetcher{opt: opt} }

// Restore puts back what Slice.Changed gave in an earlier run. Unreadable entries are skipped and
// reported: a host whose state is lost is only a host met for the first time.
func (f *Fetcher) Restore(saved []Saved) error { return nil }

// Close ends idle connections.
func (f *Fetcher) Close() {}

// Saved is the state of one host or one robots file, to be kept across runs.
type Saved struct {
	// Kind is "host" or "robots".
	Kind string
	// Key is a pace key (registrable domain, or host:port) or scheme://host:port.
	Key string
	// Until is when the entry stops to matter; a store may drop it then.
	Until time.Time
	// Data is opaque JSON.
	Data []byte
}

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
	// Delay is the configured gap between two starts; nil means the default of 2 s.
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
	// LegacyTLS accepts TLS 1.0 and RSA key exchange; HTTP1 keeps to HTTP/1.1.
	LegacyTLS, HTTP1 bool
	// Until is when the slice ends, by the clock: a wait that would pass it is not begun. Zero means never.
	Until time.Time
	// MaxWait is the longest back-off that Fetch waits out itself, 60 s if zero. A longer one is a
	// FaultDeferred at once. Pacing is always waited out.
	MaxWait time.Duration
}

// A Slice is one bounded visit to one site: one collector, used from one goroutine or several.
type Slice struct {
	f    *Fetcher
	site Site
}

// Slice begins a visit to site.
func (f *Fetcher) Slice(site Site) *Slice { return &Slice{f: f, site: site} }

// Fetch gets one URL, with the hops it takes, and always returns exactly one Outcome. It waits for
// robots.txt and for the gate of the host, and returns early if ctx ends.
func (s *Slice) Fetch(ctx context.Context, req Request) Outcome {
	return Outcome{Requested: req.URL, Final: req.URL, Err: &Error{Fault: FaultCanceled}}
}

// Robots is what robots.txt says for the authority of url; it is fetched if it has to be.
func (s *Slice) Robots(ctx context.Context, url string) (Robots, error) { return Robots{}, nil }

// Ready is the earliest time at which a request to url could start, and why then: for plans.
func (s *Slice) Ready(url string) (at time.Time, why string) { return time.Time{}, "" }

// Changed is the state of hosts and robots files that this slice touched since the last call.
func (s *Slice) Changed() []Saved { return nil }

// Robots is the state of one robots.txt.
type Robots struct {
	// State is ok, absent (no rules) or unreachable (the host is deferred).
	State string
	// Authority is scheme://host:port; Fetched is when the file was last asked for.
	Authority string
	Fetched   time.Time
	// Expires is when it is asked for again.
	Expires time.Time
	// Since is when an unreachable file was first found so; zero otherwise.
	Since time.Time
	// CrawlDelay is the gap asked of us, 0 for none.
	CrawlDelay time.Duration
	// Sitemaps are the addresses of Sitemap lines, as printed.
	Sitemaps []string
	// BadLines are lines that say nothing we understand, at most 20: probe prints them.
	BadLines []string
	// Digest changes with the rules that hold for us.
	Digest string
}

// NewJar is an empty jar that knows the public suffixes, for sites that need cookies.
func NewJar() http.CookieJar { return nil }

// LoopbackHost is the host:port of url if its host is a loopback address or localhost, else "".
func LoopbackHost(url string) string { return "" }
