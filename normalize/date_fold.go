package normalize

import (
	"html"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxDateLine bounds what is looked at: no line that prints a date is longer.
const maxDateLine = 600

// A folded line is what the date tables are compared with: lower case, no accents where the script uses them as such,
// ASCII digits, plain spaces and hyphens, one spelling of the Arabic letters.
type folded struct {
	b []byte
	// persian says that digits of the Persian block were used, so that a year of 1400 is Jalali.
	persian bool
}

// foldDate folds s into buf. Nothing is longer than buf's capacity allows; ok is false where it would be.
func foldDate(buf []byte, s string) (f folded, ok bool) {
	if strings.IndexByte(s, '&') >= 0 && strings.IndexByte(s, ';') > 0 {
		s = html.UnescapeString(s)
	}
	if len(s) > maxDateLine {
		return f, false
	}
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if !ascii && !norm.NFKC.IsNormalString(s) {
		s = norm.NFKC.String(protectFold.Replace(s))
	}
	f.b = buf[:0]
	t := foldTable()
	for _, r := range s {
		if len(f.b) > maxDateLine {
			return f, false
		}
		if r < utf8.RuneSelf {
			f.b = append(f.b, asciiFold[r])
			continue
		}
		if int(r) < len(t) {
			if e := t[r]; e != "" {
				f.b = append(f.b, e...)
			}
			continue
		}
		if d := digitOf(r); d >= 0 {
			if r >= 0x06F0 && r <= 0x06F9 {
				f.persian = true
			}
			f.b = append(f.b, byte('0'+d))
			continue
		}
		if foldDropped(r) {
			continue
		}
		f.b = appendFolded(f.b, r)
	}
	f.b = tidySpaces(f.b)
	return f, true
}

// protectFold keeps marks that NFKC would turn into something that a date uses.
var protectFold = strings.NewReplacer("½", " ", "¼", " ", "¾", " ", "²", " ", "³", " ", "¹", " ", "\u2026", " ", "\u00b4", "'")

var asciiFold = func() (t [utf8.RuneSelf]byte) {
	for i := range t {
		switch {
		case i >= 'A' && i <= 'Z':
			t[i] = byte(i) + 'a' - 'A'
		case i == '\n' || i == '\r':
			t[i] = '|' // a line break parts as a bar does
		case i < ' ' || i == 0x7f:
			t[i] = ' '
		case i == '`':
			t[i] = '\''
		default:
			t[i] = byte(i)
		}
	}
	return t
}()

// foldTable is the folding of the Latin, Greek and Cyrillic blocks, made once.
var foldTable = sync.OnceValue(func() []string {
	t := make([]string, 0x530)
	for r := rune(utf8.RuneSelf); int(r) < len(t); r++ {
		if foldDropped(r) {
			continue
		}
		t[r] = string(appendFolded(nil, r))
	}
	return t
})

func foldDropped(r rune) bool {
	switch {
	case r == 0x00AD, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069, r == 0xFEFF:
		return true
	case r >= 0x0300 && r <= 0x036F: // accents of Latin, Greek, Cyrillic
		return true
	case r >= 0x0591 && r <= 0x05C7 && r != 0x05BE: // Hebrew points; 05BE is the maqaf
		return true
	case r >= 0x0610 && r <= 0x061A, r >= 0x064B && r <= 0x065F, r == 0x0670, r == 0x0640: // Arabic vowels, tatweel
		return true
	case r == 0xFE0E, r == 0xFE0F:
		return true
	}
	return false
}

func appendFolded(b []byte, r rune) []byte {
	switch r {
	case 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, 0x0085, 0x180E:
		return append(b, ' ')
	case 0x2028, 0x2029, 0x00A6:
		return append(b, '|')
	case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0x05BE:
		return append(b, '-')
	case 0x2018, 0x2019, 0x02BC, 0x02BB, 0x2032, 0x05F3, 0xB4, 0x02B9:
		return append(b, '\'')
	case 0x201C, 0x201D, 0x00AB, 0x00BB, 0x05F4, 0x201E:
		return append(b, '"')
	case 0xB7, 0x2022, 0x2027, 0x30FB, 0x25CF, 0x25A0, 0x2219, 0x22C5, 0x25AA, 0x203A, 0x2039, 0x25B8, 0x25BA, 0x2794, 0x2192:
		return append(b, '|')
	case 0x3001, 0x060C, 0x055D:
		return append(b, ',')
	case 0x3002:
		return append(b, '.')
	case 0x2044, 0x2215:
		return append(b, '/')
	case 0x3010, 0x3014, 0x300A, 0x300C:
		return append(b, '(')
	case 0x3011, 0x3015, 0x300B, 0x300D:
		return append(b, ')')
	case 0x589, 0x2236:
		return append(b, ':')
	case 'ı', 'İ':
		return append(b, 'i') // Turkish capitals without a hint: MAYIS and mayıs meet
	case 'ł', 'Ł':
		return append(b, 'l')
	case 'ø', 'Ø':
		return append(b, 'o')
	case 'đ', 'Đ', 'ð', 'Ð':
		return append(b, 'd')
	case 'þ', 'Þ':
		return append(b, "th"...)
	case 'æ', 'Æ':
		return append(b, "ae"...)
	case 'œ', 'Œ':
		return append(b, "oe"...)
	case 'ß':
		return append(b, "ss"...)
	case 'º', '°', 'ª':
		return append(b, 'o')
	case 'ə', 'Ə':
		return append(b, 'e')
	case 'ς':
		return append(b, "σ"...)
	case 'Й', 'й':
		return append(b, "й"...) // a letter of its own, not an accented и
	case 'أ', 'إ', 'آ', 'ٱ':
		return append(b, "ا"...)
	case 'ى', 'ی', 'ې', 'ۍ', 'ئ', 'ے', 'ۓ':
		return append(b, "ي"...)
	case 'ک', 'ڪ':
		return append(b, "ك"...)
	case 'ة', 'ہ', 'ۃ', 'ە', 'ھ', 'ۀ', 'ۂ':
		return append(b, "ه"...)
	case 'ؤ':
		return append(b, "و"...)
	}
	if d := norm.NFD.PropertiesString(string(r)).Decomposition(); d != nil && stripsAccents(r) {
		base, _ := utf8.DecodeRune(d)
		return utf8.AppendRune(b, unicode.ToLower(base))
	}
	return utf8.AppendRune(b, unicode.ToLower(r))
}

// stripsAccents: in these scripts a date word without its accents is still the word. In Indic scripts a mark is a vowel.
func stripsAccents(r rune) bool {
	return r < 0x530 || r >= 0x1E00 && r <= 0x1FFF
}

// digitOf is the value of a decimal digit of any script, or -1. The blocks of Nd start at multiples of 10 from their zero.
func digitOf(r rune) int {
	if r < 0x660 || !unicode.Is(unicode.Nd, r) {
		return -1
	}
	switch {
	case r >= 0x1D7CE && r <= 0x1D7FF:
		return int(r-0x1D7CE) % 10
	}
	n := 0
	for n < 10 && unicode.Is(unicode.Nd, r-rune(n)-1) {
		n++
	}
	return n % 10
}

// tidySpaces trims, and drops the spaces between two letters of a script that does not use them, so that a phrase is found
// however it was set.
func tidySpaces(b []byte) []byte {
	out := b[:0]
	space := false
	for i := 0; i < len(b); {
		if b[i] == ' ' {
			space = true
			i++
			continue
		}
		if b[i] == '(' && i > 0 && isDigit(b[i-1]) && i+2 < len(b) && b[i+2] == ')' && isLetter(b[i+1]) { // Basque 2021(e)ko
			out = append(out, b[i+1])
			i += 3
			continue
		}
		if space && len(out) > 0 {
			if b[i] < utf8.RuneSelf || out[len(out)-1] < utf8.RuneSelf {
				out = append(out, ' ')
			} else {
				next, _ := utf8.DecodeRune(b[i:])
				last, _ := utf8.DecodeLastRune(out)
				if !spaceless(next) || !spaceless(last) {
					out = append(out, ' ')
				}
			}
		}
		space = false
		out = append(out, b[i])
		i++
	}
	return out
}

// spaceless: scripts that set no space between words.
func spaceless(r rune) bool {
	switch {
	case r < 0x0E00:
		return false
	case r < 0x0F00: // Thai, Lao
		return true
	case r >= 0x1000 && r <= 0x109F: // Myanmar
		return true
	case r >= 0x1780 && r <= 0x17FF: // Khmer
		return true
	case r >= 0x3040 && r <= 0x30FF, r >= 0x3400 && r <= 0x9FFF, r == 0x3005, r == 0x3007: // kana, Han
		return true
	}
	return false
}
