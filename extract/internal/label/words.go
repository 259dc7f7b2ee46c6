package label

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A vocabulary gives each word a number.
type vocabulary map[string]int32

// words reads text as the scorer of the corpora does: NFC, lower case, runs of
// letters, digits and underscores; a character of a script without spaces is a word.
func (v vocabulary) words(text string) []int32 {
	text = strings.ToLower(norm.NFC.String(text))
	var out []int32
	start := -1
	end := func(i int) {
		if start >= 0 {
			out = append(out, v.number(text[start:i]))
			start = -1
		}
	}
	for i, r := range text {
		switch {
		case unspaced(r):
			end(i)
			out = append(out, v.number(string(r)))
		case unicode.IsLetter(r) || unicode.IsNumber(r) || r == '_':
			if start < 0 {
				start = i
			}
		default:
			end(i)
		}
	}
	end(len(text))
	return out
}

func (v vocabulary) number(word string) int32 {
	n, ok := v[word]
	if !ok {
		n = int32(len(v))
		v[strings.Clone(word)] = n
	}
	return n
}

// unspaced reports whether r belongs to a script written without spaces: kana, Han,
// Thai, Lao, Burmese, Khmer.
func unspaced(r rune) bool {
	switch {
	case r < 0x0e00:
		return false
	case r <= 0x0eff, r >= 0x1000 && r <= 0x109f, r >= 0x1780 && r <= 0x17ff:
		return true
	case r >= 0x3040 && r <= 0x30ff, r >= 0x31f0 && r <= 0x31ff, r >= 0x3400 && r <= 0x4dbf, r >= 0x4e00 && r <= 0x9fff:
		return true
	case r >= 0xf900 && r <= 0xfaff, r >= 0xff66 && r <= 0xff9f, r >= 0x20000 && r <= 0x3134f:
		return true
	}
	return false
}
