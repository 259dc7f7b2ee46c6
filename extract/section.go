package extract

import (
	"slices"
	"strings"

	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"github.com/dateline-go/dateline/normalize/lexicon"
	"golang.org/x/net/html/atom"
)

// sectionMetas are the metas that name the section.
var sectionMetas = []string{"article:section", "og:section", "section", "parsely-section", "cxenseparse:section"}

// sections gathers the section: the breadcrumb's last item that is neither Home nor the headline, JSON-LD and metas,
// then what the page links to as its section.
func sections(r *reading, c body.Choice) []candidate {
	var cs []candidate
	add := func(rule, raw string) {
		v := normalize.Attr(raw)
		if len(v) > 80 || r.isTitle(v) || namesNoSection(v) {
			v = ""
		}
		cs = append(cs, candidate{rule: rule, raw: raw, value: v})
	}
	if crumb := r.breadcrumb(); len(crumb) > 0 {
		add("breadcrumb", crumb[len(crumb)-1])
	}
	for _, n := range r.art {
		if s := n.Text("articleSection"); s != "" {
			add("jsonld", s)
		}
	}
	for _, name := range sectionMetas {
		if s := r.p.Meta(name); s != "" {
			add("meta:"+name, s)
		}
	}
	if slices.ContainsFunc(cs, func(c candidate) bool { return c.value != "" }) {
		return cs // most pages, which need no look at their links
	}
	links := r.sectionLinks(c)
	add("rel:category", links.marked)
	add("link:folder", links.ofAddress)
	add("link:section", links.atArticle)
	return cs
}

// breadcrumb is the items of the page's breadcrumb without Home and the headline.
func (r *reading) breadcrumb() []string {
	for _, n := range r.data.Nodes {
		if !n.Is("BreadcrumbList") {
			continue
		}
		var items []string
		for _, it := range r.data.Objects(n.Props["itemListElement"]) {
			name := it.Text("name")
			if name == "" {
				name = page.NodeOf(map[string]any{"x": it.Props["item"]}).Text("x")
			}
			items = append(items, name)
		}
		if out := r.crumbs(items); len(out) > 0 {
			return out
		}
	}
	for i := range r.p.Elems {
		e := &r.p.Elems[i]
		if n := e.Stop - e.Start; n < 4 || n > 300 || !crumbClass(e) {
			continue
		}
		parts := strings.FieldsFunc(r.p.Printed(i), func(c rune) bool { return strings.ContainsRune("¦|›»>/", c) })
		if out := r.crumbs(parts); len(out) > 0 && len(parts) > 1 {
			return out
		}
	}
	for i := range r.p.Blocks { // a line of links whose first is of Home, without any class
		text := r.p.BlockText(i)
		if i > 60 || len(text) > 150 || !strings.ContainsAny(text, "|›»>/") {
			continue
		}
		parts := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("|›»>/", c) })
		switch {
		case len(parts) > 1 && isHome(strings.TrimSpace(parts[0])):
		case strings.ContainsAny(text, "›»>"):
			parts = r.linksFromHome(i)
		default:
			continue
		}
		if len(parts) > 0 && len(parts) < 6 {
			if out := r.crumbs(parts); len(out) > 0 {
				return out
			}
		}
	}
	return nil
}

func crumbClass(e *page.Elem) bool {
	for i := range e.Attrs {
		a := &e.Attrs[i]
		switch a.Key {
		case "class", "id":
			if !e.Own.Has(page.HintNav) { // both words are of that group
				continue
			}
			fallthrough
		case "aria-label":
			if v := strings.ToLower(a.Val); strings.Contains(v, "breadcrumb") || strings.Contains(v, "crumbs") {
				return true
			}
		}
	}
	return false
}

func (r *reading) crumbs(parts []string) []string {
	var out []string
	for _, x := range parts {
		x = normalize.Attr(x)
		f := normalize.Fold(x)
		if f == "" || r.wordsTitle(x, f) || namesNoSection(x) || r.isHouse(x) || slices.Contains(r.titleFolds, f) || len(x) > 60 {
			continue
		}
		out = append(out, x)
	}
	return out
}

// wordsTitle reports whether a crumb of some length says in other words what the headline or the slug of the address says.
func (r *reading) wordsTitle(crumb, folded string) bool {
	const few = 3 // words of a section, which may all stand in the headline
	words := titleWords(crumb)
	return len(words) > few && (body.Dice(words, titleWords(r.shownTitle)) > .5 || strings.Contains(normalize.Fold(nameOf(r.in.URL)), folded))
}

// linksFromHome are the texts of the links that follow one to the front page of the site, whatever that is called, at
// the head of a block; none of others.
func (r *reading) linksFromHome(block int) (parts []string) {
	b := &r.p.Blocks[block]
	if b.Elem < 0 || b.Links < 2 {
		return nil
	}
	first := true
	for i := b.Elem; i < r.p.Elems[b.Elem].End; i++ {
		e := &r.p.Elems[i]
		if e.Tag != atom.A || e.Stop == e.Start {
			continue
		}
		switch {
		case first && (e.Start > b.Start || !r.isFrontPage(e.Attr("href"))):
			return nil
		case !first:
			parts = append(parts, r.p.ElemText(int(i)))
		}
		first = false
	}
	return parts
}

func isHome(s string) bool {
	return slices.Contains(lexicon.All("home"), strings.ToLower(strings.TrimSpace(s)))
}

// namesNoSection reports whether what stands in the place of a section is none: Home, a number, an address or a host,
// or what a system prints where an article has no section ("Uncategorized") or calls by its type.
func namesNoSection(s string) bool {
	return isHome(s) || strings.Trim(s, "0123456789") == "" || strings.HasPrefix(s, "http") || hostlike(s) || slices.Contains(lexicon.All("unsorted"), strings.ToLower(strings.TrimSpace(s)))
}
