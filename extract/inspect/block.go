package inspect

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/dateline-go/dateline/extract"
)

const (
	foldFrom  = 4  // so many dropped blocks in a row are shown as one line
	passShown = 6  // weights of a pass
	gistRunes = 90 // of the line that stands for dropped blocks
)

// A block is one block of the page and how it is shown.
type block struct {
	extract.BlockTrace
	// Class colours it: kept, field (another field holds it), near (the cut) or none.
	Class string
	// Top is the heaviest weights in words.
	Top    string
	Passes []pass
}

// A pass is what one pass of the model made of a block.
type pass struct {
	Name        string
	Probability float64
	Weights     []extract.WeightTrace
}

// A run is neighbouring blocks; where Folded, they are dropped without a doubt.
type run struct {
	Blocks []block
	Folded bool
}

// Gist is the beginnings of the blocks.
func (r run) Gist() string {
	var out strings.Builder
	left := gistRunes
	for i, b := range r.Blocks {
		if i > 0 {
			out.WriteString(" · ")
		}
		for _, c := range b.Text {
			if left == 0 {
				return out.String() + "…"
			}
			left--
			out.WriteRune(c)
		}
	}
	return out.String()
}

// runsOf is the blocks of the page in order, those that no one will ask about together.
func runsOf(t *extract.Trace) []run {
	var out []run
	for _, x := range t.Blocks {
		b := newBlock(x, t.Cut)
		plain := b.Class == ""
		if n := len(out); n > 0 && out[n-1].Folded == plain {
			out[n-1].Blocks = append(out[n-1].Blocks, b)
			continue
		}
		out = append(out, run{Blocks: []block{b}, Folded: plain})
	}
	for i := range out {
		out[i].Folded = out[i].Folded && len(out[i].Blocks) >= foldFrom
	}
	return out
}

func newBlock(x extract.BlockTrace, cut float64) block {
	b := block{BlockTrace: x, Class: classOf(x, cut)}
	for n, name := range []string{1: "first pass", 2: "second pass, which decides"} {
		p := pass{Name: name, Probability: x.First}
		if n == 2 {
			p.Probability = x.Probability
		}
		for _, w := range x.Weights {
			if w.Pass == n && len(p.Weights) < passShown {
				p.Weights = append(p.Weights, w)
			}
		}
		if len(p.Weights) > 0 {
			b.Passes = append(b.Passes, p)
		}
	}
	if n := len(b.Passes); n > 0 && b.Class != "" {
		var top []string
		for _, w := range b.Passes[n-1].Weights[:min(3, len(b.Passes[n-1].Weights))] {
			if math.Abs(w.Weight) >= .05 { // else it reads as nothing
				top = append(top, fmt.Sprintf("%s %+.1f", w.Feature, w.Weight))
			}
		}
		b.Top = strings.Join(top, ", ")
	}
	return b
}

// classOf colours a block. One is near the cut from a quarter of it, or where the
// model kept it and a later step did not.
func classOf(x extract.BlockTrace, cut float64) string {
	class := ""
	switch {
	case x.Kept:
		class = "kept"
	case x.Field != "":
		class = "field"
	case cut > 0 && x.Probability >= cut/4:
		class = "near"
	}
	if x.Kept && utf8.RuneCountInString(x.Text) < 80 && x.Level > 0 {
		class += " heading"
	}
	return class
}
