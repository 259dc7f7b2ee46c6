package normalize

import (
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold is s for comparing: NFKC, case folded, letters, marks and digits only.
// Two strings with the same Fold differ in case, space and punctuation alone.
func Fold(s string) string {
	ascii, kept := true, true
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			ascii = false
			break
		}
		kept = kept && (c >= 'a' && c <= 'z' || c >= '0' && c <= '9')
	}
	if ascii && kept {
		return s
	}
	apart := true
	if !ascii {
		s, apart = foldCase(s)
	}
	b := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b = append(b, byte(r))
		case r >= 'A' && r <= 'Z':
			b = append(b, byte(r)|0x20)
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)):
			b = utf8.AppendRune(b, r)
		}
	}
	if apart {
		return string(b)
	}
	// What was dropped may have kept a mark from its letter.
	return norm.NFC.String(string(b))
}

// foldCase is NFKC and full case folding (Unicode, section 5.18): ß is ss, ς is σ.
// apart reports that each character was folded by itself, so that none of them can
// combine with another even where what stands between them is taken out.
func foldCase(s string) (folded string, apart bool) {
	b := make([]byte, 0, len(s)+len(s)/32)
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			b = append(b, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		f := foldedApart(r, s[i:i+n])
		if f == "" {
			return foldByTables(s), false
		}
		b = append(b, f...)
		i += n
	}
	return string(b), true
}

// foldedApart folds a rune by itself, "" where it may combine with its neighbours.
func foldedApart(r rune, printed string) string {
	switch {
	case r >= '一' && r <= '龥' || r >= '가' && r <= '힣': // without case, and too many to keep
		return printed
	case r == utf8.RuneError && len(printed) == 1:
		return ""
	}
	return foldedRune(r)
}

func foldByTables(s string) string {
	return norm.NFKC.String(strings.Map(foldCherokee, cases.Fold().String(norm.NFKC.String(s))))
}

// foldCherokee mends x/text, which swaps the cases of Cherokee; Unicode folds it to its capitals.
func foldCherokee(r rune) rune {
	if unicode.Is(unicode.Cherokee, r) {
		return unicode.ToUpper(r)
	}
	return r
}

// A foldPage is what 256 runes fold to, "" for those that are not to be folded apart
// from their neighbours: a mark may combine with the letter before it.
type foldPage [256]string

// foldPages are those of the basic plane, each made when it is first asked for.
var foldPages [256]atomic.Pointer[foldPage]

func foldedRune(r rune) string {
	if r > 0xffff {
		return ""
	}
	page := foldPages[r>>8].Load()
	if page == nil {
		page = newFoldPage(r &^ 0xff)
		foldPages[r>>8].Store(page)
	}
	return page[r&0xff]
}

func newFoldPage(first rune) *foldPage {
	page := new(foldPage)
	for i := range page {
		s := string(first + rune(i))
		if f := foldByTables(s); standsApart(s) && standsApart(f) {
			page[i] = f
		}
	}
	return page
}

// standsApart reports whether no rune of s combines with one before it.
func standsApart(s string) bool {
	for i := range s {
		if !norm.NFC.PropertiesString(s[i:]).BoundaryBefore() || !norm.NFKC.PropertiesString(s[i:]).BoundaryBefore() {
			return false
		}
	}
	return true
}

// FoldAccents is Fold without the accents of Latin, Greek and Cyrillic letters, as addresses spell names: "Société" is "societe".
func FoldAccents(s string) string {
	table := foldLetters()
	return strings.Map(func(r rune) rune {
		if int(r) < len(table) {
			return table[r]
		}
		return r
	}, Fold(s))
}
