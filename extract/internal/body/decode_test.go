package body

import (
	"testing"

	"github.com/dateline-go/dateline/extract/internal/page"
)

func TestTheLinksOfAShareBarAreNoText(t *testing.T) {
	for markup, want := range map[string]bool{
		`<div class="share"><a href="https://social.example/s">Share</a><a href="?print=1">Print this article</a></div>`:    true,
		`<ul class="social-links"><li><a href="https://social.example/s">Share on a network</a></li></ul>`:                  true,
		`<div class="share"><p>The owners share the <a href="/quay">quay</a> with the fishermen of the town.</p></div>`:     false,
		`<div class="text"><p><a href="/quay">The owners share the quay with the fishermen of the town.</a></p></div>`:      false,
		`<div class="share"><p>The owners share the quay with the fishermen of the town, and have no link to it.</p></div>`: false,
	} {
		p, err := page.Parse("<html><body>"+markup+"</body></html>", "https://a.example/x")
		if err != nil {
			t.Fatal(err)
		}
		if got := shareBar(p, 0); got != want {
			t.Errorf("%s: %t", markup, got)
		}
	}
}

func TestTheItemsOfAListStandTogether(t *testing.T) {
	p, err := page.Parse(`<html><body><p>The quay is closed.</p><ul><li>one two three</li><li>four</li></ul><p>It opens in May.</p></body></html>`, "https://a.example/x")
	if err != nil {
		t.Fatal(err)
	}
	m := measured{p: p, toks: []float32{4, 3, 1, 4}}
	probs := []float32{.9, .8, .4, .3}
	even := m.evenLists(probs)
	for i, want := range []float32{.9, .7, .7, .3} {
		if d := even[i] - want; d > .001 || d < -.001 {
			t.Errorf("block %d: %.3f, want %.3f", i, even[i], want)
		}
	}
	if probs[1] != .8 {
		t.Error("the probabilities themselves are changed")
	}
}
