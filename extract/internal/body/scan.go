package body

import (
	"unicode"
	"unicode/utf8"

	"github.com/dateline-go/dateline/extract/internal/page"
)

// A shape is what one look at the letters of a block counts.
type shape struct {
	words, alone      int32 // runs of letters and digits; characters of scripts without spaces, which are words too
	wordRunes         int32 // letters and digits of the runs
	letters, upper    int32
	digits, numbers   int32 // digits, and the runs of them
	joined            int32 // numbers joined to the last by one mark, as in dates and clock times
	short, titled     int32 // words in small letters of three at most; words that begin with a capital
	commas, sentences int32
	quotes            int32
	marks             markSet
}

// A markSet is which of the marks stand in a block that prose seldom holds.
type markSet uint8

const (
	partMark markSet = 1 << iota // between the parts of a line: | » › • →
	atSign
	hashSign
	copyrightSign
)

// markOf is the set of one rune that is neither a letter nor a digit.
func markOf(r rune) markSet {
	switch r {
	case '|', '»', '›', '•', '→':
		return partMark
	case '@':
		return atSign
	case '#':
		return hashSign
	case '©':
		return copyrightSign
	}
	return 0
}

// tokens is how many words the block has.
func (s *shape) tokens() int32 { return s.words + s.alone }

// A scan is the words of all blocks of a page as hashes, case folded, and their shapes.
type scan struct {
	hashes []uint64
	starts []int32 // where the words of each block begin, and where the last end
	shapes []shape
}

func (s *scan) read(p *page.Page) {
	n := len(p.Blocks)
	s.hashes, s.starts, s.shapes = s.hashes[:0], room(s.starts, n+1), room(s.shapes, n)
	for i := range n {
		s.starts[i] = int32(len(s.hashes))
		s.shapes[i] = shape{}
		s.hashes = scanWords(p.BlockText(i), s.hashes, &s.shapes[i])
	}
	s.starts[n] = int32(len(s.hashes))
}

// words is the hashes of the words of block i.
func (s *scan) words(i int) []uint64 { return s.hashes[s.starts[i]:s.starts[i+1]] }

// whole is the words of block i as one number, blind to case and punctuation. Memories of sites hold it, so it
// stays as it is.
func (s *scan) whole(i int) uint64 {
	h := uint64(14695981039346656037)
	for _, w := range s.words(i) {
		h = (h ^ w) * 1099511628211
		h ^= h >> 29
	}
	return h
}

// The classes of ASCII characters that a scan tells apart.
const (
	otherMark = iota
	smallLetter
	capital
	digit
	commaMark
	sentenceMark
	quoteMark
)

var asciiClass = func() (class [utf8.RuneSelf]uint8) {
	for c := range class {
		switch {
		case 'a' <= c && c <= 'z':
			class[c] = smallLetter
		case 'A' <= c && c <= 'Z':
			class[c] = capital
		case '0' <= c && c <= '9':
			class[c] = digit
		case c == ',' || c == ';':
			class[c] = commaMark
		case c == '.' || c == '!' || c == '?':
			class[c] = sentenceMark
		case c == '"':
			class[c] = quoteMark
		}
	}
	return class
}()

// classOf is the class of a rune beyond ASCII; alone is true where it is a word by itself.
func classOf(r rune) (class uint8, alone bool) {
	switch {
	case unicode.IsLetter(r):
		switch {
		case r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana), r >= 0xe00 && r <= 0xeff:
			return smallLetter, true
		case unicode.IsUpper(r):
			return capital, false
		}
		return smallLetter, false
	case unicode.IsDigit(r):
		return digit, false
	}
	switch r {
	case '،', '、', '，', '；':
		return commaMark, false
	case '。', '！', '？', '؟', '।', '…', '۔', '．':
		return sentenceMark, false
	case '“', '”', '„', '«', '»', '「', '」', '‘', '’', '‹', '›', '『', '』':
		return quoteMark, false
	}
	if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r) {
		return smallLetter, false // vowel signs are part of their word
	}
	return otherMark, false
}

// scanWords appends the FNV-1a hashes of the words of s to out and counts their shape.
func scanWords(s string, out []uint64, sh *shape) []uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	hash := uint64(offset)
	runes, small, number := int32(0), false, false // of the open word: length, first letter small, a number is open
	gap := int32(2)                                // marks since the last number
	for i := 0; i < len(s); {
		var class uint8
		r, alone := rune(s[i]), false
		if r < utf8.RuneSelf {
			class = asciiClass[r]
			i++
		} else {
			var n int
			r, n = utf8.DecodeRuneInString(s[i:])
			i += n
			class, alone = classOf(r)
		}
		if class < smallLetter || class > digit || alone {
			if runes > 0 {
				out = append(out, hash)
				sh.words++
				sh.wordRunes += runes
				if small && runes <= 3 {
					sh.short++
				}
				hash, runes = offset, 0
			}
			number = false
		}
		switch class {
		case smallLetter:
			sh.letters++
			if alone {
				sh.alone++
				out = append(out, (offset^uint64(r))*prime)
				continue
			}
			if runes == 0 {
				small = true
			}
			number, gap = false, 2
		case capital:
			sh.letters++
			sh.upper++
			if runes == 0 {
				small = false
				sh.titled++
			}
			if r < utf8.RuneSelf {
				r |= 0x20
			} else {
				r = unicode.ToLower(r)
			}
			number, gap = false, 2
		case digit:
			sh.digits++
			if !number {
				sh.numbers++
				if gap == 1 {
					sh.joined++
				}
			}
			if runes == 0 {
				small = false
			}
			number, gap = true, 0
		case commaMark:
			sh.commas++
			gap = 2
			continue
		case sentenceMark:
			sh.sentences++
			gap++
			continue
		case quoteMark:
			sh.quotes++
			sh.marks |= markOf(r)
			gap = 2
			continue
		default:
			gap++
			if r == ' ' {
				gap = 2
			} else {
				sh.marks |= markOf(r)
			}
			continue
		}
		hash = (hash ^ uint64(r)) * prime
		runes++
		if start := i; i < len(s) && s[i]-'a' < 26 { // so goes the most of most words
			for i < len(s) && s[i]-'a' < 26 {
				hash = (hash ^ uint64(s[i])) * prime
				i++
			}
			runes += int32(i - start)
			sh.letters += int32(i - start)
			number, gap = false, 2
		}
	}
	if runes > 0 {
		out = append(out, hash)
		sh.words++
		sh.wordRunes += runes
		if small && runes <= 3 {
			sh.short++
		}
	}
	return out
}
