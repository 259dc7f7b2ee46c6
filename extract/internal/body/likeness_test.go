package body

import (
	"testing"

	"github.com/dateline-go/dateline/extract/internal/page"
)

func TestLikenessIsTheSimilarityOfWords(t *testing.T) {
	titles := []string{"Ferry strike ends", "FERRY strike ends after a week, a week", "", "İstanbul  vapuru\u00a0döndü"}
	summaries := []string{"Crews returned to the harbour on Friday, the port said."}
	p := page.ParseText("Ferry Strike Ends\n\nThe ferry strike ends after a week and a week and a day\n\nİSTANBUL vapuru döndü\n\n"+
		"On Friday crews returned to the harbour, said the port.\n\nNothing alike here", "")
	var words scan
	words.read(p)
	like := liken(p, Known{Titles: titles, Summaries: summaries}, &words)
	if len(p.Blocks) < 5 {
		t.Fatalf("%d blocks", len(p.Blocks))
	}
	most := func(text string, to []string) (best float64) {
		for _, s := range to {
			best = max(best, Dice(wordsOf(text), wordsOf(s)))
		}
		return best
	}
	positive := 0
	for i := range p.Blocks {
		text := p.BlockText(i)
		if got, want := like.title[i], most(text, titles); got != want {
			t.Errorf("%q is like a title by %v, want %v", text, got, want)
		}
		if got, want := like.summary[i], most(text, summaries); got != want {
			t.Errorf("%q is like a summary by %v, want %v", text, got, want)
		}
		if like.title[i] > 0 && like.summary[i] >= 0 {
			positive++
		}
	}
	if positive < 3 {
		t.Errorf("%d blocks are like a title at all", positive)
	}
}

func wordsOf(s string) []uint64 {
	var ignored shape
	return scanWords(s, nil, &ignored)
}
