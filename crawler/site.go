package crawler

import (
	"fmt"
	"net/url"

	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/normalize"
)

// A site is what is crawled as one: the pages of one registrable domain, or of one host and port
// where that is an IP address or localhost.
type site struct {
	key   string
	start []string
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
			out = append(out, site{key: key})
		}
		out[i].start = append(out[i].start, u.String())
	}
	return out, nil
}

// scope says why an address is not of the site, nil if it is.
func (s *site) scope(where string) error {
	if normalize.Site(where) != s.key {
		return fmt.Errorf("outside %s", s.key)
	}
	return nil
}

// holds reports whether an address is of the site.
func (s *site) holds(u *url.URL) bool { return s.scope(u.String()) == nil }

// fetchSite is what the fetch path must know.
func (s *site) fetchSite(r *run) fetch.Site {
	f := fetch.Site{Name: s.key, Agent: r.UserAgent, Scope: s.scope, Delay: r.Delay, Until: r.until()}
	for _, u := range s.start {
		if host := fetch.LoopbackHost(u); host != "" {
			f.Loopback = host
		}
	}
	return f
}

// free is true where waits are switched off: a loopback site crawled with a delay of 0.
func (s *site) free(r *run) bool {
	return r.Delay != nil && *r.Delay == 0 && fetch.LoopbackHost(s.start[0]) != ""
}
