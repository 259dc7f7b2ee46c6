package body

import (
	"math"
	"math/rand"
	"testing"
)

func TestARowGoesDownEveryTreeToTheLeafThatItsSplitsName(t *testing.T) {
	const width, rows = 7, 33
	r := rand.New(rand.NewSource(1))
	f := Forest{Bias: -.5, Trees: make([]Tree, 3)}
	for i := range f.Trees {
		for n := range splits {
			f.Trees[i].Feature[n], f.Trees[i].Threshold[n] = uint16(r.Intn(width)), float32(r.Intn(5))
		}
		for n := range leaves {
			f.Trees[i].Leaf[n] = r.Float32()
		}
	}
	x, probs := make([]float32, width*rows), make([]float32, rows)
	for i := range x {
		x[i] = float32(r.Intn(7)) // thresholds are met, too: only what is over them goes right
	}
	f.Predict(x, width, probs)
	for j, p := range probs {
		sum := f.Bias
		for i := range f.Trees {
			at := 0
			for at < splits {
				at = 2*at + 1
				if parent := (at - 1) / 2; x[j*width+int(f.Trees[i].Feature[parent])] > f.Trees[i].Threshold[parent] {
					at++
				}
			}
			sum += f.Trees[i].Leaf[at-splits]
		}
		if want := float32(1 / (1 + math.Exp(-float64(sum)))); p != want {
			t.Errorf("row %d: %v, want %v", j, p, want)
		}
	}
}

func TestRowsThatTheFirstTreesSettleGetWhatTheseForetellAndTheOthersAllTrees(t *testing.T) {
	const width, rows = 1, 9
	f := Forest{Trees: make([]Tree, firstTrees+40)}
	for i := range f.Trees {
		for n := range splits {
			f.Trees[i].Threshold[n] = 4
		}
		for n := range leaves {
			f.Trees[i].Leaf[n] = .001 // a row over the threshold ends in the last leaf
		}
		f.Trees[i].Leaf[0] = -.1 // one at or under it in the first
	}
	x, got, whole := make([]float32, width*rows), make([]float32, rows), make([]float32, rows)
	for i := range x {
		x[i] = float32(i)
	}
	f.predict(x, width, got, settlesFirst)
	f.Predict(x, width, whole)
	for i, p := range got {
		want := float64(whole[i])
		if x[i] <= 4 {
			want = 1 / (1 + math.Exp(.1*firstTrees*2.25))
		}
		if math.Abs(float64(p)-want) > 1e-6 {
			t.Errorf("row %d: %v, want %v", i, p, want)
		}
	}
}
