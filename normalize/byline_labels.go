package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// phrase is the senses of the words from i up to j as one phrase.
func (p *creditParser) phrase(i, j int) creditSense {
	if j-i == 1 {
		return p.line.tokens[i].sense
	}
	w := p.wordAt(i, j)
	if w == nil {
		return 0
	}
	return w.senses(p.lang, p.english)
}

// wordAt is what is known about the words from i up to j as one phrase, nil if nothing is.
func (p *creditParser) wordAt(i, j int) *creditWord {
	w := p.line.tokens[i].word
	if j-i == 1 {
		return w
	}
	if w == nil || j-i > w.longest {
		return nil
	}
	return p.lex.words[p.line.fold(i, j)]
}

// printed is the words from i up to j as they stood.
func (p *creditParser) printed(i, j int) string {
	if j-i == 1 {
		return p.line.tokens[i].text
	}
	var b strings.Builder
	for k := i; k < j; k++ {
		if k > i {
			b.WriteByte(' ')
		}
		b.WriteString(p.line.tokens[k].text)
	}
	return b.String()
}

// label finds the longest label that the words from i begin with.
func (p *creditParser) label(i, j int, c creditPiece) (n int, s creditSense) {
	if p.line.tokens[i].word == nil && j-i < 2 {
		return 0, 0
	}
	for n = min(j-i, maxPhrase); n > 1; n-- {
		if s = p.phrase(i, i+n) & senseLabel; s != 0 {
			return n, s
		}
	}
	t := &p.line.tokens[i]
	if s = t.sense & senseLabel; s == 0 {
		return 0, 0
	}
	alone := i+1 == j
	colon := alone && (c.after == ':' || c.after == '-' || c.after == borderMark || c.after == '/')
	own := p.ownLabel(t)
	switch {
	case colon && (own || t.b-t.a > 3):
		return 1, s
	case t.sense&(senseGiven|senseParticle) != 0 && !own && !lowerWord(t.text):
		return 0, 0 // Von Miller, Di Coke
	case t.sense&(senseGiven|senseParticle) != 0 && !alone && cased(t.text) && !lowerWord(t.text) && j-i < 3 && !p.wire(i+1, j):
		return 0, 0 // two words of which the first may be a name: the label would leave one
	case p.lang < 0 && t.b-t.a < 4 && j-i == 2 && !lowerWord(t.text) && p.line.folded[t.a:t.b] != "by":
		return 0, 0
	}
	return 1, s
}

// ownLabel reports whether a word is a label in the language of the page or in English.
func (p *creditParser) ownLabel(t *creditToken) bool {
	for _, wl := range t.word.langs {
		if (wl.lang == p.lang || wl.lang == p.english) && wl.sense&senseLabel != 0 {
			return true
		}
	}
	return false
}

// roleOf is the role that a label gives. A phrase that is several labels in several
// languages is the rarer one.
func roleOf(s creditSense) string {
	switch {
	case s&senseContributor != 0:
		return "contributor"
	case s&senseTranslator != 0:
		return "translator"
	case s&sensePhotographer != 0:
		return "photographer"
	case s&senseEditor != 0:
		return "editor"
	}
	return "writer"
}

// headLabels takes the labels off the front of a piece. It reports true where nothing
// is left to read.
func (p *creditParser) headLabels(i, j int, c creditPiece) (int, bool) {
	first := true
	for i < j {
		if j-i > 1 && p.phrase(i, j)&senseStaff != 0 {
			return i, false // "Mwandishi wetu": our reporter
		}
		n, s := p.label(i, j, c)
		if n == 0 {
			return i, false
		}
		role := roleOf(s)
		if s&senseBy != 0 && s&senseEditor != 0 && p.phrase(i, i+n)&sensePost == 0 && !p.credited() {
			role = "writer" // "Reviewed by" names the writer, or who checked what another wrote
		}
		whole := i+n == j
		post := p.phrase(i, i+n)&sensePost != 0
		switch {
		case whole && first && c.after != ':' && post && (p.named || c.last || len(p.out) > 0 && c.before != borderMark && c.before != '|'):
			return j, true // "Jane Doe, Editor"
		case first && !whole && !cased(p.line.tokens[i].text) && post && role == "writer" && (c.before == ',' && p.named || (c.before == '|' || c.before == borderMark) && j-i-n == 1 && p.credited()):
			p.noteWords(i, j, "post")
			return j, true // a post with what it is for, in a script without capitals
		case whole && first && c.after != ':' && p.phrase(i, j)&senseStaff != 0 && (c.last || c.after == '|'):
			return i, false // "Redaktion"
		case whole && first && c.last:
			p.noteWords(i, j, "label of nobody")
			return j, true
		}
		switch {
		case first && p.labelled && !p.named && p.role == "writer" && (c.joined || c.before == '/' || c.before == '&'):
			// "Text / Fotos: A", "Words & pictures: A": who wrote comes first
		case !first && role == "writer" && p.role != "writer":
			if n > 1 && j-i > n || n == 1 && j-i > 1 && p.line.tokens[i].b-p.line.tokens[i].a > 3 {
				p.role = role // "Foto und Text"
			}
		case !first && p.role == "writer":
			// "Text und Fotos"
		default:
			p.role = role
		}
		p.labelled, p.named, p.silent, p.owner = true, false, false, ""
		p.group = len(p.out)
		p.noteWords(i, i+n, "label of "+p.role)
		i += n
		first = false
		if i+1 < j && p.isAnd(i) {
			if m, _ := p.label(i+1, j, c); m > 0 {
				i++
			}
		}
	}
	return i, true
}

