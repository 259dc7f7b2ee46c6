package main

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"

	"github.com/dateline-go/dateline/extract/internal/body"
)

// A table is the rows that a forest learns from.
type table struct {
	width  int
	x      []float32 // rows × width
	y      []float32 // 0 or 1
	weight []float32
	masked []bool // features that no split may use; nil for none
}

func (t *table) len() int { return len(t.y) }

func (t *table) add(row []float32, y, weight float32) {
	t.x, t.y, t.weight = append(t.x, row...), append(t.y, y), append(t.weight, weight)
}

// A boosting is the parameters of boosted trees (Friedman 2001; histograms as in
// LightGBM). They were set by cross-validation over publishers.
type boosting struct {
	rounds               int
	eta, lambda          float64
	minChild             float64 // least sum of hessians of a leaf
	subsample, colsample float64
	seed                 uint64
}

const (
	bins  = 64
	depth = 5
)

// boost grows a forest on the table; the same table and parameters give the same bytes.
func boost(t *table, with boosting) body.Forest {
	b := newBooster(t, with)
	for range with.rounds {
		b.forest.Trees = append(b.forest.Trees, b.round())
	}
	return b.forest
}

type booster struct {
	boosting
	t      *table
	rng    *rand.Rand
	forest body.Forest
	usable []int       // the features that may be used
	edges  [][]float32 // by feature, the upper edges of its bins
	binned [][]uint8   // by feature, the bin of each row
	logit  []float32

	// The rows sampled for a tree, parted by node, and their gradients beside them.
	rows, spareRows   []int32
	grads, spareGrads []gradient
	hists, spareHists []histogram // node-major, one a feature of the tree
}

// A gradient is the first and second derivative of the loss of a row.
type gradient struct{ g, h float32 }

// A histogram is the sums of gradients by bin.
type histogram [bins]struct{ g, h float64 }

func newBooster(t *table, with boosting) *booster {
	n := t.len()
	b := &booster{boosting: with, t: t, rng: rand.New(rand.NewPCG(with.seed, 1)), edges: make([][]float32, t.width), binned: make([][]uint8, t.width),
		logit: make([]float32, n), rows: make([]int32, 0, n), spareRows: make([]int32, n), grads: make([]gradient, 0, n), spareGrads: make([]gradient, n)}
	var pos, all float64
	for i := range n {
		pos += float64(t.y[i] * t.weight[i])
		all += float64(t.weight[i])
	}
	b.forest.Bias = float32(math.Log(pos / (all - pos)))
	for i := range b.logit {
		b.logit[i] = b.forest.Bias
	}
	for f := range t.width {
		if t.masked == nil || !t.masked[f] {
			b.usable = append(b.usable, f)
		}
	}
	for f := range t.width {
		b.bin(f)
	}
	return b
}

// parallel calls do(0) … do(n-1) on all cores.
func parallel(n int, do func(int)) {
	var wg sync.WaitGroup
	work := make(chan int, n)
	for i := range n {
		work <- i
	}
	close(work)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range work {
				do(i)
			}
		})
	}
	wg.Wait()
}

// bin cuts a feature at quantiles of the distinct values of a sample.
func (b *booster) bin(f int) {
	n, w := b.t.len(), b.t.width
	step := max(1, n/20000)
	var sample []float32
	for i := 0; i < n; i += step {
		sample = append(sample, b.t.x[i*w+f])
	}
	slices.Sort(sample)
	sample = slices.Compact(sample)
	var edges []float32
	for k := 1; k < bins; k++ {
		edges = append(edges, sample[min(len(sample)-1, k*len(sample)/bins)])
	}
	edges = slices.Compact(edges)
	b.edges[f] = edges
	b.binned[f] = make([]uint8, n)
	for i := range n {
		b.binned[f][i] = binOf(edges, b.t.x[i*w+f])
	}
}

