package normalize

import (
	_ "embed"
	"net/netip"
	"strings"
	"sync"

	"golang.org/x/net/publicsuffix"
)

// Host is the host of an address in lower case and ASCII, without port; "" where it is no web address.
func Host(s string) string {
	return hostOf(s).host
}

// Site is the registrable domain of an address, by the public suffix list with its
// private part: a blog on a blog host is a site of its own. An IP address or a
// name without a dot is its own site, with its port where it has one; so is a
// public suffix itself.
func Site(s string) string {
	a := hostOf(s)
	if a.host == "" {
		return ""
	}
	if !strings.Contains(a.host, ".") || isIP(a.host) {
		if a.port != "" {
			return a.host + ":" + a.port
		}
		return a.host
	}
	site, err := publicsuffix.EffectiveTLDPlusOne(a.host)
	if err != nil {
		return a.host
	}
	if sub, ok := strings.CutSuffix(a.host, "."+site); ok && sub != "www" && blogHosts()[site] {
		return sub[strings.LastIndexByte(sub, '.')+1:] + "." + site
	}
	return site
}

//go:embed lexicon/bloghosts.txt
var blogHostList string

// blogHosts are the domains whose subdomains are sites of their own, though the public suffix list does not say so.
var blogHosts = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(blogHostList) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			m[line] = true
		}
	}
	return m
})

// hostOf parses an address as far as its host, without unwrapping redirectors.
func hostOf(s string) address {
	if s = mend(s); s == "" {
		return address{}
	}
	if a, n := plainOrigin(s); n > 0 {
		return a
	}
	a, _ := whatwgAddress(s, "")
	return a
}

func isIP(host string) bool {
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil
}
