package extract

import (
	"slices"
	"strings"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"github.com/dateline-go/dateline/normalize/lexicon"
	"golang.org/x/net/html/atom"
)

// A credited is a source of credits: the string as found and what it says.
type credited struct {
	candidate
	credits []normalize.Credit
	url     string
}

var authorMetas = []string{"sailthru.author", "cxenseparse:author", "byl", "article:author_name", "parsely-author", "author", "dc.creator", "article:author"}

// bylines gathers who wrote it, strongest first: JSON-LD, metas, links to author
// pages, the printed line.
func bylines(r *reading) []credited {
	var out []credited
	hints := normalize.BylineHints{Lang: r.lang, Publisher: r.publisherName, Host: r.host}
	single := hints
	single.Single = true
	if raw := r.ruled["byline"]; len(raw) > 0 {
		line := strings.Join(raw, ", ")
		out = append(out, credited{candidate: candidate{rule: siteRule, raw: line}, credits: normalize.Byline(line, single)})
	}
	add := func(rule, raw, url string, h normalize.BylineHints) {
		c := credited{candidate: candidate{rule: rule, raw: raw}, credits: normalize.Byline(raw, h), url: url}
		out = append(out, c)
	}
	for _, n := range r.art {
		for _, key := range []string{"author", "creator"} {
			var all credited
			for _, a := range r.data.Objects(n.Props[key]) {
				name := a.Text("name")
				if name == "" {
					name = strings.TrimSpace(a.Text("givenName") + " " + a.Text("familyName"))
				}
				cs := normalize.Byline(name, single)
				if len(cs) == 0 && a.Is("Person") && len(strings.Fields(name)) == 1 && !strings.ContainsAny(name, "@./") {
					cs = []normalize.Credit{{Name: name, Kind: "person", Role: "writer"}}
				}
				all.raw = strings.TrimPrefix(all.raw+", "+name, ", ")
				all.credits = append(all.credits, cs...)
			}
			if len(all.credits) > 0 {
				all.rule = "jsonld"
				out = append(out, all)
			}
		}
	}
	for _, name := range authorMetas {
		if raw := r.p.Meta(name); raw != "" && !strings.HasPrefix(raw, "http") {
			add("meta:"+name, raw, "", single)
		}
	}
	for _, i := range r.bylineElems() {
		add("byline", r.p.Printed(i), "", hints)
	}
	for _, i := range r.aroundTitle() {
		if text := r.p.BlockText(i); r.opensByline(text) {
			add("byline", text, "", hints)
		}
	}
	return out
}

// bylineElems are the elements near the headline that are marked as a byline, and
// on pages without markup the line under the headline.
func (r *reading) bylineElems() []int {
	var out []int
	for i := range r.p.Elems {
		e := &r.p.Elems[i]
		if e.Anc&(page.InAside|page.InFooter|page.InNav) != 0 || e.Dist[page.HintComment] < 8 || e.Dist[page.HintRelated] < 3 {
			continue
		}
		marked := e.Own.Has(page.HintAuthor) && e.Dist[page.HintAuthor] == 0 || e.Attr("rel") == "author"
		if n := e.Stop - e.Start; marked && n > 3 && n < 200 && e.Tag != atom.Img {
			out = append(out, i)
		}
		if len(out) == 6 {
			break
		}
	}
	return out
}

// opensByline reports whether a short line begins with a by-word of the page's
// language and names somebody.
func (r *reading) opensByline(text string) bool {
	if len(text) > 160 {
		return false
	}
	low := strings.ToLower(text)
	for _, w := range lexicon.Get(r.lang)["by"] {
		rest, ok := strings.CutPrefix(low, strings.ToLower(w))
		if ok && rest != "" && (strings.ContainsAny(rest[:1], " :/") || rest[0] >= 0x80) {
			return len(people(normalize.Byline(text, normalize.BylineHints{Lang: r.lang, Publisher: r.publisherName, Host: r.host}))) > 0
		}
	}
	return false
}

// chooseAuthors picks the list: people before organizations, the strongest source
// first. A longer printed list does not win over it: what it has more is a button
// or a job title far oftener than a further author.
func chooseAuthors(cs []credited, plainLines []credited) *credited {
	cs = append(cs, plainLines...)
	var won *credited
	for i := range cs {
		c := &cs[i]
		if len(people(c.credits)) == 0 {
			continue
		}
		won = c
		break
	}
	if won == nil {
		for i := range cs {
			if len(cs[i].credits) > 0 {
				won = &cs[i]
				break
			}
		}
	}
	if won != nil {
		won.chosen, won.why = true, "strongest source that names people"
		won.value = strings.Join(names(won.credits), ", ")
	}
	return won
}

func people(cs []normalize.Credit) []string {
	var out []string
	for _, c := range cs {
		if c.Kind == "person" && c.Role == "writer" {
			out = append(out, c.Name)
		}
	}
	return out
}

func names(cs []normalize.Credit) []string {
	if p := people(cs); len(p) > 0 {
		return p
	}
	var out []string
	for _, c := range cs {
		if c.Role == "writer" {
			out = append(out, c.Name)
		}
	}
	return out
}

// contributorsOf is everyone that a choice credits.
func contributorsOf(c *credited) []dateline.Contributor {
	var out []dateline.Contributor
	for _, cr := range c.credits {
		if !slices.ContainsFunc(out, func(o dateline.Contributor) bool { return normalize.SameName(o.Name, cr.Name) }) {
			out = append(out, dateline.Contributor{Name: cr.Name, Kind: cr.Kind, Role: cr.Role})
		}
	}
	return out
}
