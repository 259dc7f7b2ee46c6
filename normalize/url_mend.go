package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mend takes away what surrounds an address in the wild and repairs what is often
// broken in one: outer space and invisible characters, a CDATA wrapper, entities
// of a second escaping, http:/x and http://https://x, bytes that are not UTF-8.
func mend(s string) string {
	s = strings.TrimFunc(s, outside)
	if strings.HasPrefix(s, "<![CDATA[") {
		s = strings.TrimFunc(strings.TrimSuffix(s[len("<![CDATA["):], "]]>"), outside)
	}
	if len(s) > maxURL {
		return ""
	}
	if hasEntity(s) {
		s = strings.TrimFunc(unescapeAll(s), outside)
	}
	if !utf8.ValidString(s) {
		s = escapeInvalid(s)
	}
	return mendScheme(s)
}

// outside reports whether a rune at either end of an address does not belong to it.
func outside(r rune) bool {
	return r <= ' ' || r == utf8.RuneError || r >= 0x7f && (unicode.IsSpace(r) || invisible(r) || bidiControl(r))
}

// mendScheme gives http:/x its second slash, and of http://https://x and
// http://https//x keeps the inner address.
func mendScheme(s string) string {
	for range 4 {
		n := schemeLength(s)
		if n == 0 {
			return s
		}
		rest := strings.TrimLeft(s[n:], `/\`)
		slashes := len(s) - n - len(rest)
		switch inner := schemeLength(rest); {
		case slashes > 0 && inner > 0 && startsWithSlash(rest[inner:]):
			s = rest
		case slashes > 0 && doubledScheme(rest) > 0:
			i := doubledScheme(rest)
			s = rest[:i] + ":" + rest[i:]
		case slashes == 1:
			return s[:n] + "//" + rest
		default:
			return s
		}
	}
	return s
}

// schemeLength is the length of a leading "http:" or "https:", 0 where there is none.
func schemeLength(s string) int {
	for _, scheme := range [...]string{"https:", "http:"} {
		if len(s) >= len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
			return len(scheme)
		}
	}
	return 0
}

// doubledScheme is the length of a leading "https" that lost its colon: https//x.
func doubledScheme(s string) int {
	for _, scheme := range [...]string{"https", "http"} {
		if n := len(scheme); len(s) > n+2 && strings.EqualFold(s[:n], scheme) && s[n] == '/' && s[n+1] == '/' {
			return n
		}
	}
	return 0
}

func startsWithSlash(s string) bool { return s != "" && (s[0] == '/' || s[0] == '\\') }

// escapeInvalid escapes the bytes that are not UTF-8, so that a path in GBK stays
// the path that its server knows.
func escapeInvalid(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			b.WriteByte('%')
			b.WriteByte(digits[s[i]>>4])
			b.WriteByte(digits[s[i]&15])
		} else {
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}