// credited reports whether a person is credited already.
func (p *creditParser) credited() bool {
	for _, c := range p.out {
		if c.Kind == "person" {
			return true
		}
	}
	return false
}

// innerLabel finds a label or "with" after the first word of a piece: k is where it
// stands, n is -1 for "with".
func (p *creditParser) innerLabel(i, j int, c creditPiece) (k, n int) {
	t := p.line.tokens
	for k = i + 1; k < j; k++ {
		if t[k].sense&senseWith != 0 && k+1 < j && (lowerWord(t[k].text) || allUpper(t[k].text)) {
			if m, _ := p.label(k, j, c); m < 2 {
				return k, -1
			}
		}
		if n, _ = p.label(k, j, c); n == 0 {
			continue
		}
		switch {
		case n > 1 && p.phrase(k, k+n)&sensePlace == 0:
			return k, n
		case k+1 == j && c.after == ':' && t[k].sense&senseGiven == 0:
			return k, n
		case p.prepositionLabel(k) && k+1 < j && !lowerWord(t[k+1].text), p.particleLabel(i, k, j):
			return k, n
		case t[k].sense&(sensePhotographer|senseEditor|senseTranslator) != 0 && t[k].sense&(senseGiven|sensePost|senseUI) == 0 && p.ownLabel(&t[k]) && k >= i+2 && k+2 < j:
			return k, n
		}
	}
	return 0, 0
}

// prepositionLabel reports whether a word is a short by-word in small print that is no particle of names.
func (p *creditParser) prepositionLabel(k int) bool {
	t := &p.line.tokens[k]
	return t.sense&senseBy != 0 && t.sense&senseParticle == 0 && t.b-t.a <= 5 && lowerWord(t.text) && p.ownLabel(t)
}

// particleLabel reports whether the word k, which is also a particle of names, is a by-word: what
// stands before it names nobody, and a whole name follows ("Pressemitteilung von Jan Petersen").
func (p *creditParser) particleLabel(i, k, j int) bool {
	t := p.line.tokens
	return t[k].sense&senseBy != 0 && t[k].sense&senseParticle != 0 && lowerWord(t[k].text) && p.ownLabel(&t[k]) &&
		j-k == 3 && t[k+1].sense&senseGiven != 0 && !p.knownName(i, k) && len(t[k-1].text) > 2
}

// trimUI takes the words of the page's furniture off both ends.
func (p *creditParser) trimUI(i, j int) (int, int) {
	for changed := true; changed && i < j; {
		changed = false
		for n := min(j-i, maxPhrase); n > 0 && !changed; n-- {
			if p.furniture(i, i+n, j-i == n) {
				i += n
				changed = true
			} else if p.furniture(j-n, j, false) {
				j -= n
				changed = true
			}
		}
	}
	return i, j
}

// furniture reports whether the words are furniture. A single word at the edge of a
// name is only where it cannot be a name itself.
func (p *creditParser) furniture(i, j int, whole bool) bool {
	s := p.phrase(i, j)
	if s&senseUI == 0 || s&senseLabel != 0 && (whole || i == 0 || j-i > 1) || s&senseAgency != 0 {
		return false
	}
	if j-i == 1 && !whole && i > 0 && p.line.tokens[i-1].sense&senseGiven != 0 && (i == 1 || p.line.tokens[i-2].mark != 0) && (i+1 == len(p.line.tokens) || p.line.tokens[i+1].mark != 0) && !lowerWord(p.line.tokens[i].text) {
		return false // "Gordon Story"
	}
	if j-i > 1 || whole {
		return s&(senseStaff|sensePost) == 0 || j-i > 1 && s&senseStaff == 0
	}
	t := &p.line.tokens[i]
	if s&(senseGiven|senseParticle|senseFor|senseAnd|senseHouse|senseStaff|sensePostWord|senseWith) != 0 {
		return false
	}
	n := utf8.RuneCountInString(t.text)
	if !cased(t.text) {
		return n > 2
	}
	before := i == 0 && len(p.line.tokens) > 2 && p.line.tokens[1].mark == 0 && p.line.tokens[2].mark == 0
	return n >= 5 || n == 4 && before || n >= 2 && lowerWord(t.text)
}

// lowerWord reports whether a word begins with a small letter. Georgian letters are
// small by name only: the script is written without capitals.
func lowerWord(w string) bool {
	for _, r := range w {
		if unicode.IsLetter(r) {
			return unicode.IsLower(r) && !unicode.Is(unicode.Georgian, r)
		}
	}
	return false
}

// cased reports whether a word begins with a letter that has case.
func cased(w string) bool {
	for _, r := range w {
		if unicode.IsLetter(r) {
			return unicode.IsLower(r) && !unicode.Is(unicode.Georgian, r) || unicode.IsUpper(r) || unicode.IsTitle(r)
		}
	}
	return false
}

// allUpper reports whether a word has capitals and no small letters.
func allUpper(w string) bool {
	capital := false
	for _, r := range w {
		if r < 0x80 {
			if 'a' <= r && r <= 'z' {
				return false
			}
			capital = capital || 'A' <= r && r <= 'Z'
			continue
		}
		if unicode.IsLower(r) {
			return false
		}
		capital = capital || unicode.IsUpper(r)
	}
	return capital
}
