package address

import (
	"net/netip"
	"strings"
)

// plain reports whether an address already stands as the URL standard would write it: nearly all do, and a scan
// is a tenth of the parser's work. What it refuses may be plain all the same; it never takes what the parser would alter.
func plain(ref string) bool {
	scheme, rest, _ := strings.Cut(ref, "://")
	if scheme != "https" && scheme != "http" {
		return false
	}
	slash := strings.IndexByte(rest, '/')
	if slash < 0 {
		return false
	}
	host, port, ported := strings.Cut(rest[:slash], ":")
	if ported && !plainPort(port) {
		return false
	}
	return (plainHost(host) || plainIPv4(host)) && plainPath(rest[slash:])
}

// plainHost reports whether a host is labels of small letters, digits and inner hyphens, none of them in a form that
// IDNA checks, and the last one no number.
func plainHost(host string) bool {
	for rest, more := host, true; more; {
		var label string
		label, rest, more = strings.Cut(rest, ".")
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' || len(label) >= 4 && label[2:4] == "--" {
			return false
		}
		for i := range len(label) {
			if c := label[i]; !small(c) && !digit(c) && c != '-' {
				return false
			}
		}
		if !more && digit(label[0]) {
			return false
		}
	}
	return len(host) <= 253
}

// plainIPv4 reports whether a host is four numbers as they are always written.
func plainIPv4(host string) bool {
	if host == "" || !digit(host[0]) {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Is4()
}

// plainPort reports whether a port is surely none of the defaults, 80 and 443, and within bounds.
func plainPort(port string) bool {
	if len(port) < 4 || len(port) > 5 || port[0] == '0' || len(port) == 5 && port > "65535" {
		return false
	}
	for i := range len(port) {
		if !digit(port[i]) {
			return false
		}
	}
	return true
}

// plainPath reports whether a path with its query holds only bytes that are escaped nowhere, whole escapes, and no
// segment that begins with a dot.
func plainPath(s string) bool {
	query := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case small(c) || digit(c) || c >= 'A' && c <= 'Z':
		case c == '.':
			if !query && s[i-1] == '/' { // the first byte is a slash
				return false
			}
		case c == '?':
			query = true
		case c == '%':
			if i+2 >= len(s) || !hex(s[i+1]) || !hex(s[i+2]) || s[i+1] == '2' && s[i+2]|0x20 == 'e' {
				return false
			}
		case strings.IndexByte("/-_~!$&()*+,;=:@", c) < 0:
			return false
		}
	}
	return true
}

func small(c byte) bool { return c >= 'a' && c <= 'z' }

func digit(c byte) bool { return c >= '0' && c <= '9' }

func hex(c byte) bool { return digit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }
