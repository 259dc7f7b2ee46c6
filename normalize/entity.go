package normalize

import (
	"html"
	"strings"
)

// hasEntity reports whether s holds a character reference with its semicolon.
// Without one it is none here: &copy=1 is a parameter.
func hasEntity(s string) bool {
	for i := strings.IndexByte(s, '&'); i >= 0; {
		if n := entityLength(s[i:]); n > 0 {
			return true
		}
		next := strings.IndexByte(s[i+1:], '&')
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}

// entityLength is the length of the character reference that s begins with, 0 where it is none.
func entityLength(s string) int {
	for i := 1; i < len(s) && i < 34; i++ {
		c := s[i]
		switch {
		case c == ';':
			if i == 1 || s[1] == '#' && i == 2 {
				return 0
			}
			if u := html.UnescapeString(s[:i+1]); u == s[:i+1] || strings.HasSuffix(u, ";") && s[1:i] != "semi" && s[1] != '#' {
				return 0 // no such name, or only a prefix of it is one
			}
			return i + 1
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '#' && i == 1:
		default:
			return 0
		}
	}
	return 0
}

// unescapeAll replaces character references until none is left, so that text that
// was escaped twice or more comes out the same as text that was escaped once.
func unescapeAll(s string) string {
	for range 8 {
		t := unescapeOnce(s)
		if t == s {
			break
		}
		s = t
	}
	return s
}

// unescapeOnce replaces each character reference of s; a run of &amp;amp;… counts as one.
func unescapeOnce(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i:]
		n := entityLength(s)
		switch {
		case n == 0:
			b.WriteByte('&')
			s = s[1:]
			continue
		case s[:n] == "&amp;":
			s = s[n:]
			for strings.HasPrefix(s, "amp;") {
				s = s[len("amp;"):]
			}
			s = "&" + s
			if entityLength(s) == 0 {
				b.WriteByte('&')
				s = s[1:]
			}
			continue
		}
		b.WriteString(html.UnescapeString(s[:n]))
		s = s[n:]
	}
}
