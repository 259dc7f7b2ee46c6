package body

import (
	"slices"

	"github.com/dateline-go/dateline/extract/internal/page"
	"golang.org/x/net/html/atom"
)

// byModel chooses by the two passes of a model.
func (m *measured) byModel(p *page.Page, k Known, like *likeness, model *Model, rules Choice, kinds []uint8) Choice {
	m.measure(p, k, like, rules, kinds)
	first, of, rows := m.passes(model)
	c := m.recall(m.decide(like, model.Second.again(rows, of, first)), k, func(left []float32) Choice { return m.decide(like, left) })
	if k.Explain {
		c.First = slices.Clone(first)
		c.Weights = make([][]Weight, len(p.Blocks))
		for r, ws := range model.Second.weigh(2, rows, secondFeatures, len(of), SecondGroups) {
			c.Weights[of[r]] = ws
		}
		for i, ws := range model.First.weigh(1, m.rows, firstFeatures, len(p.Blocks), FirstGroups) {
			c.Weights[i] = append(c.Weights[i], ws...)
		}
	}
	return c
}

// passes are the probabilities of the first pass, the blocks that the second decides on and their rows.
func (m *measured) passes(model *Model) (first []float32, of []int32, rows []float32) {
	m.scratch.first = room(m.scratch.first, len(m.p.Blocks))
	first = m.scratch.first
	model.First.predict(m.rows, firstFeatures, first, settlesFirst)
	of = unsettled(first)
	return first, of, m.second(first, of)
}

// decide chooses by the probabilities of the blocks.
func (m *measured) decide(like *likeness, probs []float32) Choice {
	c := Choice{Keep: make([]bool, len(probs)), Prob: probs, Role: slices.Clone(m.rules.Role), TitleBlock: m.rules.TitleBlock, Model: ModelName}
	c.Prob = m.evenLists(probs)
	cut, expected := expectedF(c.Prob, m.toks)
	c.Cut = cut
	for i := range c.Keep {
		c.Keep[i] = c.Prob[i] >= cut && i != c.TitleBlock
		if c.Role[i] == "body" {
			c.Role[i] = ""
		}
	}
	m.keepPreformatted(&c)
	m.dropMarked(&c)
	m.dropComments(&c)
	m.dropLoneLinks(&c)
	m.dropSlides(&c)
	m.dropHiddenCopies(&c)
	dropCopies(m.p, &c, like)
	dropEmptyHeadings(m.p, &c)
	for i, keep := range c.Keep {
		if keep {
			c.Role[i] = "body"
		}
	}
	c.Expected, c.Confidence = expected, calibrate(expected)
	return c
}

// maxList is how many blocks a list has at most whose items stand together: a longer one is a page of its own.
const maxList = 40

// evenLists gives the items of a list the mean of their probabilities, each by its words: a list is of the text or
// is not. Of lists in a list each has its own.
func (m *measured) evenLists(probs []float32) []float32 {
	even := slices.Clone(probs)
	for i := range m.p.Elems {
		e := &m.p.Elems[i]
		if e.Tag != atom.Ul && e.Tag != atom.Ol || e.EndBlock-e.FirstBlock < 2 || e.EndBlock-e.FirstBlock > maxList {
			continue
		}
		var sum, words float32
		for b := e.FirstBlock; b < e.EndBlock; b++ {
			sum, words = sum+probs[b]*m.toks[b], words+m.toks[b]
		}
		if words > 0 {
			for b := e.FirstBlock; b < e.EndBlock; b++ {
				even[b] = sum / words
			}
		}
	}
	return even
}

// dropMarked takes out what the markup says is no text, whatever it reads like.
func (m *measured) dropMarked(c *Choice) {
	for i, keep := range c.Keep {
		switch {
		case !keep:
		case caption(m.p, i):
			c.drop(i, "caption")
		case shareBar(m.p, i):
			c.drop(i, "share")
		}
	}
}

// caption reports whether a block is the caption of a figure, which belongs to the picture.
func caption(p *page.Page, i int) bool {
	e := p.Blocks[i].Elem
	return e >= 0 && p.Elems[e].Anc&(page.InCaption|page.InFigure) == page.InCaption|page.InFigure
}

