package normalize

import "strings"

// joinHalves takes out the borders inside names of which the given name and the family
// name stand in elements of their own: "Jane ¦ Doe".
func (p *creditParser) joinHalves() {
	t := p.line.tokens
	out := t[:0]
	for k := 0; k < len(t); k++ {
		if t[k].mark == borderMark && p.givenOnly(out) && p.familyOnly(t[k+1:]) {
			continue
		}
		out = append(out, t[k])
	}
	p.line.tokens = out
}

// joinBracketed takes brackets inside a name for a part of it: "Richard (R.J.) Eskow".
func (p *creditParser) joinBracketed() {
	t := p.line.tokens
	for k := 1; k+3 < len(t); k++ {
		if t[k].mark != '(' || t[k-1].sense&senseGiven == 0 || t[k-1].mark != 0 || k > 1 && t[k-2].mark == 0 && !p.opens(k-2) {
			continue
		}
		end := k + 1
		for end < len(t) && end <= k+3 && t[end].partOfName() {
			end++
		}
		if end == k+1 || end+1 >= len(t) || t[end].mark != ')' || !t[end+1].partOfName() {
			continue
		}
		inner := creditToken{text: p.printed(k+1, end), a: t[k+1].a, b: t[end-1].b}
		inner.quoted = "(" + inner.text + ")"
		t[k] = inner
		t = append(t[:k+1], t[end+1:]...)
		p.line.tokens = t
	}
}

// partOfName reports whether a word has no other sense than to be part of a name.
func (t *creditToken) partOfName() bool {
	return t.mark == 0 && !t.dated && t.sense&^(senseGiven|senseParticle|senseMac) == 0 && cased(t.text) && !lowerWord(t.text)
}

// opens reports whether the word k opens a name: a label or an and-word stands there.
func (p *creditParser) opens(k int) bool {
	return p.line.tokens[k].sense&senseLabel != 0 || p.isAnd(k)
}

// splitGlued parts two names that a hyphen without blanks joins: "Tuğçe Işık-Barış Ünal".
func (p *creditParser) splitGlued() {
	t := p.line.tokens
	for k := 1; k+1 < len(t); k++ {
		i := strings.IndexByte(t[k].text, '-')
		if i < 2 || t[k-1].mark != 0 || t[k+1].mark != 0 || t[k-1].sense&senseGiven == 0 || !cased(t[k].text) || k > 1 && t[k-2].mark == 0 || lowerWord(t[k+1].text) {
			continue
		}
		cut := strings.IndexByte(p.line.folded[t[k].a:t[k].b], '-')
		if cut < 0 || !p.given(p.line.folded[t[k].a+cut+1:t[k].b]) || p.given(p.line.folded[t[k].a:t[k].a+cut]) {
			continue
		}
		head, tail := t[k], t[k]
		head.text, head.b, head.word, head.sense = t[k].text[:i], t[k].a+cut, nil, 0
		tail.text, tail.a, tail.word, tail.sense = t[k].text[i+1:], t[k].a+cut+1, nil, senseGiven
		p.line.tokens = append(append(append(make([]creditToken, 0, len(t)+2), t[:k]...), head, creditToken{mark: '-'}, tail), t[k+1:]...)
		return
	}
}

// given reports whether a folded word is a given name.
func (p *creditParser) given(key string) bool {
	w := p.lex.words[key]
	return w != nil && w.all&senseGiven != 0
}

// givenOnly reports whether the words behind the last mark are all given names.
func (p *creditParser) givenOnly(t []creditToken) bool {
	n := 0
	for k := len(t) - 1; k >= 0 && t[k].mark == 0; k-- {
		n++
		if t[k].dated || t[k].sense&senseGiven == 0 {
			return false
		}
	}
	return n == 1 || n == 2
}

// familyOnly reports whether the one word before the next border can be a family name.
func (p *creditParser) familyOnly(t []creditToken) bool {
	if len(t) == 0 || t[0].mark != 0 || t[0].dated || len(t) > 1 && t[1].mark != borderMark {
		return false
	}
	return t[0].sense&^senseMac == 0 && cased(t[0].text) && !lowerWord(t[0].text) && !strings.ContainsAny(t[0].text, ".")
}
