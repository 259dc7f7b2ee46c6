package extract

import (
	"slices"
	"strings"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// blocksOf makes the blocks of the record from those that the body kept. Items of
// one list and cells of one table come together.
func blocksOf(p *page.Page, c body.Choice, standfirst string) []dateline.Block {
	var out []dateline.Block
	group, row := int32(-1), int32(-1)
	var lead []string
	for line := range strings.SplitSeq(standfirst, "\n") {
		lead = append(lead, normalize.Fold(line))
	}
	for i, keep := range c.Keep {
		if !keep {
			continue
		}
		b := &p.Blocks[i]
		text := normalize.Text(p.BlockText(i))
		if text == "" || len(out) < 3 && standfirst != "" && slices.Contains(lead, normalize.Fold(text)) {
			continue
		}
		kind, owner, line := blockKind(p, b)
		if n := len(out); n > 0 && owner >= 0 && owner == group {
			extend(&out[n-1], text, line == row)
			row = line
			continue
		}
		group, row = owner, line
		out = append(out, newBlock(kind, text, int(b.Heading)))
	}
	return out
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
		if b.Kind != dateline.BlockEmbed && !b.Aside {
			parts = append(parts, b.Text)
		}
	}
	return strings.Join(parts, "\n\n")
}
