package normalize

import (
	"crypto/sha256"
	"encoding/hex"
	"hash/fnv"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// ContentHash is the first 128 bits of the SHA-256 of Fold(text), 32 hex digits; ""
// where the text holds no letter. It ignores case, marks, spaces and typography.
func ContentHash(text string) string {
	f := Fold(text)
	if f == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(f))
	return hex.EncodeToString(sum[:16])
}

// Simhash is a 64-bit locality-sensitive hash (Charikar 2002) over runs of three
// words, or of three characters in scripts without spaces: near copies differ in
// few bits. It is stable across releases. Texts under 100 words are better told
// apart by ContentHash.
func Simhash(text string) uint64 {
	words := simWords(text)
	if len(words) == 0 {
		return 0
	}
	n := min(3, len(words))
	var votes [64]int
	for i := 0; i+n <= len(words); i++ {
		h := fnv.New64a()
		for _, w := range words[i : i+n] {
			h.Write([]byte(w))
			h.Write([]byte{0})
		}
		x := h.Sum64()
		for bit := range votes {
			if x>>bit&1 == 1 {
				votes[bit]++
			} else {
				votes[bit]--
			}
		}
	}
	var out uint64
	for bit, v := range votes {
		if v > 0 {
			out |= 1 << bit
		}
	}
	return out
}

func simWords(text string) []string {
	text = cases.Fold().String(norm.NFKC.String(text))
	var out []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	}) {
		start := 0
		for i, r := range w {
			if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
				if i > start {
					out = append(out, w[start:i])
				}
				out = append(out, string(r))
				start = i + len(string(r))
			}
		}
		if start < len(w) {
			out = append(out, w[start:])
		}
	}
	return out
}
