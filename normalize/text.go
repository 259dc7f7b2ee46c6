package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text is s clean, for running text: NFC (never NFKC, which breaks ½ and ²), no
// invisible characters but those that join letters of Arabic and Indic scripts
// and emoji, white space as single spaces, lines trimmed, at most one blank line
// between them. Mojibake is repaired where all of s gains by it; a drop cap set
// apart is joined to its word. Quotes, dashes and ellipses stay as printed.
// Marks of direction stay only where both directions occur.
//
// Clean text is returned as it is, without an allocation. Text(Text(s)) is Text(s).
func Text(s string) string {
	if tidy(s) {
		return s
	}
	for range 4 {
		s = compose(sweep(unmojibake(s)))
		if !garbled(s) {
			break
		}
	}
	return joinDropCap(s)
}

// Attr is Text for a value from an attribute, a feed or JSON-LD: on one line, with
// character references replaced until none is left, for such strings are often
// escaped twice. Not for body text, which may be about HTML.
func Attr(s string) string {
	s = Text(s)
	for range 8 {
		if !hasEntity(s) {
			break
		}
		s = Text(unescapeAll(s)) // cleaning may close a reference that was torn
	}
	if strings.Contains(s, "\n") {
		s = joinDropCap(strings.Join(strings.Fields(s), " ")) // what stood on a line of its own may be one
	}
	return s
}

// compose is NFC. It runs last: taking an invisible character away may bring a mark to its letter.
func compose(s string) string {
	if composed(s) {
		return s
	}
	return norm.NFC.String(s)
}

// composed reports whether s is NFC; the quick check needs no memory and nearly always knows.
func composed(s string) bool {
	return norm.NFC.QuickSpanString(s) == len(s) || norm.NFC.IsNormalString(s)
}

// tidy reports whether Text has nothing to do.
func tidy(s string) bool {
	prev := byte(' ')
	lead := false   // the rune before may begin a torn UTF-8 sequence
	beyond := false // a rune from U+0300 up: NFC may have something to say
	for i := 0; i < len(s); {
		c := s[i]
		if c > ' ' && c < 0x7f { // nearly all of nearly all texts
			prev, lead = c, false
			i++
			continue
		}
		if c < utf8.RuneSelf {
			if c < ' ' && c != '\n' || c == 0x7f || c == ' ' && (prev == ' ' || prev == '\n') || c == '\n' && !lineEnd(s, i) {
				return false
			}
			prev, lead = c, false
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r <= 0xa0 || r == 0xad || r == utf8.RuneError && n == 1 || r > 0x600 && special(r) || lead && tail(r) {
			return false
		}
		lead = mojibakeLead(r)
		beyond = beyond || r >= 0x300
		prev = 'x'
		i += n
	}
	return (s == "" || prev != ' ' && prev != '\n') && (!beyond || composed(s)) && !dropCapAt(s)
}

// lineEnd reports whether the line feed at i ends a trimmed line and makes at most one blank one.
func lineEnd(s string, i int) bool {
	return i > 0 && s[i-1] != ' ' && !(i > 1 && s[i-1] == '\n' && s[i-2] == '\n')
}

// special reports whether a rune from U+2000 up may be more than a printed
// character: spaces, invisible ones, compatibility forms at the end of the BMP.
func special(r rune) bool {
	switch {
	case r == 0x61c, r == 0x1680, r >= 0x2000 && r <= 0x200f, r >= 0x2028 && r <= 0x202f, r >= 0x205f && r <= 0x206f, r == 0x3000, r >= 0xfe00 && r <= 0xfe0f, r >= 0xfeff && r <= 0xfffc, r >= 0xe0000:
		return true
	}
	return false
}

// sweep takes invisible characters out and sets white space.
func sweep(s string) string {
	b := make([]byte, 0, len(s))
	spaces, lines := 0, 0
	prev := rune(-1)
	both := bothDirections(s)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		rest := s[i+n:]
		switch {
		case r == utf8.RuneError && n == 1:
			if k := surrogate(s[i:]); k > 0 {
				i += k
				continue
			}
		case r == '\n', r == '\u2028', r == '\u2029':
			lines += 1 + int(r&1) // U+2029 parts paragraphs
			i += n
			continue
		case r == '\r':
			if !strings.HasPrefix(rest, "\n") {
				lines++
			}
			i += n
			continue
		case unicode.IsSpace(r):
			spaces++
			i += n
			continue
		case bidiControl(r):
			if !both {
				i += n
				continue
			}
		case joiner(r):
			if !joins(prev, r, rest) {
				i += n
				continue
			}
		case r >= 0xe0000 && r <= 0xe007f:
			if prev != 0x1f3f4 && (prev < 0xe0000 || prev > 0xe007f) { // the flags of England, Scotland, Wales
				i += n
				continue
			}
		case invisible(r):
			i += n
			continue
		}
		if len(b) > 0 {
			switch {
			case lines > 1:
				b = append(b, "\n\n"...)
			case lines == 1:
				b = append(b, '\n')
			case spaces > 0:
				b = append(b, ' ')
			}
		}
		if spaces > 0 || lines > 0 {
			spaces, lines = 0, 0
		}
		b = utf8.AppendRune(b, r)
		prev = r
		i += n
	}
	return string(b)
}

