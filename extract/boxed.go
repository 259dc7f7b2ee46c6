package extract

import (
	"slices"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// A box is a run of blocks that stands in the body without being part of its text.
type box struct {
	first, end int
	embed      bool // a social post; else an aside
	quote      bool // a pull quote; else a fact box
}

// The bounds of a boxed text: fewer words are a label, more runes a text of its own.
const (
	boxWords = 5
	boxRunes = 2000
)

// boxesOf finds the boxes between the first and the last block that the body kept, in order.
func boxesOf(p *page.Page, keep []bool) []box {
	first, last := slices.Index(keep, true), lastKept(keep)
	var out []box
	for i := int32(0); first >= 0 && int(i) < len(p.Elems); {
		e := &p.Elems[i]
		from, to := int(e.FirstBlock), int(e.EndBlock)
		switch {
		case to <= first || from > last:
			i = e.End
		case from >= first && to <= last+1 && to > from && canBox(e) && (isEmbed(e, keep) || isBoxed(p, i, keep)):
			out = append(out, box{first: from, end: to, embed: isEmbed(e, keep), quote: e.Own.Has(page.HintQuote)})
			i = e.End
		default:
			i++
		}
	}
	return out
}

// canBox leaves out what is no box by its element or its place; a box inside a list would tear the list.
func canBox(e *page.Elem) bool {
	switch e.Tag {
	case atom.Aside, atom.Figure, atom.Blockquote, atom.Div, atom.Section:
	default:
		return false
	}
	const outside = page.InNav | page.InFooter | page.InForm | page.InDialog | page.InButton | page.InList | page.InTable
	return !e.Hidden && e.Anc&outside == 0
}

// isEmbed reports whether e is the quotation that the embed codes of social networks put
// where their script will show the post: they all name it embed, media or a post.
func isEmbed(e *page.Elem, keep []bool) bool {
	return e.Tag == atom.Blockquote && e.Dist[page.HintEmbed] <= 1 && !keptIn(e, keep)
}

// isBoxed reports whether element i is a pull quote, or a fact box by its class and a heading of its own.
func isBoxed(p *page.Page, i int32, keep []bool) bool {
	e := &p.Elems[i]
	quote := e.Own.Has(page.HintQuote)
	if !quote && !e.Own.Has(page.HintInfo) || keptIn(e, keep) {
		return false
	}
	var runes, links int32
	for _, b := range p.Blocks[e.FirstBlock:e.EndBlock] {
		runes += b.Runes
		links += b.LinkRunes
		if b.LinkRunes > 0 && b.LinkRunes == b.Runes { // a call to go elsewhere
			return false
		}
	}
	if runes > boxRunes || links*4 > runes || !quote && p.Blocks[e.FirstBlock].Heading == 0 || elsewhere(p, i) {
		return false
	}
	return normalize.Words(p.ElemText(int(i))) >= boxWords
}

func keptIn(e *page.Elem, keep []bool) bool {
	for _, k := range keep[e.FirstBlock:e.EndBlock] {
		if k {
			return true
		}
	}
	return false
}

// elsewhere reports whether the words of element i, of those around it or of one inside say that it is
// for something else than to be read with the article.
func elsewhere(p *page.Page, i int32) bool {
	const (
		near    = 2
		notABox = 1<<page.HintAuthor | 1<<page.HintCaption | 1<<page.HintTag | 1<<page.HintFooter | 1<<page.HintHeader | 1<<page.HintEmbed
	)
	e := &p.Elems[i]
	var other page.Hints
	for _, g := range [...]int{page.HintRelated, page.HintPromo, page.HintNewsletter, page.HintShare, page.HintComment, page.HintNav, page.HintCookie} {
		if e.Dist[g] <= near {
			return true
		}
		other |= 1 << g
	}
	if e.Own&notABox != 0 || e.Dist[page.HintList] <= 1 { // one of a row of teasers
		return true
	}
	for j := i; j < e.End; j++ {
		if x := &p.Elems[j]; x.Own&other != 0 || x.Anc&page.InCaption != 0 && !e.Own.Has(page.HintQuote) {
			return true
		}
	}
	return false
}

// boxed are the blocks of the record that a box makes: one of an embed; of an aside those it consists of.
func boxed(p *page.Page, x box) []dateline.Block {
	if x.embed {
		text := normalize.Text(p.Text[p.Blocks[x.first].Start:p.Blocks[x.end-1].Stop])
		if text == "" {
			return nil
		}
		return []dateline.Block{newBlock(dateline.BlockEmbed, text, 0)}
	}
	var l blockList
	for i := x.first; i < x.end; i++ {
		if text := normalize.Text(p.BlockText(i)); text != "" {
			l.add(p, i, text)
		}
	}
	for i := range l.out {
		l.out[i].Aside = true
		if x.quote && l.out[i].Kind == dateline.BlockParagraph {
			l.out[i].Kind = dateline.BlockQuote
		}
	}
	return l.out
}
