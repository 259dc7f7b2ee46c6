package page

import "golang.org/x/net/html/atom"

// begin reads the tags before a mode that the markup leaves out.
func (s *stream) begin(m mode) {
	if s.mode < beforeHead && m >= beforeHead {
		s.html(&tag{})
	}
	if s.mode < inHead && m >= inHead {
		s.openHead()
		s.mode = inHead
	}
	if s.mode < afterHead && m >= afterHead {
		s.pop()
		s.mode = afterHead
	}
	if s.mode < inBody && m >= inBody {
		s.body(&tag{})
	}
}

func (s *stream) html(t *tag) {
	s.w.language(t.attrs)
	s.open = append(s.open, openElement{id: s.next(), atom: atom.Html, name: "html", kind: kindOf(atom.Html)})
	s.mode = beforeHead
}

func (s *stream) openHead() {
	s.open = append(s.open, openElement{id: s.next(), atom: atom.Head, name: "head", kind: kindOf(atom.Head), walk: headWalked})
}

func (s *stream) body(t *tag) {
	if s.w.p.Lang == "" || s.w.p.Dir == "" {
		s.w.language(t.attrs)
	}
	s.w.enter(atom.Body, "body", t.attrs, traits(atom.Body))
	s.open = append(s.open, openElement{id: s.next(), atom: atom.Body, name: "body", kind: kindOf(atom.Body), walk: walked, depth: len(s.w.stack)})
	s.mode = inBody
}

// again is a second tag of html or body, whose attributes would go to the first.
func (s *stream) again(t *tag) { s.intricate = s.intricate || len(t.attrs) > 0 }

// startBeforeBody reads a start tag, and reports whether that is all; else it is the first in the body.
func (s *stream) startBeforeBody(t *tag) bool {
	switch {
	case t.atom == atom.Html && s.mode < beforeHead:
		s.html(t)
	case t.atom == atom.Html:
		s.again(t)
	case t.atom == atom.Head && s.mode < inHead:
		s.begin(inHead)
	case t.atom == atom.Head:
	case t.atom == atom.Body:
		s.begin(afterHead)
		s.body(t)
	case !ofHead(t.atom), t.atom == atom.Noscript && s.mode == afterHead:
		s.begin(inBody)
		return false
	case s.mode == afterHead:
		s.openHead()
		s.insertHead(t)
		s.pop()
	default:
		s.begin(inHead)
		s.insertHead(t)
	}
	return true
}

// endBeforeBody reads an end tag, and reports whether that is all.
func (s *stream) endBeforeBody(t *tag) bool {
	switch t.atom {
	case atom.Head:
		s.begin(afterHead)
	case atom.Body, atom.Html, atom.Br:
		s.begin(inBody)
		return false
	}
	return true
}

// ofHead reports whether an element may stand in the head of a page.
func ofHead(a atom.Atom) bool {
	switch a {
	case atom.Base, atom.Basefont, atom.Bgsound, atom.Link, atom.Meta, atom.Noframes, atom.Noscript, atom.Script, atom.Style, atom.Template, atom.Title:
		return true
	}
	return false
}

// insertHead takes an element of the head, in the body too.
func (s *stream) insertHead(t *tag) {
	if t.atom == atom.Template {
		s.template()
	} else {
		s.insertClosed(t)
	}
}
