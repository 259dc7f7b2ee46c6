package page

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// characters reads a text.
func (s *stream) characters(text string) {
	if s.mode < inBody {
		if text = strings.TrimLeft(text, " \t\r\n\f"); text == "" {
			return
		}
		s.begin(inBody)
	}
	switch s.mode {
	case inTable, inTableBody, inRow, inColumns:
		if !allBlank(text) || s.mode != inColumns && s.top().kind&partOfTable == 0 {
			s.intricate = true // it goes before the table
		}
		s.words(text)
		return
	case afterBody:
		if !allBlank(text) {
			s.mode = inBody
		}
	}
	s.reformat()
	s.words(text)
}

func (s *stream) startTag(t *tag) {
	if s.mode == beforeDoctype {
		s.mode = beforeHTML
	}
	switch {
	case s.mode < inBody && s.startBeforeBody(t):
	case s.mode > afterBody:
		s.startInTable(t)
	default:
		if t.atom != atom.Html {
			s.mode = inBody
		}
		s.startInBody(t)
	}
}

func (s *stream) endTag(t *tag) {
	if s.mode == beforeDoctype {
		s.mode = beforeHTML
	}
	switch {
	case s.mode < inBody && s.endBeforeBody(t):
	case s.mode > afterBody:
		s.endInTable(t)
	default:
		s.mode = inBody
		s.endInBody(t)
	}
}

// startInBody has the rules for start tags in the body, cells and captions (HTML, section 13.2.6.4.7).
func (s *stream) startInBody(t *tag) {
	switch t.atom {
	case atom.Html, atom.Body:
		s.again(t)
	case atom.Base, atom.Basefont, atom.Bgsound, atom.Link, atom.Meta, atom.Noframes, atom.Script, atom.Style, atom.Template, atom.Title:
		s.insertHead(t)
	case atom.Textarea, atom.Iframe, atom.Noembed, atom.Noscript, atom.Param, atom.Source, atom.Track:
		s.insertClosed(t)
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Center, atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl,
		atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Header, atom.Hgroup, atom.Listing, atom.Main, atom.Menu, atom.Nav,
		atom.Ol, atom.P, atom.Pre, atom.Search, atom.Section, atom.Summary, atom.Ul:
		s.popUntil(buttonScope, atom.P)
		s.insert(t)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		s.popUntil(buttonScope, atom.P)
		if s.top().kind&isHeading != 0 {
			s.pop()
		}
		s.insert(t)
	case atom.Form:
		s.startForm(t)
	case atom.Li:
		s.startItem(t, atom.Li, atom.Li)
	case atom.Dd, atom.Dt:
		s.startItem(t, atom.Dd, atom.Dt)
	case atom.Table:
		if s.inScope(buttonScope, atom.P) >= 0 && !s.nestsTables() {
			s.popUntil(buttonScope, atom.P)
		}
		s.insert(t)
		s.mode = inTable
	case atom.Hr:
		if s.inScope(buttonScope, atom.P) >= 0 {
			s.popImplied(atom.P)
			s.popUntil(anyScope, atom.P)
		}
		if s.inScope(anyScope, atom.Select) >= 0 {
			s.popImplied(0)
		}
		s.insertClosed(t)
	case atom.Xmp:
		s.popUntil(buttonScope, atom.P)
		s.reformat()
		s.insertClosed(t)
	case atom.Math, atom.Frameset, atom.Plaintext:
		s.intricate = true
	case atom.Caption, atom.Col, atom.Colgroup, atom.Frame, atom.Head, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr:
	default:
		s.startInLine(t)
	}
}

// startInLine has those for what stands in a line.
func (s *stream) startInLine(t *tag) {
	switch t.atom {
	case atom.A:
		if i := s.formattingOf(atom.A); i >= 0 {
			s.closeLink(s.formatting[i].id)
		}
		s.reformat()
		s.format(t)
	case atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
		s.reformat()
		s.format(t)
	case atom.Nobr:
		s.reformat()
		if s.inScope(anyScope, atom.Nobr) >= 0 {
			s.endFormatting(t)
			s.reformat()
		}
		s.format(t)
	case atom.Applet, atom.Marquee, atom.Object:
		s.reformat()
		s.insert(t)
		s.mark()
	case atom.Image:
		t.atom, t.name = atom.Img, "img"
		s.reformat()
		s.insertClosed(t)
	case atom.Area, atom.Br, atom.Embed, atom.Img, atom.Keygen, atom.Wbr:
		s.reformat()
		s.insertClosed(t)
	case atom.Input:
		s.popUntil(anyScope, atom.Select)
		s.reformat()
		s.insertClosed(t)
	case atom.Svg:
		s.reformat()
		s.drawing(t)
	default:
		s.startControl(t)
	}
}

