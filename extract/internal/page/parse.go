package page

import (
	"strings"

	"golang.org/x/net/html"
)

// Parse reads a page. Nothing in the text makes it fail: a tree deeper than the
// parser accepts is read by its tokens, and the page says so. The error is there for
// what a reader cannot mend, and has no case today.
func Parse(text, pageURL string) (*Page, error) {
	if p := parseStream(text, pageURL); p != nil {
		return p, nil
	}
	p := &Page{URL: pageURL}
	p.setBase(pageURL)
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		// x/net/html stops at 512 open elements; the words are worth having all the same.
		doc = flatten(text)
		p.Flattened = true
	}
	w := newWalker(p, text)
	w.document(doc)
	w.finish()
	return p, nil
}

// parseStream reads a page without making its tree; it is nil where the markup is too intricate for that.
func parseStream(text, pageURL string) *Page {
	if strings.IndexByte(text, 0) >= 0 {
		return nil
	}
	p := &Page{URL: pageURL}
	p.setBase(pageURL)
	s := newStream(newWalker(p, text), text)
	ok := s.read()
	p.attrs = s.attrs
	s.w.finish()
	s.release()
	if !ok {
		p.Release()
		return nil
	}
	return p
}

// plainLineEnds makes all line ends "\n" (HTML, section 13.2.3.5).
func plainLineEnds(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}
