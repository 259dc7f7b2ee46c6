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
	c := Choose(p, Known{Explain: true})
	for pass, probs := range map[int][]float32{1: c.First, 2: c.Prob} {
		var sums []float64
		for i := range p.Blocks {
			s, looked := -logit(probs[i]), false
			for _, w := range c.Weights[i] {
				if w.Pass == pass {
					s, looked = s+w.Weight, true
				}
			}
			if looked { // the second pass has no eye for what the first is sure of
				sums = append(sums, s) // what is left is the mean of the page, the same for all
			}
		}
		if len(sums) < 8 {
			t.Fatalf("pass %d looked at %d blocks", pass, len(sums))
		}
		for i, s := range sums {
			if math.Abs(s-sums[0]) > .1 {
				t.Errorf("pass %d, block %d: the weights miss %.3f of its log odds", pass, i, s-sums[0])
			}
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
