package page

// Parse reads a page. Nothing in the text makes it fail: a tree deeper than the
// parser accepts is read by its tokens, and the page says so. The error is there for
// what a reader cannot mend, and has no case today.
func Parse(text, pageURL string) (*Page, error) {
	p := &Page{URL: pageURL}
	p.setBase(pageURL)
	doc, err := parseTree(text)
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
