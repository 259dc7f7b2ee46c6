package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// document feeds the walker from a tree.
func (w *walker) document(doc *html.Node) {
	for n := doc.FirstChild; n != nil; n = n.NextSibling {
		if n.Type == html.ElementNode && n.DataAtom == atom.Html {
			w.language(n.Attr)
			w.parts(n)
		}
	}
}

// parts takes the head and the body (or frameset) of a page.
func (w *walker) parts(root *html.Node) {
	for n := root.FirstChild; n != nil; n = n.NextSibling {
		switch {
		case n.Type != html.ElementNode:
		case n.DataAtom == atom.Head:
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				if traits(c.DataAtom)&headed != 0 {
					w.headElement(c.DataAtom, c.Attr, textOf(c))
				}
			}
		default:
			if w.p.Lang == "" || w.p.Dir == "" {
				w.language(n.Attr)
			}
			w.subtree(n)
		}
	}
}

// subtree goes by the tree's own links: depth costs no stack.
func (w *walker) subtree(root *html.Node) {
	for n := root; ; {
		if w.node(n) {
			if n.FirstChild != nil {
				n = n.FirstChild
				continue
			}
			w.leave()
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
			w.leave()
		}
		if n == root {
			return
		}
		n = n.NextSibling
	}
}

// node takes one node and reports whether it was entered and its children follow.
func (w *walker) node(n *html.Node) bool {
	if n.Type == html.TextNode {
		w.words(n.Data)
		return false
	}
	if n.Type != html.ElementNode {
		return false
	}
	t := traits(n.DataAtom)
	if n.Namespace == "math" {
		t |= inline // a formula is part of its line
	}
	if t&(headed|skipped|leaf) == 0 {
		w.enter(n.DataAtom, n.Data, n.Attr, t)
		return true
	}
	text := ""
	if t&headed != 0 || n.DataAtom == atom.Noscript {
		text = textOf(n)
	}
	w.closed(t, n.DataAtom, n.Data, n.Attr, text)
	return false
}

// closed takes an element whose content is not walked, and the text of one that knows no markup.
func (w *walker) closed(t trait, tag atom.Atom, name string, attrs []html.Attribute, text string) {
	if t&headed != 0 {
		w.headElement(tag, attrs, text)
	}
	if t&leaf != 0 {
		w.enter(tag, name, attrs, t)
		w.leave()
	}
	if tag == atom.Noscript {
		w.noscript(attrs, text)
	}
}

// The least that a noscript must hold to be read: paragraphs, not the picture or the
// counter that most of them hold.
const (
	noscriptBytes      = 1000
	noscriptParagraphs = 3
)

// noscript reads what is shown without scripts where it holds paragraphs: some houses
// let a script write the article, and give it here for those who have none. One inside
// another is not read: without end tags each holds all that follow, to be parsed once more.
func (w *walker) noscript(attrs []html.Attribute, s string) {
	if w.noscripted || len(s) < noscriptBytes || strings.Count(s, "<p") < noscriptParagraphs {
		return
	}
	nodes, err := html.ParseFragment(strings.NewReader(s), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return // deeper than the parser accepts
	}
	w.enter(atom.Noscript, "noscript", attrs, 0)
	w.noscripted = true
	for _, c := range nodes {
		w.subtree(c)
	}
	w.noscripted = false
	w.leave()
}

// language reads what <html>, or else <body>, says of the page's language and direction.
func (w *walker) language(attrs []html.Attribute) {
	set := func(to *string, v string) {
		if v = strings.TrimSpace(v); *to == "" {
			*to = v
		}
	}
	for i := range attrs {
		switch attrs[i].Key {
		case "lang":
			set(&w.p.Lang, attrs[i].Val)
		case "dir":
			set(&w.p.Dir, attrs[i].Val)
		}
	}
	for i := range attrs {
		if attrs[i].Key == "xml:lang" {
			set(&w.p.Lang, attrs[i].Val)
		}
	}
}

func textOf(n *html.Node) string {
	c := n.FirstChild
	if c == nil {
		return ""
	}
	if c.NextSibling == nil {
		return c.Data
	}
	var b strings.Builder
	for ; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
