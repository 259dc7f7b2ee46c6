package page

import (
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A stream gives the walker, in one pass over the markup, what the tree that html.Parse makes of it would be walked for, without
// making the tree: most of what a page costs. It knows the rules of tree construction (HTML, section 13.2.6) as far
// as they only add to the end of the tree. Where they move what stands in it, it finds the markup intricate, and the
// tree is made after all.
type stream struct {
	w    *walker
	text string
	at   int // what is before it is read
	mode mode

	open       []openElement
	formatting []formattingElement
	ids        int32
	form       int32  // the id of the form that is open, 0 for none
	doctype    string // what stands in it; "" where there is none

	returns   bool             // there are line ends of Windows or of old
	attrs     []html.Attribute // room for those of the tags to come
	intricate bool
}

// attrRoom is the least room for attributes.
const attrRoom = 1024

// A mode is what part of a page is being read: an insertion mode (HTML, section 13.2.4.1).
type mode uint8

const (
	beforeDoctype mode = iota
	beforeHTML
	beforeHead
	inHead
	afterHead
	inBody
	afterBody
	inTable
	inTableBody
	inRow
	inCell
	inCaption
	inColumns
)

var streams = sync.Pool{New: func() any { return &stream{} }}

// newStream is a stream of the markup to w. Its room goes from page to page.
func newStream(w *walker, markup string) *stream {
	s := streams.Get().(*stream)
	*s = stream{w: w, text: markup, returns: strings.IndexByte(markup, '\r') >= 0, open: s.open[:0], formatting: s.formatting[:0], attrs: w.p.attrs}
	return s
}

// release gives back the room of a stream that is done.
func (s *stream) release() {
	clear(s.open[:cap(s.open)])
	clear(s.formatting[:cap(s.formatting)])
	*s = stream{open: s.open, formatting: s.formatting}
	streams.Put(s)
}

// read gives the walker all of the markup. It is false where the markup is intricate.
func (s *stream) read() bool {
	for s.at < len(s.text) && !s.intricate {
		from := s.at
		if s.at = s.nextMarkup(); s.at > from {
			s.characters(s.textAt(from))
		}
		if s.at < len(s.text) {
			s.at++
			s.construct()
		}
	}
	s.begin(inBody)
	return !s.intricate
}

// textAt is the text from there to here. Line ends of Windows matter only where lines are kept.
func (s *stream) textAt(from int) string {
	text := s.text[from:s.at]
	if s.returns && len(s.open) > 0 && s.top().walk == walked {
		s.closeTo(s.top().depth)
		if s.w.top.traits&preformatted != 0 {
			text = plainLineEnds(text)
		}
	}
	return unescapeText(text)
}

// nextMarkup is where the next tag, comment or the like begins; the end where none does.
func (s *stream) nextMarkup() int {
	for at := s.at; ; at++ {
		i := strings.IndexByte(s.text[at:], '<')
		if at += i; i < 0 || at+1 == len(s.text) {
			return len(s.text)
		}
		switch c := s.text[at+1]; {
		case c == '!', c == '?', c|0x20 >= 'a' && c|0x20 <= 'z', c == '/' && at+2 < len(s.text):
			return at
		}
	}
}

// construct reads the markup behind a "<".
func (s *stream) construct() {
	var t tag
	switch c := s.text[s.at]; {
	case c == '!':
		s.declaration()
	case c == '?', c == '/' && nameLen(s.text[s.at+1:]) == 0:
		s.at = comment(s.text, s.at)
	case c == '/':
		s.at++
		if s.tag(&t, true) {
			s.endTag(&t)
		}
	case s.tag(&t, false):
		if knowsNoMarkup(t.atom) {
			s.rawContent(&t)
		}
		s.startTag(&t)
	}
}

// declaration steps over a comment or a doctype.
func (s *stream) declaration() {
	const name = "!doctype"
	from := s.at
	s.at = comment(s.text, from)
	if all := s.text[from:s.at]; s.mode == beforeDoctype && len(all) >= len(name) && strings.EqualFold(all[:len(name)], name) {
		s.doctype = "<" + all
		s.mode = beforeHTML
	}
}

// knowsNoMarkup reports whether an element knows no markup.
func knowsNoMarkup(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Title, atom.Textarea, atom.Iframe, atom.Noembed, atom.Noframes, atom.Noscript, atom.Xmp:
		return true
	}
	return false
}

// rawContent reads the content of such an element, and its end.
func (s *stream) rawContent(t *tag) {
	raw, sure := rawText(s.text, s.at, t.name)
	s.intricate = s.intricate || !sure
	if t.raw = raw; s.returns && t.atom != atom.Style && t.atom != atom.Iframe {
		t.raw = plainLineEnds(raw)
	}
	if s.at += len(raw); s.at < len(s.text) {
		s.at += len("</")
		var end tag
		s.tag(&end, true)
	}
}

// insert opens an element in the innermost one.
func (s *stream) insert(t *tag) {
	e := openElement{id: s.next(), atom: t.atom, name: t.name, kind: kindOf(t.atom)}
	up := s.top()
	switch tr := traits(t.atom); {
	case up.walk == headWalked && tr&headed != 0:
		s.w.headElement(t.atom, t.attrs, t.content())
	case up.walk != walked:
	case tr&(headed|skipped|leaf) == 0:
		s.closeTo(up.depth)
		s.w.enter(t.atom, t.name, t.attrs, tr)
		e.walk, e.depth = walked, len(s.w.stack)
		if t.raw != "" {
			s.w.words(t.raw)
		}
	default:
		s.closeTo(up.depth)
		s.w.closed(tr, t.atom, t.name, t.attrs, t.content())
	}
	s.open = append(s.open, e)
	s.intricate = s.intricate || len(s.open) > maxOpen
}

// insertClosed opens an element and closes it again.
func (s *stream) insertClosed(t *tag) {
	s.insert(t)
	s.pop()
}

// content is the text of an element that knows no markup.
func (t *tag) content() string {
	if t.atom == atom.Title {
		return unescapeText(t.raw)
	}
	return t.raw
}

// words is text in the innermost element.
func (s *stream) words(text string) {
	if up := s.top(); up.walk == walked {
		s.closeTo(up.depth)
		s.w.words(text)
	}
}

// closeTo tells the walker of the ends that have come.
func (s *stream) closeTo(depth int) {
	for len(s.w.stack) > depth {
		s.w.leave()
	}
}
