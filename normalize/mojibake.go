package normalize

import (
	"strings"
	"unicode/utf8"
)

// unmojibake undoes UTF-8 that was read as windows-1252 (or ISO 8859-1): "Ã©" for
// é. It does so only where the whole of s becomes valid UTF-8 by it, so that a
// text that is meant to hold such letters is left alone: to encode back to UTF-8
// by chance, each foreign letter would have to be followed by just the right ones.
func unmojibake(s string) string {
	for range 3 { // read wrongly twice or thrice
		t, ok := reread(s)
		if !ok {
			break
		}
		s = t
	}
	return s
}

// garbled reports whether unmojibake would change s.
func garbled(s string) bool {
	_, ok := reread(s)
	return ok
}

// mojibakeLead reports whether r is what the first byte of a two-, three- or
// four-byte UTF-8 sequence looks like in windows-1252.
func mojibakeLead(r rune) bool { return r >= 0xc2 && r <= 0xf4 && r != 0xd7 }

func reread(s string) (string, bool) {
	if !suspicious(s) {
		return s, false
	}
	b := make([]byte, 0, len(s))
	for i, r := range s {
		c, ok := windows1252(r)
		if !ok || r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd") {
			return s, false
		}
		b = append(b, c)
	}
	if !utf8.Valid(b) {
		return s, false
	}
	return string(b), true
}

// suspicious reports whether s holds at least one pair that looks like a torn
// sequence; a single accented capital before a closing quote does not (“IRMÔ).
func suspicious(s string) bool {
	pairs, weak := 0, 0
	prev := rune(0)
	for _, r := range s {
		if prev != 0 && mojibakeLead(prev) {
			if tail(r) {
				if r >= 0x2010 && r <= 0x203a {
					weak++
				} else {
					pairs++
				}
			}
		}
		prev = r
	}
	return pairs > 0 || weak > 1
}

// tail reports whether r is what a later byte of a UTF-8 sequence looks like in windows-1252.
func tail(r rune) bool {
	if r < 0x80 || r > 0xbf && r < 0x152 || r > 0x2122 {
		return false
	}
	c, ok := windows1252(r)
	return ok && c >= 0x80 && c <= 0xbf
}

// windows1252 is the byte that r stands for; the five bytes that the code page
// leaves open stand for themselves, as browsers have it.
func windows1252(r rune) (byte, bool) {
	if r < 0x80 || r >= 0xa0 && r <= 0xff {
		return byte(r), true
	}
	if r <= 0x9f {
		return byte(r), true
	}
	i := strings.IndexRune(windows1252High, r)
	if i < 0 {
		return 0, false
	}
	return byte(0x80 + utf8.RuneCountInString(windows1252High[:i])), true
}

// windows1252High is 0x80 to 0x9F of the code page, a space where it is open.
const windows1252High = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"
