package normalize

import "strings"

// plainAddress splits an address in which nothing needs the URL standard: an
// https URL, or a path from the root against one, of plain characters. It is the
// way of nearly all links and costs a scan; what it refuses, or where the answer
// could differ, goes to the full parser.
func plainAddress(s, base string) (address, bool) {
	n := plainOrigin(s)
	if n == 0 {
		if base == "" || s[0] != '/' || strings.HasPrefix(s, "//") {
			return address{}, false
		}
		if n = plainOrigin(base); n == 0 {
			return address{}, false
		}
		scheme, host, _ := strings.Cut(base[:n], "://")
		return plainRest(address{scheme: scheme, host: host}, s)
	}
	scheme, host, _ := strings.Cut(s[:n], "://")
	return plainRest(address{scheme: scheme, host: host}, s[n:])
}

// plainOrigin is the length of a leading scheme and host that are in their final
// form, 0 where they are not plainly so.
func plainOrigin(s string) int {
	var i int
	switch {
	case strings.HasPrefix(s, "https://"):
		i = len("https://")
	case strings.HasPrefix(s, "http://"):
		i = len("http://")
	default:
		return 0
	}
	label, labels := i, 0
	for ; i <= len(s); i++ {
		if i < len(s) {
			c := s[i]
			if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' {
				continue
			}
			if c == '/' && i == label && labels == 0 {
				return 0 // no host
			}
			if c != '.' && c != '/' && c != '?' && c != '#' {
				return 0 // port, credentials, capitals, other scripts
			}
		}
		// The last label may not begin with a digit (an IPv4 address); none may be
		// empty, hyphened at an end or in IDNA's xn-- form, which wants checking.
		if i == label || s[label] == '-' || s[i-1] == '-' || i-label >= 4 && s[label+2] == '-' && s[label+3] == '-' || i-label > 63 {
			return 0
		}
		labels++
		if i == len(s) || s[i] != '.' {
			if labels < 2 || s[label] >= '0' && s[label] <= '9' {
				return 0
			}
			return i
		}
		label = i + 1
	}
	return 0
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
