package extract

import (
	"strings"

	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// titles gathers the headline: the h1 most like what the metadata say, JSON-LD,
// og:title, <title>; the name of the site is cut off each.
func titles(r *reading) []candidate {
	var meta []candidate
	if r.in.Claims.Title != "" {
		meta = append(meta, candidate{rule: "claim", raw: r.in.Claims.Title, family: "claim"})
	}
	for _, n := range r.art {
		if h := n.Text("headline"); h != "" {
			meta = append(meta, candidate{rule: "jsonld", raw: h, family: "jsonld"})
			break
		}
	}
	if t := r.p.Meta("og:title"); t != "" {
		meta = append(meta, candidate{rule: "meta:og:title", raw: t, family: "social"})
	}
	if t := r.p.Meta("twitter:title"); t != "" {
		meta = append(meta, candidate{rule: "meta:twitter:title", raw: t, family: "social"})
	}
	if r.p.Title != "" {
		meta = append(meta, candidate{rule: "title", raw: r.p.Title, family: "title"})
	}
	for i := range meta {
		meta[i].value = r.cutSite(normalize.Attr(meta[i].raw))
	}
	if rule := r.rule("title"); rule != nil {
		return append(rule, meta...)
	}
	if r.p.Plain {
		return append(plainTitle(r.p), meta...)
	}
	heads := headings(r, meta)
	return append(heads, meta...)
}

// headings are the h1 elements outside navigation, the one most like the metadata first.
func headings(r *reading, meta []candidate) []candidate {
	best, at, count := -1.0, -1, 0
	for i := range r.p.Elems {
		e := &r.p.Elems[i]
		if e.Tag != atom.H1 || e.Hidden || e.Anc&(page.InNav|page.InFooter|page.InAside) != 0 {
			continue
		}
		text := normalize.Text(r.p.Printed(i))
		if text == "" || r.isHouse(text) {
			continue
		}
		count++
		s := 0.0
		for _, m := range meta {
			s = max(s, body.Similar(strings.ReplaceAll(text, " ¦ ", " "), m.value))
		}
		if s > best {
			best, at = s, i
		}
	}
	if at < 0 || best < .5 && count > 1 && len(meta) > 0 {
		return nil
	}
	raw := r.p.ElemText(at)
	return []candidate{{rule: "h1", raw: raw, value: strings.ReplaceAll(normalize.Text(raw), "\n", " "), family: "heading"}}
}

// isHouse reports whether a text is just the name of the site.
func (r *reading) isHouse(s string) bool {
	f := normalize.Fold(s)
	for _, n := range r.names {
		if f == n {
			return true
		}
	}
	return f == ""
}

// cutSite cuts segments that are the name of the site off both ends of a title.
func (r *reading) cutSite(s string) string {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " · ", " » ", " :: ", " : ", "｜", "_", " |", "| "} {
		for {
			i := strings.LastIndex(s, sep)
			if i <= 0 || !r.isHouse(s[i+len(sep):]) {
				break
			}
			s = strings.TrimSpace(s[:i])
		}
		if i := strings.Index(s, sep); i > 0 && r.isHouse(s[:i]) {
			s = strings.TrimSpace(s[i+len(sep):])
		}
	}
	return s
}

// plainTitle is the headline of a page saved as text: the last short line without
// an end mark before the first line that reads like prose.
func plainTitle(p *page.Page) []candidate {
	at := -1
	for i := range p.Blocks {
		text := p.BlockText(i)
		if p.Blocks[i].Runes > 150 {
			break
		}
		words := len(strings.Fields(text))
		if words >= 4 && !strings.ContainsAny(text, "|›»") && !strings.HasSuffix(text, ".") {
			at = i
			break
		}
	}
	if at < 0 {
		return nil
	}
	return []candidate{{rule: "text", raw: p.BlockText(at), value: normalize.Text(p.BlockText(at)), family: "text"}}
}

// chooseTitle prefers the wording that two families share, then the h1.
func chooseTitle(cs []candidate) *candidate {
	if byRule(cs) {
		return strongest(cs)
	}
	votes := map[string]map[string]bool{}
	for _, c := range cs {
		if f := normalize.Fold(c.value); f != "" {
			if votes[f] == nil {
				votes[f] = map[string]bool{}
			}
			votes[f][c.family] = true
		}
	}
	var won *candidate
	best := 0
	for i := range cs {
		c := &cs[i]
		if c.value == "" || strings.HasSuffix(c.value, "…") && len(cs) > 1 {
			continue
		}
		n := len(votes[normalize.Fold(c.value)])
		if c.family == "heading" {
			n++ // it is what the reader sees
		}
		if n > best {
			best, won = n, c
		}
	}
	if won == nil {
		return strongest(cs)
	}
	won.chosen, won.why = true, "wording shared by most families"
	return won
}
