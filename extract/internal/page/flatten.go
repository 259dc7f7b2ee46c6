package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// flatDepth is how deep a flattened tree goes: elements opened below it become
// children of the element there.
const flatDepth = 200

// A flattener builds a tree of bounded depth from the tokens alone, with the few
// implied end tags that ordinary pages lean on.
type flattener struct {
	open []*html.Node // open elements, the document first
	over []atom.Atom  // open elements below the bound
}

// flatten reads pages that html.Parse refuses for their depth.
func flatten(text string) *html.Node {
	doc := &html.Node{Type: html.DocumentNode}
	root := &html.Node{Type: html.ElementNode, Data: "html", DataAtom: atom.Html}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	doc.AppendChild(root)
	root.AppendChild(body)
	f := flattener{open: []*html.Node{body}}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return doc
		case html.TextToken:
			f.top().AppendChild(&html.Node{Type: html.TextNode, Data: string(z.Text())})
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			switch t.DataAtom {
			case atom.Html:
				root.Attr = append(root.Attr, t.Attr...)
			case atom.Body:
				body.Attr = append(body.Attr, t.Attr...)
			case atom.Head:
			default:
				f.start(t)
			}
		case html.EndTagToken:
			f.end(z.Token())
		}
	}
}

func (f *flattener) top() *html.Node { return f.open[len(f.open)-1] }

func (f *flattener) start(t html.Token) {
	f.imply(t.DataAtom)
	n := &html.Node{Type: html.ElementNode, Data: t.Data, DataAtom: t.DataAtom, Attr: t.Attr}
	f.top().AppendChild(n)
	switch {
	case void(t.DataAtom):
	case len(f.open) < flatDepth:
		f.open = append(f.open, n)
	default:
		f.over = append(f.over, t.DataAtom)
	}
}

// imply closes what the start of an element ends: a paragraph at a block, an item
// at its next, a cell at a cell.
func (f *flattener) imply(a atom.Atom) {
	var closes, within []atom.Atom
	switch a {
	case atom.Li:
		closes, within = []atom.Atom{atom.Li}, []atom.Atom{atom.Ul, atom.Ol}
	case atom.Dt, atom.Dd:
		closes, within = []atom.Atom{atom.Dt, atom.Dd}, []atom.Atom{atom.Dl}
	case atom.Td, atom.Th:
		closes, within = []atom.Atom{atom.Td, atom.Th}, []atom.Atom{atom.Table, atom.Tr}
	case atom.Tr:
		closes, within = []atom.Atom{atom.Tr}, []atom.Atom{atom.Table}
	default:
		if traits(a)&inline == 0 {
			f.closeParagraph()
		}
		return
	}
	for i := len(f.open) - 1; i > 0; i-- {
		for _, x := range within {
			if f.open[i].DataAtom == x {
				return
			}
		}
		for _, x := range closes {
			if f.open[i].DataAtom == x {
				f.cut(i)
				return
			}
		}
	}
}

func (f *flattener) closeParagraph() {
	for i := len(f.open) - 1; i > 0; i-- {
		if f.open[i].DataAtom == atom.P {
			f.cut(i)
			return
		}
		if traits(f.open[i].DataAtom)&inline == 0 {
			return
		}
	}
}

func (f *flattener) cut(i int) { f.open, f.over = f.open[:i], f.over[:0] }

// end closes the nearest open element of the name; an end tag without one is ignored.
func (f *flattener) end(t html.Token) {
	for i := len(f.over) - 1; i >= max(0, len(f.over)-64); i-- {
		if f.over[i] == t.DataAtom {
			f.over = f.over[:i]
			return
		}
	}
	for i := len(f.open) - 1; i > 0; i-- {
		if f.open[i].Data == t.Data {
			f.cut(i)
			return
		}
	}
}
