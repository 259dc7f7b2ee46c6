package extract

import (
	"slices"
	"strings"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
)

// The families of a title's sources: each is one field of the publisher's system, or one
// template, and counts as one witness.
const (
	titleHeading = "heading" // the h1 that the reader sees
	titleOther   = "h1"      // any other h1
	titleData    = "jsonld"
	titleSocial  = "og"
	titleTwitter = "twitter"
	titleMeta    = "meta"
	titleHead    = "title"
	titleClaim   = "claim"
	titleText    = "text"
)

// titleMetas are the metas that systems of analysis, archives and old templates ask for.
var titleMetas = []string{"headline", "parsely-title", "sailthru.title", "cxenseparse:title", "dc.title", "dcterms.title", "title"}

// titles gathers the wordings of the headline: the h1 elements, JSON-LD, the titles made for
// social networks, other metas, <title>, and what a feed said. What the house adds of itself
// is cut off each.
func titles(r *reading) []candidate {
	cs := r.statedTitles()
	if r.p.Plain {
		cs = append(plainTitle(r.p), cs...)
	} else {
		cs = append(r.headings(cs), cs...)
	}
	mendQuoted(cs)
	r.cutTitles(cs)
	for i := range cs {
		if cs[i].family != titleOther {
			r.titleFolds = append(r.titleFolds, normalize.Fold(cs[i].value))
		}
	}
	return append(r.rule("title"), cs...)
}

// isTitle reports whether a text is one of the wordings of the headline.
func (r *reading) isTitle(s string) bool { return slices.Contains(r.titleFolds, normalize.Fold(s)) }

// shownTitle is the title as the reader sees it: the h1, else the one chosen.
func shownTitle(cs []candidate, chosen *candidate) string {
	switch {
	case chosen == nil:
		return ""
	case cs[0].family == titleHeading:
		return cs[0].value
	}
	return chosen.value
}

// statedTitles are the titles that stand in the head and in the data of the page.
func (r *reading) statedTitles() []candidate {
	var cs []candidate
	add := func(rule, family, raw string) {
		if v := withoutMarkup(normalize.Attr(raw)); v != "" {
			cs = append(cs, candidate{rule: rule, raw: raw, value: v, family: family})
		}
	}
	for _, n := range r.art {
		if h := n.Text("headline"); h != "" {
			add("jsonld", titleData, h)
			break
		}
		if h := n.Text("name"); h != "" {
			add("jsonld:name", titleData, h)
			break
		}
	}
	add("meta:og:title", titleSocial, r.p.Meta("og:title"))
	add("meta:twitter:title", titleTwitter, r.p.Meta("twitter:title"))
	for _, name := range titleMetas {
		add("meta:"+name, titleMeta, r.p.Meta(name))
	}
	add("title", titleHead, r.p.Title)
	add("claim", titleClaim, r.in.Claims.Title)
	return cs
}

// mendQuoted gives a title that a quotation mark cut short the rest of another: a template that does not escape it
// ends the attribute there. What follows is shorter than what stands before, else it is a line under the headline.
func mendQuoted(cs []candidate) {
	for i := range cs {
		c := &cs[i]
		if c.family != titleSocial && c.family != titleTwitter && c.family != titleMeta {
			continue
		}
		for _, o := range cs {
			if rest, ok := strings.CutPrefix(o.value, c.value); ok && len(rest) < len(c.value) && strings.HasPrefix(strings.TrimLeft(rest, " "), `"`) {
				c.value = o.value
				break
			}
		}
	}
}

// withoutMarkup takes tags out of a title that was escaped as a whole: "<i>Emma</i>, again".
func withoutMarkup(s string) string {
	for from := 0; ; {
		i := strings.IndexByte(s[from:], '<')
		if i < 0 {
			return strings.TrimSpace(s)
		}
		i += from
		name := strings.TrimPrefix(s[i+1:], "/")
		end := strings.IndexByte(s[i:], '>')
		if end < 0 || name == "" || name[0]|0x20 < 'a' || name[0]|0x20 > 'z' {
			from = i + 1
			continue
		}
		s = s[:i] + s[i+end+1:]
		from = i
	}
}

// plainTitle is the headline of a page saved as text: the first line of four words and
// more without an end mark, before the first line that reads like prose.
func plainTitle(p *page.Page) []candidate {
	for i := range p.Blocks {
		text := p.BlockText(i)
		if p.Blocks[i].Runes > 150 {
			break
		}
		if len(strings.Fields(text)) >= 4 && !strings.ContainsAny(text, "|›»") && !strings.HasSuffix(text, ".") {
			return []candidate{{rule: "text", raw: text, value: normalize.Text(text), family: titleText}}
		}
	}
	return nil
}
