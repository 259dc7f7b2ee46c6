package body

import "github.com/dateline-go/dateline/extract/internal/page"

// reach is how far the second pass looks at the probabilities beside a block.
const reach = 4

const secondFeatures = 2*reach + 1 + 3 + 12 + 6 + 8

// A secondPass is the room that the second pass works in.
type secondPass struct {
	first, rows     []float32
	mass, toks, sum []float64
	groups          [len(pathKeys)][][3]float64 // Σp, blocks, Σp·tokens
}

// second makes the rows of the second pass: what the first pass thought of the
// blocks around, in the same element and of the same path. It is a memory of the
// layout within the page.
func (m *measured) second(p []float32) []float32 {
	n, s := len(p), &m.scratch
	s.rows = room(s.rows, n*secondFeatures)
	s.mass, s.toks, s.sum = prefix(s.mass, n), prefix(s.toks, n), prefix(s.sum, n)
	rows, mass, toks, sum := s.rows, s.mass, s.toks, s.sum
	var top float32
	for i := range p {
		mass[i+1] = mass[i] + float64(p[i]*m.toks[i])
		toks[i+1] = toks[i] + float64(m.toks[i])
		sum[i+1] = sum[i] + float64(p[i])
		top = max(top, p[i])
	}
	for g := range s.groups {
		of := m.paths[g].of
		s.groups[g] = room(s.groups[g], len(m.paths[g].groups))
		clear(s.groups[g])
		for i := range p {
			v := &s.groups[g][of[i]]
			v[0], v[1], v[2] = v[0]+float64(p[i]), v[1]+1, v[2]+float64(p[i]*m.toks[i])
		}
	}
	before, after := nearest(p)
	heading, under := underHeadings(m.p, p)
	for i := range p {
		w := writer{row: rows[i*secondFeatures : (i+1)*secondFeatures]}
		for d := -reach; d <= reach; d++ {
			if j := i + d; j >= 0 && j < n {
				w.put(p[j])
			} else {
				w.put(-1)
			}
		}
		for _, r := range []int{3, 8, 20} {
			lo, hi := max(0, i-r), min(n, i+r+1)
			w.put(share(mass[hi]-mass[lo], toks[hi]-toks[lo]))
		}
		for g := range s.groups {
			v := s.groups[g][m.paths[g].of[i]]
			w.put(loo(v, p[i]), share(v[2], mass[n]))
		}
		e := m.p.Blocks[i].Elem
		for range 3 {
			if e < 0 {
				w.put(-1, -1)
				continue
			}
			lo := m.p.Elems[e].FirstBlock
			hi := max(lo, min(m.p.Elems[e].EndBlock, int32(n)))
			w.put(loo([3]float64{sum[hi] - sum[lo], float64(hi - lo)}, p[i]), share(mass[hi]-mass[lo], mass[n]))
			e = m.p.Elems[e].Parent
		}
		w.put(share(mass[i], mass[n]), share(mass[n]-mass[i+1], mass[n]), before[i], after[i], heading[i], under[i])
		row := m.row(i)
		w.put(top, log1(mass[n]), share(mass[n], toks[n]), row[0], row[3], float32(m.p.Blocks[i].Heading), flag(m.rules.Keep[i]), flag(m.good[i]))
	}
	return rows
}

// loo is the mean of a group without the block itself; -1 for a block alone.
func loo(v [3]float64, own float32) float32 {
	if v[1] < 1.5 {
		return -1
	}
	return float32((v[0] - float64(own)) / (v[1] - 1))
}

// nearest is the distance to the last block before and the first after with p > .5.
func nearest(p []float32) (before, after []float32) {
	before, after = make([]float32, len(p)), make([]float32, len(p))
	d := float32(50)
	for i := range p {
		before[i] = d
		if d = min(d+1, 50); p[i] > .5 {
			d = 1
		}
	}
	d = 50
	for i := len(p) - 1; i >= 0; i-- {
		after[i] = d
		if d = min(d+1, 50); p[i] > .5 {
			d = 1
		}
	}
	return before, after
}

// underHeadings is, for each block, p of the heading above it and the mean p of the
// text between that heading and the next.
func underHeadings(pg *page.Page, p []float32) (heading, under []float32) {
	heading, under = make([]float32, len(p)), make([]float32, len(p))
	start := 0
	flush := func(end int, h float32) {
		var s float32
		n := 0
		for j := start; j < end; j++ {
			if pg.Blocks[j].Heading == 0 {
				s += p[j]
				n++
			}
		}
		for j := start; j < end; j++ {
			heading[j] = h
			under[j] = -1
			if n > 0 {
				under[j] = s / float32(n)
			}
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
	return heading, under
}
