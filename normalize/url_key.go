package normalize

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// URLKey is the identity of an address: what a crawler compares and what an id is
// made of; "" where URL is "". It is URL with the scheme https, without index
// pages (where there is no query), trailing slash, session ids and the longer
// list of tracking parameters. It is never fetched.
//
// These are steps that hold on any site. What is learned of one site (www or
// not, mobile twins, more parameters) makes an alias, never another key.
func URLKey(s string) string {
	a, ok := parseAddress(s, "")
	if !ok {
		return ""
	}
	a.scheme = "https"
	if a.port == "443" {
		a.port = "" // of http; as https it is the default
	}
	a.query = cleanQuery(a.query, trackers().key)
	a.path = keyPath(a.path, a.query == "")
	key := a.String()
	if len(key) > maxURL {
		return ""
	}
	return key
}

// keyPath takes trailing slashes and, where index is true, index pages off. The root stays "/".
func keyPath(p string, index bool) string {
	for {
		q := strings.TrimRight(p, "/")
		if i := strings.LastIndexByte(q, '/'); index && i >= 0 && indexPage(q[i+1:]) {
			q = q[:i]
		}
		if q == p {
			break
		}
		p = q
	}
	if p == "" || endsInScheme([]byte(p)) {
		return p + "/"
	}
	return p
}

// indexPage reports whether a last segment is what servers answer for its folder.
func indexPage(segment string) bool {
	name, ext, _ := strings.Cut(strings.ToLower(segment), ".")
	switch name {
	case "index":
		return slices.Contains(indexExtensions, ext)
	case "default":
		return ext != "" && !strings.Contains(ext, ".")
	case "home":
		return ext == "html"
	}
	return false
}

var indexExtensions = []string{"html", "htm", "shtml", "php", "asp", "aspx", "jsp"}

// ID is the first 128 bits of the SHA-256 of s, 32 hex digits. Of a key form it is the id of a record.
func ID(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}
