package decode

import (
	"strings"
	"unicode/utf8"
)

// mend puts right text that was encoded as UTF-8 twice: "â" followed by two C1
// control characters is a dash or a quotation mark read as Latin-1. No text holds C1
// controls on purpose, so one such sequence is proof; then every sequence of the
// kind is undone.
func mend(text string) (string, bool) {
	if !doubled(text) {
		return text, false
	}
	var b strings.Builder
	b.Grow(len(text))
	for at := 0; at < len(text); {
		// The first byte of a sequence became U+00C2 to U+00F4, which is 0xC3 and another.
		next := strings.IndexByte(text[at:], 0xc3)
		if next < 0 {
			b.WriteString(text[at:])
			break
		}
		b.WriteString(text[at : at+next])
		at += next
		r, n := undouble(text[at:])
		if n == 0 {
			r, n = utf8.DecodeRuneInString(text[at:])
		}
		b.WriteRune(r)
		at += n
	}
	return b.String(), true
}

// doubled reports whether the text holds proof: a character whose second byte became
// a C1 control.
func doubled(text string) bool {
	for from := 0; ; {
		// A C1 control is 0xC2 and 0x80–0x9F.
		i := strings.IndexByte(text[from:], 0xc2)
		if i < 0 {
			return false
		}
		i += from
		from = i + 1
		if i < 2 || i+1 >= len(text) || text[i+1] < 0x80 || text[i+1] > 0x9f || text[i-2] != 0xc3 {
			continue
		}
		if r, n := undouble(text[i-2:]); n > 0 && r > 0x9f {
			return true
		}
	}
}

// undouble reads one character that was encoded twice, and the bytes it takes.
func undouble(s string) (rune, int) {
	var raw [utf8.UTFMax]byte
	k, at := 0, 0
	need := 0
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		if r < 0x80 || r > 0xff || r == utf8.RuneError {
			return 0, 0
		}
		raw[k] = byte(r)
		k++
		at += n
		if k == 1 {
			switch {
			case r >= 0xc2 && r <= 0xdf:
				need = 2
			case r >= 0xe0 && r <= 0xef:
				need = 3
			case r >= 0xf0 && r <= 0xf4:
				need = 4
			default:
				return 0, 0
			}
		}
		if k == need {
			if out, n := utf8.DecodeRune(raw[:k]); out != utf8.RuneError && n == k {
				return out, at
			}
			return 0, 0
		}
	}
	return 0, 0
}
