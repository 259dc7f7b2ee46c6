package page

import (
	"encoding/binary"

	"golang.org/x/net/html/atom"
)

// FNV-1a, carried on from the parent so that a path costs no more than its last step.
const (
	hashBasis uint64 = 14695981039346656037
	hashPrime uint64 = 1099511628211
)

func hashTag(h uint64, tag atom.Atom, name string) uint64 {
	if tag != 0 {
		h = (h ^ uint64(tag)) * hashPrime
		return h ^ h>>29
	}
	return hashString(h, name)
}

func hashString(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * hashPrime
	}
	return (h ^ 0xff) * hashPrime
}

// hashClass leaves digits out: classes that count (block-12) name the same layout.
func hashClass(h uint64, class string) uint64 {
	for i := range len(class) {
		if c := class[i]; c < '0' || c > '9' {
			h = (h ^ uint64(c)) * hashPrime
		}
	}
	return (h ^ 0xff) * hashPrime
}

// farther is d for one element further down: each distance one more, held below
// FarAway, which stays. Eight groups at a time in the bytes of a word.
func farther(d [HintGroups]uint8) [HintGroups]uint8 {
	const ones = 0x0101010101010101
	for i := 0; i < len(d); i += 8 {
		x := binary.LittleEndian.Uint64(d[i:]) + ones
		over := (x + (128-FarAway)*ones) >> 7 & ones
		binary.LittleEndian.PutUint64(d[i:], x-over)
	}
	return d
}
