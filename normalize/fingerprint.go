package normalize

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fingerprint is ContentHash and Simhash of a text in one go.
func Fingerprint(text string) (content string, simhash uint64) {
	room := letterRoom.Get().(*[]byte)
	f := fingerprint{letters: (*room)[:0], token: fnvBasis}
	apart := f.read(text, foldedApart)
	if !apart {
		f = fingerprint{letters: f.letters[:0], token: fnvBasis}
		f.read(foldByTables(text), asItIs)
	}
	if f.tokens == 0 {
		return "", 0
	}
	if f.tokens < 3 {
		f.votes.add(shingle(f.last[0], f.last[1], f.last[2]))
	}
	if !apart { // what was dropped may have kept a mark from its letter
		f.letters = norm.NFC.Bytes(f.letters)
	}
	sum := sha256.Sum256(f.letters)
	if *room = f.letters; cap(f.letters) <= maxLetterRoom {
		letterRoom.Put(room)
	}
	return hex.EncodeToString(sum[:16]), f.votes.majority()
}

// letterRoom holds room for the letters of texts.
var letterRoom = sync.Pool{New: func() any { return new([]byte) }}

const maxLetterRoom = 1 << 20

// A fingerprint is what one pass over the letters of a text leaves of it.
type fingerprint struct {
	letters []byte    // of all tokens
	token   uint64    // hash of the open token
	open    bool      // there is one
	tokens  int       // that are closed
	last    [3]uint64 // hashes of the latest tokens, oldest first
	votes   ballot
}

// foldedASCII is the small letter or digit that a byte stands for in a token, 0 for what parts tokens.
var foldedASCII = func() (folded [utf8.RuneSelf]byte) {
	for c := range folded {
		switch c := byte(c); {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			folded[c] = c
		case c >= 'A' && c <= 'Z':
			folded[c] = c | 0x20
		}
	}
	return folded
}()

// read takes the tokens of s: runs of letters, marks and digits, and each character of a
// script without spaces. fold is what a rune beyond ASCII is folded to; where that is "",
// read gives up and is false.
func (f *fingerprint) read(s string, fold func(r rune, printed string) string) bool {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			n := f.readASCII(s[i:])
			if i += n; n == 0 {
				i++
				if f.open {
					f.close()
				}
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		folded := fold(r, s[i:i+n])
		if folded == "" {
			return false
		}
		for _, r := range folded {
			f.rune(r)
		}
		i += n
	}
	if f.open {
		f.close()
	}
	return true
}

// readASCII takes the letters and digits of ASCII that s begins with.
func (f *fingerprint) readASCII(s string) (n int) {
	letters, token := f.letters, f.token
	for n < len(s) && s[n] < utf8.RuneSelf && foldedASCII[s[n]] != 0 {
		c := foldedASCII[s[n]]
		letters = append(letters, c)
		token = (token ^ uint64(c)) * fnvPrime
		n++
	}
	f.letters, f.token, f.open = letters, token, f.open || n > 0
	return n
}

func (f *fingerprint) rune(r rune) {
	if r < utf8.RuneSelf && foldedASCII[r] == 0 || r >= utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r) {
		if f.open {
			f.close()
		}
		return
	}
	alone := ideographic(r) || unspaced(r)
	if alone && f.open {
		f.close()
	}
	start := len(f.letters)
	f.letters = utf8.AppendRune(f.letters, r)
	for _, c := range f.letters[start:] {
		f.token = (f.token ^ uint64(c)) * fnvPrime
	}
	if f.open = true; alone {
		f.close()
	}
}

func (f *fingerprint) close() {
	f.last[0], f.last[1], f.last[2] = f.last[1], f.last[2], f.token
	f.token, f.open = fnvBasis, false
	if f.tokens++; f.tokens >= 3 {
		f.votes.add(shingle(f.last[0], f.last[1], f.last[2]))
	}
}

func asItIs(_ rune, printed string) string { return printed }

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

// FNV-1a, by which a token is hashed.
const (
	fnvBasis uint64 = 0xcbf29ce484222325
	fnvPrime uint64 = 0x100000001b3
)
