package extract

import (
	"slices"
	"strings"
	"sync"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"github.com/dateline-go/dateline/normalize/lexicon"
)

// namedMetas hold the name of who wrote it, set by the newsroom; looseMetas are also
// filled with accounts, houses and the first of several.
var (
	namedMetas = []string{"sailthru.author", "cxenseparse:author", "byl", "article:author_name", "article:byline", "articleauthor", "parsely-author", "citation_author"}
	looseMetas = []string{"author", "article:author", "og:article:author", "dcterms.creator", "dc.creator"}
)

// maxMetaAuthors bounds the metas of one name: beyond it they are those of the works cited.
const maxMetaAuthors = 12

// bylines gathers the sources of credits, strongest first.
func (b *builder) bylines(z zones) []*credited {
	cs := append(b.ruledAuthors(), b.dataAuthors()...)
	cs = append(cs, b.metaAuthors(namedMetas)...)
	printed := b.printedAuthors(z)
	cs = append(cs, at(printed, placeHead)...)
	cs = append(cs, b.writtenBy()...)
	cs = append(cs, b.metaAuthors(looseMetas)...)
	cs = append(cs, b.bareNames(z)...)
	cs = append(cs, at(printed, placeFoot)...)
	if b.firstPeople(cs, placeNone, placeHead) == nil {
		cs = append(cs, b.accounts(z)...)
	}
	cs = append(cs, at(printed, placeElsewhere)...)
	return cs
}

// ruledAuthors is what the operator's selector for the byline found.
func (r *reading) ruledAuthors() []*credited {
	found := r.rule("byline")
	if found == nil {
		return nil
	}
	c := found[0]
	c.raw = c.value
	return []*credited{{candidate: c, exact: true}}
}

// dataAuthors are the authors of the JSON-LD: of the article nodes, and where none has
// any, of the page's own node, as several content systems write it.
func (r *reading) dataAuthors() []*credited {
	var out []*credited
	for _, key := range []string{"author", "creator"} {
		for _, n := range r.art {
			if c := r.nodeAuthors(n, key); c != nil {
				out = append(out, c)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, n := range r.data.Nodes {
		if n.Is("WebPage", "ItemPage") {
			if c := r.nodeAuthors(n, "author"); c != nil {
				c.rule = "jsonld:webpage"
				return []*credited{c}
			}
		}
	}
	return nil
}

// nodeAuthors are the authors that a node names under key, one source.
func (r *reading) nodeAuthors(n page.Node, key string) *credited {
	all := &credited{candidate: candidate{rule: "jsonld", family: "data"}, exact: true}
	h := r.bylineHints()
	h.Single = true
	for _, a := range r.data.Objects(n.Props[key]) {
		name := a.Text("name")
		if name == "" {
			name = a.Text("byline")
		}
		if name == "" {
			name = strings.TrimSpace(a.Text("givenName") + " " + a.Text("familyName"))
		}
		if name == "" {
			continue
		}
		cs := normalize.Byline(name, h)
		if named := slices.ContainsFunc(cs, func(c normalize.Credit) bool { return c.Kind == "agency" || r.isHouse(c.Name) }); len(people(cs)) == 0 && !named && a.Is("Person") && penName(name) {
			cs = []normalize.Credit{{Name: name, Kind: "person", Role: "writer", Printed: name}}
		}
		all.raw = strings.TrimPrefix(all.raw+", "+name, ", ")
		all.credits = append(all.credits, cs...)
	}
	if all.raw == "" {
		return nil
	}
	all.read = true
	return all
}

// penName reports whether a name is one word without the marks of an address.
func penName(s string) bool {
	return len(s) > 1 && !strings.ContainsAny(s, " @/:") && !strings.Contains(s, ".")
}

// metaAuthors are the metas of the names; several of one name are one source.
func (r *reading) metaAuthors(names []string) []*credited {
	var out []*credited
	for _, name := range names {
		var raws []string
		for i := range r.p.Metas {
			m := &r.p.Metas[i]
			if m.Name == name && m.Content != "" && !strings.HasPrefix(m.Content, "http") && !strings.HasPrefix(m.Content, "/") {
				raws = append(raws, m.Content)
			}
		}
		if len(raws) == 0 || len(raws) > maxMetaAuthors {
			continue
		}
		c := &credited{candidate: candidate{rule: "meta:" + name, raw: strings.Join(raws, " ¦ "), family: "meta"}, exact: true}
		if len(raws) > 1 {
			h := r.bylineHints()
			h.Single = true
			for _, raw := range raws {
				c.credits = append(c.credits, normalize.Byline(raw, h)...)
			}
			c.read = true
		}
		out = append(out, c)
	}
	return out
}

// writtenBy is the pair of metas twitter:label and twitter:data of which the label is
// a by-word in any language: "Written by", "Verfasst von".
func (r *reading) writtenBy() []*credited {
	for i := range r.p.Metas {
		m := &r.p.Metas[i]
		n, ok := strings.CutPrefix(m.Name, "twitter:label")
		if !ok || !byWords()[normalize.Fold(m.Content)] {
			continue
		}
		if raw := r.p.Meta("twitter:data" + n); raw != "" {
			return []*credited{{candidate: candidate{rule: "meta:twitter:data", raw: raw, family: "meta"}, exact: true}}
		}
	}
	return nil
}

// byWords are the by-words of all languages, folded.
var byWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for _, code := range lexicon.Codes() {
		for _, w := range lexicon.Get(code)["by"] {
			words[normalize.Fold(w)] = true
		}
	}
	return words
})
