package normalize

import "strings"

// cleanPath drops ;jsessionid, collapses double slashes, except behind a scheme
// inside the path, and writes escapes one way.
func cleanPath(p string) string {
	p = collapse(escapes(dropSession(p)))
	if p == "" {
		return "/"
	}
	return p
}

// dropSession cuts ";jsessionid=…" out of the segments of a path.
func dropSession(p string) string {
	const name = ";jsessionid="
	for i := 0; i+len(name) <= len(p); {
		if p[i] != ';' || !strings.EqualFold(p[i:i+len(name)], name) {
			i++
			continue
		}
		end := strings.IndexAny(p[i+1:], ";/")
		if end < 0 {
			return p[:i]
		}
		p = p[:i] + p[i+1+end:]
	}
	return p
}

func collapse(p string) string {
	if !strings.Contains(p, "//") {
		return p
	}
	b := make([]byte, 0, len(p))
	for i := range len(p) {
		if n := len(b); p[i] == '/' && n > 0 && b[n-1] == '/' && !endsInScheme(b[:n-1]) {
			continue
		}
		b = append(b, p[i])
	}
	return string(b)
}

// endsInScheme reports whether the last segment of p is a scheme with its colon, as in /r/https:
func endsInScheme(p []byte) bool {
	n := len(p)
	if n < 2 || p[n-1] != ':' {
		return false
	}
	for i := n - 2; i >= 0; i-- {
		c := p[i] | 0x20
		if p[i] == '/' {
			return i < n-2
		}
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return false
}

// escapes writes percent escapes in upper case and decodes those of unreserved
// characters (RFC 3986, section 6.2.2); all others stay, for %2F is not a slash.
func escapes(s string) string {
	i := strings.IndexByte(s, '%')
	if i < 0 {
		return s
	}
	b := make([]byte, 0, len(s)+8)
	b = append(b, s[:i]...)
	for ; i < len(s); i++ {
		if s[i] != '%' {
			b = append(b, s[i])
			continue
		}
		if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
			b = append(b, "%25"...)
			continue
		}
		if c := unhex(s[i+1])<<4 | unhex(s[i+2]); unreserved(c) {
			b = append(b, c)
		} else {
			b = append(b, '%', upperHex(s[i+1]), upperHex(s[i+2]))
		}
		i += 2
	}
	return string(b)
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

func upperHex(c byte) byte {
	if c >= 'a' {
		return c - 0x20
	}
	return c
}
