package page

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A walker makes the tables of a Page in one pass over the tree.
type walker struct {
	p     *Page
	text  []byte
	hints hintCache

	// The open block.
	block  Block
	open   bool
	space  bool // white space is due before the next rune
	breaks int  // <br> since the last rune

	// The state at the place of the walk.
	elem        int32 // nearest element
	owner       int32 // nearest block-level element
	depth       int
	link        int // open <a>
	bold, ital  int
	pre, button int
	unseen      int // open inline elements whose text is not shown
}

func newWalker(p *Page) *walker {
	return &walker{p: p, elem: -1, owner: -1, hints: hintCache{}}
}

func (w *walker) document(doc *html.Node) {
	for c := doc.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.DataAtom == atom.Html {
			w.p.Lang, w.p.Dir = attr(c, "lang"), attr(c, "dir")
			if w.p.Lang == "" {
				w.p.Lang = attr(c, "xml:lang")
			}
		}
	}
	w.children(doc)
}

func (w *walker) finish() {
	w.closeBlock()
	w.p.Text = string(w.text)
}

func (w *walker) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			w.words(c.Data)
		case html.ElementNode:
			w.element(c)
		}
	}
}

func (w *walker) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Head:
		w.head(n)
		return
	case atom.Html:
		w.children(n)
		return
	case atom.Meta, atom.Link, atom.Title, atom.Base, atom.Script, atom.Style, atom.Noscript:
		w.headElement(n) // they stand in the body of many pages
		return
	case atom.Br:
		w.leaf(n)
		w.breaks++
		w.space = true
		if w.breaks >= 2 && w.open {
			w.closeBlock()
			w.block.AfterBreak = true
		}
		return
	case atom.Hr:
		w.closeBlock()
		return
	case atom.Img:
		w.leaf(n)
		w.block.Images++
		return
	}
	if w.depth >= maxDepth {
		w.children(n)
		return
	}
	if skipped(n.DataAtom) {
		w.leaf(n)
		return
	}
	w.open1(n)
}

// open1 records one element and walks what is in it.
func (w *walker) open1(n *html.Node) {
	isInline := inline(n.DataAtom)
	if !isInline {
		w.closeBlock()
	}
	i := w.push(n)
	saved := *w
	w.elem = i
	w.depth++
	e := &w.p.Elems[i]
	if !isInline || holdsBlocks(n) {
		w.owner = i
	} else if e.hiddenSelf(n) {
		w.unseen++
	}
	switch n.DataAtom {
	case atom.A:
		w.link++
		w.block.Links++
	case atom.B, atom.Strong:
		w.bold++
	case atom.I, atom.Em, atom.Cite:
		w.ital++
	case atom.Pre:
		w.pre++
	case atom.Button:
		w.button++
	case atom.Time:
		w.block.HasTime = true
	}
	w.children(n)
	if !isInline {
		w.closeBlock()
	}
	e = &w.p.Elems[i] // the table may have moved
	e.End = int32(len(w.p.Elems))
	e.EndBlock = w.nextBlock()
	e.Stop = int32(len(w.text))
	if !isInline && e.Stop > e.Start && w.text[e.Stop-1] == '\n' {
		e.Stop--
	}
	w.elem, w.owner, w.depth = saved.elem, saved.owner, saved.depth
	w.link, w.bold, w.ital, w.pre, w.button, w.unseen = saved.link, saved.bold, saved.ital, saved.pre, saved.button, saved.unseen
}

// nextBlock is the index that the next block to begin will have.
func (w *walker) nextBlock() int32 {
	n := int32(len(w.p.Blocks))
	if w.open {
		n++
	}
	return n
}

// leaf records an element whose content is not walked.
func (w *walker) leaf(n *html.Node) {
	i := w.push(n)
	e := &w.p.Elems[i]
	e.End, e.Stop, e.EndBlock = i+1, e.Start, e.FirstBlock
}

func (w *walker) push(n *html.Node) int32 {
	e := Elem{
		Tag: n.DataAtom, Name: n.Data, Attrs: n.Attr, Parent: w.elem, FirstBlock: w.nextBlock(),
		Start: int32(len(w.text)),
	}
	if w.space && w.open {
		// white space before an inline element belongs to the words before it
		e.Start = int32(len(w.text))
	}
	if w.elem >= 0 {
		up := &w.p.Elems[w.elem]
		e.Depth, e.Anc, e.Dist, e.Hidden = up.Depth+1, up.Anc, up.Dist, up.Hidden
		e.TagPath, e.ClassPath = up.TagPath, up.ClassPath
		for g := range e.Dist {
			if e.Dist[g] < FarAway {
				e.Dist[g]++
			}
		}
	} else {
		for g := range e.Dist {
			e.Dist[g] = FarAway
		}
	}
	e.Anc |= ancestorBit(n.DataAtom)
	class := ""
	for k := range n.Attr {
		switch n.Attr[k].Key {
		case "class":
			class = n.Attr[k].Val
		case "itemprop":
			if n.Attr[k].Val == "articleBody" {
				e.Anc |= InArticleBody
			}
		}
	}
	e.Own = w.hints.of(n.Attr)
	for g := range HintGroups {
		if e.Own.Has(g) {
			e.Dist[g] = 0
		}
	}
	if e.hiddenSelf(n) {
		e.Hidden = true
	}
	if e.Hidden {
		e.Anc |= InHidden
	}
	e.TagPath = mix(e.TagPath, n.Data)
	e.ClassPath = mix(mix(e.ClassPath, n.Data), class)
	w.p.Elems = append(w.p.Elems, e)
	return int32(len(w.p.Elems) - 1)
}

