package normalize

import (
	"strings"
	"sync"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// maxURL bounds an address, as given and as written; longer ones are data, not places.
const maxURL = 8192

// URL is the address as a record shows it: s resolved against base, "" where it
// is no web address (http or https, with a host).
//
// Scheme, www, case of the path, trailing slash, index pages and unknown
// parameters stay. Credentials, default ports, fragments (but #!), session ids in
// the path and known tracking parameters go; parameters are sorted by name, and
// each escape is written one way. Well-known redirectors are unwrapped.
// URL(URL(s, base), "") is URL(s, base).
func URL(s, base string) string {
	a, ok := parseAddress(s, base)
	if !ok {
		return ""
	}
	return a.String()
}

// An address is the parts of a web URL in the form that a record shows.
type address struct {
	scheme, host, port    string
	path, query, fragment string // path with its leading slash; the others without ? but with #
}

func (a address) String() string {
	var b strings.Builder
	b.Grow(a.length())
	b.WriteString(a.scheme)
	b.WriteString("://")
	b.WriteString(a.host)
	if a.port != "" {
		b.WriteByte(':')
		b.WriteString(a.port)
	}
	b.WriteString(a.path)
	if a.query != "" {
		b.WriteByte('?')
		b.WriteString(a.query)
	}
	b.WriteString(a.fragment)
	return b.String()
}

func (a address) length() int {
	n := len(a.scheme) + len("://") + len(a.host) + len(a.path) + len(a.fragment)
	if a.port != "" {
		n += 1 + len(a.port)
	}
	if a.query != "" {
		n += 1 + len(a.query)
	}
	return n
}

// parseAddress reads s against base, unwraps redirectors and cleans every part.
func parseAddress(s, base string) (address, bool) {
	s = mend(s)
	if s == "" {
		return address{}, false
	}
	a, ok := clean(s, base)
	// A redirector may wrap another; an entity may come to light when parameters
	// are sorted. Both end after a round or two.
	for range 4 {
		if !ok {
			break
		}
		if inner, wrapped := unwrap(a); wrapped {
			if b, good := clean(mend(inner), ""); good {
				a = b
				continue
			}
		}
		if !hasEntity(a.path) && !hasEntity(a.query) && !hasEntity(a.fragment) {
			return a, a.length() <= maxURL
		}
		a, ok = clean(mend(a.String()), "")
	}
	return a, ok && a.length() <= maxURL
}

// clean parses one address and writes its parts in the form of a record.
func clean(s, base string) (address, bool) {
	a, ok := plainAddress(s, base)
	if !ok {
		if a, ok = whatwgAddress(s, base); !ok {
			return address{}, false
		}
	}
	a.path = cleanPath(a.path)
	a.query = cleanQuery(a.query, trackers().record)
	a.fragment = cleanFragment(a.fragment)
	return a, true
}

// whatwgAddress parses by the URL standard, as browsers do. The sets of what is
// escaped are those of RFC 3986: reserved characters stay as given.
func whatwgAddress(s, base string) (address, bool) {
	var u *whatwg.Url
	var err error
	if base = mend(base); base != "" {
		if u, err = addressParser().ParseRef(base, s); err != nil || u == nil {
			base = ""
		}
	}
	if base == "" {
		if u, err = addressParser().Parse(s); err != nil || u == nil {
			return address{}, false
		}
	}
	a := address{scheme: u.Scheme(), host: strings.TrimRight(u.Hostname(), "."), port: u.Port(), path: u.Pathname(), query: u.Query(), fragment: u.Hash()}
	if a.scheme != "http" && a.scheme != "https" || a.host == "" {
		return address{}, false
	}
	if strings.Contains(a.host, "xn--") {
		// The parser encodes names that it then refuses to read ("İ!"): no host has those.
		if again, err := addressParser().Parse("http://" + a.host + "/"); err != nil || again.Hostname() != a.host {
			return address{}, false
		}
	}
	if a.path == "" {
		a.path = "/"
	}
	return a, true
}

var addressParser = sync.OnceValue(func() whatwg.Parser {
	return whatwg.NewParser(
		whatwg.WithPercentEncodeSinglePercentSign(),
		whatwg.WithPathPercentEncodeSet(whatwg.PathPercentEncodeSet.Set('^', '|', '\\')),
		whatwg.WithQueryPercentEncodeSet(whatwg.QueryPercentEncodeSet.Set('^', '`', '{', '|', '}', '\\')),
		whatwg.WithSpecialQueryPercentEncodeSet(whatwg.QueryPercentEncodeSet.Set('^', '`', '{', '|', '}', '\\')),
	)
})

// cleanFragment keeps only #!, which names a page on sites that route by it.
func cleanFragment(hash string) string {
	if len(hash) < 3 || !strings.HasPrefix(hash, "#!") {
		return ""
	}
	return "#" + escapes(hash[1:])
}
