package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// namelike reports whether a text can be a person's name: two to six words that
// begin with capitals or are particles, or two to seven characters of Han, kana or Hangul.
func namelike(s string) bool {
	if strings.ContainsAny(s, "@/\\<>{}=_?!#%") || strings.Contains(s, "www.") || strings.Contains(s, "http") {
		return false
	}
	if hanText(s) {
		n := utf8.RuneCountInString(strings.ReplaceAll(s, " ", ""))
		return n >= 2 && n <= 7
	}
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 6 {
		return false
	}
	capitals := 0
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsDigit(r):
			return false
		case unicode.IsUpper(r) || unicode.IsTitle(r), unicode.IsLetter(r) && !unicode.IsLower(r):
			capitals++
		case particle(w):
		default:
			return false
		}
	}
	return capitals >= 2 || capitals == 1 && len(words) > 1
}

// particle knows the words that stand inside names in lower case.
func particle(w string) bool {
	switch strings.ToLower(strings.TrimRight(w, ".")) {
	case "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "der", "den", "von", "zu", "zur",
		"af", "av", "bin", "ibn", "al", "el", "ter", "ten", "y", "e", "of", "the", "d'", "dalla", "degli", "lo", "los", "las":
		return true
	}
	return strings.HasPrefix(strings.ToLower(w), "al-") || strings.HasPrefix(strings.ToLower(w), "el-") || strings.HasPrefix(w, "d'") || strings.HasPrefix(w, "d’")
}

// recase writes a name in title case where a word of more than three letters is in capitals.
func recase(name string) string {
	words := strings.Fields(name)
	shout := false
	for _, w := range words {
		if utf8.RuneCountInString(w) > 3 && w == strings.ToUpper(w) && w != strings.ToLower(w) {
			shout = true
		}
	}
	if !shout {
		return strings.Join(words, " ")
	}
	for i, w := range words {
		switch {
		case w != strings.ToUpper(w) || strings.Contains(w, ".") && utf8.RuneCountInString(w) <= 4:
		case romanOrSuffix(w):
		case i > 0 && particle(w):
			words[i] = strings.ToLower(w)
		default:
			words[i] = capitalize(w)
		}
	}
	return strings.Join(words, " ")
}

func romanOrSuffix(w string) bool {
	switch w {
	case "II", "III", "IV", "MD":
		return true
	}
	return false
}

// capitalize writes a word in lower case with a capital first, after - ' ’ and after Mc.
func capitalize(w string) string {
	var b strings.Builder
	up := true
	for _, r := range strings.ToLower(w) {
		if up {
			r = unicode.ToUpper(r)
		}
		b.WriteRune(r)
		up = r == '-' || r == '\'' || r == '’'
	}
	out := b.String()
	if strings.HasPrefix(out, "Mc") && len(out) > 3 {
		r, n := utf8.DecodeRuneInString(out[2:])
		out = "Mc" + string(unicode.ToUpper(r)) + out[2+n:]
	}
	return out
}

// SameName reports whether two names are the same person, blind to case, accents and marks.
func SameName(a, b string) bool {
	return bareName(a) == bareName(b)
}

func bareName(s string) string {
	return Fold(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}

// Dateline splits the place that opens a text, as in "BEIJING (Reuters) - Text", from
// the text. Place and agency are "" where there are none; the text is never cut without both marks.
func Dateline(text, lang string) (place, agency, rest string) {
	head := text
	if len(head) > 90 {
		head = head[:90]
	}
	at, width := -1, 0
	for _, sep := range []string{" -- ", " — ", " – ", " - ", "— ", "– ", "＝"} {
		if i := strings.Index(head, sep); i > 0 && (at < 0 || i < at) {
			at, width = i, len(sep)
		}
	}
	if at < 0 {
		return "", "", text
	}
	lead := strings.TrimSpace(head[:at])
	if i, j := strings.IndexByte(lead, '('), strings.LastIndexByte(lead, ')'); i >= 0 && j > i {
		if name, ok := bylineWords().agencies[Fold(lead[i+1:j])]; ok {
			agency = name
		}
		lead = strings.TrimSpace(lead[:i])
	}
	first, _, _ := strings.Cut(lead, ",")
	if agency == "" && (first != strings.ToUpper(first) || first == strings.ToLower(first)) || len(strings.Fields(first)) > 3 {
		return "", "", text
	}
	return strings.TrimSpace(first), agency, text[at+width:]
}
