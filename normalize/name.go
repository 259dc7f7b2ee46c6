package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxNameWords bounds a person's name, particles and suffix included.
const maxNameWords = 7

// maxTitle bounds the words of a title before a name, as of a house with a number in its name.
const maxTitle = 5

// person credits the words from a up to b if they can be a person's name.
func (p *creditParser) person(a, b int, org, lone string, c creditPiece) {
	printed := ""
	if a < b {
		printed = p.printed(a, b)
	}
	a, b = p.cutTitles(a, b)
	a, b, suffix := p.cutSuffixes(a, b)
	for b-a > 3 && (b-a)%2 == 0 && p.line.fold(a, a+(b-a)/2) == p.line.fold(a+(b-a)/2, b) {
		b -= (b - a) / 2 // "Jane Doe Jane Doe"
	}
	if !p.isName(a, b, c) {
		if printed != "" {
			p.note(printed, "not a name")
		}
		if b-a == 1 && !c.joined && c.after == '&' && p.line.tokens[a].sense&senseGiven != 0 {
			p.lone = p.line.tokens[a].text
		}
		return
	}
	role := p.role
	switch {
	case p.owner == "" || role != "writer":
	case p.owner == "nobody":
		p.note(printed, "owner of the rights")
		return
	default:
		role = p.owner
	}
	name := p.recased(a, b)
	if suffix != "" {
		name += " " + suffix
	}
	if lone != "" && b-a >= 2 {
		p.add(Credit{Name: lone + " " + p.recased(b-1, b), Kind: "person", Role: role, Org: org, Printed: lone})
	}
	p.add(Credit{Name: name, Kind: "person", Role: role, Org: org, Printed: printed, Known: p.knownName(a, b)})
}

// knownName reports whether one of the words is a given name.
func (p *creditParser) knownName(a, b int) bool {
	for ; a < b; a++ {
		if p.line.tokens[a].sense&senseGiven != 0 {
			return true
		}
	}
	return false
}

// cutTitles takes titles off the front of a name: Dr, Prof., Sir.
func (p *creditParser) cutTitles(a, b int) (int, int) {
	for a < b {
		n := 0
		for m := min(maxTitle, b-a); m > 0 && n == 0; m-- {
			s := p.phrase(a, a+m)
			last := p.line.tokens[a+m-1].text
			dotted := last[len(last)-1] == '.'
			if s&senseTitle != 0 || s&senseTitleDot != 0 && dotted {
				n = m
			}
		}
		if n == 0 || b-a-n < 1 || p.initialsFrom(a) {
			return a, b
		}
		one := b-a-n == 1
		if one && (p.line.tokens[a].sense&(senseGiven|senseRank) != 0 || p.line.tokens[a].b-p.line.tokens[a].a < 2) {
			return a, b
		}
		if w := p.line.tokens[a].text; len(w) <= 2 && p.line.tokens[a].sense&senseTitle == 0 && one {
			return a, b // an initial: "H. Smith"
		}
		a += n
		if one {
			return a, b
		}
	}
	return a, b
}

// initialsFrom reports whether two initials stand at a, of which the first may look like a title: "M. Z. Adnan".
func (p *creditParser) initialsFrom(a int) bool {
	t := p.line.tokens[a:]
	return len(t) > 2 && t[0].b-t[0].a == 1 && t[1].b-t[1].a == 1 && strings.HasSuffix(t[0].text, ".") && strings.HasSuffix(t[1].text, ".")
}

// cutSuffixes takes degrees off the end of a name and returns the suffix that belongs to it: Jr., III.
func (p *creditParser) cutSuffixes(a, b int) (int, int, string) {
	suffix := ""
	for b-a > 2 || b-a == 2 && p.line.tokens[b-1].sense&senseSuffix != 0 && len(p.line.tokens[b-1].text) > 2 && strings.Contains(p.line.tokens[b-1].text, ".") && p.hints.Single {
		t := &p.line.tokens[b-1]
		if t.sense&(senseSuffix|senseSuffixKept) == 0 || !suffixCase(t.text) || t.sense&senseGiven != 0 {
			break
		}
		if t.sense&senseSuffixKept != 0 {
			suffix = fixSuffix(t.text)
		}
		b--
	}
	return a, b, suffix
}

