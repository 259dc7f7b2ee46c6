// Package page is the one walk over a page: what it leaves behind is all that
// the later steps of extract read. They never see the tree.
//
// A Page is three flat tables over one text: the elements in document order, the
// blocks of text in document order, and the head. Elements and blocks point into
// Page.Text by offset, so the words of any element, inline or not, are one slice.
package page

import (
	"net/url"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Page is read-only after Parse.
type Page struct {
	// URL is the address of the page, or "" where it is not known. Base is what
	// links resolve against: <base href> over URL.
	URL, Base string
	// Lang and Dir are the attributes of <html> (or <body>), as printed.
	Lang, Dir string
	// Title is the text of the first <title> of the head, white space collapsed.
	Title string
	// Metas are the <meta> elements with a content, in order, wherever they stand.
	Metas []Meta
	// Links are the <link> elements, in order.
	Links []HeadLink
	// Scripts are the scripts that hold data: JSON-LD and application state.
	Scripts []Script
	// Refresh is the content of <meta http-equiv=refresh>.
	Refresh string

	// Text is the text of all blocks, each followed by "\n". White space inside a
	// block is collapsed to single spaces, except in pre, where lines are kept.
	Text string
	// Elems are the elements of the body in document order, parents before children.
	Elems []Elem
	// Blocks are the runs of text between block boundaries, in document order.
	Blocks []Block

	// Selected are the elements that an operator's selectors name as the article; see ParseSelected.
	Selected []int32

	// Plain is true where the page was plain text: blocks then have no structure.
	Plain bool
	// Flattened is true where the tree was deeper than the parser accepts and was read by tokens.
	Flattened bool

	attrs  []html.Attribute // room for those of Elems
	base   *url.URL         // Base, parsed
	origin string           // scheme and host of Base where a path can be put behind them as it is
}

// A Meta is one <meta>: its lower-cased name, property, itemprop or http-equiv, and its content.
type Meta struct{ Name, Content string }

// A HeadLink is one <link>.
type HeadLink struct{ Rel, Href, Type, Title, Lang string }

// A Script is a script that holds data, not code (or code that assigns data).
type Script struct {
	// Type is the lower-cased type attribute, e.g. application/ld+json.
	Type string
	// ID is the id attribute, e.g. __NEXT_DATA__.
	ID string
	// Text is the raw content.
	Text string
}

// An Elem is one element of the body.
type Elem struct {
	// Tag is the element's atom, 0 for custom elements; Name is always there.
	Tag  atom.Atom
	Name string
	// Attrs are the attributes that anything asks for, as the parser gave them; see Attr.
	Attrs []html.Attribute
	// Parent is the index of the parent, -1 at the root. End is the index after the
	// last descendant: the subtree of e is Elems[e:End].
	Parent, End int32
	// Start and Stop bound the element's text in Page.Text.
	Start, Stop int32
	// FirstBlock and EndBlock bound the blocks that begin inside the element (half open).
	FirstBlock, EndBlock int32
	// Depth counts the ancestors.
	Depth uint16
	// Anc has a bit for each ancestor kind, the element itself included.
	Anc Ancestors
	// Own has a bit for each hint group that the element's own attributes name;
	// Dist is the distance to the nearest element, itself included (0), that names the group; FarAway where none does.
	Own  Hints
	Dist [HintGroups]uint8
	// Hidden is true where the element or an ancestor is hidden by an attribute, by inline
	// style, or by a class for screen readers only. Text of hidden inline elements is not
	// in Page.Text; that of hidden blocks is.
	Hidden bool
	// Block is true where the element parts blocks, and for inline elements that hold one which does.
	Block bool
	// TagPath and ClassPath are hashes of the path of tags, and of tags and classes, from the root.
	TagPath, ClassPath uint64
}

// A Block is one run of text.
type Block struct {
	// Start and Stop bound the block's text in Page.Text.
	Start, Stop int32
	// Elem is the nearest block-level element that holds the text.
	Elem int32
	// Runes counts the runes of the text; LinkRunes, BoldRunes and ItalicRunes those inside a, b/strong and i/em.
	Runes, LinkRunes, BoldRunes, ItalicRunes int32
	// Links counts the <a> that begin in the block; Images the pictures.
	Links, Images int16
	// Heading is the level of the heading that is the block's owner, 0 elsewhere.
	Heading uint8
	// StartsWithLink, HasTime: the first letter stands in a link; a <time> stands in the block.
	StartsWithLink, HasTime bool
	// AfterBreak is true where the block was parted from its neighbour by a run of <br> only.
	AfterBreak bool
	// Button is true where the text stands in a button.
	Button bool
}

// FarAway is the value of Elem.Dist for a group that no ancestor names.
const FarAway = 20

// Attr returns the value of the attribute name of e, or "".
func (e *Elem) Attr(name string) string {
	for i := range e.Attrs {
		if e.Attrs[i].Key == name {
			return e.Attrs[i].Val
		}
	}
	return ""
}

// HasAttr reports whether e has the attribute, even an empty one.
func (e *Elem) HasAttr(name string) bool {
	for i := range e.Attrs {
		if e.Attrs[i].Key == name {
			return true
		}
	}
	return false
}

// BlockText is the text of block i.
func (p *Page) BlockText(i int) string { return p.Text[p.Blocks[i].Start:p.Blocks[i].Stop] }

// ElemText is the text of element i; blocks inside it are parted by "\n".
func (p *Page) ElemText(i int) string { return p.Text[p.Elems[i].Start:p.Elems[i].Stop] }

// Count is how many elements of the name the body has.
func (p *Page) Count(tag atom.Atom) int {
	n := 0
	for i := range p.Elems {
		if p.Elems[i].Tag == tag {
			n++
		}
	}
	return n
}

// Meta returns the content of the first meta with one of the names, in the order of the names.
func (p *Page) Meta(names ...string) string {
	for _, name := range names {
		for i := range p.Metas {
			if p.Metas[i].Name == name && p.Metas[i].Content != "" {
				return p.Metas[i].Content
			}
		}
	}
	return ""
}
