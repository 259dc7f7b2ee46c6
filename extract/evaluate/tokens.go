package evaluate

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// alone holds the scripts that are written without spaces: each of their
// characters is a token of its own.
var alone = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x0e00, Hi: 0x0e7f, Stride: 1}, {Lo: 0x0e80, Hi: 0x0eff, Stride: 1}, {Lo: 0x1000, Hi: 0x109f, Stride: 1},
		{Lo: 0x3040, Hi: 0x30ff, Stride: 1}, {Lo: 0x31f0, Hi: 0x31ff, Stride: 1}, {Lo: 0x3400, Hi: 0x4dbf, Stride: 1},
		{Lo: 0x4e00, Hi: 0x9fff, Stride: 1}, {Lo: 0xf900, Hi: 0xfaff, Stride: 1}, {Lo: 0xff66, Hi: 0xff9f, Stride: 1},
	},
	R32: []unicode.Range32{{Lo: 0x20000, Hi: 0x3134f, Stride: 1}},
}

// Tokens splits s as score.py does: NFC, lower case, runs of letters, numbers and
// underscores; a character of a script without spaces stands alone.
func Tokens(s string) []string {
	s = lower(norm.NFC.String(s))
	var out []string
	start := -1
	for i, r := range s {
		single := r > 0xdff && unicode.Is(alone, r)
		if !single && (r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r)) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			out = append(out, s[start:i])
			start = -1
		}
		if single {
			out = append(out, string(r))
		}
	}
	if start >= 0 {
		out = append(out, s[start:])
	}
	return out
}

// lower is Python's str.lower: as Go's, but for the final sigma and the dotted capital I.
func lower(s string) string {
	if strings.ContainsAny(s, "ΣİI\u0307") {
		return cases.Lower(language.Und).String(s)
	}
	return strings.ToLower(s)
}

// Squash folds s to letters, marks and digits alone, for comparing titles and names.
func Squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, cases.Fold().String(norm.NFKC.String(s)))
}

// A bag is a multiset of token runs, each known by its hash.
type bag map[uint64]int

func (b bag) size() int {
	n := 0
	for _, v := range b {
		n += v
	}
	return n
}

// union is the bag with the larger count of each member.
func (b bag) union(c bag) bag {
	u := make(bag, len(b)+len(c))
	for k, v := range b {
		u[k] = v
	}
	for k, v := range c {
		u[k] = max(u[k], v)
	}
	return u
}

// shingles is the bag of runs of n tokens; a text of fewer tokens is one run.
func shingles(toks []string, n int) bag {
	b := bag{}
	if len(toks) == 0 {
		return b
	}
	if len(toks) < n {
		n = len(toks)
	}
	hashes := make([]uint64, len(toks))
	for i, t := range toks {
		hashes[i] = fnv(t)
	}
	for i := 0; i+n <= len(toks); i++ {
		h := uint64(n)
		for _, x := range hashes[i : i+n] {
			h = (h ^ x) * 0x9e3779b97f4a7c15
			h ^= h >> 29
		}
		b[h]++
	}
	return b
}

func fnv(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}
