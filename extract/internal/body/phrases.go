package body

import (
	"slices"
	"sync"

	"github.com/dateline-go/dateline/normalize/lexicon"
)

// A phraseBook finds phrases in the words of a block.
type phraseBook struct {
	byFirst map[uint64][][]uint64 // by the hash of the first word, the words that must follow
	maybe   [1024]uint64          // a bit for each possible 16 low bits of a first word: most words end here
}

func readPhrases(sections ...string) *phraseBook {
	b := &phraseBook{byFirst: map[uint64][][]uint64{}}
	for _, section := range sections {
		for _, line := range lexicon.All(section) {
			var ignored shape
			w := scanWords(line, nil, &ignored)
			if len(w) == 0 {
				continue
			}
			b.byFirst[w[0]] = append(b.byFirst[w[0]], w[1:])
			b.maybe[w[0]>>6&1023] |= 1 << (w[0] & 63)
		}
	}
	return b
}

var (
	promoPhrases   = sync.OnceValue(func() *phraseBook { return readPhrases("promo") })
	commentPhrases = sync.OnceValue(func() *phraseBook { return readPhrases("comments") })
	creditPhrases  = sync.OnceValue(func() *phraseBook { return readPhrases("credits", "role.photographer") })
)

// phraseReach is how many words of a block are looked at.
const phraseReach = 60

// in tells how a block holds one of the phrases: 2 where it opens with one, 1 where
// one stands further in, 0 where none does. A phrase of one word counts only where it
// opens a line of a few words.
func (b *phraseBook) in(words []uint64) float32 {
	for i, w := range words[:min(len(words), phraseReach)] {
		if b.maybe[w>>6&1023]>>(w&63)&1 == 0 {
			continue
		}
		for _, rest := range b.byFirst[w] {
			if len(rest) == 0 && (i > 0 || len(words) > 4) || i+1+len(rest) > len(words) || !slices.Equal(rest, words[i+1:i+1+len(rest)]) {
				continue
			}
			if i == 0 {
				return 2
			}
			return 1
		}
	}
	return 0
}
