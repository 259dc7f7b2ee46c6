package extract

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"github.com/dateline-go/dateline/normalize/lexicon"
	"golang.org/x/net/html/atom"
)

// A place is where a printed line stands.
type place uint8

const (
	placeNone      place = iota // not on the page: metadata
	placeHead                   // about the headline, before the body
	placeFoot                   // right behind the body
	placeElsewhere              // in the body, or far from it
	placeBare                   // about the headline, without a mark or by-word
	placeAccount                // in markup of the author, and no name by its form
)

// zones are the ranges of blocks, half open, in which bylines stand.
type zones struct{ head, body, foot [2]int }

func (z *zones) of(block int) place {
	switch {
	case block >= z.head[0] && block < z.head[1]:
		return placeHead
	case block >= z.foot[0] && block < z.foot[1]:
		return placeFoot
	}
	return placeElsewhere
}

// zones finds where bylines stand, by the headline and the body.
func (b *builder) zones() zones {
	const (
		above   = 6  // blocks over the headline
		nowhere = 12 // blocks over a body without a headline, or under a headline without a body
		into    = 3  // blocks of the body that may still be the byline
		behind  = 7  // blocks behind the body
	)
	n, title := len(b.p.Blocks), b.titleBlock()
	first, last := -1, lastKept(b.choice.Keep)
	if i := slices.Index(b.choice.Keep[title+1:], true); i >= 0 {
		first = title + 1 + i
	}
	switch {
	case first < 0:
		return zones{head: [2]int{title - above, title + nowhere}, foot: [2]int{n, n}, body: [2]int{n, n}}
	case title < 0:
		title = first - nowhere + above
	}
	z := zones{head: [2]int{title - above, first + into}, body: [2]int{first, last + 1}}
	z.foot = [2]int{max(last-1, z.head[1]), last + 1 + behind}
	return z
}

// titleBlock is the block of the headline, -1 where it is not known.
func (b *builder) titleBlock() int {
	if b.p.Plain {
		for i := range b.p.Blocks {
			if b.p.BlockText(i) == b.shownTitle {
				return i
			}
		}
	}
	return b.choice.TitleBlock
}

// at are the sources of a place, in order.
func at(cs []*credited, p place) []*credited {
	var out []*credited
	for _, c := range cs {
		if c.place == p {
			out = append(out, c)
		}
	}
	return out
}

// maxMarks bounds how many marked elements of a page are looked at.
const maxMarks = 12

// printedAuthors are the printed credit lines in the order of the page: marked
// elements, links to pages of authors, lines that read like a byline.
func (b *builder) printedAuthors(z zones) []*credited {
	p := b.p
	var out []*credited
	until, stop := int32(-1), int32(-1)
	for i := range p.Elems {
		e := &p.Elems[i]
		rule := b.authorMark(e)
		if rule == "" || int32(i) < until {
			continue
		}
		n := e.Stop - e.Start
		if n < 2 || n > 260 {
			continue
		}
		block := int(e.FirstBlock)
		if !e.Block {
			block = p.BlockOf(int(e.Start))
		}
		pl := z.of(block)
		if !b.mayHoldByline(e, pl) || rule == "link" && (pl == placeElsewhere || block < len(p.Blocks) && p.Blocks[block].Runes > 160) {
			continue
		}
		raw := b.withoutTopics(i)
		if k := len(out) - 1; k >= 0 && e.Start-stop <= 8 && out[k].rule == rule && out[k].place == pl && len(out[k].raw) < 200 && (rule != "byline" || n < 40 && !b.labelled(raw)) {
			out[k].raw += page.Border + raw // one of a row of names
		} else {
			out = append(out, &credited{candidate: candidate{rule: rule, raw: raw, family: "printed"}, place: pl, marked: true, labelled: b.labelled(raw), exact: rule == "link"})
		}
		until, stop = e.End, e.Stop
		if len(out) > maxMarks {
			break
		}
	}
	for _, c := range b.plainLines(z) {
		if !slices.ContainsFunc(out, func(o *credited) bool { return o.raw == c.raw }) {
			out = append(out, c)
		}
	}
	return out
}