// mix is FNV-1a carried on from h.
func mix(h uint64, s string) uint64 {
	if h == 0 {
		h = 14695981039346656037
	}
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return (h ^ 0xff) * 1099511628211
}

// hiddenSelf reports whether the element's own attributes hide it.
func (e *Elem) hiddenSelf(n *html.Node) bool {
	for k := range n.Attr {
		v := n.Attr[k].Val
		switch n.Attr[k].Key {
		case "hidden":
			return v != "until-found"
		case "aria-hidden":
			if v == "true" && inline(n.DataAtom) {
				return true
			}
		case "style":
			if hidingStyle(v) {
				return true
			}
		case "class":
			if inline(n.DataAtom) && screenReaderOnly(v) {
				return true
			}
		}
	}
	return false
}

func hidingStyle(s string) bool {
	if !strings.Contains(s, "none") && !strings.Contains(s, "hidden") {
		return false
	}
	s = strings.ToLower(strings.ReplaceAll(s, " ", ""))
	return strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden")
}

// screenReaderOnly knows the class words for text that only a screen reader gives out.
func screenReaderOnly(class string) bool {
	for c := range strings.FieldsSeq(class) {
		switch c {
		case "sr-only", "visually-hidden", "screen-reader-text", "visuallyhidden", "screenreader", "screen-reader-only", "a11y-hidden", "sr_only", "element-invisible":
			return true
		}
	}
	return false
}

// holdsBlocks reports whether an inline element has block-level elements inside:
// it then owns their text as a block would.
func holdsBlocks(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (!inline(c.DataAtom) && !skipped(c.DataAtom) || inline(c.DataAtom) && c.DataAtom != atom.Img && c.DataAtom != atom.Br && holdsBlocks(c)) {
			return true
		}
	}
	return false
}

// words adds text to the open block, opening one at the first rune that is not white space.
func (w *walker) words(s string) {
	if w.unseen > 0 {
		return
	}
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c <= ' ' {
				w.blank(c)
				i++
				continue
			}
			j := i + 1
			for j < len(s) && s[j] > ' ' && s[j] < utf8.RuneSelf {
				j++
			}
			w.put(s[i:j], j-i)
			i = j
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch r {
		case '\u00a0', '\u3000', '\u2028', '\u2029', '\u202f', '\u2009', '\u200a', '\u2002', '\u2003', '\u2005':
			w.blank(' ')
		case '\u200b', '\ufeff', '\u00ad', '\u2060':
		default:
			w.put(s[i:i+n], 1)
		}
		i += n
	}
}

func (w *walker) blank(c byte) {
	if w.pre > 0 && c == '\n' && w.open {
		if len(w.text) > 0 && w.text[len(w.text)-1] == '\n' {
			w.closeBlock() // a blank line parts blocks of pre
			return
		}
		w.text = append(w.text, '\n')
		w.space = false
		return
	}
	w.space = true
}

func (w *walker) put(s string, runes int) {
	if !w.open {
		w.openBlock()
	}
	b := &w.block
	if w.space && int(b.Start) < len(w.text) && w.text[len(w.text)-1] != '\n' {
		w.text = append(w.text, ' ')
		b.Runes++
		if w.link > 0 {
			b.LinkRunes++
		}
	}
	w.space, w.breaks = false, 0
	w.text = append(w.text, s...)
	n := int32(runes)
	b.Runes += n
	if w.link > 0 {
		b.LinkRunes += n
	}
	if w.bold > 0 {
		b.BoldRunes += n
	}
	if w.ital > 0 {
		b.ItalicRunes += n
	}
}

func (w *walker) openBlock() {
	w.open = true
	b := &w.block
	b.Start, b.Elem = int32(len(w.text)), w.owner
	b.StartsWithLink, b.Button = w.link > 0, w.button > 0
	if w.link > 0 && b.Links == 0 {
		b.Links = 1
	}
	if w.owner >= 0 {
		for i := w.owner; i >= 0 && w.p.Elems[i].Anc&InHeading != 0; i = w.p.Elems[i].Parent {
			if l := headingLevel(w.p.Elems[i].Tag); l > 0 {
				b.Heading = l
				break
			}
		}
	}
}

func (w *walker) closeBlock() {
	if w.open {
		w.block.Stop = int32(len(w.text))
		for w.block.Stop > w.block.Start && w.text[w.block.Stop-1] == '\n' {
			w.block.Stop--
			w.text = w.text[:len(w.text)-1]
		}
		w.p.Blocks = append(w.p.Blocks, w.block)
		w.text = append(w.text, '\n')
	}
	w.block, w.open, w.space, w.breaks = Block{}, false, false, 0
}
