package normalize

import "strings"

// A creditPiece is the words between two marks.
type creditPiece struct {
	i, j int
	// before and after are the marks around it; joined says that a comma or an
	// and-sign is among those before it; depth is that of the brackets around it.
	before, after byte
	joined        bool
	depth         int
	last          bool
}

// readPieces reads the line from mark to mark.
func (p *creditParser) readPieces() {
	if len(p.line.tokens) > 2 {
		p.joinHalves()
		p.joinBracketed()
		p.splitGlued()
	}
	t := p.line.tokens
	piece := creditPiece{before: '|', i: -1}
	depth := 0
	var pending creditPiece
	have := false
	emit := func(after byte) {
		if piece.i < 0 {
			return
		}
		piece.after = after
		if have {
			p.piece(pending)
		}
		pending, have = piece, true
		piece = creditPiece{i: -1}
	}
	for k := range t {
		mark := t[k].mark
		if t[k].dated {
			mark = '|'
		}
		if mark == 0 {
			if piece.i < 0 {
				piece.i, piece.depth = k, depth
				if piece.before == 0 {
					piece.before = ' '
				}
			}
			piece.j = k + 1
			continue
		}
		emit(mark)
		switch mark {
		case '(':
			depth++
		case ')':
			depth = max(depth-1, 0)
		case ',', '&':
			piece.joined = true
		case borderMark:
			piece.joined = pending.j-pending.i > 1 && p.isAnd(pending.j-1)
		}
		if piece.before == 0 || piece.before == ',' || mark == '|' || mark == borderMark {
			piece.before = mark
		}
	}
	emit('|')
	if have {
		pending.last = true
		p.piece(pending)
	}
}

// piece reads the words between two marks: labels, then names.
func (p *creditParser) piece(c creditPiece) {
	i, j := p.trimUI(c.i, c.j)
	if c.i > 2 && p.filedUnder(c.i-1) {
		p.silent = true
	}
	if j-i > 1 && c.after == borderMark && p.isAnd(j-1) {
		j-- // it joins what stands behind the border
	}
	if i >= j {
		p.noteWords(c.i, c.j, "furniture")
		return
	}
	t := p.line.tokens
	if t[i].text == "©" {
		p.owned(i)
		return
	}
	for i < j && p.isAnd(i) {
		c.joined = true
		i++
	}
	if i >= j {
		// a lone and-word between two borders joins what follows
		p.lone = ""
		return
	}
	if j-i == 1 && c.after == borderMark && len(p.out) > 0 && t[i].sense&senseFor != 0 && t[i].sense&(senseGiven|senseLabel|senseWith) == 0 {
		p.silent = true
		return
	}
	if p.named && c.depth == 0 && !c.joined && c.before != ';' && c.before != ',' && c.before != '/' && c.before != '.' && c.before != '-' && c.before != ':' {
		p.role, p.labelled, p.named = "writer", false, false
		p.group = len(p.out)
	}
	if c.depth > 0 && p.bracket(i, j, c) {
		return
	}
	i, only := p.headLabels(i, j, c)
	if only {
		return
	}
	if k, n := p.innerLabel(i, j, c); k > 0 {
		if n > 1 && k+n == j && t[k].sense&senseWith == 0 && c.after != ':' && c.after != borderMark && c.after != '-' {
			p.roleBehind(i, k, j, c)
			return
		}
		p.names(i, k, c)
		role, labelled := p.role, p.labelled
		p.piece(creditPiece{i: k, j: j, before: ';', after: c.after, last: c.last})
		if n < 0 { // "with": the role of the rest is not that of what follows
			p.role, p.labelled = role, labelled
		}
		return
	}
	if t[i].sense&senseWith != 0 && i+1 < j && (lowerWord(t[i].text) || p.wire(i+1, j)) {
		i++
		if p.wire(i, j) {
			p.names(i, j, creditPiece{i: i, j: j, before: c.before, after: c.after, depth: -1})
			return
		}
	}
	p.names(i, j, c)
}

