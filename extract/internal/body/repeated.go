package body

import (
	"slices"

	"github.com/dateline-go/dateline/extract/internal/memory"
)

// A block is the site's and not the article's where it stands on some other articles
// at least, and on the more of them the surer the model is of it. What but a few
// articles share is a paragraph that follow-ups repeat.
const (
	seenOn    = 2
	seenSure  = 3  // of a block that the model is sure of
	seenShare = .5 // of the other articles, times the model's probability
	sure      = .9
)

// What blocks are looked at.
const (
	leastWords = 3   // of a block that is remembered
	shortWords = 6   // a shorter one that the model is sure of is a label that a form of article repeats
	leastProb  = .05 // of a block that is remembered, unless it was kept
	longWords  = 15  // of a block that tells one text from another
	leastLeft  = .5  // of the words of the body must be left, or the page is a copy
)

// A Repeat is a block that the site repeats: on how many other articles it was seen.
type Repeat struct{ Seen, Of int }

// remembered reports whether a memory is told of block i.
func (m *measured) remembered(c *Choice, i int) bool {
	return m.p.Blocks[i].Heading == 0 && i != c.TitleBlock && m.words(i) >= leastWords && (c.Keep[i] || c.Prob[i] >= leastProb)
}

// words is how many words block i has.
func (m *measured) words(i int) int32 { return m.scan.shapes[i].tokens() }

// hash is the words of block i as a memory keeps them.
func (m *measured) hash(i int) uint32 { return uint32(m.scan.whole(i) >> 32) }

// lesson is what the page teaches the memory of its site.
func (m *measured) lesson(c *Choice) memory.Lesson {
	var hashes []uint32
	for i := range c.Keep {
		if m.remembered(c, i) {
			hashes = append(hashes, m.hash(i))
		}
	}
	return memory.NewLesson(hashes)
}

// sites are the blocks that the other articles of the site show to be the site's.
// None is one where hardly a word would be left: such a page is a copy.
func (m *measured) sites(c *Choice, k Known) map[int]Repeat {
	others := k.Memory.Others(k.Self...)
	found := m.seen(c, k, others)
	if len(found) == 0 {
		return nil
	}
	var own []uint32
	for i, keep := range c.Keep {
		if _, site := found[i]; keep && !site && m.words(i) >= longWords {
			own = append(own, m.hash(i))
		}
	}
	if unlike := others.Unlike(own); unlike.Len() < others.Len() {
		found = m.seen(c, k, unlike)
	}
	var all, left int32
	for i, keep := range c.Keep {
		if !keep {
			continue
		}
		all += m.words(i)
		if _, site := found[i]; !site {
			left += m.words(i)
		}
	}
	if float32(left) < leastLeft*float32(all) {
		return nil
	}
	return found
}

// seen are the blocks that stand on enough of the articles, but for notes of correction:
// a house words them alike, and each is its article's.
func (m *measured) seen(c *Choice, k Known, articles memory.View) map[int]Repeat {
	n := articles.Len()
	if n < seenOn {
		return nil
	}
	var found map[int]Repeat
	for i := range c.Keep {
		least := seenOn
		if c.Prob[i] >= sure {
			least = seenSure
		}
		if !m.remembered(c, i) || least == seenSure && m.words(i) < shortWords {
			continue
		}
		if s := articles.Count(m.hash(i)); s >= least && float32(s) >= seenShare*c.Prob[i]*float32(n) && !k.IsCorrection(m.p.BlockText(i)) {
			if found == nil {
				found = map[int]Repeat{}
			}
			found[i] = Repeat{s, n}
		}
	}
	return found
}

// recall takes what the site repeats out of a choice. The choice again, given the
// probabilities that are left, decides on the rest.
func (m *measured) recall(c Choice, k Known, again func(probs []float32) Choice) Choice {
	c.Lesson = m.lesson(&c)
	found := m.sites(&c, k)
	if len(found) == 0 {
		return c
	}
	probs := slices.Clone(c.Prob)
	for i := range found {
		probs[i] = 0
	}
	out := again(probs)
	alone := c
	out.Alone, out.Repeats, out.Prob, out.Lesson = &alone, found, c.Prob, c.Lesson
	for i := range found {
		out.drop(i, "repeated")
	}
	return out
}

// without is a choice of the rules without the blocks of no probability.
func without(rules *Choice, probs []float32) Choice {
	c := *rules
	c.Keep, c.Role = slices.Clone(c.Keep), slices.Clone(c.Role)
	for i := range c.Keep {
		c.Keep[i] = c.Keep[i] && probs[i] > 0
	}
	return c
}
