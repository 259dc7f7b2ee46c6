package extract

import (
	"slices"
	"strings"
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

// standfirsts gathers the summary under the headline: a block marked as one near the
// headline, one that repeats the page's own summary, a first paragraph set apart from the
// rest, or the one sentence that stands between headline and body. What agrees with the
// page's own summary comes first.
func standfirsts(r *reading, c body.Choice) []candidate {
	var agreed, marked, placed []candidate
	summaries := r.summaries()
	first := slices.Index(c.Keep, true)
	from := max(0, c.TitleBlock-2)
	if c.TitleBlock < 0 {
		from = max(0, first-4)
	}
	to := from + standfirstReach
	apart := styleOf(r.p, c)
	paragraphs := 0
	for i := from; i < len(r.p.Blocks) && i <= max(to, first) && paragraphs < 2; i++ {
		if c.Keep[i] && r.p.Blocks[i].Heading == 0 && r.p.Blocks[i].Runes > 60 {
			paragraphs++
		}
		if i == c.TitleBlock || !mayBeStandfirst(r.p, i) {
			continue
		}
		text := normalize.Text(r.p.BlockText(i))
		if r.isTitle(text) {
			continue
		}
		agrees := slices.ContainsFunc(summaries, func(s string) bool { return body.AlikeOver(text, s, .8) })
		lead := (isLead(r.p, i) || subheads(r.p, i, c.TitleBlock)) && (agrees || !captioned(r.p, i))
		add := func(to []candidate, rule string) []candidate {
			return append(to, candidate{rule: rule, raw: r.p.BlockText(i), value: text, block: i})
		}
		switch {
		case lead && agrees:
			agreed = append(agreed, r.wholeLead(c, i))
		case agrees && (!c.Keep[i] || paragraphs < 2 && apart(i)):
			agreed = add(agreed, "description")
		case i > to || r.p.Blocks[i].Heading > 0 && paragraphs > 0: // far from the headline or behind text, only what agrees
		case lead:
			marked = append(marked, r.wholeLead(c, i))
		case c.Keep[i] && paragraphs == 1 && bold(r.p, i) && apart(i):
			marked = add(marked, "style")
		case c.TitleBlock >= 0 && i > c.TitleBlock && (i < first || i == first && r.p.Blocks[i].Heading > 0) && r.summarizes(i, text, summaries):
			placed = add(placed, standfirstByPlace)
		}
	}
	return slices.Concat(agreed, marked, placed)
}

// standfirstByPlace is the rule that takes a sentence for the standfirst by where it stands.
const standfirstByPlace = "place"

// leastOpening is the probability from which on a sentence between headline and body belongs to the text.
const leastOpening = .1

// keepOpening keeps in the body what stands between it and the headline and was not taken for the standfirst, another one
// being surer: an opening in a box of its own.
func (b *builder) keepOpening(cs []candidate) {
	for i := range cs {
		c := &cs[i]
		if c.rule == standfirstByPlace && c.value != b.rec.Standfirst && c.block < len(b.choice.Prob) && b.choice.Prob[c.block] >= leastOpening {
			b.choice.Keep[c.block] = true
		}
	}
}

// isLead reports whether the block is marked as a lead or, in a list or a run of lines at
// the head of the article, as its key points.
func isLead(p *page.Page, i int) bool {
	e := &p.Elems[p.Blocks[i].Elem]
	return e.Dist[page.HintRelated] > 3 && (e.Dist[page.HintLead] <= 2 || subtitled(p, p.Blocks[i].Elem)) || keyPoints(p, p.Blocks[i].Elem) >= 0
}

// subtitled reports whether the element or one of the two around it that hold little else is called a subheadline or
// subtitle in words of which the hints see the parts alone: "sub-headline", "ArticleSubTitle".
func subtitled(p *page.Page, e int32) bool {
	for n := 0; e >= 0 && n < 3; n++ {
		el := &p.Elems[e]
		if el.EndBlock-el.FirstBlock > 2 {
			return false
		}
		class := joints.Replace(strings.ToLower(el.Attr("class")))
		if strings.Contains(class, "subhead") || strings.Contains(class, "subtitle") {
			return true
		}
		e = el.Parent
	}
	return false
}

var joints = strings.NewReplacer("-", "", "_", "")

// subheads reports whether the block stands under the headline in one hgroup, whose other
// parts are its subheadings and taglines (HTML, section 4.3.7).
func subheads(p *page.Page, i, title int) bool {
	if title < 0 || i < title {
		return false
	}
	for e := p.Blocks[i].Elem; e >= 0; e = p.Elems[e].Parent {
		if el := &p.Elems[e]; el.Tag == atom.Hgroup {
			return int(el.FirstBlock) <= title
		}
	}
	return false
}

// captioned reports whether the markup calls the block a caption rather than a lead.
func captioned(p *page.Page, i int) bool {
	e := &p.Elems[p.Blocks[i].Elem]
	return e.Dist[page.HintCaption] <= 1 && e.Dist[page.HintCaption] <= e.Dist[page.HintLead]
}

// keyPointWords are what markup calls the points of an article set in front of it.
var keyPointWords = []string{"bulletpoint", "bullet-point", "summary-bullet", "summary-list", "key-point", "keypoint", "takeaway", "story-highlight", "at-a-glance"}

// keyPoints is the nearest of the element and the three around it that is marked as the key
// points of the article, -1 where none is.
func keyPoints(p *page.Page, e int32) int32 {
	for n := 0; e >= 0 && n < 4; n++ {
		class := strings.ToLower(p.Elems[e].Attr("class"))
		if class != "" && slices.ContainsFunc(keyPointWords, func(w string) bool { return strings.Contains(class, w) }) {
			return e
		}
		e = p.Elems[e].Parent
	}
	return -1
}

// wholeLead is the lead that begins with block i: with the blocks behind it that stand in
// the same element under the same name, as sentences or points of one summary do.
func (r *reading) wholeLead(c body.Choice, i int) candidate {
	own := r.p.Blocks[i].Elem
	within := keyPoints(r.p, own)
	if within < 0 {
		for e := own; e >= 0; e = r.p.Elems[e].Parent {
			if r.p.Elems[e].Own.Has(page.HintLead) {
				within = e
				break
			}
		}
	}
	parts, runes := []string{normalize.Text(r.p.BlockText(i))}, r.p.Blocks[i].Runes
	if within >= 0 && within != own {
		for j := i + 1; j < int(r.p.Elems[within].EndBlock); j++ {
			if runes += r.p.Blocks[j].Runes; runes > maxLead {
				parts = parts[:1] // the opening of the body, in an element of its own
				break
			}
			if j == c.TitleBlock || r.p.Elems[r.p.Blocks[j].Elem].Name != r.p.Elems[own].Name || !mayBeStandfirst(r.p, j) {
				break
			}
			parts = append(parts, normalize.Text(r.p.BlockText(j)))
		}
	}
	text := strings.Join(parts, "\n")
	return candidate{rule: "standfirst", raw: text, value: text}
}

// maxLead is how many runes the sentences or points of a lead have in all.
const maxLead = 480

// onTopic reports whether a line shares a word with what the page says of itself, whatever
// their endings: calls and notices between headline and body do not.
func (r *reading) onTopic(text string, summaries []string) bool {
	stems := map[string]bool{}
	for _, s := range append(summaries, r.p.Title, r.shownTitle) {
		for _, w := range titleWords(s) {
			if stem := stemOf(w); stem != "" {
				stems[stem] = true
			}
		}
	}
	return slices.ContainsFunc(titleWords(text), func(w string) bool { return stems[stemOf(w)] })
}

// stemOf is the head of a word that says something: five letters, of Hangul two; "" for
// shorter words. Characters of Han and kana say too little by themselves and too much together.
func stemOf(w string) string {
	n := 0
	most := 5
	for i, c := range w {
		if n == 0 && unicode.Is(unicode.Hangul, c) {
			most = 2
		}
		if n == most {
			return w[:i]
		}
		n++
	}
	if n == most {
		return w
	}
	return ""
}

// summarizes reports whether a block between headline and body is a sentence about what the
// page is about, and no line of dates.
func (r *reading) summarizes(i int, text string, summaries []string) bool {
	return sentence(r.p, i) && r.onTopic(text, summaries) && len(normalize.Dates(text, r.dateHints(false))) == 0
}

// sentence reports whether a block between headline and body reads like a summary: it ends
// as a sentence does, holds no link, and is marked as nothing else.
func sentence(p *page.Page, i int) bool {
	b := &p.Blocks[i]
	e := &p.Elems[b.Elem]
	if b.Links > 0 || b.Button || b.Runes < 60 || e.Anc&(page.InForm|page.InDialog|page.InAddress|page.InList|page.InTable|page.InQuote) != 0 {
		return false
	}
	for _, hint := range []int{page.HintCaption, page.HintAuthor, page.HintDate, page.HintShare, page.HintNewsletter, page.HintPromo, page.HintComment, page.HintNav, page.HintCookie, page.HintRelated, page.HintEmbed} {
		if e.Dist[hint] <= 2 {
			return false
		}
	}
	return endsSentence(p.BlockText(i))
}

func endsSentence(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, "\"'”’»)]"))
	return strings.ContainsRune(".!?…。！？؟।", last)
}

// summaries is what the page says of itself in a sentence or two.
func (r *reading) summaries() []string {
	const most = 8
	var out []string
	for _, s := range []string{r.p.Meta("og:description"), r.p.Meta("description")} {
		if s != "" {
			out = appendNew(out, s)
		}
	}
	for _, n := range r.art {
		if s := n.Text("description"); s != "" && len(out) < most {
			out = appendNew(out, s)
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
	return !e.Hidden && e.Anc&(page.InNav|page.InAside|page.InFooter|page.InFigure) == 0 && (e.Tag != atom.Li || keyPoints(p, b.Elem) >= 0)
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
