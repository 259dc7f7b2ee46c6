package normalize

import (
	"crypto/sha256"
	"encoding/hex"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fingerprint is ContentHash and Simhash of a text in one go.
func Fingerprint(text string) (content string, simhash uint64) {
	folded, apart := foldCase(text)
	letters := make([]byte, 0, len(folded))
	var last [3]uint64 // hashes of the latest words, oldest first
	var votes ballot
	n := 0
	eachToken(folded, func(token string) {
		letters = append(letters, token...)
		last[0], last[1], last[2] = last[1], last[2], fnv1a(token)
		if n++; n >= 3 {
			votes.add(shingle(last[0], last[1], last[2]))
		}
	})
	if n == 0 {
		return "", 0
	}
	if n < 3 {
		votes.add(shingle(last[0], last[1], last[2]))
	}
	if !apart { // what was dropped may have kept a mark from its letter
		letters = norm.NFC.Bytes(letters)
	}
	sum := sha256.Sum256(letters)
	return hex.EncodeToString(sum[:16]), votes.majority()
}

// ContentHash is the first 128 bits of the SHA-256 of Fold(text), 32 hex digits; ""
// where the text holds no letter or digit. It ignores case, spaces, punctuation
// and typography, and is stable across releases.
func ContentHash(text string) string {
	content, _ := Fingerprint(text)
	return content
}

// Simhash is a 64-bit locality-sensitive hash (Charikar 2002) over runs of three
// words, of three characters in scripts without spaces, of the case-folded text:
// near copies differ in few bits, three or less above 100 words. Shorter texts
// are better told apart by ContentHash. 0 is that of a text without words. It is
// stable across releases: changing it would make every stored record a stranger.
func Simhash(text string) uint64 {
	_, simhash := Fingerprint(text)
	return simhash
}

// A ballot counts how many hashes have each of their 64 bits set. The counts lie
// across the planes, the lowest digits of all 64 in the first, so that a hash is
// added to all of them at once, with its carries.
type ballot struct {
	planes [32]uint64
	cast   int
}

func (b *ballot) add(hash uint64) {
	b.cast++
	for k := 0; hash != 0; k++ {
		b.planes[k], hash = b.planes[k]^hash, b.planes[k]&hash
	}
}

// majority has the bits that more than half of the hashes have.
func (b *ballot) majority() uint64 {
	var hash uint64
	for bit := range 64 {
		count := 0
		for k, plane := range b.planes {
			count += int(plane>>bit&1) << k
		}
		if count*2 > b.cast {
			hash |= 1 << bit
		}
	}
	return hash
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

// eachToken calls yield for each run of letters, marks and digits of a case-folded
// text, and for each character of a script without spaces.
func eachToken(s string, yield func(string)) {
	start := -1
	var n int
	for i := 0; i < len(s); i += n {
		c := s[i]
		if n = 1; c < utf8.RuneSelf {
			switch word := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'; {
			case word && start < 0:
				start = i
			case !word && start >= 0:
				yield(s[start:i])
				start = -1
			}
			continue
		}
		var r rune
		r, n = utf8.DecodeRuneInString(s[i:])
		word := unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)
		alone := word && (ideographic(r) || unspaced(r))
		if start >= 0 && (!word || alone) {
			yield(s[start:i])
			start = -1
		}
		switch {
		case alone:
			yield(s[i : i+n])
		case word && start < 0:
			start = i
		}
	}
	if start >= 0 {
		yield(s[start:])
	}
}
