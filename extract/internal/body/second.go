package body

import (
	"slices"

	"github.com/dateline-go/dateline/extract/internal/page"
)

// reach is how far the second pass looks at the probabilities beside a block.
const reach = 5

// The groups of features of the second pass.
const (
	besideProbs   = 2*reach + 1 + 3
	placeProbs    = 9
	groupProbs    = (pathWays + 2) * 3
	boxProbs      = 4 * 2
	massProbs     = 2 * 6
	headingProbs  = 3
	pageProbs     = 4
	repeatedFirst = 13
)

// SecondGroups are the groups of the columns of the second pass, in order.
var SecondGroups = []FeatureGroup{
	{"neighbours", reach}, {"first pass", 1}, {"neighbours", reach}, {"text around", 3}, {"place in the body", placeProbs},
	{"blocks of the same path", groupProbs}, {"boxes around", boxProbs}, {"where most of the text stands", massProbs},
	{"heading above", headingProbs}, {"page as a whole", pageProbs}, {"own shape", repeatedFirst},
}

const secondFeatures = besideProbs + placeProbs + groupProbs + boxProbs + massProbs + headingProbs + pageProbs + repeatedFirst

// massShares are the shares of the probable text that the deepest element must hold.
var massShares = [2]float64{.6, .9}

// A secondPass is the room that the second pass works in.
type secondPass struct {
	first, rows     []float32
	mass, toks, sum []float64
	ways            [len(pathKeys) + 2]way
	index           map[uint64]int32
	holders         [len(massShares)]holder
}

// A way of grouping blocks, with the sums of each group.
type way struct {
	of   []int32
	sums []groupSum
}

type groupSum struct{ p, count, mass, toks float64 }

// settled is the probability of the first pass under which a block is looked at no
// more. Most blocks of a page are such, and of 1,534 pages two change by it.
const settled = .004

// unsettled are the blocks that the second pass decides on.
func unsettled(first []float32) []int32 {
	var of []int32
	for i, p := range first {
		if p >= settled {
			of = append(of, int32(i))
		}
	}
	return of
}

// again is the probabilities of the second pass by its rows for the blocks given, and
// for the others those of the first.
func (f *Forest) again(rows []float32, of []int32, first []float32) []float32 {
	got, probs := make([]float32, len(of)), slices.Clone(first)
	f.predict(rows, secondFeatures, got, settlesSecond)
	for r, i := range of {
		probs[i] = got[r]
	}
	return probs
}

// second makes the rows of the second pass for the blocks given: what the first pass
// thought of the blocks around, in the same element and of the same path. It is a
// memory of the layout within the page.
func (m *measured) second(p []float32, of []int32) []float32 {
	n, s := len(p), &m.scratch
	s.rows = room(s.rows, len(of)*secondFeatures)
	s.mass, s.toks, s.sum = prefix(s.mass, n), prefix(s.toks, n), prefix(s.sum, n)
	rows, mass, toks, sum := s.rows, s.mass, s.toks, s.sum
	var top float32
	for i := range p {
		mass[i+1] = mass[i] + float64(p[i]*m.toks[i])
		toks[i+1] = toks[i] + float64(m.toks[i])
		sum[i+1] = sum[i] + float64(p[i])
		top = max(top, p[i])
	}
	m.group(p)
	for k := range s.holders {
		s.holders[k].find(m.p, massShares[k], mass)
	}
	cut, expected := expectedF(p, m.toks)
	seen := m.sightings(p)
	heading, under, over := underHeadings(m.p, p)
	for r, block := range of {
		i := int(block)
		w := writer{row: rows[r*secondFeatures : (r+1)*secondFeatures]}
		for d := -reach; d <= reach; d++ {
			if j := i + d; j >= 0 && j < n {
				w.put(p[j])
			} else {
				w.put(-1)
			}
		}
		for _, r := range [...]int{3, 8, 20} {
			lo, hi := max(0, i-r), min(n, i+r+1)
			w.put(share(mass[hi]-mass[lo], toks[hi]-toks[lo]))
		}
		w.put(share(mass[i], mass[n]), share(mass[n]-mass[i+1], mass[n]))
		x := &seen[i]
		w.put(x.before, x.after, x.rejectedBefore, x.rejectedAfter, float32(max(-50, min(50, i-x.first))), float32(max(-50, min(50, x.last-i))), flag(p[i] >= cut))
		for k := range s.ways {
			v := &s.ways[k].sums[s.ways[k].of[i]]
			w.put(v.without(p[i]), v.massWithout(p[i], m.toks[i]), share(v.mass, mass[n]))
		}
		e := m.p.Blocks[i].Elem
		for range 4 {
			if e < 0 {
				w.put(-1, -1)
				continue
			}
			lo := m.p.Elems[e].FirstBlock
			hi := max(lo, min(m.p.Elems[e].EndBlock, int32(n)))
			v := groupSum{p: sum[hi] - sum[lo], count: float64(hi - lo)}
			w.put(v.without(p[i]), share(mass[hi]-mass[lo], mass[n]))
			e = m.p.Elems[e].Parent
		}
		for k := range s.holders {
			s.holders[k].put(m.p.Blocks[i].Elem, mass, toks, &w)
		}
		w.put(heading[i], under[i], over[i])
		w.put(top, log1(mass[n]), share(mass[n], toks[n]), float32(expected))
		d, row := &m.digests[i], m.row(i)
		w.put(d.runes, d.links, float32(m.p.Blocks[i].Heading), flag(m.rules.Keep[i]), flag(m.good[i]), d.contained.longer, d.contained.other,
			d.promo, d.dated, d.credit, row[textFeatures], float32(m.scan.shapes[i].sentences), flag(m.p.Blocks[i].ItalicRunes*2 > m.p.Blocks[i].Runes))
	}
	return rows
}

