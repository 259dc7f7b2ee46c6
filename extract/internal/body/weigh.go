package body

import (
	"cmp"
	"math"
	"slices"
)

// A Weight is what one group of features did to the log odds of a block, measured
// against the mean block of the same page. The weights of a pass and that mean add
// up to the log odds by all trees, which the first of them foretold where they settled the block.
type Weight struct {
	Pass    int // 1 or 2
	Feature string
	Weight  float64
}

// weigh gives each row's groups of features with what they added to the log odds,
// by the way the row takes down each tree: a split is worth the difference between
// the mean of the page's rows that reach its node and of those that go on the same
// way (Saabas 2014, with the page itself as the reference). Groups of no weight are
// left out, the others are sorted by their size.
func (f *Forest) weigh(pass int, rows []float32, width, n int, groups []FeatureGroup) [][]Weight {
	names, of := columns(groups, width)
	sums := make([]float64, n*len(names))
	for i := range f.Trees {
		f.Trees[i].weigh(rows, width, n, of, sums, len(names))
	}
	out := make([][]Weight, n)
	for i := range out {
		for g, w := range sums[i*len(names) : (i+1)*len(names)] {
			if math.Abs(w) >= .01 {
				out[i] = append(out[i], Weight{pass, names[g], w})
			}
		}
		slices.SortStableFunc(out[i], func(a, b Weight) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	}
	return out
}

// columns is the names of the groups and, for each column, the place of its name.
func columns(groups []FeatureGroup, width int) (names []string, of []int) {
	for _, g := range groups {
		at := slices.Index(names, g.Name)
		if at < 0 {
			at = len(names)
			names = append(names, g.Name)
		}
		for range g.Width {
			of = append(of, at)
		}
	}
	if len(of) != width {
		panic("body: the groups of features do not name all columns") // a defect that the tests of inspect find
	}
	return names, of
}

// weigh adds the worth of the splits of one tree to sums, which has a line of the given number of groups for each row.
func (t *Tree) weigh(rows []float32, width, n int, of []int, sums []float64, groups int) {
	var total [splits + leaves]float64
	var reached [splits + leaves]float64
	for i := range n {
		at := 0
		for at < splits {
			at = t.next(rows[i*width:], at)
		}
		leaf := float64(t.Leaf[at-splits])
		for ; ; at = (at - 1) / 2 {
			total[at] += leaf
			reached[at]++
			if at == 0 {
				break
			}
		}
	}
	mean := func(at int) float64 { return total[at] / reached[at] }
	for i := range n {
		for at := 0; at < splits; {
			to := t.next(rows[i*width:], at)
			sums[i*groups+of[t.Feature[at]]] += mean(to) - mean(at)
			at = to
		}
	}
}

// next is the node below at that a row goes to.
func (t *Tree) next(row []float32, at int) int {
	if row[t.Feature[at]] > t.Threshold[at] {
		return 2*at + 2
	}
	return 2*at + 1
}
