package extract

import (
	"strings"
	"unicode"
)

// alike is the Dice coefficient of the words of two titles; each character of a script
// without spaces is a word.
func alike(a, b string) float64 {
	x, y := titleWords(a), titleWords(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	left := make(map[string]int, len(x))
	for _, w := range x {
		left[w]++
	}
	n := 0
	for _, w := range y {
		if left[w] > 0 {
			left[w]--
			n++
		}
	}
	return 2 * float64(n) / float64(len(x)+len(y))
}

func titleWords(s string) []string {
	var out []string
	s = strings.ToLower(s)
	start := -1
	flush := func(end int) {
		if start >= 0 {
			out = append(out, s[start:end])
			start = -1
		}
	}
	for i, c := range s {
		switch {
		case unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			flush(i)
			out = append(out, string(c))
		case unicode.IsLetter(c), unicode.IsMark(c), unicode.IsNumber(c):
			if start < 0 {
				start = i
			}
		default:
			flush(i)
		}
	}
	flush(len(s))
	return out
}
