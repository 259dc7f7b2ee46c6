package lexicon

import "sync"

// A Finder finds any of a set of words in texts. It looks at each place of a text once,
// however many the words are, and takes capitals of ASCII in a text for small letters.
type Finder struct {
	pairs [1 << 16 / 64]uint64 // the first two bytes of the words, as a set
	words [256][]string        // by their first byte
}

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
	}
	return f
}

// In reports whether s holds one of the words, anywhere and in any company.
func (f *Finder) In(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		if f.pair(s[i], s[i+1]) && f.Begins(s[i:]) {
			return true
		}
	}
	return false
}

// Begins reports whether s begins with one of the words.
func (f *Finder) Begins(s string) bool {
	if len(s) < 2 || !f.pair(s[0], s[1]) {
		return false
	}
	for _, w := range f.words[small(s[0])] {
		if begins(s, w) {
			return true
		}
	}
	return false
}

// pair reports whether one of the words begins with the two bytes.
func (f *Finder) pair(a, b byte) bool {
	pair := uint16(small(a))<<8 | uint16(small(b))
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

var finders sync.Map // section → *Finder

// In reports whether s, in lower case, holds a line of the section in any language.
func In(s, section string) bool {
	f, ok := finders.Load(section)
	if !ok {
		f, _ = finders.LoadOrStore(section, NewFinder(All(section)))
	}
	return f.(*Finder).In(s)
}
