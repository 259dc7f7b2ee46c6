package normalize

import (
	"crypto/sha256"
	"encoding/hex"
	"unicode"
	"unicode/utf8"
)

// ContentHash is the first 128 bits of the SHA-256 of Fold(text), 32 hex digits; ""
// where the text holds no letter or digit. It ignores case, spaces, punctuation
// and typography, and is stable across releases.
func ContentHash(text string) string {
	f := Fold(text)
	if f == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(f))
	return hex.EncodeToString(sum[:16])
}

// Simhash is a 64-bit locality-sensitive hash (Charikar 2002) over runs of three
// words, of three characters in scripts without spaces, of the case-folded text:
// near copies differ in few bits, three or less above 100 words. Shorter texts
// are better told apart by ContentHash. 0 is that of a text without words. It is
// stable across releases: changing it would make every stored record a stranger.
func Simhash(text string) uint64 {
	var votes [64]int32
	var last [3]uint64 // hashes of the latest words, oldest first
	n := 0
	eachToken(foldForShingles(text), func(token string) {
		last[0], last[1], last[2] = last[1], last[2], fnv1a(token)
		if n++; n >= 3 {
			vote(&votes, shingle(last[0], last[1], last[2]))
		}
	})
	if n == 0 {
		return 0
	}
	if n < 3 {
		vote(&votes, shingle(last[0], last[1], last[2]))
	}
	var hash uint64
	for bit, v := range votes {
		if v > 0 {
			hash |= 1 << bit
		}
	}
	return hash
}

func vote(votes *[64]int32, h uint64) {
	for bit := range votes {
		votes[bit] += int32(h>>bit&1)<<1 - 1
	}
}

// shingle mixes three hashes into one, in order, by the finalizer of MurmurHash3.
func shingle(a, b, c uint64) uint64 {
	h := a
	for _, x := range [...]uint64{b, c} {
		h = h*0x9e3779b97f4a7c15 + x
		h ^= h >> 33
		h *= 0xff51afd7ed558ccd
		h ^= h >> 33
		h *= 0xc4ceb9fe1a85ec53
		h ^= h >> 33
	}
	return h
}

func fnv1a(s string) uint64 {
	h := uint64(0xcbf29ce484222325)
	for i := range len(s) {
		h ^= uint64(s[i])
		h *= 0x100000001b3
	}
	return h
}

// foldForShingles is the text with its case folded, words still apart.
func foldForShingles(text string) string {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return foldCase(text)
		}
	}
	b := []byte(text)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// eachToken calls yield for each run of letters, marks and digits, and for each
// character of a script without spaces.
func eachToken(s string, yield func(string)) {
	start := -1
	for i, r := range s {
		word := r < utf8.RuneSelf && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9') ||
			r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r))
		alone := word && (ideographic(r) || unspaced(r))
		if start >= 0 && (!word || alone) {
			yield(s[start:i])
			start = -1
		}
		switch {
		case alone:
			yield(s[i : i+utf8.RuneLen(r)])
		case word && start < 0:
			start = i
		}
	}
	if start >= 0 {
		yield(s[start:])
	}
}