// binOf is the bin of a value: bin k holds what is over edge k-1 and not over edge k.
func binOf(edges []float32, x float32) uint8 {
	lo, hi := 0, len(edges)
	for lo < hi {
		if mid := (lo + hi) / 2; edges[mid] < x {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return uint8(lo)
}

type split struct {
	gain    float64
	feature int
	bin     int
}

// A span is the rows of one node, and where its histograms stand.
type span struct{ from, to int }

func (s span) len() int { return s.to - s.from }

func (b *booster) round() body.Tree {
	b.sample()
	features := b.rng.Perm(len(b.usable))
	features = features[:max(1, int(b.colsample*float64(len(features))))]
	for i, k := range features {
		features[i] = b.usable[k]
	}
	var tree body.Tree
	for i := range tree.Threshold {
		tree.Threshold[i] = math.MaxFloat32 // all rows left, unless a split says otherwise
	}
	splitBins := make([]uint8, len(tree.Feature)) // the last bin that goes left
	for i := range splitBins {
		splitBins[i] = bins
	}
	nodes := []span{{0, len(b.rows)}}
	b.hists = grow(b.hists, len(features)<<(depth-1))
	b.spareHists = grow(b.spareHists, len(features)<<(depth-1))
	b.fill(features, nodes, 0)
	for level := range depth {
		first := 1<<level - 1
		for k, s := range b.bestSplits(features, nodes) {
			if s.gain > 0 {
				tree.Feature[first+k], tree.Threshold[first+k] = uint16(s.feature), b.edges[s.feature][s.bin]
				splitBins[first+k] = uint8(s.bin)
			}
		}
		nodes = b.part(nodes, tree.Feature[first:], splitBins[first:])
		if level+1 < depth {
			b.descend(features, nodes)
		}
	}
	b.leaves(&tree, nodes)
	b.advance(&tree, splitBins)
	return tree
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// sample draws the rows of a tree and reckons their gradients.
func (b *booster) sample() {
	b.rows, b.grads = b.rows[:0], b.grads[:0]
	for i, logit := range b.logit {
		if b.rng.Float64() >= b.subsample {
			continue
		}
		p := 1 / (1 + math.Exp(-float64(logit)))
		w := float64(b.t.weight[i])
		b.rows = append(b.rows, int32(i))
		b.grads = append(b.grads, gradient{float32(w * (p - float64(b.t.y[i]))), float32(w * p * (1 - p))})
	}
}

// part orders the rows of each node so that those which go left come first; the
// order within is kept.
func (b *booster) part(nodes []span, feature []uint16, splitBins []uint8) []span {
	out := make([]span, 0, 2*len(nodes))
	for k, s := range nodes {
		bin, last := b.binned[feature[k]], splitBins[k]
		left, right := s.from, 0
		for i := s.from; i < s.to; i++ {
			if r := b.rows[i]; bin[r] <= last {
				b.rows[left], b.grads[left] = r, b.grads[i]
				left++
			} else {
				b.spareRows[right], b.spareGrads[right] = r, b.grads[i]
				right++
			}
		}
		copy(b.rows[left:s.to], b.spareRows[:right])
		copy(b.grads[left:s.to], b.spareGrads[:right])
		out = append(out, span{s.from, left}, span{left, s.to})
	}
	return out
}

// fill sums the gradients of one node by the bins of each feature.
func (b *booster) fill(features []int, nodes []span, node int) {
	for k, feature := range features {
		h := &b.hists[node*len(features)+k]
		*h = histogram{}
		b.count(h, feature, nodes[node])
	}
}

// count adds the rows of a span to a histogram, in four that are summed at the end: rows that
// follow each other fall into the same bin often, and a processor waits for the sum before.
func (b *booster) count(h *histogram, feature int, s span) {
	bin, rows, grads := b.binned[feature], b.rows[s.from:s.to], b.grads[s.from:s.to]
	var beside [3]histogram
	for len(rows) >= 4 && len(grads) >= 4 {
		h.add(bin[rows[0]], grads[0])
		beside[0].add(bin[rows[1]], grads[1])
		beside[1].add(bin[rows[2]], grads[2])
		beside[2].add(bin[rows[3]], grads[3])
		rows, grads = rows[4:], grads[4:]
	}
	for i, r := range rows {
		h.add(bin[r], grads[i])
	}
	for i := range h {
		h[i].g += beside[0][i].g + beside[1][i].g + beside[2][i].g
		h[i].h += beside[0][i].h + beside[1][i].h + beside[2][i].h
	}
}

func (h *histogram) add(bin uint8, x gradient) {
	at := &h[bin&(bins-1)]
	at.g += float64(x.g)
	at.h += float64(x.h)
}

// descend makes the histograms of the children from those of their parents: the
// smaller child is counted, the other is what it leaves of the parent.
func (b *booster) descend(features []int, nodes []span) {
	n := len(features)
	for parent := range len(nodes) / 2 {
		small, large := 2*parent, 2*parent+1
		if nodes[small].len() > nodes[large].len() {
			small, large = large, small
		}
		for k, feature := range features {
			up, s, l := &b.hists[parent*n+k], &b.spareHists[small*n+k], &b.spareHists[large*n+k]
			*s = histogram{}
			b.count(s, feature, nodes[small])
			for i := range up {
				l[i].g, l[i].h = up[i].g-s[i].g, up[i].h-s[i].h
			}
		}
	}
	b.hists, b.spareHists = b.spareHists, b.hists
}

// bestSplits finds the best split of each node of a level.
func (b *booster) bestSplits(features []int, nodes []span) []split {
	n := len(features)
	best := make([]split, len(nodes))
	for node := range nodes {
		for k, feature := range features {
			if s := b.bestBin(&b.hists[node*n+k], feature); s.gain > best[node].gain {
				best[node] = s
			}
		}
	}
	return best
}

func (b *booster) bestBin(hist *histogram, feature int) split {
	var G, H float64
	for i := range hist {
		G += hist[i].g
		H += hist[i].h
	}
	best := split{feature: feature}
	var gl, hl float64
	for k := range len(b.edges[feature]) {
		gl += hist[k].g
		hl += hist[k].h
		if hl < b.minChild || H-hl < b.minChild {
			continue
		}
		gain := gl*gl/(hl+b.lambda) + (G-gl)*(G-gl)/(H-hl+b.lambda) - G*G/(H+b.lambda)
		if gain > best.gain+1e-9 {
			best.gain, best.bin = gain, k
		}
	}
	return best
}

// leaves sets the value of each leaf from the sampled rows.
func (b *booster) leaves(t *body.Tree, nodes []span) {
	for k, s := range nodes {
		var g, h float64
		for _, x := range b.grads[s.from:s.to] {
			g += float64(x.g)
			h += float64(x.h)
		}
		t.Leaf[k] = float32(-b.eta * g / (h + b.lambda))
	}
}

// advance moves the logits of all rows by the tree.
func (b *booster) advance(t *body.Tree, splitBins []uint8) {
	for i := range b.logit {
		at := 0
		for range depth {
			over := 0
			if b.binned[t.Feature[at]][i] > splitBins[at] {
				over = 1
			}
			at = 2*at + 1 + over
		}
		b.logit[i] += t.Leaf[at-(1<<depth-1)]
	}
}
