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

// A cutText is markup without the text of its scripts and style sheets: half of the bytes
// of a page, which the parser would walk one by one and copy three times (a fifth of its
// time on pages of the press). Where they stand is found by a plain search, not by the
// rules of HTML, so nothing counts until restore has found each of them in the tree.
type cutText struct {
	pieces []string // what the parser reads, in order
	cuts   []string // what was cut, by number
	found  []bool
}

// parseTree is html.Parse.
func parseTree(text string) (*html.Node, error) {
	c := cut(text)
	if len(c.cuts) > 0 && strings.IndexByte(text, cutMark) < 0 { // else a text of its own would pass for one that was cut
		if doc, err := html.Parse(&c); err == nil && c.restore(doc) {
			return doc, nil
		}
	}
	return html.Parse(strings.NewReader(text))
}

// cut finds the texts of scripts and style sheets.
func cut(text string) cutText {
	c, kept := cutText{}, 0
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '<')
		if i < 0 {
			break
		}
		at += i + 1
		var name string
		switch rest := text[at:]; {
		case opens(rest, "script"):
			name = "script"
		case opens(rest, "style"):
			name = "style"
		case opens(rest, "svg"): // other rules hold inside
			at += closing(rest, "svg")
			continue
		case opens(rest, "noscript"):
			at += closing(rest, "noscript")
			continue
		case strings.HasPrefix(rest, "!--"):
			at += after(rest, "-->")
			continue
		default:
			continue
		}
		start := at + tagLen(text[at:])
		at = start + closing(text[start:], name)
		if s := text[start:at]; len(s) >= leastCut && at < len(text) && !strings.Contains(s, "<!--") && strings.IndexByte(s, 0) < 0 {
			c.pieces = append(c.pieces, text[kept:start], string(cutMark)+strconv.Itoa(len(c.cuts)))
			c.cuts = append(c.cuts, s)
			kept = at
		}
	}
	c.pieces = append(c.pieces, text[kept:])
	c.found = make([]bool, len(c.cuts))
	return c
}

// opens reports whether s, behind a "<", begins the tag of the name.
func opens(s, name string) bool {
	return len(s) > len(name) && s[0]|0x20 == name[0] && strings.EqualFold(s[:len(name)], name) && endsName(s[len(name)])
}

func endsName(c byte) bool { return isSpace(c) || c == '/' || c == '>' }

// tagLen is the length of the tag that s begins with, past each ">" in double quotes.
func tagLen(s string) int {
	n := 0
	for quotes := 0; n < len(s); {
		part := s[n : n+after(s[n:], ">")]
		quotes += strings.Count(part, `"`)
		if n += len(part); quotes%2 == 0 {
			break
		}
	}
	return n
}

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