// startControl has those for controls, ruby, and elements of which nothing is said.
func (s *stream) startControl(t *tag) {
	switch t.atom {
	case atom.Button:
		if s.inScope(anyScope, atom.Button) >= 0 {
			s.popImplied(0)
			s.popUntil(anyScope, atom.Button)
		}
	case atom.Select:
		if s.popUntil(anyScope, atom.Select) {
			return
		}
	case atom.Option, atom.Optgroup:
		if s.inScope(anyScope, atom.Select) < 0 {
			if s.top().atom == atom.Option {
				s.pop()
			}
		} else if t.atom == atom.Option {
			s.popImplied(atom.Optgroup)
		} else {
			s.popImplied(0)
		}
	case atom.Rb, atom.Rtc, atom.Rp, atom.Rt:
		if s.inScope(anyScope, atom.Ruby) >= 0 {
			if t.atom == atom.Rp || t.atom == atom.Rt {
				s.popImplied(atom.Rtc)
			} else {
				s.popImplied(0)
			}
		}
		s.insert(t)
		return
	}
	s.reformat()
	s.insert(t)
}

// startForm opens a form unless one is open.
func (s *stream) startForm(t *tag) {
	if s.form == 0 {
		s.popUntil(buttonScope, atom.P)
		s.insert(t)
		s.form = s.top().id
	}
}

// startItem opens an item of a list, and ends the one before it.
func (s *stream) startItem(t *tag, a, b atom.Atom) {
	for i := len(s.open) - 1; i > 0; i-- {
		e := &s.open[i]
		if e.atom == a || e.atom == b {
			s.open = s.open[:i]
			break
		}
		if e.kind&special != 0 && e.atom != atom.Address && e.atom != atom.Div && e.atom != atom.P {
			break
		}
	}
	s.popUntil(buttonScope, atom.P)
	s.insert(t)
}

// closeLink ends the link that is open where another begins.
func (s *stream) closeLink(id int32) {
	s.endFormatting(&tag{atom: atom.A, name: "a", end: true})
	if i := s.place(id); i >= 0 {
		s.unopen(i)
	}
	for i := range s.formatting {
		if s.formatting[i].id == id {
			s.unformat(i)
			break
		}
	}
}

// plainDoctype is the doctype of today.
const plainDoctype = "<!DOCTYPE html>"

// nestsTables reports whether a paragraph holds a table, as in pages of old. html.Parse knows which those are.
func (s *stream) nestsTables() bool {
	if s.doctype != "" && s.doctype != plainDoctype {
		doc, err := html.Parse(strings.NewReader(s.doctype + "<p><table>"))
		s.doctype = plainDoctype
		if err != nil {
			return false
		}
		for n := range doc.Descendants() {
			if n.DataAtom == atom.Table && n.Parent.DataAtom == atom.P {
				s.doctype = ""
			}
		}
	}
	return s.doctype == ""
}

// endInBody has the rules for end tags there.
func (s *stream) endInBody(t *tag) {
	switch t.atom {
	case atom.Body, atom.Html:
		if s.inScope(anyScope, atom.Body) >= 0 {
			s.mode = afterBody
		}
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Button, atom.Center, atom.Details, atom.Dialog, atom.Dir, atom.Div,
		atom.Dl, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Header, atom.Hgroup, atom.Listing, atom.Main, atom.Menu,
		atom.Nav, atom.Ol, atom.Pre, atom.Search, atom.Section, atom.Select, atom.Summary, atom.Ul:
		if s.inScope(anyScope, t.atom) >= 0 {
			s.popImplied(0)
			s.popUntil(anyScope, t.atom)
		}
	case atom.Form:
		s.endForm()
	case atom.P:
		if s.inScope(buttonScope, atom.P) < 0 {
			s.startInBody(&tag{atom: atom.P, name: "p"})
		}
		s.popUntil(buttonScope, atom.P)
	case atom.Li:
		s.popUntil(listScope, atom.Li)
	case atom.Dd, atom.Dt:
		s.popUntil(anyScope, t.atom)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		s.popUntil(anyScope, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
	case atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
		s.endFormatting(t)
	case atom.Applet, atom.Marquee, atom.Object:
		if s.popUntil(anyScope, t.atom) {
			s.unmark()
		}
	case atom.Br:
		s.startInBody(&tag{atom: atom.Br, name: "br"})
	case atom.Template:
	default:
		s.endOther(t)
	}
}

func (s *stream) endForm() {
	at := s.place(s.form)
	form := s.form
	s.form = 0
	if form != 0 && at >= 0 && s.inScope(anyScope, atom.Form) == at {
		s.popImplied(0)
		s.unopen(at)
	}
}

// endFormatting ends a formatting element where it holds no block that is open: then the rules would
// move that (HTML, section 13.2.6.4.7, adoption agency).
func (s *stream) endFormatting(t *tag) {
	i := s.formattingOf(t.atom)
	if top := s.top(); top.atom == t.atom && !s.formats(top.id) {
		s.pop()
		return
	}
	if i < 0 {
		s.endOther(t)
		return
	}
	at := s.place(s.formatting[i].id)
	switch {
	case at < 0:
		s.unformat(i)
	case s.inScope(anyScope, t.atom) < 0:
	case slices.ContainsFunc(s.open[at:], func(e openElement) bool { return e.kind&special != 0 }):
		s.intricate = true
	default:
		s.open = s.open[:at]
		s.unformat(i)
	}
}

// endOther ends the innermost open element of the name, unless a special one stands in it.
func (s *stream) endOther(t *tag) {
	for i := len(s.open) - 1; i > 0; i-- {
		e := &s.open[i]
		if e.atom == t.atom && e.name == t.name {
			s.open = s.open[:i]
			return
		}
		if e.kind&special != 0 {
			return
		}
	}
}