// filedUnder reports whether furniture that ends in a preposition stands before the border at k, with
// or without a date: sections follow, as in "filed under ¦ Travel".
func (p *creditParser) filedUnder(k int) bool {
	t := p.line.tokens
	return t[k].mark == borderMark && t[k-1].sense&senseFor != 0 && (t[k-1].dated || p.phrase(k-2, k)&senseUI != 0)
}

// owned reads the © at i, which is a piece of its own: what follows owns a picture or the page.
func (p *creditParser) owned(i int) {
	p.owner = "photographer"
	if k := i + 2; k < len(p.line.tokens) && p.line.tokens[k].dated {
		p.owner = "nobody"
	}
	p.noteWords(i, i+1, "label of rights")
}

// roleBehind reads names whose role is said behind them: "Jane Doe contributed reporting".
func (p *creditParser) roleBehind(i, k, j int, c creditPiece) {
	_, s := p.label(k, j, c)
	before := p.role
	p.role = roleOf(s)
	p.names(i, k, c)
	p.noteWords(k, j, "label of "+p.role)
	p.role = before
}

// wire reports whether the words name an agency, a desk or a house.
func (p *creditParser) wire(i, j int) bool {
	for i < j && p.line.fold(i, i+1) == "the" {
		i++
	}
	return i < j && (p.agencyAt(i, j) != "" || p.phrase(i, j)&senseStaff != 0 || p.isHouse(i, j))
}

// bracket reads a piece in brackets; true where it is done with. A role or a wire
// service counts, a person only where none stands before the bracket.
func (p *creditParser) bracket(i, j int, c creditPiece) bool {
	if n, s := p.label(i, j, c); n == j-i && n > 0 && c.after == ')' {
		role := roleOf(s)
		if p.phrase(i, j)&sensePost != 0 && s&senseBy == 0 {
			return true
		}
		from := p.group
		if p.labelled && role != "writer" && len(p.out)-from > 1 {
			from = len(p.out) - 1 // "Von A und B (Fotos)"
		}
		for k := from; k < len(p.out); k++ {
			p.out[k].Role = role
		}
		p.noteWords(i, j, "role "+role)
		p.group = len(p.out)
		return true
	} else if n > 0 {
		return false
	}
	if p.line.tokens[i].sense&senseWith != 0 && i+1 < j {
		return false
	}
	if name := p.agencyAt(i, j); name != "" {
		p.agency(name, i, j, p.role)
		return true
	}
	return len(p.out) > p.group && p.out[len(p.out)-1].Kind == "person"
}

// names cuts a list at and-words and reads each part.
func (p *creditParser) names(i, j int, c creditPiece) {
	if p.silent {
		p.noteWords(i, j, "section")
		return
	}
	start := i
	for k := i; k < j; k++ {
		if p.prefixedAnd(start, k, j, c) {
			if k > start {
				p.atom(start, k, c)
			}
			start = k
			c.joined = true
			continue
		}
		if k == start || k+1 >= j || !p.isAnd(k) {
			continue
		}
		next := k + 1
		for next < j && !p.isAnd(next) {
			next++
		}
		if p.listed(start, k) && p.listed(k+1, next) && !p.postGoesOn(k, next) {
			p.atom(start, k, c)
			start = p.byAgain(k+1, next, c)
			c.joined = true
			continue
		}
		if k-start == 1 && next-k == 3 && p.line.tokens[start].sense&senseGiven != 0 && p.line.tokens[k+2].sense&(sensePost|senseHouse|sensePlace) == 0 {
			p.lone = p.line.tokens[start].text
			start = k + 1
			c.joined = true
		}
	}
	p.atom(start, j, c)
}

// postGoesOn reports whether the and at k stands inside a post: "Jane Doe Defence and security editor".
func (p *creditParser) postGoesOn(k, j int) bool {
	return p.line.tokens[k-1].sense&(sensePostWord|senseGiven) == sensePostWord && p.isPost(j-1) && p.postPhrase(k+1, j)
}

// byAgain skips a by-word in small print that is said again behind an and: "Par A et par B".
func (p *creditParser) byAgain(i, j int, c creditPiece) int {
	n, s := p.label(i, j, c)
	if n > 0 && j-i-n > 1 && s&senseBy != 0 && roleOf(s) == "writer" && (lowerWord(p.line.tokens[i].text) || !cased(p.line.tokens[i].text)) {
		return i + n
	}
	return i
}

