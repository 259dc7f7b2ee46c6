package extract

import (
	"slices"
	"testing"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract/internal/body"
)

func TestASentenceThatLostToASurerStandfirstOpensTheText(t *testing.T) {
	cs := []candidate{
		{rule: "standfirst", value: "The surer one.", block: 0},
		{rule: standfirstByPlace, value: "An opening in a box.", block: 1},
		{rule: standfirstByPlace, value: "What the model takes for nothing of the text.", block: 2},
		{rule: "style", value: "Bold.", block: 3},
	}
	b := builder{choice: body.Choice{Keep: make([]bool, 5), Prob: []float32{.9, .2, .05, .9, .9}}, rec: dateline.Record{Standfirst: cs[0].value}}
	b.keepOpening(cs)
	if want := []bool{false, true, false, false, false}; !slices.Equal(b.choice.Keep, want) {
		t.Errorf("kept %v, want %v", b.choice.Keep, want)
	}
	b = builder{choice: body.Choice{Keep: make([]bool, 5), Prob: []float32{.9, .2, .2, .2, .2}}, rec: dateline.Record{Standfirst: cs[1].value}}
	if b.keepOpening(cs[1:2]); slices.Contains(b.choice.Keep, true) {
		t.Error("the standfirst stands in the text as well")
	}
}
