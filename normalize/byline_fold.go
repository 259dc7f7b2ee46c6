package normalize

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// foldLetters maps the letters of the Latin, Greek and Cyrillic blocks to lower case
// without accents. Marks of other scripts are letters in their own right and stay.
var foldLetters = sync.OnceValue(func() *[0x2000]rune {
	var t [0x2000]rune
	for r := range rune(len(t)) {
		t[r] = r
		if r >= 0x530 && r < 0x1E00 {
			t[r] = unicode.ToLower(r)
			continue
		}
		d, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
		d = unicode.ToLower(d)
		switch d {
		case 'ı':
			d = 'i'
		case 'ł':
			d = 'l'
		case 'ø':
			d = 'o'
		case 'đ':
			d = 'd'
		case 'ς':
			d = 'σ'
		case '’', 'ʼ':
			d = '\''
		}
		t[r] = d
	}
	return &t
})

// appendFoldedWord appends the lookup form of a printed word: lower case, without
// accents, quotes and final dots.
func appendFoldedWord(b []byte, w string) []byte {
	start := len(b)
	table := foldLetters()
	for _, r := range w {
		switch {
		case r < 0x80:
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			if r == '"' || r == '*' {
				continue
			}
		case r == '’' || r == 'ʼ' || r == '‘':
			r = '\''
		case r == '“' || r == '”' || r == '„' || r == '«' || r == '»' || r == '″' || r == 'ـ':
			continue
		case r >= 0x300 && r < 0x370, r >= 0x64B && r <= 0x652, r >= 0x591 && r <= 0x5C7, r == 0x200C, r == 0x200D:
			continue
		case r < 0x2000:
			switch r {
			case 'ß':
				b = append(b, "ss"...)
				continue
			case 'æ', 'Æ':
				b = append(b, "ae"...)
				continue
			}
			r = table[r]
		default:
			r = unicode.ToLower(r)
		}
		b = utf8.AppendRune(b, r)
	}
	for len(b) > start && (b[len(b)-1] == '.' || b[len(b)-1] == '\'') {
		b = b[:len(b)-1]
	}
	return b
}

// foldPhrase is the lookup form of a phrase of the lexicon.
func foldPhrase(s string) string {
	var b []byte
	for i, w := range strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '/' || r == ':' || r == ',' }) {
		if i > 0 {
			b = append(b, ' ')
		}
		b = appendFoldedWord(b, w)
	}
	return string(b)
}
