package page

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// Border stands in Printed where an element begins or ends.
const Border = " ¦ "

// Printed is the text of element e with Border at the bounds of the elements inside
// it, white space collapsed: how a byline falls into parts for the eye. Formatting
// that runs inside names (bold, italic, sup …) makes no border.
func (p *Page) Printed(e int) string {
	el := &p.Elems[e]
	var b strings.Builder
	at := el.Start
	ends := make([]int32, 0, 16) // where the elements around the place end, outermost first
	upTo := func(to int32) {
		for len(ends) > 0 && ends[len(ends)-1] <= to {
			p.piece(&b, at, ends[len(ends)-1])
			at = max(at, ends[len(ends)-1])
			ends = ends[:len(ends)-1]
		}
		p.piece(&b, at, to)
		at = max(at, to)
	}
	for i := int32(e) + 1; i < el.End; i++ {
		c := &p.Elems[i]
		if formats(c.Tag) || c.Start == c.Stop && c.Tag != atom.Br {
			continue
		}
		upTo(c.Start)
		ends = append(ends, c.Stop)
	}
	upTo(el.Stop)
	return b.String()
}

// piece writes the text between two borders, each block of it on its own.
func (p *Page) piece(b *strings.Builder, from, to int32) {
	if from >= to {
		return
	}
	for line := range strings.SplitSeq(p.Text[from:to], "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(Border)
		}
		b.WriteString(line)
	}
}

func formats(a atom.Atom) bool {
	switch a {
	case atom.B, atom.Strong, atom.I, atom.Em, atom.U, atom.Font, atom.Sup, atom.Sub, atom.Small, atom.Big, atom.Wbr,
		atom.Mark, atom.Abbr, atom.Acronym, atom.S, atom.Ins, atom.Nobr, atom.Q, atom.Ruby, atom.Rb, atom.Rt, atom.Img:
		return true
	}
	return false
}

// BlockOf is the block that holds the offset of Page.Text, or the next one;
// len(Blocks) past the last.
func (p *Page) BlockOf(offset int) int {
	lo, hi := 0, len(p.Blocks)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if int(p.Blocks[mid].Stop) <= offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
