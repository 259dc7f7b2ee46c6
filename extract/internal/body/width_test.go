package body

import (
	"testing"

	"github.com/dateline-go/dateline/extract/internal/page"
)

func TestEveryColumnOfARowIsWritten(t *testing.T) {
	for _, group := range [][]FeatureGroup{FirstGroups, SecondGroups} {
		sum := 0
		for _, g := range group {
			sum += g.Width
		}
		if sum != firstFeatures && sum != secondFeatures {
			t.Errorf("the groups have %d columns", sum)
		}
	}
	p, err := page.Parse("<article><h1>A headline</h1><p>One sentence that is long enough to be read as prose.<ul><li>a<li>b</ul></article>", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []*page.Page{p, page.ParseText("A headline\n\nOne sentence that is long enough to be read as prose.", "")} {
		s := NewSample(p, Known{})
		const unset = 12345
		for i := range s.m.rows {
			s.m.rows[i] = unset
		}
		rules, kinds := byRules(p, s.like)
		s.m.measure(p, Known{}, s.like, rules, kinds)
		rows := s.m.rows
		for i, x := range rows {
			if x == unset {
				t.Fatalf("column %d of the first pass is not written", i%firstFeatures)
			}
		}
		probs := make([]float32, len(p.Blocks))
		s.Second(probs)
		for i := range s.m.scratch.rows {
			s.m.scratch.rows[i] = unset
		}
		for i, x := range s.Second(probs) {
			if x == unset {
				t.Fatalf("column %d of the second pass is not written", i%secondFeatures)
			}
		}
	}
}
