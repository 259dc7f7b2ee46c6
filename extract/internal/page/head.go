package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxScript bounds a data script; longer ones are of no use and cost memory.
const maxScript = 8 << 20

func (w *walker) head(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			w.headElement(c)
		}
	}
}

// headElement reads an element that says something about the page, wherever it stands.
func (w *walker) headElement(n *html.Node) {
	p := w.p
	switch n.DataAtom {
	case atom.Title:
		if p.Title == "" {
			p.Title = collapse(textOf(n))
		}
	case atom.Base:
		if href := attr(n, "href"); href != "" {
			if abs := p.Resolve(href); abs != "" {
				p.Base = abs
			}
		}
	case atom.Meta:
		w.meta(n)
	case atom.Link:
		l := HeadLink{Rel: strings.ToLower(attr(n, "rel")), Href: attr(n, "href"), Type: attr(n, "type"), Title: attr(n, "title"), Lang: attr(n, "hreflang")}
		if l.Href != "" {
			p.Links = append(p.Links, l)
		}
	case atom.Script:
		w.script(n)
	}
}

func (w *walker) meta(n *html.Node) {
	content := attr(n, "content")
	if content == "" {
		return
	}
	for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
		name := strings.ToLower(strings.TrimSpace(attr(n, key)))
		if name == "" {
			continue
		}
		if key == "http-equiv" && name == "refresh" {
			w.p.Refresh = content
		}
		w.p.Metas = append(w.p.Metas, Meta{name, collapse(content)})
	}
}

func (w *walker) script(n *html.Node) {
	if n.FirstChild == nil || len(n.FirstChild.Data) > maxScript {
		return
	}
	typ, text := strings.ToLower(attr(n, "type")), n.FirstChild.Data
	data := strings.Contains(typ, "json") ||
		strings.Contains(text, "__NEXT_DATA__") || strings.Contains(text, "Fusion.globalContent") ||
		strings.Contains(text, "_STATE__") || strings.Contains(text, "__NUXT__") || strings.Contains(text, "__data")
	if data {
		w.p.Scripts = append(w.p.Scripts, Script{typ, attr(n, "id"), text})
	}
}

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }
