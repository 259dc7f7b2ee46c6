package page

import (
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// leastCut is the least that is cut, in bytes.
const leastCut = 64

// cutMark begins what stands in for a text that was cut; its number follows.
const cutMark = '\x01'

// A cutText is markup without what the walk does not read, which is half of a page of the press and
// more: the text of scripts and style sheets, drawings, comments, the attributes that nothing asks for, and white
// space beside blocks. The parser would walk it byte by byte and copy it three times. Tags, comments and raw text are told
// apart as the tokenizer tells them, which knows no context; but the parser does, and so a text that was
// cut counts only once restore has found it in the tree.
type cutText struct {
	text   string
	pieces []string // what the parser reads, in order
	kept   int      // what is before it is in pieces, or cut
	cuts   []string // the texts that were cut, by number
	found  []bool
	whole  bool // drawings, comments, attributes and white space stay

	last    int      // where the last tag ended
	parts   bool     // it parts blocks
	inHead  bool     // nothing came that is not of the head
	open    []string // formatting elements, the outermost first
	tangled bool     // they were closed out of turn, so which are open is not known
	maths   bool     // there is mathematics
}

// parseTree is html.Parse, but for the drawings, comments, attributes and white space that the walk does not read.
func parseTree(text string) (*html.Node, error) { return treeOf(text, false) }

// parseWhole is html.Parse.
func parseWhole(text string) (*html.Node, error) { return treeOf(text, true) }

func treeOf(text string, whole bool) (*html.Node, error) {
	if strings.IndexByte(text, cutMark) < 0 { // else a text of its own would pass for one that was cut
		c := cut(text, whole)
		if doc, err := html.Parse(&c); err == nil && c.restore(doc) {
			return doc, nil
		}
	}
	return html.Parse(strings.NewReader(text))
}

// cut finds what need not be parsed.
func cut(text string, whole bool) cutText {
	c := cutText{text: text, whole: whole, pieces: make([]string, 0, 512), inHead: true, tangled: whole}
	for at := 0; at < len(text); {
		i := strings.IndexByte(text[at:], '<')
		if i < 0 {
			break
		}
		at = c.markup(at + i + 1)
	}
	c.drop(len(text), len(text))
	c.found = make([]bool, len(c.cuts))
	return c
}

// markup cuts what it may of the markup behind a "<". It gives where to go on.
func (c *cutText) markup(at int) int {
	rest := c.text[at:]
	if strings.HasPrefix(rest, "!--") {
		to := at + after(rest, "-->")
		c.comment(at-1, to)
		return to
	}
	end := strings.HasPrefix(rest, "/")
	if end {
		rest = rest[1:]
	}
	n := nameLen(rest)
	if n == 0 {
		return at
	}
	name := strings.ToLower(rest[:n])
	c.blanks(at-1, name)
	if end {
		c.close(name)
		c.last = c.tag(at+1+n, true)
		return c.last
	}
	c.last = c.content(name, c.tag(at+n, c.whole || formatting(name)))
	return c.last
}

// comment drops a comment. It stays where the tokenizer may have it end elsewhere, and beside mathematics, in which what
// looks like one may be text.
func (c *cutText) comment(from, to int) {
	if s := c.text[from:to]; !c.whole && !c.maths && strings.HasSuffix(s, "-->") && !strings.Contains(s, "--!") {
		c.drop(from, to)
	}
}

// content cuts what it may of the content of an element whose tag ended at from, and steps over
// what is no markup.
func (c *cutText) content(name string, from int) int {
	if name == "a" || formatting(name) {
		c.open = append(c.open, name)
		return from
	}
	switch name {
	case "applet", "object", "marquee", "template", "td", "th", "caption":
		c.tangled = c.tangled || len(c.open) > 0 // formatting ends at these
	case "script", "style":
		to := from + closing(c.text[from:], name)
		c.rawText(from, to)
		return to
	case "svg": // other rules hold inside
		to := from + closing(c.text[from:], name)
		if !c.whole && onlyDraws(c.text[from:to]) {
			c.drop(from, to)
		}
		return to
	case "title", "textarea", "iframe", "noembed", "noframes", "noscript", "xmp", "pre", "listing":
		return from + closing(c.text[from:], name)
	case "plaintext":
		return len(c.text)
	case "math":
		c.maths = true
	}
	return from
}

// close keeps the list of open formatting elements when an element ends.
func (c *cutText) close(name string) {
	if name != "a" && !formatting(name) {
		return
	}
	if n := len(c.open); n > 0 && c.open[n-1] == name {
		c.open = c.open[:n-1]
	} else {
		c.tangled = true
	}
}

// blanks drops white space between two tags of which one parts blocks, for it shows nowhere: half
// of the nodes of a tree. While formatting elements are open it stays, since the parser opens
// those again before it that were closed out of turn. The tag that begins at to is of the name given.
func (c *cutText) blanks(to int, name string) {
	from, parted := c.last, c.parts
	c.parts = partsBlocks(name)
	between := allBlank(c.text[from:to])
	c.inHead = c.inHead && between && ofHead(name)
	if between && to > from && (parted || c.parts || c.inHead) && len(c.open) == 0 && !c.tangled {
		c.drop(from, to)
	}
}

func allBlank(s string) bool {
	for i := range len(s) {
		if !blank(s[i]) {
			return false
		}
	}
	return true
}

// rawText cuts the text of a script or style sheet where that is worth it.
func (c *cutText) rawText(from, to int) {
	if s := c.text[from:to]; len(s) >= leastCut && to < len(c.text) && !strings.Contains(s, "<!--") && strings.IndexByte(s, 0) < 0 {
		c.drop(from, to)
		c.pieces = append(c.pieces, string(cutMark)+strconv.Itoa(len(c.cuts)))
		c.cuts = append(c.cuts, s)
	}
}

// tag drops the attributes of a tag that nothing reads, unless they are to stay. It gives
// where the tag ends.
func (c *cutText) tag(at int, stay bool) int {
	s := c.text
	for at < len(s) {
		switch b := s[at]; {
		case b == '>':
			return at + 1
		case blank(b) || b == '/':
			at++
			continue
		}
		name, end := attribute(s[at:])
		if !stay && blank(s[at-1]) && !asked(name) {
			c.drop(at, at+end)
		}
		at += end
	}
	return at
}

// drop leaves a part of the text out.
func (c *cutText) drop(from, to int) {
	if from > c.kept {
		c.pieces = append(c.pieces, c.text[c.kept:from])
	}
	c.kept = to
}

// nameLen is the length of the name of the tag that s, behind a "<", begins with; 0 where it begins none.
func nameLen(s string) int {
	if s == "" || s[0]|0x20 < 'a' || s[0]|0x20 > 'z' {
		return 0
	}
	n := 1
	for n < len(s) && !endsName(s[n]) {
		n++
	}
	return n
}

// attribute is the name of the attribute that s begins with, and where its value ends.
func attribute(s string) (name string, end int) {
	n := 1 // even a "=" begins a name
	for n < len(s) && s[n] != '=' && !endsName(s[n]) {
		n++
	}
	name, end = s[:n], n
	for n < len(s) && blank(s[n]) {
		n++
	}
	if n == len(s) || s[n] != '=' {
		return name, end
	}
	for n++; n < len(s) && blank(s[n]); {
		n++
	}
	if n < len(s) && (s[n] == '"' || s[n] == '\'') {
		return name, n + 1 + after(s[n+1:], s[n:n+1])
	}
	for n < len(s) && s[n] != '>' && !blank(s[n]) {
		n++
	}
	return name, n
}

// opens reports whether s, behind a "</", begins the end tag of the name.
func opens(s, name string) bool {
	return len(s) > len(name) && s[0]|0x20 == name[0] && strings.EqualFold(s[:len(name)], name) && endsName(s[len(name)])
}

func endsName(c byte) bool { return blank(c) || c == '/' || c == '>' }

// blank reports whether HTML takes a byte between attributes for white space.
func blank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// after is where s goes on behind the mark; its length where it has none.
func after(s, mark string) int {
	if i := strings.Index(s, mark); i >= 0 {
		return i + len(mark)
	}
	return len(s)
}

// closing is where the end tag of the name begins; the length of s where it has none.
func closing(s, name string) int {
	for at := 0; ; at++ {
		i := strings.Index(s[at:], "</")
		if i < 0 {
			return len(s)
		}
		if at += i; opens(s[at+2:], name) {
			return at
		}
	}
}

// Read gives the parser the markup.
func (c *cutText) Read(b []byte) (int, error) {
	n := 0
	for len(c.pieces) > 0 && n < len(b) {
		k := copy(b[n:], c.pieces[0])
		if n += k; k == len(c.pieces[0]) {
			c.pieces = c.pieces[1:]
		} else {
			c.pieces[0] = c.pieces[0][k:]
		}
	}
	if n == 0 && len(c.pieces) == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// restore puts what was cut back into the tree. It reports whether all of it stood where
// it was taken for: as the whole text of a script or a style sheet. The parser had then
// come to the same place in the same state as it would have with the whole, and what was
// cut, which has neither the end tag nor "<!--", would not have changed it.
func (c *cutText) restore(doc *html.Node) bool {
	left := len(c.cuts)
	for n := doc; n != nil; n = following(n, doc) {
		if n.DataAtom != atom.Script && n.DataAtom != atom.Style || n.Namespace != "" {
			continue
		}
		t := n.FirstChild
		if t == nil || t.NextSibling != nil || t.Data == "" || t.Data[0] != cutMark {
			continue
		}
		i, err := strconv.Atoi(t.Data[1:])
		if err != nil || i < 0 || i >= len(c.cuts) || c.found[i] {
			return false
		}
		t.Data, c.found[i] = plainLineEnds(c.cuts[i]), true
		left--
	}
	return left == 0
}

// following is the next node in document order, nil behind the last one below root.
func following(n, root *html.Node) *html.Node {
	if n.FirstChild != nil {
		return n.FirstChild
	}
	for n != root && n.NextSibling == nil {
		n = n.Parent
	}
	if n == root {
		return nil
	}
	return n.NextSibling
}

// plainLineEnds makes all line ends "\n" (HTML, section 13.2.3.5).
func plainLineEnds(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}
