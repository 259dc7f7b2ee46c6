package page

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// startInTable has the rules for start tags in a table (HTML, sections 13.2.6.4.9 to 15).
func (s *stream) startInTable(t *tag) {
	part := partOf(t.atom)
	switch s.mode {
	case inCell:
		if !part {
			s.startInBody(t)
		} else if s.closeCell() {
			s.startInTable(t)
		}
	case inCaption:
		if !part || t.atom == atom.Th {
			s.startInBody(t)
		} else if s.closeCaption() {
			s.startInTable(t)
		}
	case inColumns:
		s.startInColumns(t)
	case inRow:
		switch {
		case t.atom == atom.Td, t.atom == atom.Th:
			s.popTo(atom.Tr)
			s.insert(t)
			s.mark()
			s.mode = inCell
		case !part:
			s.startInTableOnly(t)
		case s.closeRow():
			s.startInTable(t)
		}
	case inTableBody:
		switch {
		case t.atom == atom.Tr:
			s.popTo(atom.Tbody, atom.Tfoot, atom.Thead)
			s.insert(t)
			s.mode = inRow
		case t.atom == atom.Td, t.atom == atom.Th:
			s.startInTable(&tag{atom: atom.Tr, name: "tr"})
			s.startInTable(t)
		case !part:
			s.startInTableOnly(t)
		case s.popUntil(tableScope, atom.Tbody, atom.Thead, atom.Tfoot):
			s.mode = inTable
			s.startInTable(t)
		}
	default:
		s.startInTableOnly(t)
	}
}

// partOf reports whether an element is a part of tables.
func partOf(a atom.Atom) bool {
	switch a {
	case atom.Caption, atom.Col, atom.Colgroup, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr:
		return true
	}
	return false
}

// startInTableOnly has those for what stands in a table itself.
func (s *stream) startInTableOnly(t *tag) {
	switch t.atom {
	case atom.Caption:
		s.popTo(atom.Table)
		s.mark()
		s.insert(t)
		s.mode = inCaption
	case atom.Colgroup:
		s.popTo(atom.Table)
		s.insert(t)
		s.mode = inColumns
	case atom.Col:
		s.startInTableOnly(&tag{atom: atom.Colgroup, name: "colgroup"})
		s.startInTable(t)
	case atom.Tbody, atom.Tfoot, atom.Thead:
		s.popTo(atom.Table)
		s.insert(t)
		s.mode = inTableBody
	case atom.Td, atom.Th, atom.Tr:
		s.startInTableOnly(&tag{atom: atom.Tbody, name: "tbody"})
		s.startInTable(t)
	case atom.Table:
		if s.popUntil(tableScope, atom.Table) {
			s.resetMode()
			s.startTag(t)
		}
	case atom.Style, atom.Script, atom.Template:
		s.insertHead(t)
	case atom.Input:
		if strings.EqualFold(value(t.attrs, "type"), "hidden") {
			s.insertClosed(t)
		} else {
			s.intricate = true
		}
	case atom.Form:
		if s.form == 0 {
			s.insert(t)
			s.form = s.top().id
			s.pop()
		}
	default:
		s.intricate = true // it goes before the table
	}
}

func (s *stream) startInColumns(t *tag) {
	switch t.atom {
	case atom.Html:
		s.again(t)
	case atom.Col:
		s.insertClosed(t)
	case atom.Template:
		s.insertHead(t)
	default:
		if s.top().atom == atom.Colgroup {
			s.pop()
			s.mode = inTable
			s.startInTable(t)
		}
	}
}

// endInTable has those for end tags.
func (s *stream) endInTable(t *tag) {
	switch t.atom {
	case atom.Table, atom.Tbody, atom.Tfoot, atom.Thead, atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Colgroup, atom.Col:
		s.endPart(t)
	case atom.Body, atom.Html:
		if s.mode == inColumns {
			s.endInColumns(t)
		}
	case atom.P, atom.Br:
		if s.mode < inCell {
			s.intricate = true // one that was not begun goes before the table
			return
		}
		fallthrough
	default:
		if s.mode == inColumns {
			s.endInColumns(t)
		} else {
			s.endInBody(t)
		}
	}
}

