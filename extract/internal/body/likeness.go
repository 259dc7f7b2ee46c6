package body

import (
	"slices"
	"strings"

	"github.com/dateline-go/dateline/extract/internal/page"
)

// A likeness is how like each block of a page is to the titles and summaries that
// the page gives itself: the greatest Dice coefficient of their words. It is
// counted for all of them in one pass over the words of the blocks.
type likeness struct {
	// title and summary hold a number a block; 0 for blocks of over likenessBytes.
	title, summary []float64
}

// likenessBytes is how long a block may be to be like a title or a summary.
const likenessBytes = 1200

// A phrase is a title or summary as a bag of words: id in the vocabulary and times.
type phrase struct {
	words   []wordCount
	length  int
	summary bool
}

type wordCount struct{ id, times int32 }

func liken(p *page.Page, k Known, words *scan) *likeness {
	l := &likeness{title: make([]float64, len(p.Blocks)), summary: make([]float64, len(p.Blocks))}
	vocabulary := map[uint64]int32{}
	var phrases []phrase
	for _, s := range k.Titles {
		phrases = append(phrases, phraseOf(s, vocabulary, false))
	}
	for _, s := range k.Summaries {
		phrases = append(phrases, phraseOf(s, vocabulary, true))
	}
	if len(vocabulary) == 0 {
		return l
	}
	var maybe [64]uint64 // a bit for each 12 low bits of a word of the vocabulary: most words of a page end here
	for w := range vocabulary {
		maybe[w>>6&63] |= 1 << (w & 63)
	}
	times := make([]int32, len(vocabulary))
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Stop-b.Start > likenessBytes {
			continue
		}
		clear(times)
		ws, any := words.words(i), false
		for _, w := range ws {
			if maybe[w>>6&63]>>(w&63)&1 == 0 {
				continue
			}
			if id, ok := vocabulary[w]; ok {
				times[id]++
				any = true
			}
		}
		if !any {
			continue
		}
		for j := range phrases {
			ph := &phrases[j]
			if ph.length == 0 {
				continue
			}
			common := int32(0)
			for _, w := range ph.words {
				common += min(w.times, times[w.id])
			}
			dice := 2 * float64(common) / float64(len(ws)+ph.length)
			if ph.summary {
				l.summary[i] = max(l.summary[i], dice)
			} else {
				l.title[i] = max(l.title[i], dice)
			}
		}
	}
	return l
}

// phraseOf counts the words of s and gives new ones an id.
func phraseOf(s string, vocabulary map[uint64]int32, summary bool) phrase {
	var ignored shape
	hashes := scanWords(s, nil, &ignored)
	slices.Sort(hashes)
	ph := phrase{summary: summary, length: len(hashes)}
	for i, hash := range hashes {
		if i > 0 && hash == hashes[i-1] {
			ph.words[len(ph.words)-1].times++
			continue
		}
		id, known := vocabulary[hash]
		if !known {
			id = int32(len(vocabulary))
			vocabulary[hash] = id
		}
		ph.words = append(ph.words, wordCount{id, 1})
	}
	return ph
}

// AlikeOver reports whether Similar is greater than least. Texts of too different a
// length are told apart without a look at their words.
func AlikeOver(a, b string, least float64) bool {
	x, y := countFields(a), countFields(b)
	return x > 0 && y > 0 && 2*float64(min(x, y))/float64(x+y) > least && Similar(a, b) > least
}

func countFields(s string) int {
	n := 0
	for range strings.FieldsSeq(s) {
		n++
	}
	return n
}

// Similar is the Dice coefficient of the words of two short texts, case folded.
func Similar(a, b string) float64 {
	return Dice(strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b)))
}

// Dice is twice the number of words that two lists share, over their lengths (Dice 1945).
func Dice[W comparable](x, y []W) float64 {
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	left := make(map[W]int, len(x))
	for _, w := range x {
		left[w]++
	}
	n := 0
	for _, w := range y {
		if left[w] > 0 {
			left[w]--
			n++
		}
	}
	return 2 * float64(n) / float64(len(x)+len(y))
}
