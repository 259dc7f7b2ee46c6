package page

import (
	"math/bits"
	"strings"

	"golang.org/x/net/html"
)

const (
	maxHintValue = 512  // longer attribute values are data, not words
	maxHintCache = 4096 // values remembered before a cache starts anew
)

// A reading is what an attribute value says.
type reading struct {
	hints  Hints
	style  classStyle
	styled bool // style was read: the value is that of a class
}

// A hintCache remembers the readings of attribute values: pages of one site repeat theirs.
type hintCache struct {
	values map[string]reading
	token  []byte
}

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
		class := attrs[i].Key == "class"
		x, ok := c.values[v]
		if !ok {
			x.hints = c.read(v)
		}
		if class && !x.styled {
			x.style, x.styled, ok = readStyle(v), true, false
		}
		if !ok {
			c.values[strings.Clone(v)] = x // the page must not live on in the cache
		}
		r.hints |= x.hints
		if class {
			r.style = x.style
		}
	}
	return r
}

// read takes a value apart into words, at what is no letter and at camelCase.
func (c *hintCache) read(v string) Hints {
	lexicon := theHintLexicon()
	var h Hints
	tok := c.token[:0]
	flush := func() {
		if len(tok) > 1 {
			h |= lexicon.of(tok)
		}
		tok = tok[:0]
	}
	for i := range len(v) {
		switch b := v[i]; {
		case 'a' <= b && b <= 'z', b >= 0x80:
			tok = append(tok, b)
		case 'A' <= b && b <= 'Z':
			if i > 0 && 'a' <= v[i-1] && v[i-1] <= 'z' {
				flush()
			}
			tok = append(tok, b|0x20)
		default:
			flush()
		}
	}
	flush()
	c.token = tok[:0]
	return h
}

// lowest is the lowest group of a set that is not empty.
func (h Hints) lowest() int { return bits.TrailingZeros32(uint32(h)) }
