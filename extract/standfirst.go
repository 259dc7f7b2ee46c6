package extract

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// standfirstReach is how many blocks after the headline may hold the summary:
// pictures, credits and share bars stand between them.
const standfirstReach = 25

// standfirsts gathers the summary under the headline: a block marked as one near
// the headline, one that repeats the page's own summary, or a first paragraph set
// apart from the rest. What agrees with the page's own summary comes first.
func standfirsts(r *reading, c body.Choice) []candidate {
	var agreed, marked []candidate
	summaries := r.summaries()
	first := slices.Index(c.Keep, true)
	from := max(0, c.TitleBlock-2)
	if c.TitleBlock < 0 {
		from = max(0, first-4)
	}
	apart := styleOf(r.p, c)
	paragraphs := 0
	for i := from; i < len(r.p.Blocks) && i <= from+standfirstReach && paragraphs < 2; i++ {
		if c.Keep[i] && r.p.Blocks[i].Heading == 0 && r.p.Blocks[i].Runes > 60 {
			paragraphs++
		}
		if i == c.TitleBlock || !mayBeStandfirst(r.p, i) {
			continue
		}
		e := &r.p.Elems[r.p.Blocks[i].Elem]
		text := normalize.Text(r.p.BlockText(i))
		if r.isTitle(text) {
			continue
		}
		agrees := slices.ContainsFunc(summaries, func(s string) bool { return body.Similar(text, s) > .8 })
		lead := e.Dist[page.HintLead] <= 2 && e.Dist[page.HintRelated] > 3
		switch {
		case lead && agrees:
			agreed = append(agreed, candidate{rule: "standfirst", raw: text, value: text})
		case lead:
			marked = append(marked, candidate{rule: "standfirst", raw: text, value: text})
		case agrees && (!c.Keep[i] || paragraphs < 2 && apart(i)):
			agreed = append(agreed, candidate{rule: "description", raw: text, value: text})
		case c.Keep[i] && paragraphs == 1 && bold(r.p, i) && apart(i):
			marked = append(marked, candidate{rule: "style", raw: text, value: text})
		}
	}
	return append(agreed, marked...)
}

// summaries is what the page says of itself in a sentence or two.
func (r *reading) summaries() []string {
	var out []string
	for _, s := range []string{r.p.Meta("og:description"), r.p.Meta("description")} {
		if s != "" {
			out = append(out, s)
		}
	}
	for _, n := range r.art {
		if s := n.Text("description"); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// A standfirst has at least so many runes; in writing without spaces half of them say as much.
const leastStandfirst = 30

func mayBeStandfirst(p *page.Page, i int) bool {
	b := &p.Blocks[i]
	least := int32(leastStandfirst)
	if r, _ := utf8.DecodeRuneInString(p.BlockText(i)); unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
		least /= 2
	}
	if b.Elem < 0 || b.Runes < least || b.Runes > 700 || b.LinkRunes*2 > b.Runes {
		return false
	}
	e := &p.Elems[b.Elem]
	return !e.Hidden && e.Anc&(page.InNav|page.InAside|page.InFooter|page.InFigure) == 0 && e.Tag != atom.Li
}

// bold reports whether the whole block is set in bold.
func bold(p *page.Page, i int) bool {
	b := &p.Blocks[i]
	return b.Heading == 0 && b.BoldRunes*10 >= b.Runes*9
}

// styleOf tells which blocks are set otherwise than most paragraphs of the body:
// in bold, as a heading, in an element of another name or class, or by itself.
func styleOf(p *page.Page, c body.Choice) func(int) bool {
	type style struct {
		tag, class string
		parent     int32
	}
	of := func(i int) style {
		e := &p.Elems[p.Blocks[i].Elem]
		return style{e.Name, e.Attr("class"), e.Parent}
	}
	count := map[style]int{}
	var usual style
	boldest, all := 0, 0
	for i, keep := range c.Keep {
		if !keep || p.Blocks[i].Elem < 0 || p.Blocks[i].Heading > 0 || p.Blocks[i].Runes < 60 {
			continue
		}
		all++
		if bold(p, i) {
			boldest++
		}
		s := of(i)
		if count[s]++; count[s] > count[usual] {
			usual = s
		}
	}
	return func(i int) bool {
		if all < 3 {
			return false
		}
		return bold(p, i) && boldest*3 < all || count[usual]*2 > all && of(i) != usual
	}
}
