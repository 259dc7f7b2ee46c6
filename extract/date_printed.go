package extract

import (
	"slices"
	"strings"
	"unicode"

	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// maxMarked is how many marked elements are read, those next to the headline first.
const maxMarked = 8

// An articleSpan is where on a page the date of the article is printed: around its
// headline, right above the body and right below it.
type articleSpan struct {
	title       int // block of the headline, -1 where it is not known
	first, last int // of the body, -1 where there is none
}

// articleSpan finds headline and body. A headline far below the body is that of another article.
func (r *reading) articleSpan(choice *body.Choice) articleSpan {
	s := articleSpan{title: -1, first: -1, last: -1}
	for i, kept := range choice.Keep {
		if kept && i < len(r.p.Blocks) {
			if s.first < 0 {
				s.first = i
			}
			s.last = i
		}
	}
	if t := choice.TitleBlock; t >= 0 && !r.p.Plain && body.Similar(normalize.Text(r.p.BlockText(t)), r.shownTitle) >= .5 {
		s.title = t
	} else {
		s.title = r.printedTitle()
	}
	if s.first >= 0 && s.title > s.last {
		s.title = -1
	}
	return s
}

// anchor is a block of the article: its headline, else the first of its body.
func (s *articleSpan) anchor() int {
	if s.title >= 0 {
		return s.title
	}
	return s.first
}

// head reports whether a block stands at the head of the article.
func (s *articleSpan) head(block int) bool {
	return s.title >= 0 && block >= s.title-6 && block < s.title+13 || s.first >= 0 && block >= s.first-8 && block < s.first+2
}

// foot reports whether a block stands right below the article.
func (s *articleSpan) foot(block int) bool {
	return s.last >= 0 && block > s.last && block <= s.last+10
}

// printed reads what the page shows: marked elements, then the lines of the head.
func (f *dateFinder) printed() {
	for k, m := range f.marks() {
		if k == maxMarked {
			break
		}
		f.marked(m)
	}
	for _, i := range f.nearTitle() {
		f.line(i, "text")
	}
}

// marks are the elements whose markup says that they hold the date of the article, in
// the head before elsewhere, next to the headline first. Of a row of alike elements,
// as lists of other pages have it, only the first counts.
func (f *dateFinder) marks() []dateMark {
	var out []dateMark
	for i := range f.p.Elems {
		e := &f.p.Elems[i]
		m, ok := markOf(e)
		if !ok {
			continue
		}
		m.elem, m.head = i, f.head(int(e.FirstBlock))
		if !m.head && !m.own || f.off(i) || f.siteHeader(i) {
			continue
		}
		out = append(out, m)
	}
	slices.SortStableFunc(out, func(a, b dateMark) int { return f.distance(&a) - f.distance(&b) })
	seen := map[uint64]bool{}
	return slices.DeleteFunc(out, func(m dateMark) bool {
		path := f.p.Elems[m.elem].ClassPath
		again := seen[path]
		seen[path] = true
		return again
	})
}

// distance is how far a mark is from the headline, in blocks; above it and outside the
// head count more.
func (f *dateFinder) distance(m *dateMark) int {
	d := int(f.p.Elems[m.elem].FirstBlock) - f.anchor()
	if d < 0 {
		d *= -2
	}
	if !m.head {
		d += 1 << 20
	}
	return d
}

// A dateMark is what the markup says of an element that holds a date.
type dateMark struct {
	rule   string
	role   string
	weight int
	// own says that the markup names the date of the article, wherever it stands.
	own bool
	// elem is the element; head says that it stands in the head.
	elem int
	head bool
}

// markOf reads the markup of an element: <time>, microdata, RDFa, microformats.
func markOf(e *page.Elem) (m dateMark, ok bool) {
	for i := range e.Attrs {
		a := &e.Attrs[i]
		switch a.Key {
		case "itemprop":
			if role := dateProperty(a.Val); role != "" {
				return dateMark{rule: "microdata", role: role, weight: weightMicro, own: true}, true
			}
		case "property":
			if role := dateProperty(a.Val); role != "" {
				return dateMark{rule: "rdfa", role: role, weight: weightMicro, own: true}, true
			}
		}
	}
	if e.Tag == atom.Time {
		m = dateMark{rule: "time", role: published, weight: weightTime, own: e.HasAttr("pubdate")}
		if says(e.Attr("class"), "updated", "modified") && !says(e.Attr("class"), "published", "entry-date") {
			m.role = modified
		}
		return m, true
	}
	if (e.Tag == atom.Abbr || e.Tag == atom.Span) && e.HasAttr("title") && e.Own.Has(page.HintDate) {
		m = dateMark{rule: "time", role: published, weight: weightTime, own: says(e.Attr("class"), "published")}
		if says(e.Attr("class"), "updated") {
			m.role = modified
		}
		return m, true
	}
	return m, false
}

// says reports whether a class holds one of the words, as a word or a part of one.
func says(class string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(class, w) {
			return true
		}
	}
	return false
}

