package body

import "github.com/dateline-go/dateline/extract/internal/page"

// A paragraph that is one link and no sentence is mostly the headline of another article, put between those of this one:
// under sureLink that is so of seven in ten of the words that would be kept, on pages of 20 publishers against 7.
const (
	sureLink      = .75
	headlineWords = 4 // at least
)

// dropLoneLinks takes such paragraphs out.
func (m *measured) dropLoneLinks(c *Choice) {
	for i, keep := range c.Keep {
		if keep && c.Prob[i] < sureLink && m.toks[i] >= headlineWords && loneLink(m.p, i) {
			c.drop(i, "links")
		}
	}
}

func loneLink(p *page.Page, i int) bool {
	b := &p.Blocks[i]
	if b.Elem < 0 || b.Heading > 0 || b.LinkRunes*100 < b.Runes*95 || p.Elems[b.Elem].Anc&(page.InList|page.InTable) != 0 {
		return false
	}
	return !ends(p.BlockText(i))
}
