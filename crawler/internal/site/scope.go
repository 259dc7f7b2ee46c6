package site

import (
	"net/url"
	"slices"
	"strings"

	"github.com/dateline-go/dateline/normalize"
)

// Holds reports whether an address is of the site: of its domain, or of a host that it names.
func (s *Site) Holds(where string) bool {
	if normalize.Site(where) == s.Key {
		return true
	}
	return len(s.Hosts) > 0 && slices.Contains(s.Hosts, Host(hostOf(where)))
}

// Serves reports whether an address is on the host of a feed or sitemap of the site, which may be
// another's.
func (s *Site) Serves(where string) bool {
	host := hostOf(where)
	for _, all := range [][]Address{s.Feeds, s.Sitemaps} {
		for _, a := range all {
			if hostOf(a.URL) == host {
				return true
			}
		}
	}
	return false
}

// hostOf is the host of an address with its port, where one is printed.
func hostOf(where string) string {
	u, err := url.Parse(where)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// Verdict is what the patterns say of an address: sure is false where they say nothing. by is the
// pattern that decided, empty where it is that none of Include did.
func (s *Site) Verdict(u *url.URL) (article, sure bool, by string) {
	for i := range s.Exclude {
		if s.Exclude[i].Match(u) {
			return false, true, "exclude " + s.Exclude[i].Text
		}
	}
	for i := range s.Include {
		if s.Include[i].Match(u) {
			return true, true, "include " + s.Include[i].Text
		}
	}
	return false, len(s.Include) > 0, ""
}

// Excludes reports whether an address is never to be fetched.
func (s *Site) Excludes(u *url.URL) bool {
	return slices.ContainsFunc(s.Exclude, func(p Pattern) bool { return p.Match(u) })
}

// loopback reports whether an address is on this machine.
func loopback(where string) bool {
	u, err := url.Parse(where)
	if err != nil {
		return false
	}
	h := u.Hostname()
	return h == "localhost" || h == "::1" || strings.HasPrefix(h, "127.")
}
