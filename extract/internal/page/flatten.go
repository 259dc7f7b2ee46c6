package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// flatten builds a tree of bounded depth from the tokens alone: an element opened
// below the bound becomes a child of the element at the bound. End tags close the
// nearest open element of their name.
func flatten(text string) *html.Node {
	const bound = 200
	doc := &html.Node{Type: html.DocumentNode}
	stack := []*html.Node{doc}
	over := 0 // open elements past the bound
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return doc
		case html.TextToken:
			stack[len(stack)-1].AppendChild(&html.Node{Type: html.TextNode, Data: z.Token().Data})
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			n := &html.Node{Type: html.ElementNode, Data: t.Data, DataAtom: t.DataAtom, Attr: t.Attr}
			stack[len(stack)-1].AppendChild(n)
			switch {
			case void(t.DataAtom) || t.Type == html.SelfClosingTagToken:
			case len(stack) < bound:
				stack = append(stack, n)
			default:
				over++
			}
		case html.EndTagToken:
			t := z.Token()
			if over > 0 {
				over--
				continue
			}
			for i := len(stack) - 1; i > 0; i-- {
				if stack[i].Data == t.Data {
					stack = stack[:i]
					break
				}
			}
		}
	}
}

func void(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}