// shareBar reports whether a block is nothing but the links of an element for sharing.
func shareBar(p *page.Page, i int) bool {
	b := &p.Blocks[i]
	return b.Elem >= 0 && b.Links > 0 && b.LinkRunes*10 >= b.Runes*9 && p.Elems[b.Elem].Dist[page.HintShare] <= 1
}

// What makes the blocks behind a line that heads comments the comments of readers.
const (
	commentsLine  = 6   // words of the line at most
	commentsAfter = 60  // words kept before it at least, and
	commentsShare = .2  // of all that is kept
	commentsProb  = .95 // mean probability, by words, of what follows it at most: a link to the comments stands inside many articles
)

// dropComments takes out what follows the line that heads the comments of readers:
// they read like the article.
func (m *measured) dropComments(c *Choice) {
	var kept, mass []float32 // words kept before each block, and the probable ones of them; seldom asked for
	for i := range c.Keep {
		if m.digests[i].comments != 2 || m.toks[i] > commentsLine {
			continue
		}
		if kept == nil {
			kept, mass = m.keptBefore(c), m.probableBefore(c)
		}
		all := kept[len(c.Keep)]
		behind, probable := all-kept[i], mass[len(c.Keep)]-mass[i]
		if before := kept[i]; before < commentsAfter || before < commentsShare*all || probable > commentsProb*max(behind, 1) {
			continue
		}
		for j := i; j < len(c.Keep); j++ {
			if c.Keep[j] {
				c.drop(j, "comment")
			}
		}
		return
	}
}

// keptBefore is how many words are kept before each block, and in all.
func (m *measured) keptBefore(c *Choice) []float32 {
	return m.sums(c, func(int) float32 { return 1 })
}

// probableBefore is the same with each word at its probability.
func (m *measured) probableBefore(c *Choice) []float32 {
	return m.sums(c, func(i int) float32 { return c.Prob[i] })
}

func (m *measured) sums(c *Choice, each func(i int) float32) []float32 {
	sums := make([]float32, len(c.Keep)+1)
	for i, keep := range c.Keep {
		sums[i+1] = sums[i]
		if keep {
			sums[i+1] += each(i) * m.toks[i]
		}
	}
	return sums
}

// The cut stands at cutShare of the best expected F1, a little over the half that
// would be right were the probabilities exact: what is wrongly kept outweighs what is
// wrongly lost two to one. It never falls under leastCut.
const (
	cutShare = .57
	leastCut = .15
)

// expectedF is the probability from which blocks are kept so that the expected F1
// of the tokens is highest: F = 2·Σp·tok / (Σtok + Σall p·tok) over the blocks by
// falling p.
func expectedF(p, toks []float32) (cut float32, best float64) {
	order := make([]int, len(p))
	var all float64
	for i := range order {
		order[i] = i
		all += float64(p[i] * toks[i])
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case p[a] > p[b]:
			return -1
		case p[a] < p[b]:
			return 1
		}
		return a - b
	})
	var hit, taken float64
	for _, i := range order {
		hit += float64(p[i] * toks[i])
		taken += float64(toks[i])
		if f := 2 * hit / (taken + all); taken > 0 && f > best {
			best = f
		}
	}
	return float32(max(leastCut, best*cutShare)), best
}

// sureHeading is the probability over which a heading stays though no text follows it.
const sureHeading = .8

// dropEmptyHeadings takes out headings with no kept text before the next heading of their rank.
func dropEmptyHeadings(p *page.Page, c *Choice) {
	follows, level := false, uint8(9)
	for i := len(c.Keep) - 1; i >= 0; i-- {
		if !c.Keep[i] {
			continue
		}
		switch h := p.Blocks[i].Heading; {
		case h > 0 && c.Prob[i] > sureHeading:
			follows, level = false, h
		case h == 0:
			follows, level = true, 9
		case !follows && h >= level || !follows && level == 9:
			c.drop(i, "heading")
		default:
			follows, level = false, h
		}
	}
}