// without is the mean of a group without the block itself; -1 for a block alone.
func (v *groupSum) without(own float32) float32 {
	if v.count < 1.5 {
		return -1
	}
	return float32((v.p - float64(own)) / (v.count - 1))
}

// massWithout is the share of the words of a group, without the block's own, that are probable.
func (v *groupSum) massWithout(own, toks float32) float32 {
	if v.count < 1.5 {
		return -1
	}
	return share(v.mass-float64(own*toks), v.toks-float64(toks))
}

// group sums the probabilities by the paths, by tag and by tag and class of the block's own element.
func (m *measured) group(p []float32) {
	s := &m.scratch
	for k := range m.paths {
		s.ways[k].of = m.paths[k].of
		s.ways[k].total(p, m.toks, len(m.paths[k].groups))
	}
	for k, key := range [...]func(*page.Elem) uint64{ownTag, ownClass} {
		w := &s.ways[len(m.paths)+k]
		w.of = room(w.of, len(p))
		if s.index == nil {
			s.index = map[uint64]int32{}
		}
		clear(s.index)
		for i := range p {
			hash := uint64(flag(m.good[i])) // of pages without structure
			if e := m.p.Blocks[i].Elem; e >= 0 {
				hash = key(&m.p.Elems[e])
			}
			at, known := s.index[hash]
			if !known {
				at = int32(len(s.index))
				s.index[hash] = at
			}
			w.of[i] = at
		}
		w.total(p, m.toks, len(s.index))
	}
}

func ownTag(e *page.Elem) uint64 { return hashOf(14695981039346656037, e.Name) }

func ownClass(e *page.Elem) uint64 { return hashOf(ownTag(e), e.Attr("class")) }

// hashOf carries an FNV-1a hash on.
func hashOf(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return (h ^ 0xff) * 1099511628211
}

func (w *way) total(p, toks []float32, groups int) {
	w.sums = room(w.sums, groups)
	clear(w.sums)
	for i := range p {
		v := &w.sums[w.of[i]]
		v.p, v.count, v.mass, v.toks = v.p+float64(p[i]), v.count+1, v.mass+float64(p[i]*toks[i]), v.toks+float64(toks[i])
	}
}

// A holder is the deepest element that holds a share of all probable text.
type holder struct {
	p     *page.Page
	elem  int32
	depth uint16
	up    []uint8 // of each element, levels up to one that holds elem too
	child []int32 // of each element, the child of elem that it stands in, -1 outside
}

