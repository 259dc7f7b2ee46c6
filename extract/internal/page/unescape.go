package page

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// unescapeText reads the character references of a text.
func unescapeText(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(s)
}

// unescapeValue reads those of an attribute's value, where a name without its semicolon counts only as a whole and
// not before a "=" (HTML, section 13.2.5.73): the addresses of queries are full of such.
func unescapeValue(s string) string {
	at := strings.IndexByte(s, '&')
	if at < 0 {
		return s
	}
	var b strings.Builder
	for at >= 0 {
		b.WriteString(s[:at])
		s = s[at:]
		n := referenceLen(s)
		b.WriteString(reference(s[:n], n < len(s) && s[n] == '='))
		s = s[n:]
		at = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String()
}

// referenceLen is how much of s, which begins with "&", may be a reference.
func referenceLen(s string) int {
	n := 1
	if n < len(s) && s[n] == '#' {
		n++
	}
	for n < len(s) && (s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z' || s[n] >= '0' && s[n] <= '9') {
		n++
	}
	if n < len(s) && s[n] == ';' {
		n++
	}
	return n
}

// reference is what a reference in a value stands for; itself where it is none.
func reference(ref string, assigned bool) string {
	if ref == "&amp;" {
		return "&"
	}
	meant := html.UnescapeString(ref)
	switch {
	case strings.HasPrefix(ref, "&#"):
	case ref[len(ref)-1] == ';' && ref != "&semi;" && strings.HasSuffix(meant, ";"):
		return ref // at most a part of it is a name
	case ref[len(ref)-1] != ';' && (assigned || utf8.RuneCountInString(meant) > 1):
		return ref
	}
	return meant
}
