package page

import (
	"fmt"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// A Selector is a compiled CSS selector, or a list of them parted by commas.
type Selector = goquery.Matcher

// CompileSelector compiles css. A selector that matches nothing for a slip of the pen must not
// pass, so all that goquery would take in silence is an error here.
func CompileSelector(css string) (Selector, error) {
	if strings.TrimSpace(css) == "" {
		return nil, fmt.Errorf("an empty selector")
	}
	m, err := cascadia.Compile(css)
	if err != nil {
		return nil, fmt.Errorf("selector %q: %w", css, err)
	}
	return m, nil
}

// Selectors are what an operator says of a site's pages.
type Selectors struct {
	// Fields find the value of a field; the first selector that finds a text is asked no further.
	Fields map[string][]Selector
	// Body finds the elements that hold the article, Remove those that are to be no part of the page.
	Body, Remove []Selector
}

// bodyMark is the attribute that a selected element carries through the walk. No markup can spell it.
const bodyMark = "selected body"

// ParseSelected is Parse with an operator's selectors: found are the texts that each field's first
// matching selector found, in order, and Page.Selected the elements that hold the article.
func ParseSelected(text, pageURL string, s *Selectors) (p *Page, found map[string][]string, err error) {
	p = &Page{URL: pageURL}
	p.setBase(pageURL)
	doc, err := html.Parse(strings.NewReader(text)) // a selector may ask for anything
	if err != nil {
		p, err = Parse(text, pageURL) // too deep for a tree, so for selectors too
		return p, nil, err
	}
	all := goquery.NewDocumentFromNode(doc)
	for _, m := range s.Remove {
		all.FindMatcher(m).Remove()
	}
	found = map[string][]string{}
	for field, ms := range s.Fields {
		for _, m := range ms {
			if found[field] = texts(all.FindMatcher(m)); len(found[field]) > 0 {
				break
			}
		}
	}
	for _, m := range s.Body {
		sel := all.FindMatcher(m)
		for _, n := range sel.Nodes {
			n.Attr = append(n.Attr, html.Attribute{Key: bodyMark})
		}
		if sel.Length() > 0 {
			break
		}
	}
	w := newWalker(p, text)
	w.document(doc)
	w.finish()
	for i := range p.Elems {
		if p.Elems[i].HasAttr(bodyMark) {
			p.Selected = append(p.Selected, int32(i))
		}
	}
	return p, found, nil
}

// texts are the values of elements: the content of a meta, the datetime of a time, else the words.
func texts(s *goquery.Selection) []string {
	var out []string
	for _, n := range s.Nodes {
		one := goquery.NewDocumentFromNode(n).Selection
		v := ""
		for _, name := range []string{"content", "datetime"} {
			if v == "" {
				v = one.AttrOr(name, "")
			}
		}
		if v == "" {
			v = one.Text()
		}
		if v = strings.Join(strings.Fields(v), " "); v != "" {
			out = append(out, v)
		}
	}
	return out
}
