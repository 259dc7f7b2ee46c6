package extract

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// A list of more than maxShownTags links is an index of topics; a longer link is a headline.
const (
	maxShownTags  = 20
	maxTagRunes   = 60
	maxShownWords = 6
)

// How far before the headline and after the body, in blocks, a page shows its tags.
const (
	tagsBefore = 8
	tagsAfter  = 25
)

// tagSegments are the segments of an address that lead to the page of a tag.
const tagSegments = "tag tags topic topics thema themen theme themes tema temas temat tematy teman emne emner keyword keywords schlagwort schlagworte etiqueta etiquetas etiket etiketa stichwort sujet sujets subject subjects onderwerp argomento argomenti assunto assuntos mot-cle dossier hashtag hashtags label cimke cimkek eticheta etichete"

var isTagSegment = sync.OnceValue(func() map[string]bool { return segmentSet(tagSegments) })

// shownTags is the list of links to pages of topics that the page shows with the article:
// marked as such (HTML, section 4.6.7.21: rel=tag; class), leading to addresses of tags, or
// a bare list of what the article names.
func (r *reading) shownTags(c body.Choice, text func() string) (rule string, tags []string) {
	first, last := slices.Index(c.Keep, true), lastKept(c.Keep)
	if c.TitleBlock >= 0 && c.TitleBlock < first {
		first = c.TitleBlock
	}
	if first < 0 {
		return "", nil
	}
	var best shownList
	isTag := r.marksTag()
	for i := range r.p.Elems {
		e := &r.p.Elems[i]
		if int(e.FirstBlock) < first-tagsBefore || int(e.FirstBlock) > last+tagsAfter || !r.mayListTags(e) {
			continue
		}
		if l := r.judge(i, isTag, text, int(e.FirstBlock) > last); l.better(&best) {
			best = l
		}
	}
	if best.points == 0 {
		best = r.relTags(isTag)
	}
	for _, i := range best.links {
		tags = append(tags, strings.ReplaceAll(r.p.ElemText(i), "\n", " "))
	}
	return best.rule, tags
}

// A shownList is the links of an element that may be tags.
type shownList struct {
	points int // how much speaks for it
	rule   string
	links  []int // those that are tags
	others int   // those that are not
}

func (l *shownList) better(than *shownList) bool {
	return l.points > 0 && cmp.Or(cmp.Compare(l.points, than.points), cmp.Compare(len(l.links), len(than.links)), cmp.Compare(than.others, l.others)) > 0
}

// leadsWithin reports whether an address is of another page of the site.
func (r *reading) leadsWithin(href string) bool {
	if href == "" || strings.Contains(href, "#") {
		return false
	}
	abs := r.p.Resolve(href)
	return r.host == "" || abs == "" || normalize.Host(abs) == r.host || normalize.Site(abs) == normalize.Site(r.in.URL)
}

// relTags are the links of the page with rel=tag, wherever they stand: they speak of the
// whole document.
func (r *reading) relTags(isTag func(*page.Elem) bool) shownList {
	l := shownList{rule: "rel:tag"}
	for i := range r.p.Elems {
		e := &r.p.Elems[i]
		if e.Tag != atom.A || e.Anc&page.InNav != 0 || e.Start == e.Stop || !isTag(e) {
			continue
		}
		if l.links = append(l.links, i); len(l.links) > maxShownTags {
			return shownList{}
		}
	}
	return l
}

func lastKept(keep []bool) int {
	for i := len(keep) - 1; i >= 0; i-- {
		if keep[i] {
			return i
		}
	}
	return -1
}

// mayListTags reports whether an element holds hardly more than a few short links. Lists of tags are often folded
// up until a script opens them, so hidden ones count.
func (r *reading) mayListTags(e *page.Elem) bool {
	if !e.Block || e.Anc&page.InAside != 0 || e.Anc&(page.InNav|page.InFooter) != 0 && e.Anc&page.InArticle == 0 || e.EndBlock <= e.FirstBlock || e.EndBlock-e.FirstBlock > 2*maxShownTags || e.Stop-e.Start > maxShownTags*maxTagRunes {
		return false
	}
	for _, hint := range []int{page.HintRelated, page.HintShare, page.HintAuthor, page.HintNav} {
		if e.Dist[hint] <= 1 && e.Dist[hint] < e.Dist[page.HintTag] {
			return false
		}
	}
	return r.mostlyLinks(e, r.labelRunes(e))
}