func (h *holder) find(p *page.Page, least float64, mass []float64) {
	h.p, h.elem, h.depth = p, -1, 0
	last := int32(len(mass) - 1)
	all := mass[last]
	for i := range p.Elems {
		e := &p.Elems[i]
		if held := mass[min(e.EndBlock, last)] - mass[min(e.FirstBlock, last)]; all > 0 && held >= least*all {
			h.elem, h.depth = int32(i), e.Depth // those that hold more than half lie inside one another
		}
	}
	h.up, h.child = room(h.up, len(p.Elems)), room(h.child, len(p.Elems))
	for i := range p.Elems {
		e := &p.Elems[i]
		h.up[i] = below(h.up, e, h.elem >= int32(i) && h.elem < e.End)
		switch {
		case e.Parent < 0:
			h.child[i] = -1
		case e.Parent == h.elem:
			h.child[i] = int32(i)
		default:
			h.child[i] = h.child[e.Parent]
		}
	}
}

// put writes where an element stands to the holder: levels out of it, levels inside,
// and what the child of it that holds the element is worth.
func (h *holder) put(e int32, mass, toks []float64, w *writer) {
	if h.elem < 0 || e < 0 {
		w.put(-1, -1, -1, -1, -1, -1)
		return
	}
	inside := e >= h.elem && e < h.p.Elems[h.elem].End
	in := float32(-1)
	if inside {
		in = float32(h.p.Elems[e].Depth - h.depth)
	}
	purity, part, size := float32(-1), float32(-1), float32(-1)
	if c := h.child[e]; c >= 0 {
		last := int32(len(mass) - 1)
		lo, hi := min(h.p.Elems[c].FirstBlock, last), min(h.p.Elems[c].EndBlock, last)
		purity, part, size = share(mass[hi]-mass[lo], toks[hi]-toks[lo]), share(mass[hi]-mass[lo], mass[last]), log1(float64(hi-lo))
	}
	w.put(float32(h.up[e]), in, purity, part, size, flag(inside))
}

// A sighting is what a block sees of the probable blocks before and after it.
type sighting struct {
	before, after                 float32 // blocks to the nearest of p > .5
	rejectedBefore, rejectedAfter float32 // log of the improbable words up to there
	first, last                   int     // of p > .7 on the page
}

func (m *measured) sightings(p []float32) []sighting {
	out := make([]sighting, len(p))
	const far = 50
	first, last := -1, -1
	d, rejected := float32(far), 0.0
	for i := range p {
		out[i].before, out[i].rejectedBefore = d, log1(rejected)
		d = min(d+1, far)
		rejected += float64((1 - p[i]) * m.toks[i])
		if p[i] > .5 {
			d, rejected = 1, 0
		}
		if p[i] > .7 {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	d, rejected = far, 0
	for i := len(p) - 1; i >= 0; i-- {
		out[i].after, out[i].rejectedAfter = d, log1(rejected)
		d = min(d+1, far)
		rejected += float64((1 - p[i]) * m.toks[i])
		if p[i] > .5 {
			d, rejected = 1, 0
		}
		out[i].first, out[i].last = first, last
	}
	return out
}

// underHeadings is, for each block, p of the heading above it, the mean p of the
// text between that heading and the next, and of the text between the one before and it.
func underHeadings(pg *page.Page, p []float32) (heading, under, over []float32) {
	heading, under, over = make([]float32, len(p)), make([]float32, len(p)), make([]float32, len(p))
	start, last := 0, float32(-1)
	flush := func(end int, h float32) {
		var s float32
		n := 0
		for j := start; j < end; j++ {
			if pg.Blocks[j].Heading == 0 {
				s += p[j]
				n++
			}
		}
		mean := float32(-1)
		if n > 0 {
			mean = s / float32(n)
		}
		for j := start; j < end; j++ {
			heading[j], under[j], over[j] = h, mean, last
		}
		if n > 0 {
			last = mean
		}
	}
	h := float32(-1)
	for i := range p {
		if pg.Blocks[i].Heading > 0 {
			flush(i, h)
			start, h = i, p[i]
		}
	}
	flush(len(p), h)
	return heading, under, over
}