// withoutTopics is element i as printed, without its links to pages of topics and without
// breadcrumbs, which stand in boxes of authors beside the names.
func (b *builder) withoutTopics(i int) string {
	raw := b.p.Printed(i)
	for j := i + 1; j < int(b.p.Elems[i].End); j++ {
		if e := &b.p.Elems[j]; e.Stop > e.Start && (e.Tag == atom.A && leadsToTag(e.Attr("href")) || e.Own.Has(page.HintNav)) {
			raw = withoutPart(raw, b.p.Printed(j))
		}
	}
	return raw
}

// mayHoldByline keeps bylines out of comments, of lists of other articles, of pictures,
// and far from the headline also of the page's furniture.
func (b *builder) mayHoldByline(e *page.Elem, pl place) bool {
	switch {
	case e.Dist[page.HintComment] < 8, e.Anc&(page.InFigure|page.InQuote|page.InForm|page.InNav) != 0:
		return false
	case pl == placeHead && int(e.FirstBlock) >= b.titleBlock():
		return e.Anc&page.InFooter == 0 || e.Anc&page.InArticle != 0
	case pl == placeHead:
		return e.Anc&(page.InAside|page.InFooter) == 0 || e.Dist[page.HintRelated] >= 3
	case e.Dist[page.HintRelated] < 3:
		return false
	}
	return pl == placeFoot || e.Anc&(page.InAside|page.InFooter) == 0
}

// labelled reports whether one of the parts of a line begins with a by-word.
func (b *builder) labelled(raw string) bool {
	if b.beginsWithBy(raw) {
		return true
	}
	for _, mark := range []string{page.Border, " · ", " | ", " • ", " - ", " – "} {
		for rest := raw; ; {
			_, after, ok := strings.Cut(rest, mark)
			if !ok {
				break
			}
			if rest = after; b.beginsWithBy(rest) {
				return true
			}
		}
	}
	return false
}

// authorMark is the rule by which an element is marked as a byline: by its class, id
// or itemprop, by rel=author, or as a link to the page of an author; "" if it is not.
func (b *builder) authorMark(e *page.Elem) string {
	switch {
	case e.Tag == atom.Img || e.Tag == atom.Button || e.Tag == atom.Input:
		return ""
	case e.Attr("rel") == "author":
		return "rel=author"
	case e.Own.Has(page.HintAuthor) && e.Dist[page.HintAuthor] == 0:
		return "byline"
	case e.Tag == atom.A && authorPage(e.Attr("href")):
		return "link"
	}
	return ""
}

// authorSegments are the segments of an address behind which the pages of authors
// stand: conventions of content systems, collected over many publishers.
const authorSegments = "author authors autor autoren autores auteur auteurs autore autori autorzy forfatter journalist journalists journaliste journalisten reporter reporters writer writers contributor contributors columnist columnists redakteur penulis yazar yazarlar profile profiles staff by byline bylines tac-gia avtor kolumnist skribent autorius szerzo szerzok"

var isAuthorSegment = sync.OnceValue(func() map[string]bool { return segmentSet(authorSegments) })

// authorPage reports whether an address is that of one author's page.
func authorPage(href string) bool {
	return !strings.HasPrefix(href, "mailto:") && hasSegment(href, isAuthorSegment())
}

// plainLines are lines without any mark that read like a byline: a by-word opens one
// of their parts, or a line that is nothing but a by-word stands before them.
func (b *builder) plainLines(z zones) []*credited {
	var out []*credited
	for i := range b.p.Blocks {
		pl := z.of(i)
		if pl == placeElsewhere || !b.shortLine(i, pl) {
			continue
		}
		raw := bracketed(strings.Join(b.lines(i), page.Border))
		switch {
		case b.beginsWithRole(raw):
		case !b.labelled(raw):
			if i == 0 || !b.shortLine(i-1, pl) || b.p.Blocks[i-1].Runes > 20 || !b.isByWord(b.p.BlockText(i-1)) {
				continue
			}
			raw = b.p.BlockText(i-1) + page.Border + raw
		case b.isByWord(raw):
			continue
		}
		out = append(out, &credited{candidate: candidate{rule: "byline", raw: raw, family: "printed"}, place: pl, labelled: true})
	}
	return out
}

