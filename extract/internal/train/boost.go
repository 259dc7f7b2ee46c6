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
}

func (t *table) len() int { return len(t.y) }

func (t *table) add(row []float32, y, weight float32) {
	t.x, t.y, t.weight = append(t.x, row...), append(t.y, y), append(t.weight, weight)
}

// The parameters of boosting (notes of the method: Friedman 2001; histograms as in
// LightGBM). They were set by cross-validation over publishers.
const (
	rounds    = 110
	eta       = .12
	lambda    = 2.0
	minChild  = 3.0
	subsample = .7
	colsample = .4
	bins      = 64
	depth     = 5
)

// boost grows a forest on the table; the same table and seed give the same bytes.
func boost(t *table, seed uint64) body.Forest {
	b := newBooster(t, seed)
	for range rounds {
		b.forest.Trees = append(b.forest.Trees, b.round())
	}
	return b.forest
}

type booster struct {
	t      *table
	rng    *rand.Rand
	forest body.Forest
	edges  [][]float32 // by feature, the upper edges of its bins
	binned [][]uint8   // by feature, the bin of each row
	logit  []float32
	grad   []float64
	hess   []float64
	node   []int32 // of each row, -1 where not sampled
}

func newBooster(t *table, seed uint64) *booster {
	n := t.len()
	b := &booster{t: t, rng: rand.New(rand.NewPCG(seed, 1)), edges: make([][]float32, t.width), binned: make([][]uint8, t.width),
		logit: make([]float32, n), grad: make([]float64, n), hess: make([]float64, n), node: make([]int32, n)}
	var pos, all float64
	for i := range n {
		pos += float64(t.y[i] * t.weight[i])
		all += float64(t.weight[i])
	}
	b.forest.Bias = float32(math.Log(pos / (all - pos)))
	for i := range b.logit {
		b.logit[i] = b.forest.Bias
	}
	b.parallel(t.width, func(f int) { b.bin(f) })
	return b
}

// parallel calls do(0) … do(n-1) on all cores.
func (b *booster) parallel(n int, do func(int)) {
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

// bin cuts a feature at quantiles of a sample of its values.
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
		at, _ := slices.BinarySearch(edges, b.t.x[i*w+f]) // bin k holds values in (edge k-1, edge k]
		b.binned[f][i] = uint8(at)
	}
}

type split struct {
	gain    float64
	feature int
	bin     int
}

func (b *booster) round() body.Tree {
	n := b.t.len()
	for i := range n {
		p := 1 / (1 + math.Exp(-float64(b.logit[i])))
		w := float64(b.t.weight[i])
		b.grad[i], b.hess[i] = w*(p-float64(b.t.y[i])), w*p*(1-p)
		b.node[i] = -1
		if b.rng.Float64() < subsample {
			b.node[i] = 0
		}
	}
	features := b.rng.Perm(b.t.width)[:max(1, int(colsample*float64(b.t.width)))]
	var tree body.Tree
	for i := range tree.Threshold {
		tree.Threshold[i] = math.MaxFloat32 // all rows left, unless a split says otherwise
	}
	for level := range depth {
		first, count := 1<<level-1, 1<<level
		for k, s := range b.bestSplits(features, first, count) {
			if s.gain > 0 {
				tree.Feature[first+k], tree.Threshold[first+k] = uint16(s.feature), b.edges[s.feature][s.bin]
			}
		}
		for i := range n {
			if b.node[i] >= 0 {
				b.node[i] = int32(step(&tree, int(b.node[i]), b.t.x[i*b.t.width:(i+1)*b.t.width]))
			}
		}
	}
	b.leaves(&tree)
	return tree
}

func step(t *body.Tree, at int, row []float32) int {
	if row[t.Feature[at]] > t.Threshold[at] {
		return 2*at + 2
	}
	return 2*at + 1
}

// bestSplits finds the best split of each node of a level.
func (b *booster) bestSplits(features []int, first, count int) []split {
	found := make([][]split, len(features))
	b.parallel(len(features), func(k int) {
		f := features[k]
		g, h := make([]float64, count*bins), make([]float64, count*bins)
		for i, node := range b.node {
			if node >= 0 {
				at := (int(node)-first)*bins + int(b.binned[f][i])
				g[at] += b.grad[i]
				h[at] += b.hess[i]
			}
		}
		found[k] = make([]split, count)
		for node := range count {
			found[k][node] = bestBin(g[node*bins:(node+1)*bins], h[node*bins:(node+1)*bins], f, len(b.edges[f]))
		}
	})
	best := make([]split, count)
	for _, ss := range found { // in the order of the features: deterministic
		for node, s := range ss {
			if s.gain > best[node].gain {
				best[node] = s
			}
		}
	}
	return best
}

func bestBin(g, h []float64, feature, edges int) split {
	var G, H float64
	for i := range g {
		G += g[i]
		H += h[i]
	}
	best := split{feature: feature}
	var gl, hl float64
	for k := range edges {
		gl += g[k]
		hl += h[k]
		if hl < minChild || H-hl < minChild {
			continue
		}
		gain := gl*gl/(hl+lambda) + (G-gl)*(G-gl)/(H-hl+lambda) - G*G/(H+lambda)
		if gain > best.gain+1e-9 {
			best.gain, best.bin = gain, k
		}
	}
	return best
}

// leaves sets the value of each leaf from the sampled rows, and moves all rows' logits.
func (b *booster) leaves(t *body.Tree) {
	const first = 1<<depth - 1
	var g, h [1 << depth]float64
	for i, node := range b.node {
		if node >= 0 {
			g[node-first] += b.grad[i]
			h[node-first] += b.hess[i]
		}
	}
	for k := range t.Leaf {
		t.Leaf[k] = float32(-eta * g[k] / (h[k] + lambda))
	}
	w := b.t.width
	b.parallel(runtime.GOMAXPROCS(0), func(part int) {
		n, parts := b.t.len(), runtime.GOMAXPROCS(0)
		for i := part * n / parts; i < (part+1)*n/parts; i++ {
			at := 0
			for range depth {
				at = step(t, at, b.t.x[i*w:(i+1)*w])
			}
			b.logit[i] += t.Leaf[at-first]
		}
	})
}