// dateProperty is the role of a schema.org or Dublin Core property of a date, whatever its prefix.
func dateProperty(v string) string {
	for p := range strings.FieldsSeq(v) {
		if i := strings.LastIndexByte(p, ':'); i >= 0 {
			p = p[i+1:]
		}
		switch strings.ToLower(p) {
		case "datepublished", "datecreated", "issued":
			return published
		case "datemodified", "dateupdated":
			return modified
		}
	}
	return ""
}

// marked adds the date of a marked element.
func (f *dateFinder) marked(m dateMark) {
	e := &f.p.Elems[m.elem]
	raws := [...]string{e.Attr("datetime"), e.Attr("content"), e.Attr("title"), strings.ReplaceAll(f.p.Printed(m.elem), page.Border, " ")}
	for k, raw := range raws {
		if raw == "" || len(raw) > 120 {
			continue
		}
		v, err := normalize.Date(raw, f.dateHints(k < 2))
		if err != nil && err != normalize.ErrAmbiguousDate {
			continue
		}
		weight := m.weight
		if !m.head {
			weight = weightFar
		}
		f.put(f.labelled(e, m.role, v), m.rule, "print", raw, v, err, weight)
		return
	}
}

// labelled is the role that the line around a marked element gives its date.
func (f *dateFinder) labelled(e *page.Elem, role string, v normalize.DateValue) string {
	if int(e.FirstBlock) >= len(f.p.Blocks) || e.Start == e.Stop || f.p.Blocks[e.FirstBlock].Runes > 200 {
		return role
	}
	for _, l := range f.datesOf(int(e.FirstBlock)) {
		if l.Labelled && l.Value.Year == v.Year && l.Value.Month == v.Month && l.Value.Day == v.Day {
			return l.Role
		}
	}
	return role
}

// datesOf reads the dates of a block, each with its label, which may stand in the block before.
func (f *dateFinder) datesOf(i int) []normalize.LabelledDate {
	ls, ok := f.read[i]
	if !ok {
		ls = f.readBlock(i)
		f.read[i] = ls
	}
	return ls
}

func (f *dateFinder) readBlock(i int) []normalize.LabelledDate {
	line := strings.Join(f.lines(i), " | ")
	ls := normalize.AllDates(line, f.dateHints(false))
	if len(ls) == 1 && !ls[0].Labelled && i > 0 && f.p.Blocks[i-1].Runes < 30 && f.p.Blocks[i].Runes < 40 {
		before := normalize.AllDates(f.p.BlockText(i-1)+" "+line, f.dateHints(false))
		if len(before) == 1 && before[0].Labelled {
			return before
		}
	}
	return ls
}

// maxDateAlone is how many runes a line of the body has that is nothing but its date line.
const maxDateAlone = 50

// line adds the dates of a block of text.
func (f *dateFinder) line(i int, rule string) {
	for _, l := range f.datesOf(i) {
		if l.Role != published && l.Role != modified {
			continue
		}
		weight, inText := weightLine, f.first >= 0 && i >= f.first && f.p.Blocks[i].Runes > maxDateAlone && !f.ownDate(i)
		switch {
		case inText:
			weight = weightFar
		case l.Labelled:
			weight = weightLabel
		case l.Value.ZoneSource == "reference":
			weight = weightRelative
		}
		d := f.put(l.Role, rule, "print", strings.Join(f.lines(i), " | "), l.Value, l.Err, weight)
		d.prose = inText && !l.Labelled && endsSentence(f.p.BlockText(i))
	}
}

// ownDate: the block is marked as a date.
func (f *dateFinder) ownDate(i int) bool {
	e := f.p.Blocks[i].Elem
	return e >= 0 && isDate(&f.p.Elems[e]) || f.p.Blocks[i].HasTime
}

// off reports whether an element stands where the dates of other pages and of
// comments stand. A container that holds the article is no such place.
func (f *dateFinder) off(i int) bool {
	e := &f.p.Elems[i]
	return f.beside(i) && !(f.head(int(e.FirstBlock)) && isDate(e)) || f.elsewhere(i)
}

// beside reports whether an element stands in an aside.
func (f *dateFinder) beside(i int) bool {
	return f.p.Elems[i].Anc&page.InAside != 0 && !f.around(i, isAside)
}

