package normalize

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"html"
	"net"
	"slices"
	"strings"
	"sync"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"golang.org/x/net/publicsuffix"
)

// URL is the address as a record shows it: s resolved against base, "" where it
// is no web address. Scheme, www, case of the path, trailing slash and unknown
// parameters stay; fragments, credentials, default ports and known tracking
// parameters go; parameters are sorted by name.
func URL(s, base string) string {
	u := parseURL(s, base)
	if u == nil {
		return ""
	}
	return assemble(u.Protocol(), strings.TrimSuffix(u.Hostname(), "."), u.Port(), cleanPath(u.Pathname()), cleanQuery(u.Search()), keepFragment(u.Hash()))
}

func parseURL(s, base string) *whatwg.Url {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 8192 {
		return nil
	}
	if strings.Contains(s, "&amp;") {
		s = html.UnescapeString(s)
	}
	low := strings.ToLower(s[:min(len(s), 16)])
	for _, twice := range []string{"http://https://", "http://http://", "https://https://", "https://http://"} {
		if strings.HasPrefix(low, twice) {
			s = s[strings.Index(s, "://")+3:]
		}
	}
	parser := whatwg.NewParser(whatwg.WithPercentEncodeSinglePercentSign())
	var u *whatwg.Url
	var err error
	if base != "" {
		u, err = parser.ParseRef(base, s)
	} else {
		u, err = parser.Parse(s)
	}
	if err != nil || u == nil || u.Protocol() != "http:" && u.Protocol() != "https:" || u.Hostname() == "" {
		return nil
	}
	return u
}

func assemble(protocol, host, port, path, query, fragment string) string {
	out := protocol + "//" + host
	if port != "" {
		out += ":" + port
	}
	out += path
	if query != "" {
		out += "?" + query
	}
	return out + fragment
}

// keepFragment keeps only #!, which names a page on sites that route by it.
func keepFragment(hash string) string {
	if strings.HasPrefix(hash, "#!") {
		return hash
	}
	return ""
}

// cleanPath collapses double slashes, except behind a scheme inside the path,
// drops ;jsessionid and writes escapes one way: hex upper case, unreserved decoded.
func cleanPath(p string) string {
	if i := strings.Index(strings.ToLower(p), ";jsessionid="); i >= 0 {
		end := strings.IndexByte(p[i:], '/')
		if end < 0 {
			p = p[:i]
		} else {
			p = p[:i] + p[i+end:]
		}
	}
	p = escapes(p)
	if !strings.Contains(p, "//") {
		return p
	}
	var b strings.Builder
	for i := range len(p) {
		if p[i] == '/' && i > 0 && p[i-1] == '/' && (i < 2 || p[i-2] != ':') {
			continue
		}
		b.WriteByte(p[i])
	}
	return b.String()
}

// escapes writes percent escapes in upper case and decodes the unreserved
// characters (RFC 3986, section 2.3).
func escapes(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' || i+2 >= len(s) {
			b.WriteByte(s[i])
			continue
		}
		raw, err := hex.DecodeString(s[i+1 : i+3])
		switch {
		case err != nil:
			b.WriteByte('%')
			continue
		case unreserved(raw[0]):
			b.WriteByte(raw[0])
		default:
			b.WriteString(strings.ToUpper(s[i : i+3]))
		}
		i += 2
	}
	return b.String()
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

func cleanQuery(search string) string {
	search = strings.TrimPrefix(search, "?")
	if search == "" {
		return ""
	}
	var pairs []string
	for pair := range strings.SplitSeq(search, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		if !tracking(name, value) {
			pairs = append(pairs, escapes(pair))
		}
	}
	slices.SortStableFunc(pairs, func(a, b string) int {
		an, _, _ := strings.Cut(a, "=")
		bn, _, _ := strings.Cut(b, "=")
		return strings.Compare(an, bn)
	})
	return strings.Join(pairs, "&")
}

//go:embed lexicon/tracking.txt
var trackingText string

// trackingList is the parameters that say how a reader came, not what is read.
type trackingList struct {
	prefixes     []string
	names, aware map[string]bool
	values       map[string]bool
}

var trackers = sync.OnceValue(func() trackingList {
	t := trackingList{names: map[string]bool{}, aware: map[string]bool{}, values: map[string]bool{}}
	for line := range strings.Lines(trackingText) {
		kind, word, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || strings.HasPrefix(kind, "#") {
			continue
		}
		switch kind {
		case "prefix":
			t.prefixes = append(t.prefixes, word)
		case "name":
			t.names[word] = true
		case "aware":
			t.aware[word] = true
		case "value":
			t.values[word] = true
		}
	}
	return t
})

func tracking(name, value string) bool {
	t := trackers()
	name = strings.ToLower(name)
	if t.names[name] || t.aware[name] && t.values[strings.ToLower(value)] {
		return true
	}
	for _, p := range t.prefixes {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

// URLKey is the identity of an address: what a crawler compares and what an id is
// made of. It is URL with https, without index pages, trailing slash and session
// parameters. "" where URL is "".
func URLKey(s string) string {
	u := parseURL(URL(s, ""), "")
	if u == nil {
		return ""
	}
	path, query := u.Pathname(), u.Search()
	if i := strings.LastIndexByte(path, '/'); query == "" && indexPage(path[i+1:]) {
		path = path[:i+1]
	}
	if len(path) > 1 {
		path = strings.TrimRight(path, "/")
	}
	if path == "/" || path == "" {
		path = ""
	}
	port := u.Port()
	if port == "80" || port == "443" {
		port = ""
	}
	return assemble("https:", u.Hostname(), port, path, strings.TrimPrefix(query, "?"), u.Hash())
}

func indexPage(segment string) bool {
	name, ext, ok := strings.Cut(strings.ToLower(segment), ".")
	if !ok {
		return false
	}
	switch name {
	case "index":
		return slices.Contains([]string{"html", "htm", "shtml", "php", "asp", "aspx", "jsp"}, ext)
	case "default":
		return true
	case "home":
		return ext == "html"
	}
	return false
}

// ID is the first 128 bits of the SHA-256 of s, 32 hex digits: of a key form, the id of a record.
func ID(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}

// Host is the host of an address in lower case, without port; "" where it is none.
func Host(s string) string {
	u := parseURL(s, "")
	if u == nil {
		return ""
	}
	return strings.TrimSuffix(u.Hostname(), ".")
}

// Site is the registrable domain of an address by the public suffix list with its
// private part. An IP address, localhost or a bare suffix is its own site, with its port.
func Site(s string) string {
	u := parseURL(s, "")
	if u == nil {
		return ""
	}
	host := strings.TrimSuffix(u.Hostname(), ".")
	if net.ParseIP(strings.Trim(host, "[]")) != nil || !strings.Contains(host, ".") {
		return u.Host()
	}
	if site, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return site
	}
	return host
}
