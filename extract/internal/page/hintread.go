package page

import (
	"hash/maphash"
	"math/bits"

	"golang.org/x/net/html"
)

const (
	maxHintValue = 512  // longer attribute values are data, not words
	hintPlaces   = 2048 // of a cache
)

// A reading is what an attribute value says.
type reading struct {
	hints  Hints
	style  classStyle
	styled bool // style was read: the value is that of a class
}

// A hintCache remembers the readings of attribute values: pages of one site repeat theirs. Each value has one place,
// which it may lose to another.
type hintCache struct {
	places [hintPlaces]struct {
		value []byte // of its own: the page must not live on in the cache
		reading
	}
	seed  maphash.Seed
	token []byte
}

func newHintCache() *hintCache { return &hintCache{seed: maphash.MakeSeed()} }

// hintAttr reports whether the words of an attribute say what its element is for.
func hintAttr(key string) bool {
	switch key {
	case "id", "class", "role", "itemprop":
		return true
	}
	if len(key) < 7 || key[:5] != "data-" {
		return false
	}
	switch key[5:] {
	case "testid", "test-id", "component", "component-name", "type", "module", "qa", "block":
		return true
	}
	return false
}

// of is the groups that the attributes name, and the styles of the class.
func (c *hintCache) of(attrs []html.Attribute) reading {
	var r reading
	for i := range attrs {
		v := attrs[i].Val
		if v == "" || len(v) > maxHintValue || !hintAttr(attrs[i].Key) {
			continue
		}
		if attrs[i].Key == "id" {
			r.hints |= c.read(v) // no two are the same
			continue
		}
		x := &c.places[maphash.String(c.seed, v)%hintPlaces]
		if string(x.value) != v {
			x.value = append(x.value[:0], v...)
			x.reading = reading{hints: c.read(v)}
		}
		r.hints |= x.hints
		if attrs[i].Key == "class" {
			if !x.styled {
				x.style, x.styled = readStyle(v), true
			}
			r.style = x.style
		}
	}
	return r
}

// read takes a value apart into words, at what is no letter and at camelCase.
func (c *hintCache) read(v string) Hints {
	lexicon := theHintLexicon()
	var h Hints
	words, start := c.token[:0], 0
	for i := range len(v) {
		switch b := v[i]; {
		case 'a' <= b && b <= 'z', b >= 0x80:
			words = append(words, b)
			continue
		case 'A' <= b && b <= 'Z':
			if i > 0 && 'a' <= v[i-1] && v[i-1] <= 'z' {
				h |= lexicon.of(words[start:])
				start = len(words)
			}
			words = append(words, b|0x20)
			continue
		}
		h |= lexicon.of(words[start:])
		start = len(words)
	}
	c.token = words[:0]
	return h | lexicon.of(words[start:])
}

// lowest is the lowest group of a set that is not empty.
func (h Hints) lowest() int { return bits.TrailingZeros32(uint32(h)) }
