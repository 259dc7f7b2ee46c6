package normalize

import (
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
	if !ascii {
		s = foldCase(s)
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
	if ascii {
		return string(b)
	}
	// What was dropped may have kept a mark from its letter.
	return norm.NFC.String(string(b))
}

// foldCase is NFKC and full case folding (Unicode, section 5.18): ß is ss, ς is σ.
func foldCase(s string) string {
	if folded, ok := foldPlain(s); ok {
		return folded
	}
	return foldByTables(s)
}

func foldByTables(s string) string {
	return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(s)))
}

// foldPlain is foldByTables for a text of the characters that most text is made of:
// each is its own normal form, none combines with what stands before it, and case
// is a distance. It gives up at the first other one.
func foldPlain(s string) (string, bool) {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r >= 'A' && r <= 'Z', r >= 'À' && r <= 'Þ' && r != '×', r >= 'А' && r <= 'Я':
			r += 0x20
		case r < utf8.RuneSelf, r >= 'à' && r <= 'ÿ', r == '«', r == '»', r >= 'а' && r <= 'я':
		case r >= '–' && r <= '—', r >= '‘' && r <= '’', r >= '“' && r <= '”', r >= 'ء' && r <= 'ي':
		case r >= '、' && r <= '。', r >= 'ぁ' && r <= 'ゖ', r >= 'ァ' && r <= 'ヺ', r >= '一' && r <= '龥', r >= '가' && r <= '힣':
		default:
			return "", false
		}
		b = utf8.AppendRune(b, r)
	}
	return string(b), true
}