// suffixCase tells "MA" and "Ph.D." from the surname Ma: a degree has two capitals or a dot.
func suffixCase(w string) bool {
	capitals := 0
	for _, r := range w {
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	low := strings.ToLower(strings.TrimRight(w, "."))
	return capitals >= 2 || strings.HasSuffix(w, ".") || low == "jr" || low == "sr" || low == "hijo" || low == "filho" || low == "neto" || low == "júnior" || low == "mba"
}

// fixSuffix writes JR as Jr and leaves III.
func fixSuffix(w string) string {
	if strings.HasPrefix(w, "J") || strings.HasPrefix(w, "S") || utf8.RuneCountInString(w) > 3 && allUpper(w) {
		return capitalize(w)
	}
	return w
}

// isName reports whether the words can be a person's name.
func (p *creditParser) isName(a, b int, c creditPiece) bool {
	n := b - a
	if n < 1 || n > maxNameWords {
		return false
	}
	t := p.line.tokens
	solid, full, lower := 0, 0, 0
	for k := a; k < b; k++ {
		w := &t[k]
		if w.sense&senseNobody != 0 && w.sense&(senseGiven|senseParticle) == 0 && w.quoted == "" && !(n == 2 && k == b-1 && t[a].word == nil && p.hints.Single) {
			return false // but Xiaoying You is a name
		}
		if w.sense&(senseStaff|sensePost) != 0 && w.sense&senseGiven == 0 && !(n == 2 && k == 1 && t[a].sense&senseGiven != 0) && (n < 3 || w.sense&sensePost != 0) {
			return false
		}
		letters, digits := 0, 0
		for _, r := range w.text {
			switch {
			case unicode.IsLetter(r):
				letters++
			case unicode.IsDigit(r):
				digits++
			case r == '%' || r == '$' || r == '€' || r == '©':
				return false
			}
		}
		if digits > 0 || letters == 0 || letters > 26 {
			return false
		}
		switch {
		case !cased(w.text):
			solid++
			full++
		case lowerWord(w.text):
			if inName(w.text) {
				solid++
				full++
				continue
			}
			if w.sense&senseParticle == 0 && (w.word == nil || w.word.all&senseParticle == 0) {
				lower++
				continue
			}
			if k == b-1 && n > 1 {
				lower++
			}
		default:
			solid++
			if letters > 1 {
				full++
			}
		}
	}
	if lower > 0 && !(p.allLower(a, b) && n <= 3 && n >= 2 && lower >= 2 && p.standsAlone(n)) {
		return false
	}
	if lower == 0 && full == 0 {
		return false
	}
	if !cased(t[a].text) && n > 5 {
		return false
	}
	if n == 1 {
		return p.isLoneName(a, c)
	}
	return lower > 0 || solid >= 2 || solid == 1 && n >= 2 && !lowerWord(t[a].text)
}

// standsAlone reports whether n words are all that a line or a label credits: only
// then are words in small print a name (danah boyd), not prose.
func (p *creditParser) standsAlone(n int) bool {
	return p.hints.Single || len(p.out) == 0 && (p.labelled || n == len(p.line.tokens))
}

// isLoneName reports whether a single word may be a name: only where structured data
// or a label says that a person stands here.
func (p *creditParser) isLoneName(a int, c creditPiece) bool {
	t := &p.line.tokens[a]
	if utf8.RuneCountInString(t.text) < 3 || lowerWord(t.text) || strings.ContainsAny(t.text, ".") {
		return false
	}
	if t.sense&^(senseGiven|senseParticle|senseAgency|senseMac) != 0 {
		return false
	}
	if allUpper(t.text) && utf8.RuneCountInString(t.text) < 5 {
		return false // an acronym
	}
	return p.hints.Single || p.labelled && !c.joined && c.after != '&' && c.depth == 0 && len(p.out) == p.group
}

// SameName reports whether two names are the same person, blind to case, accents, titles and marks.
func SameName(a, b string) bool {
	if a == b {
		return true
	}
	if a == "" || b == "" {
		return false
	}
	var x, y [96]byte
	return string(bareName(x[:0], a)) == string(bareName(y[:0], b))
}

// bareName appends the letters of a name, folded, without titles, initials' dots and suffixes.
func bareName(b []byte, name string) []byte {
	lex := creditWords()
	words := strings.Fields(name)
	for i, w := range words {
		start := len(b)
		b = appendFoldedWord(b, w)
		word := lex.words[string(b[start:])]
		if word != nil {
			title := word.all&senseTitle != 0 || word.all&senseTitleDot != 0 && strings.HasSuffix(w, ".")
			if title && i < len(words)-2 && word.all&senseGiven == 0 && len(b)-start > 1 || i > 1 && word.all&senseSuffix != 0 && word.all&senseSuffixKept == 0 && suffixCase(w) {
				b = b[:start]
				continue
			}
		}
		out := b[:start]
		for k := start; k < len(b); {
			r, n := utf8.DecodeRune(b[k:])
			if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
				out = append(out, b[k:k+n]...)
			}
			k += n
		}
		b = out
	}
	return b
}
