package extract

import (
	"strings"
	"unicode"

	"github.com/dateline-go/dateline/extract/internal/body"
)

// alike is the Dice coefficient of the words of two titles; each character of a script
// without spaces is a word.
func alike(a, b string) float64 { return body.Dice(titleWords(a), titleWords(b)) }

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
