package body

import (
	"bytes"
	"compress/flate"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"

	"github.com/dateline-go/dateline/extract/internal/page"
)

//go:embed all:model
var modelFiles embed.FS

// ModelName names the learned model in Choice.Model.
const ModelName = "blocks-1"

// treeDepth is the depth of every tree; a tree is a full binary tree of it.
const (
	treeDepth = 5
	splits    = 1<<treeDepth - 1
	leaves    = 1 << treeDepth
)

// A Tree is one regression tree. A row goes right where its feature is over the threshold.
type Tree struct {
	Feature   [splits]uint16
	Threshold [splits]float32
	Leaf      [leaves]float32
}

// A Forest is boosted trees (Friedman 2001) with logistic loss: the sum of the
// leaves is the logit of the probability.
type Forest struct {
	Bias  float32
	Trees []Tree
	ready []walk // the trees as they are walked, where the forest was read from a file
}

// firstTrees are those after which a row is settled, if at all: each tree of a forest adds less than the one before, so
// that the log odds of the first ones foretell what all come to.
const firstTrees = 60

// settlesFirst is what all trees of the first pass come to, on the mean, where the first ones settle that a block is no
// text: of 280,000 blocks of the corpora more than half, none of which all trees give a probability over .1.
// Of what is text the second pass wants to know exactly how sure the first is.
func settlesFirst(sum float32) (all float32, settled bool) {
	return 2.25 * sum, sum < -3
}

// settlesSecond is the same of the second pass, which looks at the others: six in ten of those, and none of them comes
// to a probability between .1 and .85.
func settlesSecond(sum float32) (all float32, settled bool) {
	if sum < 0 {
		return 2.05 * sum, sum < -2.25
	}
	return 2.58 * sum, sum > 1.25
}

// Predict fills probs with the probability of each row of the given width.
func (f *Forest) Predict(rows []float32, width int, probs []float32) {
	f.predict(rows, width, probs, func(float32) (float32, bool) { return 0, false })
}

// predict is Predict, but for the rows that are settled by the log odds of the first trees: for them stands what these
// foretell.
func (f *Forest) predict(rows []float32, width int, probs []float32, settles func(sum float32) (all float32, settled bool)) {
	open := make([]int32, len(probs))
	for i := range probs {
		probs[i], open[i] = f.Bias, int32(i)
	}
	walks := f.ready
	if walks == nil {
		walks = f.walks()
	}
	first := min(firstTrees, len(walks))
	climb(walks[:first], rows, width, probs, open)
	if first < len(walks) {
		climb(walks[first:], rows, width, probs, foretell(probs, settles, open[:0]))
	}
	for i, s := range probs {
		probs[i] = float32(1 / (1 + math.Exp(-float64(s))))
	}
}

// foretell gives the settled rows the log odds that all trees will come to, and lists the others.
func foretell(sums []float32, settles func(float32) (float32, bool), open []int32) []int32 {
	for i, s := range sums {
		if all, settled := settles(s); settled {
			sums[i] = all
		} else {
			open = append(open, int32(i))
		}
	}
	return open
}

// together is how many rows go down all trees before others do, so that they and the tree stay in the nearest cache.
const together = 24 // some 30 KB

// climb adds to the sums of the rows listed what the trees make of them.
func climb(trees []walk, rows []float32, width int, sums []float32, of []int32) {
	var batch [together][]float32
	var sum [together]float32
	for len(of) > 0 {
		n := min(together, len(of))
		for k, j := range of[:n] {
			batch[k], sum[k] = rows[int(j)*width:][:width], sums[j]
		}
		for i := range trees {
			trees[i].add(batch[:n], sum[:n])
		}
		for k, j := range of[:n] {
			sums[j] = sum[k]
		}
		of = of[n:]
	}
}

// A split is one node of a tree as it is walked: both of its numbers in one load.
type split struct {
	feature   uint32
	threshold float32
}

// A walk is a tree as it is walked: the root is 1, and below n stand 2n and 2n+1.
type walk struct {
	nodes [leaves]split
	leaf  [leaves]float32
}

// walks are the trees as they are walked.
func (f *Forest) walks() []walk {
	walks := make([]walk, len(f.Trees))
	for i := range walks {
		t, w := &f.Trees[i], &walks[i]
		for k := range t.Feature {
			w.nodes[k+1] = split{uint32(t.Feature[k]), t.Threshold[k]}
		}
		w.leaf = t.Leaf
	}
	return walks
}

// add adds to the sum of each row the leaf that it comes to. The way down is written out and has no branch, since
// a split is as good as a coin's toss to the processor: so it works at several rows at once.
func (t *walk) add(rows [][]float32, sums []float32) {
	sums = sums[:len(rows)]
	for k, row := range rows {
		at := t.nodes[1].next(row, 1)
		at = t.nodes[at%leaves].next(row, at)
		at = t.nodes[at%leaves].next(row, at)
		at = t.nodes[at%leaves].next(row, at)
		at = t.nodes[at%leaves].next(row, at)
		sums[k] += t.leaf[at%leaves]
	}
}

// next is the node below n, which stands at the place at.
func (n split) next(row []float32, at uint) uint {
	over := uint(0)
	if row[n.feature] > n.threshold {
		over = 1
	}
	return 2*at + over
}

// A Model is the two passes of the block model.
type Model struct {
	First, Second Forest
	// Record, where set, is shown every page instead of a choice being made by the model: training reads pages so.
	Record func(p *page.Page, k Known)
}

// Default is the embedded model, nil where the build has none.
var Default = sync.OnceValue(func() *Model {
	b, err := modelFiles.ReadFile("model/blocks.bin")
	if err != nil {
		return nil // removed: the rules alone decide
	}
	m, err := ReadModel(b)
	if err != nil {
		return nil
	}
	return m
})

// ReadModel reads what Bytes wrote.
func ReadModel(b []byte) (*Model, error) {
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(b)), 4<<20))
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	r := bytes.NewReader(raw)
	var m Model
	for _, f := range []struct {
		forest *Forest
		width  uint16
	}{{&m.First, firstFeatures}, {&m.Second, secondFeatures}} {
		var head struct {
			Width, Trees uint16
			Bias         float32
		}
		if err := binary.Read(r, binary.LittleEndian, &head); err != nil {
			return nil, fmt.Errorf("read model: %w", err)
		}
		if head.Width != f.width {
			return nil, errors.New("read model: made for other features; run make train")
		}
		f.forest.Bias = head.Bias
		f.forest.Trees = make([]Tree, head.Trees)
		if err := binary.Read(r, binary.LittleEndian, f.forest.Trees); err != nil {
			return nil, fmt.Errorf("read model: %w", err)
		}
		f.forest.ready = f.forest.walks()
	}
	return &m, nil
}

// Bytes is the model as a file.
func (m *Model) Bytes() []byte {
	var raw, out bytes.Buffer
	for _, f := range []struct {
		forest *Forest
		width  uint16
	}{{&m.First, firstFeatures}, {&m.Second, secondFeatures}} {
		_ = binary.Write(&raw, binary.LittleEndian, struct {
			Width, Trees uint16
			Bias         float32
		}{f.width, uint16(len(f.forest.Trees)), f.forest.Bias})
		_ = binary.Write(&raw, binary.LittleEndian, f.forest.Trees)
	}
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		panic(err) // a constant level
	}
	_, _ = w.Write(raw.Bytes())
	_ = w.Close()
	return out.Bytes()
}