// prefixedAnd reports whether the word k opens a name and the and of its language, as
// Hebrew and Arabic write it: one letter at the head of the word, which is cut off. A
// given name that begins with that letter opens no new name by it.
func (p *creditParser) prefixedAnd(start, k, j int, c creditPiece) bool {
	t := &p.line.tokens[k]
	prefix := p.andPrefix(t.text)
	if prefix == "" || k == start && !c.joined || k > start && !p.listed(start, k) {
		return false
	}
	key := p.line.folded[t.a+len(prefix) : t.b]
	word := p.lex.words[key]
	var bare creditSense
	if word != nil {
		bare = word.senses(p.lang, p.english)
	}
	desk := bare&(senseStaff|senseAgency) != 0 || j-k > 1 && p.lex.staffOrAgency(p.line.folded[t.a+len(prefix):p.line.tokens[j-1].b])
	switch {
	case desk:
	case t.sense&senseGiven != 0, j-k < 2, k == start && bare&senseGiven == 0:
		return false
	}
	t.text, t.a, t.word, t.sense = t.text[len(prefix):], t.a+len(prefix), word, bare
	return true
}

// andPrefix is the joining letter that a word begins with, in the language of the page
// or, where that is not known, in any that writes one.
func (p *creditParser) andPrefix(w string) string {
	if w == "" || w[0] < 0xD6 || w[0] > 0xDB {
		return "" // neither Hebrew nor Arabic
	}
	for lang, prefix := range p.lex.andPrefix {
		if prefix != "" && (p.lang < 0 || int(p.lang) == lang) && len(w) > len(prefix)+2 && strings.HasPrefix(w, prefix) {
			return prefix
		}
	}
	return ""
}

// staffOrAgency reports whether a folded phrase names a desk or a wire service.
func (l *creditLexicon) staffOrAgency(key string) bool {
	w := l.words[key]
	return w != nil && w.all&(senseStaff|senseAgency) != 0
}

// listed reports whether the words can be an item of a list by themselves: two words
// or more ("José Ortega y Gasset" is one name), or a word that is known.
func (p *creditParser) listed(i, j int) bool {
	n := 0
	for k := i; k < j; k++ {
		if p.line.tokens[k].sense&senseParticle == 0 || k == i {
			n++
		}
	}
	if n >= 2 {
		return true
	}
	return n == 1 && (p.phrase(i, j)&(senseAgency|senseStaff|sensePlace|sensePost|senseSuffix) != 0 || p.agencyAt(i, j) != "" || p.isHouse(i, j))
}

// isAnd reports whether a word joins two names. One of a single letter must be
// printed small: "i" joins in Polish, "I." is an initial.
func (p *creditParser) isAnd(k int) bool {
	t := &p.line.tokens[k]
	if t.mark != 0 || t.word == nil || t.word.all&senseAnd == 0 {
		return false
	}
	if t.sense&senseAnd == 0 {
		if p.lang >= 0 || t.b-t.a < 2 || t.word.all&(senseFor|senseParticle|senseBy|senseWith|senseUI|senseNobody) != 0 || !lowerWord(t.text) {
			return false
		}
		return true
	}
	if lowerWord(t.text) || !cased(t.text) {
		return true
	}
	if t.b-t.a == 1 {
		return p.shoutedAnd(k)
	}
	return allUpper(t.text) || t.text == "And" || t.text == "Und"
}

// shoutedAnd tells the and of one letter in a line of capitals from an initial: the
// words around it are whole and in capitals too.
func (p *creditParser) shoutedAnd(k int) bool {
	t := p.line.tokens
	if k < 2 || k+2 >= len(t) || t[k].text[len(t[k].text)-1] == '.' {
		return false
	}
	for _, x := range []int{k - 2, k - 1, k + 1, k + 2} {
		if t[x].mark != 0 || len(t[x].text) < 2 || !allUpper(t[x].text) {
			return false
		}
	}
	return true
}
