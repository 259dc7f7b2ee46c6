package body

import "github.com/dateline-go/dateline/extract/internal/page"

// A hidden text is a copy where this share of its words stand in what is kept of the
// page's visible text. Pages hold the article once more for machines or for a dialog.
const copyShare = .9

// dropHiddenCopies takes out hidden blocks that say again what the visible text says.
func (m *measured) dropHiddenCopies(c *Choice) {
	var hidden []int
	var words, seen float32
	for i, keep := range c.Keep {
		if keep && m.hidden(i) {
			hidden = append(hidden, i)
		}
	}
	if len(hidden) == 0 {
		return
	}
	visible := map[uint64]bool{}
	for i, keep := range c.Keep {
		if keep && !m.hidden(i) {
			for _, w := range m.scan.words(i) {
				visible[w] = true
			}
		}
	}
	for _, i := range hidden {
		for _, w := range m.scan.words(i) {
			words++
			if visible[w] {
				seen++
			}
		}
	}
	if seen < copyShare*words {
		return
	}
	for _, i := range hidden {
		c.drop(i, "copy")
	}
}

func (m *measured) hidden(i int) bool {
	e := m.p.Blocks[i].Elem
	return e >= 0 && m.p.Elems[e].Hidden
}

// copyBytes is the length over which a text that stands twice is a copy, not a refrain.
const copyBytes = 200

// dropCopies takes out blocks that stand twice, and copies of the headline.
func dropCopies(p *page.Page, c *Choice, like *likeness) {
	seen := map[string]bool{}
	for i, keep := range c.Keep {
		if !keep {
			continue
		}
		text := p.BlockText(i)
		if len(text) > copyBytes {
			if seen[text] {
				c.drop(i, "copy")
				continue
			}
			seen[text] = true
		}
		if len(text) < 400 && like.title[i] > .9 {
			c.drop(i, "title")
		}
	}
}
