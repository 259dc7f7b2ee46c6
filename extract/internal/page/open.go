package page

import (
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxOpen is how many elements may be open before html.Parse gives up.
const maxOpen = 512

// An openElement is an element whose end has not come.
type openElement struct {
	id    int32 // no other has it
	atom  atom.Atom
	name  string
	kind  elementKind
	walk  walkState
	depth int // of the walker's stack while it is the innermost; where it is walked
}

// A walkState is what the walker is told of the content of an element.
type walkState uint8

const (
	unwalked   walkState = iota // nothing: the content of a choice, of a video
	headWalked                  // what says something about the page: the content of the head
	walked                      // all
)

// An elementKind is what the rules of tree construction ask of an open element (HTML, section 13.2.4.2).
type elementKind uint8

const (
	special     elementKind = 1 << iota
	endsScope               // no look for an open element goes beyond it
	endsItems               // nor one for an item of a list
	endsButtons             // nor one that is to stay in a button
	endsTables              // nor one for the parts of a table
	endsImplied             // its end tag may be left out
	partOfTable             // text in it stands before the table
	isHeading
)

func kindOf(a atom.Atom) elementKind {
	switch a {
	case atom.Html:
		return special | endsScope | endsItems | endsButtons | endsTables
	case atom.Table:
		return special | endsScope | endsItems | endsButtons | endsTables | partOfTable
	case atom.Td, atom.Th, atom.Caption, atom.Applet, atom.Marquee, atom.Object, atom.Select:
		return special | endsScope | endsItems | endsButtons
	case atom.Tbody, atom.Tfoot, atom.Thead, atom.Tr:
		return special | partOfTable
	case atom.Ol, atom.Ul:
		return special | endsItems
	case atom.Button:
		return special | endsButtons
	case atom.Dd, atom.Dt, atom.Li, atom.P:
		return special | endsImplied
	case atom.Optgroup, atom.Option, atom.Rb, atom.Rp, atom.Rt, atom.Rtc:
		return endsImplied
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return special | isHeading
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Center, atom.Colgroup, atom.Details, atom.Dir, atom.Div,
		atom.Dl, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.Head, atom.Header, atom.Hgroup, atom.Listing,
		atom.Main, atom.Menu, atom.Nav, atom.Pre, atom.Section, atom.Summary:
		return special
	}
	return 0
}

// A scope is what ends a look for an open element.
const (
	anyScope    = endsScope
	listScope   = endsScope | endsItems
	buttonScope = endsScope | endsButtons
	tableScope  = endsTables
)

// A formattingElement is an element that is opened again where it was closed out of turn (HTML, section 13.2.4.3);
// a marker, whose id is 0, parts those of a cell from those around it.
type formattingElement struct {
	id     int32
	atom   atom.Atom
	name   string
	attrs  []html.Attribute
	source string // of its attributes
}

// top is the innermost open element.
func (s *stream) top() *openElement { return &s.open[len(s.open)-1] }

// inScope is the place of the innermost open element of one of the names, -1 where none is in scope.
func (s *stream) inScope(scope elementKind, names ...atom.Atom) int {
	for i := len(s.open) - 1; i >= 0; i-- {
		e := &s.open[i]
		for _, a := range names {
			if e.atom == a {
				return i
			}
		}
		if e.kind&scope != 0 {
			return -1
		}
	}
	return -1
}

// popUntil closes the innermost open element of one of the names, and all in it; it is false where none is in scope.
func (s *stream) popUntil(scope elementKind, names ...atom.Atom) bool {
	i := s.inScope(scope, names...)
	if i < 0 {
		return false
	}
	s.open = s.open[:i]
	return true
}

// popImplied closes the elements whose end tags may be left out, but for those of a name.
func (s *stream) popImplied(but atom.Atom) {
	for e := s.top(); e.kind&endsImplied != 0 && e.atom != but; e = s.top() {
		s.pop()
	}
}

func (s *stream) pop() { s.open = s.open[:len(s.open)-1] }

// popTo closes what is open in the innermost element of one of the names.
func (s *stream) popTo(names ...atom.Atom) {
	for !slices.Contains(names, s.top().atom) && s.top().atom != atom.Html {
		s.pop()
	}
}

// place is where the open element of the id stands, -1 where it is closed.
func (s *stream) place(id int32) int {
	for i := len(s.open) - 1; i >= 0; i-- {
		if s.open[i].id == id {
			return i
		}
	}
	return -1
}

// next is an id that no element has yet.
func (s *stream) next() int32 {
	s.ids++
	return s.ids
}

// unopen takes an element from among the open ones; what is in it stays open.
func (s *stream) unopen(i int) { s.open = append(s.open[:i], s.open[i+1:]...) }

// mark parts the formatting elements that come from those that were.
func (s *stream) mark() { s.formatting = append(s.formatting, formattingElement{}) }

// unmark forgets the formatting elements since the last mark.
func (s *stream) unmark() {
	for n := len(s.formatting) - 1; n >= 0; n-- {
		marker := s.formatting[n].id == 0
		if s.formatting = s.formatting[:n]; marker {
			return
		}
	}
}

// formattingOf is the place of the last formatting element of the name, -1 where there is none.
func (s *stream) formattingOf(a atom.Atom) int {
	for i := len(s.formatting) - 1; i >= 0 && s.formatting[i].id != 0; i-- {
		if s.formatting[i].atom == a {
			return i
		}
	}
	return -1
}

// formats reports whether the element of the id is in the list of formatting elements.
func (s *stream) formats(id int32) bool {
	return slices.ContainsFunc(s.formatting, func(f formattingElement) bool { return f.id == id })
}

// unformat takes a formatting element out of the list.
func (s *stream) unformat(i int) { s.formatting = append(s.formatting[:i], s.formatting[i+1:]...) }

// format opens a formatting element. Of the same kind and attributes the list has three at most.
func (s *stream) format(t *tag) {
	s.insert(t)
	like, same, first := 0, 0, 0
	for i := len(s.formatting) - 1; i >= 0 && s.formatting[i].id != 0; i-- {
		if f := &s.formatting[i]; f.atom == t.atom {
			like++
			if f.source == t.source {
				same, first = same+1, i
			}
		}
	}
	switch {
	case same >= 3:
		s.unformat(first)
	case like >= 3:
		s.intricate = true // attributes may be the same in another order, or be left out
	}
	s.formatting = append(s.formatting, formattingElement{s.top().id, t.atom, t.name, t.attrs, t.source})
}

// reformat opens the formatting elements again that were closed out of turn.
func (s *stream) reformat() {
	i := len(s.formatting)
	for i > 0 && s.formatting[i-1].id != 0 && s.place(s.formatting[i-1].id) < 0 {
		i--
	}
	for ; i < len(s.formatting); i++ {
		f := &s.formatting[i]
		s.insert(&tag{atom: f.atom, name: f.name, attrs: f.attrs})
		f.id = s.top().id
	}
}
