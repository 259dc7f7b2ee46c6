package page

import "sync"

// The largest tables and texts whose room is kept for the next page.
const (
	roomElems = 1 << 15
	roomText  = 1 << 20
)

var walkers = sync.Pool{New: func() any { return &walker{hints: &hintCache{values: make(map[string]reading, 256)}} }}

// release gives back the room of a walker that is done; it holds nothing of the page any more.
func (w *walker) release() {
	if len(w.hints.values) > maxHintCache {
		clear(w.hints.values)
	}
	if cap(w.text) > roomText || cap(w.stack) > roomElems {
		return
	}
	w.p, w.attrs = nil, attributes{}
	walkers.Put(w)
}

// tables is the room of Page.Elems and Page.Blocks.
type tables struct {
	elems  []Elem
	blocks []Block
}

var spareTables = sync.Pool{New: func() any { return &tables{make([]Elem, 0, 2048), make([]Block, 0, 512)} }}

func (p *Page) takeTables() {
	t := spareTables.Get().(*tables)
	p.Elems, p.Blocks = t.elems, t.blocks
}

// Release gives the room of the tables back for another page. Nothing may read p.Elems or
// p.Blocks after it, or hold a pointer into them; p.Text and all that was cut from it stay.
func (p *Page) Release() {
	elems, blocks := p.Elems, p.Blocks
	p.Elems, p.Blocks = nil, nil
	if cap(elems) > roomElems || cap(blocks) > roomElems {
		return
	}
	clear(elems) // the nodes of the tree hang on their attributes
	spareTables.Put(&tables{elems[:0], blocks[:0]})
}