func (s *stream) endInColumns(t *tag) {
	if t.atom != atom.Template && s.top().atom == atom.Colgroup {
		s.pop()
		s.mode = inTable
		s.endInTable(t)
	}
}

// endPart ends a part of a table, or the table.
func (s *stream) endPart(t *tag) {
	switch s.mode {
	case inCell:
		s.endPartInCell(t)
	case inRow:
		s.endPartInRow(t)
	case inTableBody:
		s.endPartInTableBody(t)
	case inCaption:
		if (t.atom == atom.Caption || t.atom == atom.Table) && s.closeCaption() && t.atom == atom.Table {
			s.endPart(t)
		}
	case inColumns:
		switch {
		case t.atom == atom.Col:
		case t.atom != atom.Colgroup:
			s.endInColumns(t)
		case s.top().atom == atom.Colgroup:
			s.pop()
			s.mode = inTable
		}
	default:
		if t.atom == atom.Table && s.popUntil(tableScope, atom.Table) {
			s.resetMode()
		}
	}
}

func (s *stream) endPartInCell(t *tag) {
	switch t.atom {
	case atom.Td, atom.Th:
		if s.popUntil(tableScope, t.atom) {
			s.unmark()
			s.mode = inRow
		}
	case atom.Table, atom.Tbody, atom.Tfoot, atom.Thead, atom.Tr:
		if s.inScope(tableScope, t.atom) >= 0 {
			s.closeCell()
			s.mode = inRow
			s.endPart(t)
		}
	}
}

func (s *stream) endPartInRow(t *tag) {
	switch t.atom {
	case atom.Tr:
		s.closeRow()
	case atom.Table:
		if s.closeRow() {
			s.endPart(t)
		}
	case atom.Tbody, atom.Tfoot, atom.Thead:
		if s.inScope(tableScope, t.atom) >= 0 && s.closeRow() {
			s.endPart(t)
		}
	}
}

func (s *stream) endPartInTableBody(t *tag) {
	switch t.atom {
	case atom.Tbody, atom.Tfoot, atom.Thead:
		if s.inScope(tableScope, t.atom) >= 0 {
			s.popTo(atom.Tbody, atom.Tfoot, atom.Thead)
			s.pop()
			s.mode = inTable
		}
	case atom.Table:
		if s.popUntil(tableScope, atom.Tbody, atom.Thead, atom.Tfoot) {
			s.mode = inTable
			s.endPart(t)
		}
	}
}

// closeCell closes the cell that is open; it is false where none is.
func (s *stream) closeCell() bool {
	if !s.popUntil(tableScope, atom.Td, atom.Th) {
		return false
	}
	s.unmark()
	s.mode = inRow
	return true
}

func (s *stream) closeCaption() bool {
	if !s.popUntil(tableScope, atom.Caption) {
		return false
	}
	s.unmark()
	s.mode = inTable
	return true
}

func (s *stream) closeRow() bool {
	if s.inScope(tableScope, atom.Tr) < 0 {
		return false
	}
	s.popTo(atom.Tr)
	s.pop()
	s.mode = inTableBody
	return true
}

// resetMode finds the mode that a table stood in.
func (s *stream) resetMode() {
	for i := len(s.open) - 1; i >= 0; i-- {
		switch s.open[i].atom {
		case atom.Td, atom.Th:
			s.mode = inCell
		case atom.Tr:
			s.mode = inRow
		case atom.Tbody, atom.Thead, atom.Tfoot:
			s.mode = inTableBody
		case atom.Caption:
			s.mode = inCaption
		case atom.Colgroup:
			s.mode = inColumns
		case atom.Table:
			s.mode = inTable
		case atom.Body, atom.Html:
			s.mode = inBody
		default:
			continue
		}
		return
	}
}
