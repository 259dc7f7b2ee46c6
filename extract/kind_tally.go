package extract

import "slices"

// A blockTally is what one pass over the blocks counts for the kind of the page. The range of the body
// is from the first block that was kept to the last.
type blockTally struct {
	blocks, buttons          int
	runes, linkRunes         int // of all blocks
	keptRunes, keptLinkRunes int
	paragraphs, long         int // kept; long ones have over 200 runes
	headings, linkedHeadings int // in the range of the body; linked ones are link for the most part
	linkedLines              int // in it, no headings, link and nothing else
}

func (b *builder) tally() blockTally {
	keep := b.choice.Keep
	t := blockTally{blocks: len(b.p.Blocks)}
	first, last := slices.Index(keep, true), len(keep)-1
	for last >= 0 && !keep[last] {
		last--
	}
	for i := range b.p.Blocks {
		k := &b.p.Blocks[i]
		t.runes += int(k.Runes)
		t.linkRunes += int(k.LinkRunes)
		if k.Button {
			t.buttons++
		}
		if i < len(keep) && keep[i] {
			t.keptRunes += int(k.Runes)
			t.keptLinkRunes += int(k.LinkRunes)
			if k.Heading == 0 {
				t.paragraphs++
				if k.Runes > 200 {
					t.long++
				}
			}
		}
		switch within := first >= 0 && i >= first && i <= last; {
		case !within:
		case k.Heading > 0:
			t.headings++
			if k.LinkRunes*10 >= k.Runes*8 {
				t.linkedHeadings++
			}
		case k.Links > 0 && k.LinkRunes*10 >= k.Runes*9:
			t.linkedLines++
		}
	}
	return t
}

// teasers reports whether the range of the body is a list of headlines that all lead elsewhere.
func (t *blockTally) teasers() bool { return t.linkedHeadings >= 4 && t.linkedHeadings*2 >= t.headings }
