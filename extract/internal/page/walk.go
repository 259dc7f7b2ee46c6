package page

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A walker makes the tables of a Page from the events of one pass over the markup:
// enter, words, leave. It does not know where the events come from.
type walker struct {
	p     *Page
	hints *hintCache
	attrs attributes // of the element being entered
	lineState

	stack []frame
	top   frame // the innermost open element, a copy of the stack's last
	based bool  // a <base> was met

	noscripted bool // inside the fragment of a noscript
}

// A frame is one open element with what holds inside it.
type frame struct {
	elem   int32
	traits trait // its own parting, and the linked, bold, … of all around it
	unseen bool  // text here is not shown: inside an inline element that is hidden
}

// inherited are the traits that hold for all that stands inside an element.
const inherited = linked | bold | italic | preformatted | button

// newWalker is a walker over p. Its room, and that of the tables, goes from page to page.
func newWalker(p *Page, markup string) *walker {
	w := walkers.Get().(*walker)
	root := frame{elem: -1}
	*w = walker{p: p, hints: w.hints, top: root, stack: append(w.stack[:0], root), lineState: lineState{text: w.text[:0], indent: w.indent[:0]}}
	if cap(w.text) < len(markup)/8 {
		w.text = make([]byte, 0, len(markup)/8)
	}
	p.takeTables()
	return w
}

// finish closes what is open and hands the tables to the page.
func (w *walker) finish() {
	for len(w.stack) > 1 {
		w.leave()
	}
	w.part()
	w.settleOwners()
	w.p.Text = string(w.text)
	w.release()
}

// enter opens an element of the body and records it. Every element entered is left again.
func (w *walker) enter(tag atom.Atom, name string, attrs []html.Attribute, t trait) {
	w.attrs.read(attrs)
	var said reading
	if w.attrs.hinted {
		said = w.hints.of(attrs)
	}
	hides := w.attrs.hides() || said.style&(screenReaderOnly|unshown) != 0 || t&inline != 0 && said.style&popUp != 0
	if t&inline == 0 {
		w.part()
		w.markContainers()
	}
	i := w.record(tag, name, attrs, t, hides, said.hints)
	f := frame{elem: i, traits: t&^inherited | w.top.traits&inherited}
	if t&linked == 0 || w.attrs.href {
		f.traits |= t & inherited
	}
	// A block inside a hidden inline element counts as a hidden block, not as nothing.
	f.unseen = t&inline != 0 && (w.top.unseen || hides)
	switch {
	case f.unseen:
	case tag == atom.Br, t&inline != 0 && said.style&lineEnd != 0:
		w.lineBreak(f.traits)
	case tag == atom.Img:
		w.block.Images++
	case tag == atom.Time:
		w.block.HasTime = true
	case tag == atom.A && w.attrs.href:
		w.block.Links++
	}
	w.stack = append(w.stack, f)
	w.top = f
}

// leave closes the innermost open element.
func (w *walker) leave() {
	if w.top.traits&inline == 0 {
		w.part()
	}
	e := &w.p.Elems[w.top.elem]
	e.End = int32(len(w.p.Elems))
	e.EndBlock = w.nextBlock()
	e.Start, e.Stop = w.trim(e.Start, int32(len(w.text)))
	w.stack = w.stack[:len(w.stack)-1]
	w.top = w.stack[len(w.stack)-1]
}

// words adds a run of text.
func (w *walker) words(s string) {
	if w.top.unseen {
		return
	}
	if w.top.traits&preformatted != 0 {
		w.lines(s, &w.top)
	} else {
		w.flow(s, &w.top)
	}
}

func (w *walker) record(tag atom.Atom, name string, attrs []html.Attribute, t trait, hides bool, own Hints) int32 {
	p := w.p
	i := int32(len(p.Elems))
	p.Elems = append(p.Elems, Elem{})
	e := &p.Elems[i]
	e.Tag, e.Name, e.Attrs, e.Parent, e.End = tag, name, attrs, w.top.elem, i+1
	e.Start, e.Stop = int32(len(w.text)), int32(len(w.text))
	e.FirstBlock = w.nextBlock()
	e.EndBlock = e.FirstBlock
	e.Block = t&inline == 0
	if e.Parent >= 0 {
		up := &p.Elems[e.Parent]
		e.Depth, e.Anc, e.Hidden = up.Depth+1, up.Anc, up.Hidden
		e.TagPath, e.ClassPath = up.TagPath, up.ClassPath
		e.Dist = farther(up.Dist)
	} else {
		e.TagPath, e.ClassPath = hashBasis, hashBasis
		for g := range e.Dist {
			e.Dist[g] = FarAway
		}
	}
	e.Anc |= ancestorBit(tag) | w.attrs.anc
	if tag == atom.A && w.attrs.href {
		e.Anc |= InLink
	}
	if hides {
		e.Hidden = true
		e.Anc |= InHidden
	}
	e.Own = own
	for ; own != 0; own &= own - 1 {
		e.Dist[own.lowest()] = 0
	}
	e.TagPath = hashTag(e.TagPath, tag, name)
	e.ClassPath = hashClass(hashTag(e.ClassPath, tag, name), w.attrs.class)
	return i
}

// markContainers tells the inline elements around a block that they hold one: they
// then own the text beside it as a block would.
func (w *walker) markContainers() {
	for k := len(w.stack) - 1; k > 0; k-- {
		e := &w.p.Elems[w.stack[k].elem]
		if e.Block {
			return
		}
		e.Block = true
	}
}

// settleOwners moves each block from the element its first letter stands in to the
// nearest that is a container, which is known only now.
func (w *walker) settleOwners() {
	p := w.p
	for i := range p.Blocks {
		b := &p.Blocks[i]
		for !p.Elems[b.Elem].Block && p.Elems[b.Elem].Parent >= 0 {
			b.Elem = p.Elems[b.Elem].Parent
		}
		b.Heading = p.headingOf(b.Elem)
	}
}

// headingOf is the level of the heading that an element is, or that it divides up.
// A heading left open swallows paragraphs and lists; those are not headings.
func (p *Page) headingOf(e int32) uint8 {
	for ; e >= 0; e = p.Elems[e].Parent {
		el := &p.Elems[e]
		if l := headingLevel(el.Tag); l > 0 {
			return l
		}
		switch {
		case el.Anc&InHeading == 0:
			return 0
		case el.Tag == 0, el.Tag == atom.Div, el.Tag == atom.Center, el.Tag == atom.Hgroup:
		case traits(el.Tag)&inline != 0:
		default:
			return 0
		}
	}
	return 0
}
