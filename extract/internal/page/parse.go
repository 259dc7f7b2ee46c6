package page

import (
	"errors"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxDepth is how many ancestors the walk keeps apart; deeper elements count as
// children of the last. It bounds the stack on hostile pages.
const maxDepth = 2048

// Parse reads a page. It never fails for what the page holds: a tree deeper than
// the parser accepts is read as tokens.
func Parse(text, pageURL string) (*Page, error) {
	p := &Page{URL: pageURL, Base: pageURL}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		// x/net/html refuses more than 512 open elements; the words are worth having all the same.
		doc = flatten(text)
		p.Flattened = true
	}
	if doc == nil {
		return nil, errors.New("page holds no markup")
	}
	w := newWalker(p)
	w.document(doc)
	w.finish()
	return p, nil
}

// Resolve makes a reference of the page absolute; "" where it leads to no web address.
func (p *Page) Resolve(href string) string {
	href = strings.TrimSpace(href)
	if href == "" || len(href) > 4096 {
		return ""
	}
	u, err := url.Parse(href)
	if err != nil {
		return ""
	}
	if !u.IsAbs() {
		base, err := url.Parse(p.Base)
		if err != nil || p.Base == "" {
			return ""
		}
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// Printed is the text of element e with " ¦ " at the borders of the elements
// inside it, white space collapsed: what a byline looks like to the eye.
func (p *Page) Printed(e int) string {
	el := &p.Elems[e]
	var b strings.Builder
	at := el.Start
	put := func(to int32) {
		if to > at {
			b.WriteString(p.Text[at:to])
			at = to
		}
	}
	for i := int32(e) + 1; i < el.End; i++ {
		c := &p.Elems[i]
		switch c.Tag {
		case atom.B, atom.Strong, atom.I, atom.Em, atom.U, atom.Font, atom.Sup, atom.Sub, atom.Wbr, atom.Mark, atom.Abbr:
			continue // marks inside a word or a name, no border
		}
		put(c.Start)
		b.WriteString(" ¦ ")
		if c.End == i+1 {
			put(c.Stop)
			b.WriteString(" ¦ ")
		}
	}
	put(el.Stop)
	return tidyBorders(b.String())
}

// tidyBorders collapses white space, line ends (block borders) and runs of borders.
func tidyBorders(s string) string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '¦' || r == '\n' })
	out := parts[:0]
	for _, x := range parts {
		if x = strings.Join(strings.Fields(x), " "); x != "" {
			out = append(out, x)
		}
	}
	return strings.Join(out, " ¦ ")
}

// BlockAt is the block that holds the offset of Page.Text, or the next one; len(Blocks) past the end.
func (p *Page) BlockAt(offset int32) int {
	lo, hi := 0, len(p.Blocks)
	for lo < hi {
		mid := (lo + hi) / 2
		if p.Blocks[mid].Stop < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
