package crawler

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/discover"
	"github.com/dateline-go/dateline/crawler/internal/fetch"
	siteconf "github.com/dateline-go/dateline/crawler/internal/site"
	"github.com/dateline-go/dateline/normalize"
)

// A site is what is crawled as one: the pages of one registrable domain, or of one host and port
// where that is an IP address or localhost.
type site struct {
	key string
	// conf is the entry of sites.yaml; of a site given by its addresses one that says nothing else.
	conf *siteconf.Site
	// scheduled is true for a site of sites.yaml: intervals say when it is looked at.
	scheduled bool
}

// sitesOf groups the start addresses by site, in their order.
func sitesOf(c Config) ([]site, error) {
	var out []site
	at := map[string]int{}
	for _, s := range c.Start {
		u, err := address.Resolve("", s)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrConfig, err)
		}
		key := normalize.Site(u.String())
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, site{key: key, conf: &siteconf.Site{Name: key, Key: key}})
		}
		out[i].conf.Start = append(out[i].conf.Start, siteconf.Address{URL: u.String()})
	}
	return out, nil
}

// scope says why an address is not of the site, nil if it is.
func (s *site) scope(where string) error {
	if !s.conf.Holds(where) {
		return fmt.Errorf("outside %s", s.key)
	}
	return nil
}

// reach is the scope of requests: the site, and the hosts of feeds and sitemaps that it names elsewhere.
func (s *site) reach(where string) error {
	if s.conf.Serves(where) {
		return nil
	}
	return s.scope(where)
}

// holds reports whether an address is of the site.
func (s *site) holds(u *url.URL) bool { return s.scope(u.String()) == nil }

// refusal says why an address is not even looked at: by its form, or by the operator's word.
func (s *site) refusal(u *url.URL, now time.Time) string {
	if why := discover.Refusal(u, now); why != "" {
		return why
	}
	if s.conf.Excludes(u) {
		return "excluded by the site's patterns"
	}
	return ""
}

// fetchSite is what the fetch path must know.
func (s *site) fetchSite(r *run, until time.Time) (fetch.Site, error) {
	c := s.conf
	f := fetch.Site{Name: s.key, Agent: r.UserAgent, Scope: s.reach, Delay: s.delay(r), Until: until, Proxy: c.Proxy.URL(),
		AllowPrivate: c.AllowPrivate, Own: c.Own, SplitHosts: c.SplitHosts, IgnoreRobots: c.IgnoreRobots, TDM: c.Respect.TDM == siteconf.Skip, LegacyTLS: c.TLS != "", HTTP1: c.HTTP1}
	if f.Agent == "" {
		f.Agent = c.UserAgent
	}
	for name, value := range c.Headers {
		if f.Header == nil {
			f.Header = http.Header{}
		}
		f.Header.Set(name, string(value))
	}
	if c.Cookies != "" {
		f.Jar = fetch.NewJar()
		if err := c.PutCookies(f.Jar); err != nil {
			return f, fmt.Errorf("%w: %w", ErrConfig, err)
		}
	}
	for _, a := range c.Start {
		if host := fetch.LoopbackHost(a.URL); host != "" {
			f.Loopback = host
		}
	}
	if f.Loopback == "" {
		f.Loopback = fetch.LoopbackHost(c.First().URL)
	}
	return f, nil
}

// delay is the run's, else the site's own; nil where nobody gave one.
func (s *site) delay(r *run) *time.Duration {
	if r.Delay != nil || s.conf.Delay == nil {
		return r.Delay
	}
	d := time.Duration(*s.conf.Delay)
	return &d
}

// free is true where waits are switched off: a loopback site crawled with a delay of 0.
func (s *site) free(r *run) bool {
	d := s.delay(r)
	return d != nil && *d == 0 && fetch.LoopbackHost(s.conf.First().URL) != ""
}