// elsewhere is off but for asides.
func (f *dateFinder) elsewhere(i int) bool {
	e := &f.p.Elems[i]
	switch {
	case e.Anc&page.InNav != 0 && !f.around(i, isNav),
		e.Anc&page.InFooter != 0 && !f.around(i, isFooter) && !f.own(i),
		e.Anc&page.InArticle != 0 && !f.between(e) && !f.around(i, isArticle),
		e.Dist[page.HintComment] < 8 && !f.around(i, isComment),
		e.Dist[page.HintRelated] < 3 && !f.around(i, isRelated) && !f.creditsUnderTitle(e):
		return true
	}
	return false
}

// creditsUnderTitle reports whether an element between headline and body is called author or
// date: templates reuse there the class names of their teasers.
func (f *dateFinder) creditsUnderTitle(e *page.Elem) bool {
	return f.between(e) && (e.Dist[page.HintAuthor] < 2 || isDate(e))
}

// own reports whether an element stands in the <article> of the article: its footer
// and its asides are the article's.
func (f *dateFinder) own(i int) bool {
	return f.p.Elems[i].Anc&page.InArticle != 0 && f.around(i, isArticle)
}

func isNav(e *page.Elem) bool     { return e.Tag == atom.Nav }
func isFooter(e *page.Elem) bool  { return e.Tag == atom.Footer }
func isAside(e *page.Elem) bool   { return e.Tag == atom.Aside }
func isArticle(e *page.Elem) bool { return e.Tag == atom.Article }
func isRelated(e *page.Elem) bool { return e.Own.Has(page.HintRelated) }

// isComment: the date of an opinion is called after the container that it stands in.
func isComment(e *page.Elem) bool { return e.Own.Has(page.HintComment) && !e.Own.Has(page.HintDate) }

// isDate reports whether the markup says that an element is a date: such a one stands
// beside the article in a column of its own on some pages.
func isDate(e *page.Elem) bool {
	return e.Tag == atom.Time || e.Attr("itemprop") != "" || e.Dist[page.HintDate] < 2
}

// siteHeader reports whether an element above the article stands in a header that does not
// hold it and is not that of its <article>: the site's, which prints today's date.
func (f *dateFinder) siteHeader(i int) bool {
	e := &f.p.Elems[i]
	return int(e.FirstBlock) < f.anchor() && e.Anc&page.InHeader != 0 && !f.own(i) &&
		!f.around(i, func(up *page.Elem) bool { return up.Tag == atom.Header })
}

// quoted reports whether an element stands in a quotation or an embedded post, whose
// date is its own.
func (f *dateFinder) quoted(i int) bool {
	e := &f.p.Elems[i]
	return e.Anc&page.InQuote != 0 && !f.around(i, func(up *page.Elem) bool { return up.Tag == atom.Blockquote || up.Tag == atom.Q })
}

// around reports whether the nearest ancestor of the kind, the element itself
// included, holds the headline or the beginning of the body, or there is none.
func (f *dateFinder) around(i int, kind func(*page.Elem) bool) bool {
	for at := int32(i); at >= 0; at = f.p.Elems[at].Parent {
		if up := &f.p.Elems[at]; kind(up) {
			return holdsBlock(up, f.title) || holdsBlock(up, f.first)
		}
	}
	return true
}

// between reports whether an element stands between headline and body.
func (f *dateFinder) between(e *page.Elem) bool {
	return f.title >= 0 && int(e.FirstBlock) > f.title && int(e.FirstBlock) <= f.first
}

func holdsBlock(e *page.Elem, block int) bool {
	return block >= int(e.FirstBlock) && block < int(e.EndBlock)
}

// printedTitle is the block whose text is the headline, -1 where there is none.
func (r *reading) printedTitle() int {
	for i := range r.p.Blocks {
		b := &r.p.Blocks[i]
		if r.p.Plain {
			if r.shownTitle != "" && r.p.BlockText(i) == r.shownTitle {
				return i
			}
		} else if b.Heading > 0 && b.Elem >= 0 && !r.p.Elems[b.Elem].Hidden && r.shownTitle != "" && normalize.Text(r.p.BlockText(i)) == r.shownTitle {
			return i
		}
	}
	return -1
}

// nearTitle is the short blocks of the head that hold a digit: one may be the date line.
func (f *dateFinder) nearTitle() []int {
	var out []int
	for i := range f.p.Blocks {
		b := &f.p.Blocks[i]
		if !f.head(i) || i == f.title || b.Runes < 4 || b.Runes > 160 || !strings.ContainsFunc(f.p.BlockText(i), unicode.IsDigit) {
			continue
		}
		if b.Elem >= 0 && (f.off(int(b.Elem)) || f.siteHeader(int(b.Elem)) || f.quoted(int(b.Elem))) {
			continue
		}
		out = append(out, i)
	}
	return out
}
