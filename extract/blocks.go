package extract

import (
	"slices"
	"strings"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// blocksOf makes the blocks of the record from those that the body kept and from what is boxed
// among them. Items of one list and cells of one table come together.
func blocksOf(p *page.Page, keep []bool, standfirst string, live bool) []dateline.Block {
	var lead []string
	for line := range strings.SplitSeq(standfirst, "\n") {
		lead = append(lead, normalize.Fold(line))
	}
	var x entries
	if live {
		x = entriesOf(p, keep)
	}
	l := blockList{out: make([]dateline.Block, 0, kept(keep))}
	boxes, aside := boxesOf(p, keep), 0
	for i := 0; i < len(keep); i++ {
		if len(boxes) > 0 && boxes[0].first == i {
			made := boxed(p, boxes[0])
			l.out, l.within, aside = append(l.out, made...), false, aside+len(made)
			i = boxes[0].end - 1
			boxes = boxes[1:]
			continue
		}
		if !keep[i] || live && x.stamp[i] {
			continue
		}
		text := normalize.Text(p.BlockText(i))
		if text == "" || len(l.out)-aside < 3 && standfirst != "" && slices.Contains(lead, normalize.Fold(text)) {
			continue
		}
		if live && x.opens[i] {
			l.addUpdate(text, int(p.Blocks[i].Heading))
		} else {
			l.add(p, i, text)
		}
	}
	return l.out
}

// kept is how many blocks are kept.
func kept(keep []bool) int {
	n := 0
	for _, k := range keep {
		if k {
			n++
		}
	}
	return n
}

// A blockList takes blocks one by one. What it was given last may belong to the
// list or table owner, there in the row.
type blockList struct {
	out    []dateline.Block
	within bool // the last block has an owner
	owner  int32
	row    int32
}

func (l *blockList) add(p *page.Page, i int, text string) {
	kind, owner, row := blockKind(p, &p.Blocks[i])
	if l.within && owner == l.owner {
		extend(&l.out[len(l.out)-1], text, row == l.row)
	} else {
		l.out = append(l.out, newBlock(kind, text, int(p.Blocks[i].Heading)))
	}
	l.within, l.owner, l.row = owner >= 0, owner, row
}

func (l *blockList) addUpdate(text string, level int) {
	l.out = append(l.out, dateline.Block{Kind: dateline.BlockUpdate, Text: text, Level: level})
	l.within = false
}

func newBlock(kind dateline.BlockKind, text string, level int) dateline.Block {
	nb := dateline.Block{Kind: kind, Text: text}
	switch kind {
	case dateline.BlockHeading:
		nb.Level = level
	case dateline.BlockList:
		nb.Items = []string{text}
	case dateline.BlockTable:
		nb.Rows = [][]string{{text}}
	}
	return nb
}

func extend(b *dateline.Block, text string, sameRow bool) {
	b.Text += "\n" + text
	switch b.Kind {
	case dateline.BlockList:
		b.Items = append(b.Items, text)
	case dateline.BlockTable:
		if n := len(b.Rows); sameRow {
			b.Rows[n-1] = append(b.Rows[n-1], text)
		} else {
			b.Rows = append(b.Rows, []string{text})
		}
	}
}

// blockKind is the kind of a block, the list, table or listing it belongs to
// (-1 where it stands alone) and, in a table, its row.
func blockKind(p *page.Page, b *page.Block) (kind dateline.BlockKind, owner, row int32) {
	row = -1
	if b.Heading > 0 {
		return dateline.BlockHeading, -1, -1
	}
	for e := b.Elem; e >= 0; e = p.Elems[e].Parent {
		switch p.Elems[e].Tag {
		case atom.Li:
			if up := p.Elems[e].Parent; up >= 0 {
				return dateline.BlockList, up, -1
			}
		case atom.Blockquote:
			return dateline.BlockQuote, -1, -1
		case atom.Pre:
			return dateline.BlockCode, e, -1
		case atom.Tr:
			row = e
		case atom.Table:
			if row >= 0 && b.Runes < 200 {
				return dateline.BlockTable, e, row
			}
		case atom.Article, atom.Main, atom.Section, atom.Body:
			return dateline.BlockParagraph, -1, -1
		}
	}
	return dateline.BlockParagraph, -1, -1
}

// textOf joins the blocks that are text: all but embeds and asides.
func textOf(blocks []dateline.Block) string {
	var parts []string
	for _, b := range blocks {
		if isText(&b) {
			parts = append(parts, b.Text)
		}
	}
	return strings.Join(parts, "\n\n")
}

func isText(b *dateline.Block) bool { return b.Kind != dateline.BlockEmbed && !b.Aside }
