package body

import (
	"math"
	"strings"
	"testing"

	"github.com/dateline-go/dateline/extract/internal/page"
)

// The weights explain a probability only if they add up to it.
func TestTheWeightsOfAPassAddUpToItsLogOdds(t *testing.T) {
	if Default() == nil {
		t.Skip("the build has no model")
	}
	p, err := page.Parse("<html><body><nav><a href=/>Home</a><a href=/t>Town</a></nav><article><h1>Ferry strike ends</h1>"+
		strings.Repeat("<p>Crews returned to the harbour on Friday, and the first boat left half an hour late with every seat taken.</p><p>More soon</p>", 4)+
		"</article><footer>© 2024 Harbor Daily</footer></body></html>", "")
	if err != nil {
		t.Fatal(err)
	}
	s, model := NewSample(p, Known{}), Default()
	first := make([]float32, len(p.Blocks))
	model.First.Predict(s.First(), firstFeatures, first)
	for pass, x := range map[int]struct {
		forest *Forest
		rows   []float32
		width  int
		groups []FeatureGroup
	}{1: {&model.First, s.First(), firstFeatures, FirstGroups}, 2: {&model.Second, s.Second(first), secondFeatures, SecondGroups}} {
		probs := make([]float32, len(p.Blocks))
		x.forest.Predict(x.rows, x.width, probs)
		var rest []float64 // the mean of the page, the same for all
		for i, weights := range x.forest.weigh(pass, x.rows, x.width, len(p.Blocks), x.groups) {
			left := -logit(probs[i])
			for _, w := range weights {
				left += w.Weight
			}
			if rest = append(rest, left); math.Abs(left-rest[0]) > .1 {
				t.Errorf("pass %d, block %d: the weights miss %.3f of its log odds", pass, i, left-rest[0])
			}
		}
	}
	c := Choose(p, Known{Explain: true})
	for i, weights := range c.Weights {
		if len(weights) == 0 {
			t.Errorf("block %d has no weights", i)
		}
	}
	if c.Cut <= 0 || c.Cut >= 1 {
		t.Errorf("cut %f", c.Cut)
	}
	if c := Choose(p, Known{}); c.Weights != nil {
		t.Error("weights that nobody asked for")
	}
}

func logit(p float32) float64 { return math.Log(float64(p) / (1 - float64(p))) }
