package page

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// template steps over the content of a template, which is no part of the page.
func (s *stream) template() {
	var t tag
	for depth := 1; depth > 0 && s.nextTag(&t, false); {
		switch t.atom {
		case atom.Template:
			if t.end {
				depth--
			} else {
				depth++
			}
		case atom.Applet, atom.Marquee, atom.Object, atom.Td, atom.Th, atom.Caption, atom.Math, atom.Frameset, atom.Plaintext:
			s.intricate = s.intricate || !t.end // what they mark may outlast the template
		case atom.Svg:
			if !t.end {
				s.foreign(&t)
			}
		}
		if !t.end && knowsNoMarkup(t.atom) {
			s.rawContent(&t)
		}
	}
}

// drawing steps over an svg element, which is no part of the page either.
func (s *stream) drawing(t *tag) {
	s.insertClosed(t)
	s.foreign(t)
}

// foreign steps over the content of an svg element whose start tag was read. Rules of their own hold in it; it is
// intricate where those of HTML come back (HTML, section 13.2.6.5).
func (s *stream) foreign(t *tag) {
	if t.slash {
		s.intricate = true // whether it is closed depends on attributes that were left out
	}
	if t.closed {
		return
	}
	open := append(make([]string, 0, 16), t.name)
	for len(open) > 0 && s.nextTag(t, true) {
		switch {
		case t.end:
			i := len(open) - 1
			for i >= 0 && open[i] != t.name {
				i--
			}
			if i < 0 {
				s.intricate = true
				return
			}
			open = open[:i]
		case !shape(t.name) || t.slash || holdsHTML(open[len(open)-1]):
			s.intricate = true
		case !t.closed:
			open = append(open, t.name)
		}
		s.intricate = s.intricate || len(s.open)+len(open) > maxOpen
	}
}

// shape reports whether an element is one of drawings only; others may end them.
func shape(name string) bool {
	switch name {
	case "path", "g", "circle", "rect", "use", "polygon", "polyline", "line", "ellipse", "defs", "mask", "clippath", "pattern", "a", "svg",
		"lineargradient", "radialgradient", "stop", "symbol", "animate", "animatetransform", "filter", "image", "text", "tspan", "title", "desc", "style", "metadata":
		return true
	}
	return strings.HasPrefix(name, "fe")
}

// holdsHTML reports whether the rules of HTML hold in an element of a drawing.
func holdsHTML(name string) bool { return name == "title" || name == "desc" || name == "foreignobject" }

// nextTag steps over text and comments to the next tag; it is false where none follows.
func (s *stream) nextTag(t *tag, foreign bool) bool {
	const cdata = "![CDATA["
	for !s.intricate {
		if s.at = s.nextMarkup(); s.at == len(s.text) {
			return false
		}
		s.at++
		switch rest := s.text[s.at:]; {
		case foreign && strings.HasPrefix(rest, cdata):
			s.at += after(rest, "]]>")
		case rest[0] == '!', rest[0] == '?', rest[0] == '/' && nameLen(rest[1:]) == 0:
			s.at = comment(s.text, s.at)
		case rest[0] == '/':
			s.at++
			return s.tag(t, true)
		default:
			return s.tag(t, false)
		}
	}
	return false
}