// bracketed is the bracket that opens a text longer than itself, as wires and Chinese papers set the reporter before the
// first sentence: 〔記者王小明／台北報導〕; else the line as it is.
func bracketed(line string) string {
	for _, pair := range []string{"〔〕", "【】", "［］", "（）", "[]", "()"} {
		open, width := utf8.DecodeRuneInString(pair)
		if !strings.HasPrefix(line, string(open)) {
			continue
		}
		if at := strings.Index(line, pair[width:]); at > 0 && len(line) > 2*(at+width) {
			return line[:at+len(pair)-width]
		}
	}
	return line
}

// shortLine reports whether a block is a line that may hold a byline.
func (b *builder) shortLine(i int, pl place) bool {
	x := &b.p.Blocks[i]
	if x.Runes < 2 || x.Runes > 160 {
		return false
	}
	if x.Elem < 0 {
		return true
	}
	e := &b.p.Elems[x.Elem]
	return b.mayHoldByline(e, pl) && e.Dist[page.HintRelated] >= 3 && (x.Heading == 0 || x.Runes < 20)
}

// isByWord reports whether a line is nothing but a by-word: "Author", "Written by:".
func (r *reading) isByWord(text string) bool {
	return slices.Contains(lexicon.Get(r.lang)["by"], strings.ToLower(strings.TrimRight(text, " :")))
}

// maxBareLine bounds, in runes, a line that may be nothing but names.
const maxBareLine = 60

// bareNames are lines without any mark or by-word that may be nothing but names: at the
// headline, or signed at the end of the text. A line of rights names the owner, not the author.
func (b *builder) bareNames(z zones) []*credited {
	var out []*credited
	for i := range b.p.Blocks {
		pl := z.of(i)
		x := &b.p.Blocks[i]
		if pl == placeElsewhere || x.Runes < 2 || x.Runes > maxBareLine || x.Heading > 0 || !b.shortLine(i, pl) || pl == placeFoot && i > z.body[1] {
			continue
		}
		raw := strings.Join(b.lines(i), page.Border)
		names, dated := b.besideDate(raw)
		if dated {
			raw = names
		}
		if b.labelled(raw) || pl == placeHead && i <= b.choice.TitleBlock && !dated || b.linksElsewhere(i) || hasAny(strings.ToLower(raw), "rights") {
			continue
		}
		if pl == placeHead {
			pl = placeBare
		}
		out = append(out, &credited{candidate: candidate{rule: "text", raw: raw, family: "printed"}, place: pl})
	}
	return out
}

// besideDate is what a line holds beside a date, and whether it holds one: "29 May 2021 | Jane Doe".
// Such a line is the article's even over its headline.
func (b *builder) besideDate(raw string) (rest string, dated bool) {
	if !strings.ContainsFunc(raw, unicode.IsDigit) {
		return raw, false
	}
	var parts []string
	for part := range strings.FieldsFuncSeq(strings.ReplaceAll(raw, " - ", "|"), isBar) {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case !strings.ContainsFunc(part, unicode.IsDigit):
			parts = append(parts, part)
		case dated && digit(part[0]) && strings.Contains(part, ":"): // the time
		default:
			v, err := normalize.Date(part, b.dateHints(false))
			if err != nil || v.Day == 0 {
				return raw, false
			}
			dated = true
		}
	}
	return strings.Join(parts, page.Border), dated
}

// isBar reports whether a mark parts the items of a line under a headline.
func isBar(r rune) bool { return strings.ContainsRune("|¦·•–—", r) }

// linksElsewhere reports whether a line leads to another page than one of an author: to
// a topic, to another article.
func (b *builder) linksElsewhere(i int) bool {
	x := &b.p.Blocks[i]
	if x.Links == 0 || x.Elem < 0 {
		return x.LinkRunes > 0 // the link is around the block
	}
	for j := x.Elem; j < b.p.Elems[x.Elem].End; j++ {
		if e := &b.p.Elems[j]; e.Tag == atom.A && e.Start < x.Stop && e.Stop > x.Start && !authorPage(e.Attr("href")) {
			return true
		}
	}
	return false
}

// onlyNames reports whether a line that has been read holds nothing but the names
// credited, all of them known, and what parts them.
func onlyNames(c *credited) bool {
	const between = len(" ¦ and ¦ ") // the longest mark between two names
	n := 0
	for _, cr := range c.credits {
		if cr.Kind != "person" || cr.Role != "writer" || !cr.Known {
			return false
		}
		n += len(cr.Printed)
	}
	return n > 0 && len(c.raw)-n <= between*(len(c.credits)-1)+2
}