// surrogate is the length of an encoded surrogate that s begins with: half a
// character that another program tore apart.
func surrogate(s string) int {
	if len(s) >= 3 && s[0] == 0xed && s[1] >= 0xa0 && s[1] <= 0xbf && s[2] >= 0x80 && s[2] <= 0xbf {
		return 3
	}
	return 0
}

// invisible reports whether a rune leaves no mark and carries no meaning in running text.
func invisible(r rune) bool {
	switch {
	case r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\v' && r != '\f', r >= 0x7f && r <= 0x9f && r != 0x85,
		r == 0xad, r == 0x200b, r >= 0x2060 && r <= 0x2064, r >= 0x206a && r <= 0x206f, r == 0xfeff, r >= 0xfff9 && r <= 0xfffc,
		r >= 0xe0000 && r <= 0xe007f:
		return true
	}
	return false
}

func joiner(r rune) bool { return r == 0x200c || r == 0x200d }

// bidiControl reports whether a rune only steers the direction of its neighbours.
func bidiControl(r rune) bool {
	return r == 0x200e || r == 0x200f || r == 0x061c || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// bothDirections reports whether s has letters of a right-to-left script beside others.
func bothDirections(s string) bool {
	left, right := false, false
	for _, r := range s {
		switch {
		case rightToLeft(r):
			right = right || unicode.IsLetter(r)
		case unicode.IsLetter(r):
			left = true
		}
	}
	return left && right
}

// rightToLeft is a rune of the blocks of Hebrew, Arabic, Syriac, Thaana, N'Ko and their kin.
func rightToLeft(r rune) bool {
	return r >= 0x590 && r <= 0x8ff || r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfefe || r >= 0x10800 && r <= 0x10fff || r >= 0x1e800 && r <= 0x1efff
}

// joins reports whether a zero-width joiner or non-joiner between prev and rest
// means something: in Arabic script and its kin, after an Indic letter or
// virama, and in an emoji sequence.
func joins(prev, r rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	switch {
	case arabicLike(prev):
		return r == 0x200d || arabicLike(next)
	case indic(prev):
		return r == 0x200d || indic(next)
	case pictograph(prev) || prev == 0xfe0f:
		return r == 0x200d && pictograph(next)
	}
	return false
}

func arabicLike(r rune) bool {
	return r >= 0x600 && r <= 0x8ff && r != 0x61c || r >= 0xfb50 && r <= 0xfdff || r >= 0xfe70 && r < 0xfeff || r >= 0x1800 && r <= 0x18af
}

func indic(r rune) bool {
	return r >= 0x900 && r <= 0xdff || r >= 0x1000 && r <= 0x109f || r >= 0x1780 && r <= 0x17ff
}

func pictograph(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || r >= 0x2190 && r <= 0x2bff || r >= 0xe0020 && r <= 0xe007f
}
