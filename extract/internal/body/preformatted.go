package body

import "github.com/dateline-go/dateline/extract/internal/page"

// leastPreformatted is the probability under which a preformatted block stays out whatever stands around it.
const leastPreformatted = .2

// keepPreformatted keeps the preformatted blocks (code, output, verse) that stand between kept ones: they read like
// no prose, yet an article that is cut through them cannot be followed.
func (m *measured) keepPreformatted(c *Choice) {
	before := false
	for i := 0; i < len(c.Keep); i++ {
		if !m.preformatted(i) {
			before = c.Keep[i]
			continue
		}
		end := i
		for end < len(c.Keep) && m.preformatted(end) {
			end++
		}
		if before && end < len(c.Keep) && c.Keep[end] {
			for j := i; j < end; j++ {
				c.Keep[j] = c.Keep[j] || c.Prob[j] >= leastPreformatted
			}
		}
		i = end - 1
	}
}

// preformatted reports whether a block is within a pre.
func (m *measured) preformatted(i int) bool {
	e := m.p.Blocks[i].Elem
	return e >= 0 && m.p.Elems[e].Anc&page.InPre != 0
}
