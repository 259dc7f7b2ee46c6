package normalize

import (
	"strings"
	"unicode/utf8"
)

// joinDropCap joins an initial that was set apart by the layout to its word: "T he
// government" is "The government". It does so only at the start of the text and
// only where the joined word is a function word of some language and, where the
// initial may be a word itself, the rest alone is none. So "A man", "T cells" and
// "E la nave va" stay.
func joinDropCap(s string) string {
	if !dropCapAt(s) {
		return s
	}
	return s[:1] + s[2:]
}

// dropCapAt reports whether s begins with a drop cap that joinDropCap would join.
func dropCapAt(s string) bool {
	if len(s) < 4 || s[0] < 'A' || s[0] > 'Z' || s[1] != ' ' || s[2] < 'a' || s[2] > 'z' {
		return false
	}
	end := 2
	for end < len(s) && (s[end] >= 'a' && s[end] <= 'z' || s[end] >= utf8.RuneSelf) {
		end++
	}
	if end == len(s) || end-2 > 12 {
		return false
	}
	rest := s[2:end]
	return isStopword(string(s[0]|0x20)+rest) && (strings.IndexByte(neverWords, s[0]) >= 0 || !isStopword(rest))
}

// neverWords are the letters that are no word by themselves in the languages of the press.
const neverWords = "BCDFGHJLMNPQRTX"

// isStopword reports whether a lower-case word is a function word of any language.
func isStopword(word string) bool {
	_, ok := functionWords().words[word]
	return ok
}
