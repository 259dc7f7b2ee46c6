package normalize

import (
	"net/netip"
	"strings"
)

// plainAddress splits an address in which nothing needs the URL standard: an
// https URL, or a path from the root against one, of plain characters. It is the
// way of nearly all links and costs a scan; what it refuses, or where the answer
// could differ, goes to the full parser.
func plainAddress(s, base string) (address, bool) {
	a, n := plainOrigin(s)
	if n == 0 {
		if base == "" || s[0] != '/' || strings.HasPrefix(s, "//") {
			return address{}, false
		}
		if a, n = plainOrigin(base); n == 0 {
			return address{}, false
		}
		return plainRest(a, s)
	}
	return plainRest(a, s[n:])
}

// plainOrigin reads a leading scheme, host and port that are in their final form;
// its length is 0 where they are not plainly so.
func plainOrigin(s string) (a address, length int) {
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok || scheme != "https" && scheme != "http" {
		return address{}, 0
	}
	host := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		host = rest[:i]
	}
	length = len(scheme) + len("://") + len(host)
	host, port, ported := strings.Cut(host, ":")
	if ported && !plainPort(port, scheme) || !plainHost(host) && !plainIPv4(host) {
		return address{}, 0
	}
	return address{scheme: scheme, host: host, port: port}, length
}

// plainHost reports whether a host is a name of plain labels: none is empty, hyphened
// at an end or in IDNA's xn-- form, which wants checking, and the last does not begin
// with a digit, which may be an IPv4 address.
func plainHost(host string) bool {
	labels := 0
	for rest, more := host, true; more; labels++ {
		var label string
		label, rest, more = strings.Cut(rest, ".")
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' || len(label) >= 4 && label[2] == '-' && label[3] == '-' {
			return false
		}
		for i := range len(label) {
			if c := label[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
				return false // credentials, capitals, other scripts
			}
		}
		if !more && label[0] <= '9' {
			return false
		}
	}
	return labels >= 2
}

// plainIPv4 reports whether a host is an IPv4 address as it is always written.
func plainIPv4(host string) bool {
	if host == "" || host[0] > '9' {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Is4() // leading zeros are errors
}

// plainPort reports whether a port is a number as it is always written, and not the
// default of the scheme.
func plainPort(port, scheme string) bool {
	n := 0
	for i := range len(port) {
		if port[i] < '0' || port[i] > '9' || i == 5 {
			return false
		}
		n = 10*n + int(port[i]-'0')
	}
	return port != "" && port[0] != '0' && n <= 65535 && !(scheme == "http" && n == 80) && !(scheme == "https" && n == 443)
}

// plainRest splits path, query and fragment where they hold only characters that
// stay as they are, valid escapes, and no dot segments.
func plainRest(a address, s string) (address, bool) {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '#':
			if hasUnplain(s[i+1:]) {
				return a, false
			}
			a.fragment, s = s[i:], s[:i]
		case c == '%':
			if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) || s[i+1] == '2' && s[i+2]|0x20 == 'e' {
				return a, false
			}
		case c == '.' && i > 0 && s[i-1] == '/':
			return a, false
		case !plainByte(c) && c != '?':
			return a, false
		}
	}
	if q := strings.IndexByte(s, '?'); q >= 0 {
		s, a.query = s[:q], s[q+1:]
	}
	if s == "" {
		s = "/"
	}
	a.path = s
	return a, true
}

func hasUnplain(s string) bool {
	for i := range len(s) {
		if !plainByte(s[i]) && s[i] != '?' {
			return true
		}
	}
	return false
}

// plainByte reports whether c is a reserved or unreserved character of RFC 3986
// that may stand in a path or a query as it is (without ?, # and %).
func plainByte(c byte) bool {
	switch {
	case unreserved(c):
		return true
	case c == '/', c == ':', c == '@', c == '!', c == '$', c == '&', c == '\'', c == '(', c == ')', c == '*', c == '+', c == ',', c == ';', c == '=', c == '[', c == ']':
		return true
	}
	return false
}

// unreserved is RFC 3986, section 2.3: characters that need no escape anywhere.
func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