// mostlyLinks reports whether links make up most of an element but for so many runes.
func (r *reading) mostlyLinks(e *page.Elem, but int32) bool {
	runes, linked := -but, int32(0)
	for b := e.FirstBlock; b < e.EndBlock; b++ {
		runes, linked = runes+r.p.Blocks[b].Runes, linked+r.p.Blocks[b].LinkRunes
	}
	return linked > 0 && linked*10 >= runes*6
}

// labelRunes is how long the label is that opens a list of tags: "Keywords: ".
func (r *reading) labelRunes(e *page.Elem) int32 {
	const longest = 40 // bytes
	head := r.p.Text[e.Start:min(e.Stop, e.Start+longest)]
	at := strings.IndexByte(head, ':')
	if at < 0 || strings.ContainsRune(head[:at], '\n') {
		return 0
	}
	return int32(utf8.RuneCountInString(head[:at+1]))
}

// linksIn are the links inside element i, nil where one of them is no tag by its length or
// there are too many.
func (r *reading) linksIn(i int) []int {
	var out []int
	for j := i; j < int(r.p.Elems[i].End); j++ {
		e := &r.p.Elems[j]
		if e.Tag != atom.A || e.Stop == e.Start || !r.leadsWithin(e.Attr("href")) {
			continue
		}
		if len(out) == maxShownTags || e.Stop-e.Start > maxTagRunes || len(strings.Fields(r.p.ElemText(j))) > maxShownWords {
			return nil
		}
		out = append(out, j)
	}
	return out
}

// judge says how much speaks for the links in element i being the tags of the article: most
// of them are marked as tags, lead to tags, or are named in the article. behind is true where
// the list follows the body.
func (r *reading) judge(i int, isTag func(*page.Elem) bool, text func() string, behind bool) shownList {
	links := r.linksIn(i)
	if len(links) == 0 {
		return shownList{}
	}
	e := &r.p.Elems[i]
	near, within := e.Dist[page.HintTag] <= 1, e.Anc&(page.InArticle|page.InMain) != 0
	most := func(holds func(at int) bool) []int {
		var hits []int
		for _, at := range links {
			if holds(at) {
				hits = append(hits, at)
			}
		}
		if len(hits)*5 < len(links)*3 {
			return nil
		}
		return hits
	}
	rel := most(func(at int) bool { return isTag(&r.p.Elems[at]) })
	path := most(func(at int) bool { return leadsToTag(r.p.Elems[at].Attr("href")) })
	class := most(func(at int) bool { return near || r.p.Elems[at].Dist[page.HintTag] <= 1 })
	l := shownList{others: len(links)}
	add := func(rule string, points int, hits []int) {
		if hits == nil {
			return
		}
		if l.points += points; l.rule == "" {
			l.rule, l.links, l.others = rule, hits, len(links)-len(hits)
		}
	}
	add("rel:tag", 3, rel)
	if len(links) > 1 || rel != nil || class != nil {
		add("path:tag", 2, path)
	}
	bare := r.mostlyLinks(e, 0)         // behind a long label only the links themselves say what they are
	if bare && within || l.points > 0 { // menus are called topics too
		add("class:tag", 2, class)
	}
	if l.points == 0 && bare && within && behind && len(links) > 1 && most(func(at int) bool { return named(normalize.Attr(r.p.ElemText(at)), text) }) != nil {
		add("links:named", 2, links)
	}
	return l
}

// marksTag tells which links are marked as tags. Blog systems mark a category as rel="category tag": where links are
// marked as tags alone, it is a section and no tag.
func (r *reading) marksTag() func(*page.Elem) bool {
	tagOnly := func(e *page.Elem) bool { return hasToken(e.Attr("rel"), "tag") && !hasToken(e.Attr("rel"), "category") }
	for i := range r.p.Elems {
		if e := &r.p.Elems[i]; e.Tag == atom.A && e.Anc&(page.InNav|page.InAside) == 0 && e.Stop > e.Start && tagOnly(e) {
			return tagOnly
		}
	}
	return func(e *page.Elem) bool { return hasToken(e.Attr("rel"), "tag") }
}

func hasToken(attr, token string) bool {
	for t := range strings.FieldsSeq(attr) {
		if strings.EqualFold(t, token) {
			return true
		}
	}
	return false
}

// leadsToTag reports whether an address has a segment that stands before the names of tags.
func leadsToTag(href string) bool { return hasSegment(href, isTagSegment()) }
