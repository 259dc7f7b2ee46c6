package normalize

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Text is s clean: NFC (never NFKC, which breaks ½ and ²), no invisible characters,
// white space as single spaces, lines trimmed, at most one blank line between them.
// Quotes, dashes and ellipses stay as printed.
func Text(s string) string {
	if tidy(s) {
		return s
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, "\ufffd"))
	var b strings.Builder
	b.Grow(len(s))
	space, lines := false, 0
	prev := rune(0)
	for i, r := range s {
		switch {
		case r == '\n':
			lines++
			continue
		case r == '\u200d' || r == '\u200c':
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if !joins(prev) || !joins(next) {
				continue
			}
		case invisible(r):
			continue
		case unicode.IsSpace(r):
			space = true
			continue
		}
		if b.Len() > 0 {
			switch {
			case lines > 1:
				b.WriteString("\n\n")
			case lines == 1:
				b.WriteByte('\n')
			case space:
				b.WriteByte(' ')
			}
		}
		space, lines = false, 0
		b.WriteRune(r)
		prev = r
	}
	return b.String()
}

// tidy reports whether s is printable ASCII with single spaces, so that Text has nothing to do.
func tidy(s string) bool {
	prev := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && prev == ' ' {
			return false
		}
		prev = c
	}
	return s == "" || prev != ' '
}

// invisible reports whether a rune leaves no mark and carries no meaning in running text.
func invisible(r rune) bool {
	switch {
	case r < ' ' && r != '\t' && r != '\r', r >= 0x7f && r <= 0x9f && r != 0x85,
		r == '\u00ad', r == '\u200b', r == '\ufeff', r == '\u2060', r == '\ufffc',
		r >= '\ufff9' && r <= '\ufffb', r >= 0xe0000 && r <= 0xe007f:
		return true
	}
	return false
}

// joins reports whether a zero-width (non-)joiner beside r means something: in
// Arabic and Indic scripts and in emoji sequences.
func joins(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Devanagari, unicode.Bengali, unicode.Tamil, unicode.Telugu, unicode.Kannada,
		unicode.Malayalam, unicode.Gujarati, unicode.Gurmukhi, unicode.Sinhala) || r >= 0x1f000 || r >= 0x2600 && r <= 0x27bf || r == 0xfe0f || unicode.Is(unicode.Mn, r)
}

// Attr is Text for a string from an attribute, a feed or JSON-LD, where entities
// may have been escaped once too often.
func Attr(s string) string {
	for range 2 {
		if !strings.Contains(s, "&") {
			break
		}
		s = html.UnescapeString(s)
	}
	return strings.ReplaceAll(Text(s), "\n", " ")
}

// Fold is s for comparing: NFKC, case folded, letters, marks and digits only.
func Fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if !ascii {
		s = cases.Fold().String(norm.NFKC.String(s))
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 32
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)):
			return r
		}
		return -1
	}, s)
}

// Words counts the words of s: runs of letters and digits with inner ' ’ - . count
// one; Han and kana count one a character; Thai, Lao, Khmer and Burmese, which have
// no spaces and would need a dictionary, count their graphemes / 4.5.
func Words(s string) int {
	n, graphemes := 0, 0
	in := false
	prev := rune(0)
	for i, r := range s {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			n++
			in = false
		case unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			if !unicode.IsMark(r) {
				graphemes++
			}
			in = false
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r) && in:
			if !in {
				n++
			}
			in = true
		case in && (r == '\'' || r == '’' || r == '-' || r == '.') && unicode.IsLetter(prev):
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			in = unicode.IsLetter(next) || unicode.IsDigit(next)
		default:
			in = false
		}
		prev = r
	}
	return n + int(float64(graphemes)/4.5+.5)
}
