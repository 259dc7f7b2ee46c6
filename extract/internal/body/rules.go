package body

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-go/dateline/extract/internal/page"
	"golang.org/x/net/html/atom"
)

// RulesModel names the readable rules in Choice.Model.
const RulesModel = "rules-1"

// The kinds of block that the rules tell apart.
const (
	plain   = iota // may be body, where its neighbours are
	good           // reads like a paragraph of prose
	bad            // boilerplate, whatever stands around it
	heading        // body where body follows
)

// away lists the hint groups that no body stands in, each with how near an
// ancestor must name it.
var away = []struct {
	group int
	near  uint8
	role  string
}{
	{page.HintComment, 8, "comment"}, {page.HintCookie, 6, "consent"}, {page.HintNewsletter, 3, "newsletter"},
	{page.HintShare, 2, "share"}, {page.HintCaption, 2, "caption"}, {page.HintRelated, 3, "related"},
	{page.HintNav, 3, "nav"}, {page.HintFooter, 3, "footer"}, {page.HintPromo, 1, "promo"},
	{page.HintAuthor, 1, "byline"}, {page.HintTag, 1, "tag"}, {page.HintDate, 0, "date"},
}

const outside = page.InNav | page.InFooter | page.InForm | page.InButton | page.InCaption | page.InDialog | page.InAddress

// Choose decides which blocks of p are the article: by k.Model, by the embedded
// model where that is nil, by the rules where there is none.
func Choose(p *page.Page, k Known) Choice {
	m := measures.Get().(*measured)
	defer m.release()
	m.p = p
	m.scan.read(p)
	like := liken(p, k, &m.scan)
	rules, kinds := byRules(p, like)
	model := k.Model
	if model == nil {
		model = Default()
	}
	switch {
	case model == nil || len(p.Blocks) == 0 || p.Plain && model.Record == nil: // lines without structure are read better by the rules
		return m.recall(rules, k, func(left []float32) Choice { return without(&rules, left) })
	case model.Record != nil:
		model.Record(p, k)
		return rules
	}
	return m.byModel(p, k, like, model, rules, kinds)
}

// byRules chooses by the readable rules: the fallback, and evidence for the model.
func byRules(p *page.Page, like *likeness) (Choice, []uint8) {
	c := Choice{
		Keep: make([]bool, len(p.Blocks)), Prob: make([]float32, len(p.Blocks)), Role: make([]string, len(p.Blocks)),
		TitleBlock: titleBlock(p, like), Model: RulesModel,
	}
	kinds := classify(p, c.Role)
	lo, hi, container := span(p, kinds, c.TitleBlock)
	c.container = container
	for i := lo; i < hi; i++ {
		c.Keep[i] = kinds[i] == good || kinds[i] == plain && between(p, kinds, i, lo, hi)
	}
	for i := hi - 1; i >= lo; i-- { // a heading stays where body follows before the next heading
		if kinds[i] == heading && i != c.TitleBlock {
			c.Keep[i] = headsBody(c.Keep, kinds, i, hi)
		}
	}
	dropCopies(p, &c, like)
	settle(p, &c)
	return c, kinds
}

// classify tells what each block looks like by itself, and names what the bad ones are.
func classify(p *page.Page, role []string) []uint8 {
	kinds := make([]uint8, len(p.Blocks))
	for i := range p.Blocks {
		b, text := &p.Blocks[i], p.BlockText(i)
		kinds[i] = plain
		prose := prosaic(b, text)
		if prose {
			kinds[i] = good
		}
		if b.Heading > 0 {
			kinds[i] = heading
			if b.LinkRunes*2 > b.Runes {
				kinds[i], role[i] = bad, "teaser"
			}
		}
		if b.LinkRunes*10 > b.Runes*6 && b.Runes < 400 {
			kinds[i], role[i] = bad, "links"
		}
		if isRights(text) {
			kinds[i], role[i] = bad, "rights"
		}
		if b.Elem < 0 {
			continue
		}
		e := &p.Elems[b.Elem]
		if e.Anc&outside != 0 || e.Anc&page.InAside != 0 || b.Button {
			kinds[i], role[i] = bad, "chrome"
			continue
		}
		for _, a := range away {
			if e.Dist[a.group] <= a.near && e.Dist[page.HintBody] > e.Dist[a.group] {
				kinds[i], role[i] = bad, a.role
				break
			}
		}
	}
	return kinds
}

