package page

import (
	"sync"

	"golang.org/x/net/html"
)

// The largest tables and texts whose room is kept for the next page.
const (
	roomElems = 1 << 15
	roomText  = 1 << 20
)

var walkers = sync.Pool{New: func() any { return &walker{hints: newHintCache()} }}

// release gives back the room of a walker that is done; it holds nothing of the page any more.
func (w *walker) release() {
	if cap(w.text) > roomText || cap(w.stack) > roomElems {
		return
	}
	w.p, w.attrs = nil, attributes{}
	walkers.Put(w)
}

// tables is the room of Page.Elems, of their attributes, and of Page.Blocks.
type tables struct {
	elems  []Elem
	attrs  []html.Attribute
	blocks []Block
}

var spareTables = sync.Pool{New: func() any { return &tables{elems: make([]Elem, 0, 2048), blocks: make([]Block, 0, 512)} }}

func (p *Page) takeTables() {
	t := spareTables.Get().(*tables)
	p.Elems, p.attrs, p.Blocks = t.elems, t.attrs, t.blocks
}

// Release gives the room of the tables back for another page. Nothing may read p.Elems or
// p.Blocks after it, or hold a pointer into them; p.Text and all that was cut from it stay.
func (p *Page) Release() {
	t := &tables{p.Elems, p.attrs, p.Blocks}
	p.Elems, p.attrs, p.Blocks = nil, nil, nil
	if cap(t.elems) > roomElems || cap(t.attrs) > roomElems || cap(t.blocks) > roomElems {
		return
	}
	clear(t.elems) // the markup hangs on their attributes
	clear(t.attrs)
	t.elems, t.attrs, t.blocks = t.elems[:0], t.attrs[:0], t.blocks[:0]
	spareTables.Put(t)
}
