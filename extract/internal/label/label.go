// Package label aligns the blocks of a page with the true text of its article. What
// it returns trains and measures the choice of the body; no page is extracted by it.
package label

import "github.com/dateline-go/dateline/extract/internal/page"

// A Label says what the truth makes of a block.
type Label uint8

// The labels.
const (
	Not      Label = iota // not in the article
	Body                  // in the article
	Optional              // in its standfirst, or where it may stand or be missing
)

// Align labels each block of p. body is the true text; standfirst and bodyFull, which
// may be empty, are the text that may stand before it and the body with all that may
// stand in it. A word of the truth is given to one block only: the second copy of an
// article on its page is Not.
func Align(p *page.Page, body, standfirst, bodyFull string) []Label {
	v := vocabulary{}
	truth := readTruth(v, body, standfirst, bodyFull)
	blocks := make([][]int32, len(p.Blocks))
	for i := range blocks {
		blocks[i] = v.words(p.BlockText(i))
	}
	a := aligner{p: p, blocks: blocks, truth: truth.words, match: make([]span, len(blocks))}
	a.align()
	a.displaced()
	a.dropStrays()
	labels := make([]Label, len(blocks))
	for i, m := range a.match {
		if m.matched > 0 {
			labels[i] = truth.label(m)
		}
	}
	return labels
}

// A truth is the words of the article, with those that a text must have marked.
type truth struct {
	words    []int32
	required []bool
}

func readTruth(v vocabulary, body, standfirst, bodyFull string) truth {
	var t truth
	add := func(paragraph string, required bool) {
		for _, w := range v.words(paragraph) {
			t.words = append(t.words, w)
			t.required = append(t.required, required)
		}
	}
	add(standfirst, false)
	if bodyFull == "" {
		add(body, true)
		return t
	}
	need := paragraphs(body)
	for _, x := range paragraphs(bodyFull) {
		required := len(need) > 0 && x == need[0]
		if required {
			need = need[1:]
		}
		add(x, required)
	}
	return t
}

func (t *truth) label(m span) Label {
	need := 0
	for i := m.from; i < m.to; i++ {
		if t.required[i] {
			need++
		}
	}
	if need*2 >= m.to-m.from {
		return Body
	}
	return Optional
}
