package lexicon

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A Finder finds any of a set of words in texts, in one pass however many the words are (Wu and Manber 1994). It
// takes capitals of ASCII in a text for small letters.
type Finder struct {
	pairs [1 << 16 / 64]uint64 // the first two bytes of the words, as a set
	words [256][]string        // by their first byte
	signs []string             // the words that are one character of two bytes, as ©
	// least is the length of the shortest of the other words. steps says of the bytes that end the first least of a text how much
	// further on a word may begin.
	least int
	steps [1 << 15]uint8
}

// blockLen is how many bytes steps looks at, where no word is shorter.
const blockLen = 3

// NewFinder is a finder of the words, each of two bytes at least; shorter ones are left out.
func NewFinder(words []string) *Finder {
	f := &Finder{}
	for _, w := range words {
		if len(w) < 2 {
			continue
		}
		pair := uint16(w[0])<<8 | uint16(w[1])
		f.pairs[pair/64] |= 1 << (pair % 64)
		f.words[w[0]] = append(f.words[w[0]], w)
		switch {
		case len(w) == 2 && w[0] >= utf8.RuneSelf:
			f.signs = append(f.signs, w)
		case f.least == 0 || len(w) < f.least:
			f.least = min(len(w), 255)
		}
	}
	block := f.block()
	for i := range f.steps {
		f.steps[i] = uint8(f.least - block + 1)
	}
	for _, sameFirst := range f.words {
		for _, w := range sameFirst {
			for end := block; end <= min(f.least, len(w)); end++ { // a sign is shorter
				at := blockOf(w[end-block : end])
				f.steps[at] = min(f.steps[at], uint8(f.least-end))
			}
		}
	}
	return f
}

func (f *Finder) block() int { return min(f.least, blockLen) }

// blockOf is the place of a few bytes in steps, the same for capitals and small letters.
func blockOf(s string) int {
	at := 0
	for i := range len(s) {
		at = at<<5 | int(s[i]&31)
	}
	return at
}

// In reports whether s holds one of the words, anywhere and in any company.
func (f *Finder) In(s string) bool {
	for _, sign := range f.signs {
		if strings.Contains(s, sign) {
			return true
		}
	}
	if f.least == 0 {
		return false
	}
	block := f.block()
	for end := f.least; end <= len(s); {
		if step := f.steps[blockOf(s[end-block:end])]; step > 0 {
			end += int(step)
			continue
		}
		if f.Begins(s[end-f.least:]) {
			return true
		}
		end++
	}
	return false
}

// Begins reports whether s begins with one of the words.
func (f *Finder) Begins(s string) bool {
	if len(s) < 2 || !f.pair(small(s[0]), small(s[1])) {
		return false
	}
	for _, w := range f.words[small(s[0])] {
		if begins(s, w) {
			return true
		}
	}
	return false
}

// pair reports whether one of the words begins with the two bytes, which are small.
func (f *Finder) pair(a, b byte) bool {
	pair := uint16(a)<<8 | uint16(b)
	return f.pairs[pair/64]>>(pair%64)&1 != 0
}

// begins reports whether s, but for its capitals of ASCII, begins with a word.
func begins(s, word string) bool {
	if len(s) < len(word) {
		return false
	}
	for i := range len(word) {
		if small(s[i]) != word[i] {
			return false
		}
	}
	return true
}

func small(c byte) byte {
	if c-'A' <= 'Z'-'A' {
		c |= 0x20
	}
	return c
}

// Small is s for a finder: in small letters but for ASCII, whose capitals it does not mind.
// Nearly always that is s itself.
func Small(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			if strings.ContainsFunc(s[i:], capital) {
				return strings.ToLower(s)
			}
			return s
		}
	}
	return s
}

// capital reports whether a rune beyond ASCII is a capital. The quotation marks and dashes
// of the press and the scripts without capitals need no search in the tables.
func capital(r rune) bool {
	switch {
	case r < utf8.RuneSelf, r >= 0x2000 && r < 0x2100, r >= 0x2e80 && r < 0xa640, r >= 0xac00 && r < 0xd800:
		return false
	case r < 0x100:
		return r >= 'À' && r <= 'Þ' && r != '×'
	}
	return unicode.ToLower(r) != r
}

var finders sync.Map // section → *Finder

// In reports whether s, which is Small, holds a line of the section in any language.
func In(s, section string) bool {
	f, ok := finders.Load(section)
	if !ok {
		f, _ = finders.LoadOrStore(section, NewFinder(All(section)))
	}
	return f.(*Finder).In(s)
}
