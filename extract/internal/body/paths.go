package body

import "github.com/dateline-go/dateline/extract/internal/page"

// A group is the blocks that share a path.
type group struct{ count, runes, links, good, goods, written float64 }

func classPath(p *page.Page, i int) uint64 {
	if e := p.Blocks[i].Elem; e >= 0 {
		return p.Elems[e].ClassPath
	}
	return plainPath(p, i)
}

func tagPath(p *page.Page, i int) uint64 {
	if e := p.Blocks[i].Elem; e >= 0 {
		return p.Elems[e].TagPath
	}
	return plainPath(p, i)
}

func parentPath(p *page.Page, i int) uint64 {
	if e := p.Blocks[i].Elem; e >= 0 && p.Elems[e].Parent >= 0 {
		return p.Elems[p.Elems[e].Parent].ClassPath
	}
	return plainPath(p, i)
}

// plainPath stands in for a path on pages of plain text: lines that read like prose, and others.
func plainPath(p *page.Page, i int) uint64 {
	if prosaic(&p.Blocks[i], p.BlockText(i)) {
		return 1
	}
	return 2
}

// pathKeys are the paths by which blocks are grouped.
const pathWays = 3

var pathKeys = [pathWays]func(*page.Page, int) uint64{classPath, tagPath, parentPath}

// A paths is the blocks of a page sorted by one key: of says for each block which group it is in.
type paths struct {
	of     []int32
	groups []group
	index  map[uint64]int32
	most   float64 // good runes of the best group
}

func (x *paths) sort(m *measured, key func(*page.Page, int) uint64) {
	if x.index == nil {
		x.index = map[uint64]int32{}
	}
	clear(x.index)
	x.of, x.groups, x.most = room(x.of, len(m.p.Blocks)), x.groups[:0], 0
	for i := range m.p.Blocks {
		k := key(m.p, i)
		at, known := x.index[k]
		if !known {
			at = int32(len(x.groups))
			x.index[k] = at
			x.groups = append(x.groups, group{})
		}
		x.of[i] = at
		g, b := &x.groups[at], &m.p.Blocks[i]
		g.count++
		g.runes += float64(b.Runes)
		g.links += float64(b.LinkRunes)
		if m.good[i] {
			g.good += float64(b.Runes)
			g.goods++
			x.most = max(x.most, g.good)
		}
	}
}

// put writes what the group of block i is; blocks are to be written in order.
func (x *paths) put(m *measured, i int, w *writer) {
	g := &x.groups[x.of[i]]
	w.put(log1(g.count), share(g.runes, m.runes[len(m.runes)-1]), share(g.good, m.goodRunes[len(m.goodRunes)-1]), share(g.good, x.most),
		share(g.goods, g.count), share(g.links, g.runes), share(g.written, g.count))
	g.written++
}
