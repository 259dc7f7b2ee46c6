package normalize

import (
	_ "embed"
	"net/url"
	"strings"
	"sync"
)

// A redirector is an address that only leads to another, which it carries.
type redirector struct {
	host, path string
	how        string   // query, rest, archive or host
	names      []string // of query: the parameters that may hold the address
}

//go:embed lexicon/redirectors.tsv
var redirectorTable string

var redirectors = sync.OnceValue(func() []redirector {
	var list []redirector
	for line := range strings.Lines(redirectorTable) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) != 4 || strings.HasPrefix(line, "#") {
			continue
		}
		list = append(list, redirector{f[0], f[1], f[2], strings.Split(f[3], ",")})
	}
	return list
})

// unwrap is the address inside a redirector's, before it is parsed. The caller
// keeps the outer one where the inner is no web address.
func unwrap(a address) (inner string, ok bool) {
	for _, r := range redirectors() {
		rest, under := strings.CutPrefix(a.path, r.path)
		if !under || !r.matches(a.host) {
			continue
		}
		switch r.how {
		case "query":
			inner, ok = queryAddress(a.query, r.names)
		case "rest":
			inner, ok = restAddress(rest)
		case "archive":
			inner, ok = archivedAddress(rest)
		case "host":
			inner, ok = translatedHost(strings.TrimSuffix(a.host, "."+r.host))
			inner += a.path
		}
		if !ok {
			continue
		}
		if r.how != "query" && a.query != "" {
			inner += "?" + withoutPrefixed(a.query, r.names)
		}
		return inner, true
	}
	return "", false
}

// matches compares a host with the pattern of a redirector: a leading dot stands
// for any subdomain, a trailing ".*" for any country's suffix.
func (r redirector) matches(host string) bool {
	if sub, ok := strings.CutPrefix(r.host, "."); ok {
		return host == sub || strings.HasSuffix(host, r.host)
	}
	name, any := strings.CutSuffix(r.host, "*")
	if !any {
		return strings.TrimPrefix(host, "www.") == r.host || host == r.host || r.how == "host" && strings.HasSuffix(host, "."+r.host)
	}
	suffix, ok := strings.CutPrefix(strings.TrimPrefix(host, "www."), name)
	return ok && len(suffix) <= len("com.xx") && strings.Count(suffix, ".") <= 1
}

func queryAddress(query string, names []string) (string, bool) {
	for _, name := range names {
		for pair := range strings.SplitSeq(query, "&") {
			n, value, _ := strings.Cut(pair, "=")
			if n != name {
				continue
			}
			if value, err := url.PathUnescape(value); err == nil && schemeLength(value) > 0 {
				return value, true
			}
		}
	}
	return "", false
}

// restAddress reads s/host/path (https) or host/path (http), the form of AMP caches and viewers.
func restAddress(rest string) (string, bool) {
	scheme := "http://"
	if r, ok := strings.CutPrefix(rest, "s/"); ok {
		scheme, rest = "https://", r
	}
	host, _, _ := strings.Cut(rest, "/")
	return scheme + rest, strings.Contains(host, ".")
}

// archivedAddress reads 20210529074700id_/https://host/path.
func archivedAddress(rest string) (string, bool) {
	stamp, inner, ok := strings.Cut(rest, "/")
	if !ok || stamp == "" || stamp != "*" && (stamp[0] < '0' || stamp[0] > '9') {
		return "", false
	}
	if schemeLength(inner) > 0 {
		return inner, true
	}
	host, _, _ := strings.Cut(inner, "/")
	return "http://" + inner, strings.Contains(host, ".")
}

// translatedHost reads www-example-com, where a hyphen is a dot and two are a hyphen.
func translatedHost(label string) (string, bool) {
	host := strings.NewReplacer("--", "-", "-", ".").Replace(label)
	return "https://" + host, strings.Contains(host, ".")
}

// withoutPrefixed drops the parameters that the redirector added for itself.
func withoutPrefixed(query string, prefixes []string) string {
	var kept []string
	for pair := range strings.SplitSeq(query, "&") {
		own := false
		for _, p := range prefixes {
			own = own || p != "" && strings.HasPrefix(pair, p)
		}
		if !own {
			kept = append(kept, pair)
		}
	}
	return strings.Join(kept, "&")
}
