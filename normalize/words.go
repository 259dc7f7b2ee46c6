package normalize

import (
	"unicode"
	"unicode/utf8"
)

// Words counts the words of s. A run of letters and digits is one, with ' ’ - and
// . inside it; so Hangul counts by its spaces. Han and kana count one a character.
// Thai, Lao, Khmer and Burmese are written without spaces and would need a
// dictionary: they count their graphemes divided by 4.5, the usual length of a
// word, and the count is an estimate.
func Words(s string) int {
	n, graphemes := 0, 0
	in := false // inside a word
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			switch {
			case foldedASCII[c] != 0:
				if !in {
					n++
				}
				in = true
				for i+1 < len(s) && s[i+1] < utf8.RuneSelf && foldedASCII[s[i+1]] != 0 {
					i++
				}
			case c == '\'' || c == '-' || c == '.':
				in = in && wordFollows(s[i+1:])
			default:
				in = false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case r == '’':
			in = in && wordFollows(s[i:])
		case unspaced(r):
			if !unicode.IsMark(r) {
				graphemes++
			}
			in = false
		case ideographic(r):
			n++
			in = false
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if !in {
				n++
			}
			in = true
		case unicode.IsMark(r), r == 0x200c, r == 0x200d, r == 0xad: // part of the word they stand in
		default:
			in = false
		}
	}
	if graphemes > 0 {
		n += max(1, (graphemes*2+4)/9) // graphemes / 4.5, rounded
	}
	return n
}

// wordFollows reports whether a word goes on after an inner mark.
func wordFollows(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !ideographic(r) && !unspaced(r)
}

// ideographic reports whether a rune counts as a word: Han and kana, with the marks that repeat or lengthen.
func ideographic(r rune) bool {
	switch {
	case r < 0x2e80:
		return false
	case r >= 0x4e00 && r <= 0x9fff, r >= 0x3041 && r <= 0x3096, r >= 0x30a1 && r <= 0x30ff && r != 0x30fb, r >= 0x3400 && r <= 0x4dbf,
		r >= 0x20000 && r <= 0x3ffff, r >= 0xf900 && r <= 0xfaff, r >= 0xff66 && r <= 0xff9d, r >= 0x3005 && r <= 0x3007:
		return true
	}
	return false
}

// unspaced reports whether a rune is of a script that is written without spaces between words.
func unspaced(r rune) bool {
	return r >= 0xe00 && r <= 0xeff && !(r >= 0xe50 && r <= 0xe59) || r >= 0x1000 && r <= 0x109f || r >= 0x1780 && r <= 0x17ff
}
