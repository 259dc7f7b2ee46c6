package main

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-go/dateline/extract/internal/body"
)

// xor is rows that no single feature tells apart.
func xor(n int) *table {
	rng := rand.New(rand.NewPCG(1, 2))
	t := &table{width: 4}
	for range n {
		row := []float32{rng.Float32(), rng.Float32(), rng.Float32(), 1}
		y := float32(0)
		if row[0] > .5 != (row[1] > .3) {
			y = 1
		}
		t.add(row, y, 1)
	}
	return t
}

var testBoosting = boosting{rounds: 40, eta: .3, lambda: 1, minChild: 1, subsample: .7, colsample: 1, seed: 3}

func TestBoostingLearnsWhatNoSingleFeatureTells(t *testing.T) {
	forest := boost(xor(3000), testBoosting)
	fresh, wrong := xor(3500), 0
	p := make([]float32, fresh.len())
	forest.Predict(fresh.x, fresh.width, p)
	for i := 3000; i < fresh.len(); i++ {
		if (p[i] > .5) != (fresh.y[i] == 1) {
			wrong++
		}
	}
	if wrong > 25 {
		t.Errorf("%d of 500 wrong", wrong)
	}
}

func TestTheSameTableGivesTheSameBytes(t *testing.T) {
	file := func() []byte {
		return (&body.Model{First: boost(xor(1000), testBoosting), Second: boost(xor(1000), testBoosting)}).Bytes()
	}
	if !bytes.Equal(file(), file()) {
		t.Error("two runs differ")
	}
}

func TestAMaskedFeatureIsNotUsed(t *testing.T) {
	x := xor(1000)
	x.masked = []bool{true, false, false, false}
	forest := boost(x, testBoosting)
	for _, tree := range forest.Trees {
		for k, f := range tree.Feature {
			if f == 0 && tree.Threshold[k] < 1 {
				t.Fatal("it is")
			}
		}
	}
}

func TestOnlyTheColumnsOfTheGroupsNamedAreHidden(t *testing.T) {
	x := xor(1)
	groups := []body.FeatureGroup{{Name: "a", Width: 1}, {Name: "b", Width: 2}, {Name: "c", Width: 1}}
	x.hide(groups, []string{"a", "c"})
	x.hide(groups, []string{"b"})
	if diff := cmp.Diff([]bool{false, true, true, false}, x.masked); diff != "" {
		t.Error(diff)
	}
}

func TestJoinedForestsGiveTheMeanOfTheirLogOdds(t *testing.T) {
	x := xor(500)
	other := testBoosting
	other.seed, other.rounds = 4, 20
	forests := []body.Forest{boost(x, testBoosting), boost(x, other)}
	var mean body.Forest
	logOdds := make([]float64, x.len())
	p := make([]float32, x.len())
	for _, f := range forests {
		join(&mean, f, .5)
		f.Predict(x.x, x.width, p)
		for i := range p {
			logOdds[i] += .5 * math.Log(float64(p[i]/(1-p[i])))
		}
	}
	mean.Predict(x.x, x.width, p)
	for i := range p {
		if want := 1 / (1 + math.Exp(-logOdds[i])); math.Abs(want-float64(p[i])) > 1e-4 {
			t.Fatalf("row %d: %v, want %v", i, p[i], want)
		}
	}
}

func TestConfidenceRisesWithWhatIsExpected(t *testing.T) {
	var pages []judgedPage
	for i, f1 := range []float64{.2, .97, .5, .4, 1, .9, .99, .3, 1, .99, .96, .7} {
		pages = append(pages, judgedPage{float64(i), f1})
	}
	want := []step{{0 + 1 + 2 + 3, 1, 4}, {4 + 5 + 6 + 7, 2, 4}, {8 + 9 + 10 + 11, 3, 4}}
	if diff := cmp.Diff(want, isotonic(pages, 2), cmp.AllowUnexported(step{})); diff != "" {
		t.Error(diff)
	}
}