// prosaic reports whether a text reads like a paragraph: long enough, few links, a sentence's end.
func prosaic(b *page.Block, text string) bool {
	if b.LinkRunes*10 > b.Runes*4 {
		return false
	}
	need := int32(40)
	if r, _ := utf8.DecodeRuneInString(text); unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai) {
		need = 16
	}
	return b.Runes >= need*3 || b.Runes >= need && ends(text)
}

func ends(text string) bool {
	text = strings.TrimRight(text, "\"'”’»)]」』 ")
	r, _ := utf8.DecodeLastRuneInString(text)
	return isEnd(r)
}

func isEnd(r rune) bool { return strings.ContainsRune(".!?:。！？…।؟۔", r) }

// span is the blocks of the element whose subtree is worth most: prose counts its
// runes, everything else costs.
func span(p *page.Page, kinds []uint8, title int) (lo, hi int, container int32) {
	container = -1
	sum := make([]int, len(p.Blocks)+1)
	for i := range p.Blocks {
		b, v := &p.Blocks[i], 0
		switch kinds[i] {
		case good:
			v = int(b.Runes)
			if b.Elem >= 0 && p.Elems[b.Elem].Hidden {
				v /= 4
			}
		case bad:
			v = -20 - int(b.LinkRunes)
		case plain:
			v = -10
		}
		sum[i+1] = sum[i] + v
	}
	best := 0
	for i := range p.Elems {
		e := &p.Elems[i]
		if int(e.EndBlock) <= int(e.FirstBlock) || int(e.EndBlock) > len(p.Blocks) {
			continue
		}
		if v := sum[e.EndBlock] - sum[e.FirstBlock]; v >= best && v > 0 {
			best, lo, hi, container = v, int(e.FirstBlock), int(e.EndBlock), int32(i)
		}
	}
	if best == 0 || p.Plain {
		lo, hi = 0, len(p.Blocks)
	}
	if p.Plain {
		hi = plainEnd(kinds, hi)
	}
	if title >= lo && title < hi {
		lo = title + 1
	}
	return lo, hi, container
}

// plainEnd ends the body of a text save behind its last prose: what follows a
// foot's first short lines is not the article.
func plainEnd(kinds []uint8, hi int) int {
	last := 0
	for i, k := range kinds {
		if k == good {
			last = i + 1
		}
	}
	return min(hi, last)
}

// between keeps a short block that stands among prose: a list item, a line of dialogue.
func between(p *page.Page, kinds []uint8, i, lo, hi int) bool {
	before, after := false, false
	for j := max(lo, i-6); j < i; j++ {
		before = before || kinds[j] == good
	}
	for j := i + 1; j < min(hi, i+7); j++ {
		after = after || kinds[j] == good
	}
	if !before && !after {
		return false
	}
	b := &p.Blocks[i]
	if b.Elem < 0 {
		return before && after && b.Runes > 25
	}
	switch p.Elems[b.Elem].Tag {
	case atom.P, atom.Li, atom.Blockquote, atom.Td, atom.Th, atom.Dd, atom.Dt, atom.Pre:
		return before
	}
	return before && after && b.Runes > 25
}

func headsBody(keep []bool, kinds []uint8, i, hi int) bool {
	for j := i + 1; j < hi; j++ {
		if keep[j] && kinds[j] != heading {
			return true
		}
		if kinds[j] == heading || j > i+8 {
			return false
		}
	}
	return false
}

// titleBlock is the heading most like one of the titles; an h1 where none is known.
func titleBlock(p *page.Page, like *likeness) int {
	best, at := .5, -1
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Heading == 0 && !p.Plain || b.Runes > 300 || b.Elem >= 0 && p.Elems[b.Elem].Hidden {
			continue
		}
		s := like.title[i]
		if b.Heading == 1 {
			s += .3
		}
		if s > best {
			best, at = s, i
		}
	}
	if at >= 0 {
		return at
	}
	for i := range p.Blocks {
		if p.Blocks[i].Heading == 1 && p.Elems[p.Blocks[i].Elem].Anc&(page.InNav|page.InFooter) == 0 {
			return i
		}
	}
	return -1
}

// settle fills roles, probabilities and a confidence that follow from Keep.
func settle(p *page.Page, c *Choice) {
	kept, all := 0, 0
	for i, keep := range c.Keep {
		n := int(p.Blocks[i].Runes)
		all += n
		if keep {
			kept += n
			c.Role[i], c.Prob[i] = "body", 1
		}
	}
	if c.TitleBlock >= 0 {
		c.Role[c.TitleBlock] = "title"
	}
	switch {
	case kept == 0:
		c.Confidence = 0
	case kept > 1000 && kept*4 > all:
		c.Confidence = .6
	default:
		c.Confidence = .4
	}
}
