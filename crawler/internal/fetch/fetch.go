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
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
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
	// Resolver finds addresses, net.DefaultResolver if nil; answers are kept for five minutes.
	Resolver Resolver
	// Rand gives numbers in [0,1) for jitter; nil means math/rand/v2. It must be safe for concurrent use.
	Rand func() float64
	// Limits bound one request; zero fields take their defaults.
	Limits Limits
	// RobotsAnew asks again for a robots.txt that an earlier run could not reach, unless its Retry-After still
	// holds: for a run of sites that an operator named. Else it is asked for after 5 minutes, an hour, 6 hours.
	RobotsAnew bool
}

// Limits bound one request. Times run from the moment the gate opened.
type Limits struct {
	Dial, TLS, Headers, Idle time.Duration // 10 s, 10 s, 30 s, 20 s between two reads of a body
	Page, Source             time.Duration // whole request: 60 s, and 180 s for feeds and sitemaps
	PageBytes, SourceBytes   int64         // decoded: 8 MiB, 52 MiB, a quarter of that for feeds
	PageHops, SourceHops     int           // redirects followed: 5, 10
	InFlight                 int64         // bytes of bodies being read at once: 16 MiB and one large body
}

func (l Limits) withDefaults() Limits {
	l.Dial = cmp.Or(l.Dial, 10*time.Second)
	l.TLS = cmp.Or(l.TLS, 10*time.Second)
	l.Headers = cmp.Or(l.Headers, 30*time.Second)
	l.Idle = cmp.Or(l.Idle, 20*time.Second)
	l.Page = cmp.Or(l.Page, 60*time.Second)
	l.Source = cmp.Or(l.Source, 180*time.Second)
	l.PageBytes = cmp.Or(l.PageBytes, 8<<20)
	l.SourceBytes = cmp.Or(l.SourceBytes, 52<<20) // 50 MB by sitemaps.org
	l.PageHops = cmp.Or(l.PageHops, 5)
	l.SourceHops = cmp.Or(l.SourceHops, 10)
	l.InFlight = cmp.Or(l.InFlight, 16<<20)
	return l
}

// of are the limits of a request of the given kind.
func (l Limits) of(k Kind) (total time.Duration, bytes int64, hops int) {
	switch k {
	case KindFeed:
		return l.Source, l.SourceBytes / 4, l.SourceHops
	case KindSitemap:
		return l.Source, l.SourceBytes, l.SourceHops
	}
	return l.Page, l.PageBytes, l.PageHops
}

// A Fetcher holds what the slices of one process share: connections, host states, robots files.
// It is safe for concurrent use.
type Fetcher struct {
	opt        Options
	clock      clock.Clock
	gate       *gate
	robots     *robotsLayer
	transports *transports
	addresses  *addressGate
	bodies     *budget
}

// New is a Fetcher with opt.
func New(opt Options) *Fetcher {
	if opt.Agent == "" {
		opt.Agent = DefaultAgent
	}
	if opt.Token == "" {
		opt.Token = DefaultToken
	}
	if opt.Clock == nil {
		opt.Clock = clock.System
	}
	if opt.Rand == nil {
		opt.Rand = rand.Float64
	}
	if opt.Resolver == nil {
		opt.Resolver = net.DefaultResolver
	}
	opt.Limits = opt.Limits.withDefaults()
	dns := &dnsCache{next: opt.Resolver, now: opt.Clock.Now, known: map[string]dnsEntry{}}
	return &Fetcher{
		opt:        opt,
		clock:      opt.Clock,
		gate:       newGate(opt.Clock, opt.Rand),
		robots:     &robotsLayer{clock: opt.Clock, token: opt.Token, anew: opt.RobotsAnew, files: map[string]*robotsFile{}},
		transports: &transports{limits: opt.Limits, dns: dns, all: map[profile]*http.Transport{}},
		addresses:  &addressGate{dns: dns, slots: map[netip.Addr]*addressSlot{}},
		bodies:     newBudget(opt.Limits.InFlight),
	}
}

// Restore puts back what Slice.Changed gave in an earlier run. Unreadable entries are skipped and
// reported: a host whose state is lost is only a host met for the first time.
func (f *Fetcher) Restore(saved []Saved) error {
	var errs []error
	for _, s := range saved {
		switch s.Kind {
		case "host":
			errs = append(errs, f.gate.restore(s))
		case "robots":
			errs = append(errs, f.robots.restore(s))
		default:
			errs = append(errs, fmt.Errorf("restoring %s: unknown kind %q", s.Key, s.Kind))
		}
	}
	return errors.Join(errs...)
}

// Close ends idle connections.
func (f *Fetcher) Close() {
	f.transports.mu.Lock()
	defer f.transports.mu.Unlock()
	for _, t := range f.transports.all {
		t.CloseIdleConnections()
	}
}

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
