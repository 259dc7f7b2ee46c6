package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-go/dateline/normalize"
)

// maxHouseWords is how many words the name of a house may have.
const maxHouseWords = 7

// isHouse reports whether a text is just the name of the house, or nothing.
func (r *reading) isHouse(s string) bool {
	f := normalize.Fold(s)
	return f == "" || slices.Contains(r.names, f)
}

// likeHouse reports whether a short part of a title is a form of the house's name: it holds
// the label of its host or is an end of it, is its initials, or is written as a host.
func (r *reading) likeHouse(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > maxHouseWords {
		return false
	}
	if slices.ContainsFunc(words, hostlike) {
		return true
	}
	f, short := normalize.Fold(s), initials(words)
	for _, name := range r.names {
		switch {
		case len(name) >= 4 && strings.Contains(f, name) && len(name)*5 >= len(f)*2,
			len(f) >= 4 && (strings.HasPrefix(name, f) || strings.HasSuffix(name, f)),
			len(short) >= 3 && strings.HasPrefix(name, short) && (len(name) == len(short) || len(short) >= 4):
			return true
		}
	}
	return slices.Contains(r.initials, f)
}

// initials are the first letters of the words written with a capital, in lower case.
func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if c, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(c) {
			b.WriteRune(unicode.ToLower(c))
		}
	}
	return b.String()
}

// hostlike reports whether a word is written as a host name: "Example.org".
func hostlike(w string) bool {
	i := strings.LastIndexByte(w, '.')
	if i < 2 || len(w)-i-1 < 2 || len(w)-i-1 > 4 {
		return false
	}
	for k := range len(w) {
		if c := w[k]; c != '.' && c != '-' && !digit(c) && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}
