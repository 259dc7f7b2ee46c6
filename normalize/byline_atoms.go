package normalize

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// atom reads one item of a list: a person, or what stands in the place of one.
func (p *creditParser) atom(i, j int, c creditPiece) {
	for i < j && p.isAnd(i) {
		i++
	}
	if i = p.behindPlace(i, j); i >= j {
		return
	}
	t := p.line.tokens
	lone := p.lone
	p.lone = ""
	if name := p.agencyAt(i, j); name != "" {
		role := p.role
		if c.depth < 0 {
			role = "contributor"
		}
		p.agency(name, i, j, role)
		return
	}
	if name := p.postOfWire(i, j); name != "" {
		p.agency(name, i, j, p.role)
		return
	}
	s := p.phrase(i, j)
	switch {
	case p.isHouse(i, j), j-i == 1 && domainWord(t[i].text):
		p.house(i, j)
		return
	case s&senseStaff != 0 && (s&sensePlace == 0 || p.base == "en"):
		p.staff(i, j, c)
		return
	case s&(senseNobody|senseUI) != 0 && s&senseGiven == 0:
		p.noteWords(i, j, "nobody")
		return
	case s&sensePlace != 0:
		p.noteWords(i, j, "place")
		return
	case s&sensePost != 0:
		p.noteWords(i, j, "post")
		return
	}
	if p.suffixOnly(i, j) {
		return
	}
	if p.opensWithPreposition(i, j) {
		p.noteWords(i, j, "prose")
		return
	}
	if c.before == ',' && p.named && p.isPost(i) && !cased(t[i].text) {
		p.noteWords(i, j, "post") // and what it is for, in a script without capitals
		return
	}
	a, b, org, wire := p.trimName(i, j)
	if a < b {
		if name := p.agencyAt(a, b); name != "" {
			p.agency(name, a, b, p.role)
			return
		}
		s := p.phrase(a, b)
		switch {
		case p.isHouse(a, b):
			p.house(a, b)
			return
		case s&(senseStaff|sensePlace) != 0 && b-a > 1:
			return
		}
	}
	if a < b && p.organization(a, b) {
		if len(p.out) > 0 && p.out[len(p.out)-1].Kind == "person" && p.named && p.out[len(p.out)-1].Org == "" && (c.before == ',' || c.before == '|' || c.before == borderMark) {
			p.out[len(p.out)-1].Org = p.printed(i, j)
			p.noteWords(i, j, "outlet")
			return
		}
		p.add(Credit{Name: p.printed(i, j), Kind: "organization", Role: p.role, Printed: p.printed(i, j)})
		return
	}
	if a >= b {
		p.noteWords(i, j, "post")
	}
	had := len(p.out)
	if b-a > 1 || b == j || b <= a || p.line.tokens[a].sense&senseGiven != 0 {
		for _, r := range p.runs(a, b) {
			p.person(r[0], r[1], org, lone, c)
		}
	}
	if wire != "" {
		p.agency(wire, i, j, p.role)
		return
	}
	if len(p.out) == had && p.deskOfHouse(i, j) {
		p.add(Credit{Name: p.printed(i, j), Kind: "organization", Role: p.role, Printed: p.printed(i, j)})
	}
	if k, name := p.agencySuffix(a, j); name != "" && k >= b {
		p.agency(name, k, j, p.role)
		return
	}
}

// deskOfHouse reports whether words behind a label, which name no person, are the staff
// of a house: "By The Harbor Post Reporter", "By Harbor Guide editors".
func (p *creditParser) deskOfHouse(i, j int) bool {
	t := p.line.tokens
	for i < j && p.line.fold(i, i+1) == "the" {
		i++
	}
	if !p.labelled || p.named || j-i < 2 || j-i > maxHouseWords || lowerWord(t[i].text) || !cased(t[i].text) {
		return false
	}
	return t[j-1].sense&(sensePost|senseStaff) != 0 && t[j-1].sense&senseGiven == 0 && t[i].sense&(sensePost|sensePostWord) == 0
}

// opensWithPreposition reports whether a piece behind a person begins with a small
// preposition: it says where or of what, as in ", in Hong Kong" or ", do Rio de Janeiro".
func (p *creditParser) opensWithPreposition(i, j int) bool {
	t := &p.line.tokens[i]
	if j-i < 2 || len(p.out) == 0 || p.out[len(p.out)-1].Kind != "person" || !cased(t.text) || !lowerWord(t.text) {
		return false
	}
	return t.sense&senseFor != 0 && t.sense&senseParticle == 0 || p.phrase(i+1, j)&sensePlace != 0
}

// behindPlace is where the name begins behind a place and a verb: "Aus Berlin berichtet Jan Petersen".
func (p *creditParser) behindPlace(i, j int) int {
	t := p.line.tokens
	if i >= j || t[i].sense&(senseFor|senseGiven) != senseFor {
		return i
	}
	for k := i + 2; k < min(j, i+5); k++ {
		if t[k].sense&senseFor != 0 && lowerWord(t[k].text) && p.phrase(i+1, k)&sensePlace != 0 {
			return k + 1
		}
	}
	return i
}

// house notes the page's own house: the outlet of a person, a credit only where nobody else is named.
func (p *creditParser) house(i, j int) {
	if n := len(p.out); n > 0 && p.out[n-1].Kind == "person" {
		if p.out[n-1].Org == "" {
			p.out[n-1].Org = p.printed(i, j)
		}
		p.noteWords(i, j, "outlet")
		return
	}
	named := p.named
	p.add(Credit{Name: p.printed(i, j), Kind: "organization", Role: p.role, Printed: p.printed(i, j)})
	p.named = named
}

// staff credits a desk. One beside a person is where that person works.
func (p *creditParser) staff(i, j int, c creditPiece) {
	if n := len(p.out); n > 0 && p.out[n-1].Kind == "person" && !(c.joined && c.before != ',') && p.named {
		p.noteWords(i, j, "desk")
		return
	}
	p.add(Credit{Name: p.printed(i, j), Kind: "organization", Role: p.role, Printed: p.printed(i, j)})
}

// suffixOnly reads "Jr." or "PhD" behind the comma of a name.
func (p *creditParser) suffixOnly(i, j int) bool {
	for k := i; k < j; k++ {
		if p.line.tokens[k].sense&senseSuffix == 0 || !suffixCase(p.line.tokens[k].text) {
			return false
		}
	}
	n := len(p.out)
	if n == 0 || p.out[n-1].Kind != "person" {
		return j-i > 1
	}
	if p.line.tokens[i].sense&senseSuffixKept != 0 {
		p.out[n-1].Name += " " + fixSuffix(p.line.tokens[i].text)
	}
	return true
}

// trimName narrows the words to a name: what stands before and after it — agency,
// post, outlet, place, prose — is cut. org is the outlet that was cut, wire the agency.
func (p *creditParser) trimName(a, b int) (first, after int, org, wire string) {
	t := p.line.tokens
	a, b = p.cutTitles(a, b)
	if k, name := p.agencyPrefix(a, b); name != "" {
		a, org, wire = k, name, name
	}
	if k, name := p.agencySuffix(a, b); name != "" {
		b, org, wire = k, name, name
	}
	if m := p.houseBehind(a, b); m > 0 {
		b, org = m, p.printed(m, b)
	}
	whole := b
	if a, b = p.cutPosts(a, b); b < whole && wire == "" {
		if name := p.postOfWire(b, whole); name != "" {
			org, wire = name, name
		}
	}
	for k := a + 1; k < b; k++ {
		if !p.endsName(a, k, b) {
			continue
		}
		if k+1 < b && t[k].sense&senseFor != 0 && org == "" {
			org = p.printed(k+1, b)
		}
		b = k
		break
	}
	a, b = p.cutPosts(a, b)
	a, b = p.cutOutlet(a, b, &org)
	b -= p.placeBehind(a, b)
	for b-a > 2 && t[b-1].sense&(senseParticle|senseAnd) != 0 && lowerWord(t[b-1].text) {
		b--
	}
	return a, b, org, wire
}

// houseBehind is where the page's house, perhaps with a post in it, begins behind a name:
// "Jane Doe Harbor Daily", "Jane Doe Harbor Daily political editor"; 0 where it does not.
func (p *creditParser) houseBehind(a, b int) int {
	t := p.line.tokens
	for m := a + 2; m < b; m++ {
		for n := min(b, m+4); n > m; n-- {
			if !p.isHouse(m, n) || p.agencyAt(m, n) != "" || p.surnameAt(m, b) {
				continue
			}
			rest := n
			for rest < b && t[rest].sense&(sensePost|sensePostWord|senseStaff|senseHouse) != 0 {
				rest++
			}
			if rest == b {
				return m
			}
		}
	}
	return 0
}

// surnameAt reports whether the last word k stands behind an initial, in which no name ends: "Lena H. Sun".
func (p *creditParser) surnameAt(k, b int) bool {
	before := p.line.tokens[k-1]
	return k == b-1 && before.b-before.a == 1
}

// placeBehind counts the words of a place that stands behind a name without a mark:
// "Jane Doe London", "Jane Doe New Delhi".
func (p *creditParser) placeBehind(a, b int) int {
	t := p.line.tokens
	if b-a < 3 || t[a].sense&senseGiven == 0 || t[a+1].sense&(senseGiven|senseParticle|sensePlace) != 0 || t[a+1].b-t[a+1].a < 3 {
		return 0
	}
	n := b - a - 2
	if n == 1 && p.twoSurnames() || n > 3 || p.phrase(b-n, b)&(sensePlace|senseGiven|senseSuffix) != sensePlace {
		return 0
	}
	return n
}

// endsName reports whether the word k ends the name that begins at a: a preposition,
// a verb, an article, any small word that is no particle.
func (p *creditParser) endsName(a, k, b int) bool {
	t := &p.line.tokens[k]
	if !cased(t.text) {
		return t.sense&senseFor != 0 && k >= a+2
	}
	if !lowerWord(t.text) {
		if k < a+2 {
			return false
		}
		key := p.line.folded[t.a:t.b]
		return key == "for" || key == "in" && allUpper(t.text) && p.shouts(a, b) || key == "fur" && p.base == "de"
	}
	if inName(t.text) {
		return false
	}
	if t.sense&senseParticle != 0 || t.word != nil && t.word.all&senseParticle != 0 && t.sense&senseFor == 0 {
		return k+1 < b && p.line.tokens[k+1].sense&sensePlace != 0 && t.sense&senseFor != 0 && k >= a+2
	}
	return !p.allLower(a, b) || t.sense&(senseFor|senseAnd|sensePost) != 0
}

// inName reports whether a word in small print is part of a name by its form: d'Arc, al-Masri, 't.
func inName(w string) bool {
	for i, r := range w {
		if (r == '\'' || r == '’' || r == '-') && i <= 4 && i+utf8.RuneLen(r) < len(w) {
			next, _ := utf8.DecodeRuneInString(w[i+utf8.RuneLen(r):])
			return unicode.IsUpper(next)
		}
	}
	return false
}

func (p *creditParser) allLower(a, b int) bool {
	for ; a < b; a++ {
		if !lowerWord(p.line.tokens[a].text) {
			return false
		}
	}
	return true
}

// cutPosts cuts a post behind the name ("Jane Doe Health correspondent") or before it
// ("redaktor Jan Kowalski").
func (p *creditParser) cutPosts(a, b int) (int, int) {
	t := p.line.tokens
	for k := a; k < b; k++ {
		if !p.isPost(k) {
			continue
		}
		if k >= a+2 && (!p.postPhrase(a, k) || b-k-1 < 2) {
			m := k
			for m > a+2 && (t[m-1].sense&(sensePostWord|sensePlace|senseHouse|senseFor|sensePost) != 0 && t[m-1].sense&senseGiven == 0 || lowerWord(t[m-1].text)) {
				m--
			}
			if m == a+2 && t[a+1].sense&sensePostWord != 0 && t[a+1].sense&senseGiven == 0 && t[a].sense&senseGiven == 0 {
				return k + 1, b
			}
			return a, m
		}
		a = k + 1
		k = a - 1
	}
	return a, b
}

// isPost reports whether the word names a post; a given name in another sense does not.
func (p *creditParser) isPost(k int) bool {
	t := &p.line.tokens[k]
	return t.sense&sensePost != 0 && t.sense&senseGiven == 0
}

// postPhrase reports whether all words before k describe a post.
func (p *creditParser) postPhrase(a, k int) bool {
	for ; a < k; a++ {
		if p.line.tokens[a].sense&(sensePostWord|sensePost|senseHouse|sensePlace|senseAgency|senseAnd) == 0 {
			return false
		}
	}
	return true
}

// cutOutlet cuts an outlet without a mark before it: "Jane Smith Daily Mail".
func (p *creditParser) cutOutlet(a, b int, org *string) (int, int) {
	t := p.line.tokens
	if b-a < 3 || t[a].sense&senseGiven == 0 {
		return a, b
	}
	for k := a + 2; k < b; k++ {
		if t[k].sense&senseHouse == 0 && !domainWord(t[k].text) || p.surnameAt(k, b) {
			continue
		}
		for k > a+2 && (allUpper(t[k-1].text) && !p.shouts(a, k-1) || t[k-1].sense&sensePlace != 0) {
			k--
		}
		if t[a+1].sense&(senseHouse|sensePostWord|senseStaff) != 0 {
			return a, b
		}
		if *org == "" {
			*org = p.printed(k, b)
		}
		return a, k
	}
	return a, b
}

// organization reports whether one of the words is that of a house or a desk.
func (p *creditParser) organization(a, b int) bool {
	t := p.line.tokens
	for k := a; k < b; k++ {
		if t[k].deskWord() && (t[k].sense&senseGiven == 0 || b-a == 1) || domainWord(t[k].text) || p.deskCompound(&t[k]) {
			return true
		}
	}
	if b-a > 1 && p.credited() && p.acronym(a, b) {
		return true // BBC Persian, behind a person
	}
	return b-a > 1 && len(p.houses) > 0 && allUpper(t[a].text) && !p.shouts(a, b) && t[a].b-t[a].a > 2 && t[a].sense&senseGiven == 0 && p.housePrefix(a)
}

// deskWord reports whether a word is one of houses and desks. Printed with accents it
// must have those of the word: Vietnamese tells names from words by them.
func (t *creditToken) deskWord() bool {
	if t.sense&senseHouse == 0 {
		return false
	}
	for i := 0; i < len(t.text); i++ {
		if t.text[i] >= utf8.RuneSelf {
			return slices.Contains(t.word.desk, strings.TrimRight(strings.ToLower(t.text), "."))
		}
	}
	return true
}

// acronym reports whether the first of the words is one of three to five letters, and
// the others are not in capitals too.
func (p *creditParser) acronym(a, b int) bool {
	t := &p.line.tokens[a]
	n := len(t.text)
	return n >= 3 && n <= 5 && t.b-t.a == n && allUpper(t.text) && t.sense&senseGiven == 0 && !p.shouts(a+1, b) && !romanNumeral(t.text)
}

// deskCompound reports whether the last part of a hyphened word is one of houses and desks: ARD-Studio.
func (p *creditParser) deskCompound(t *creditToken) bool {
	key := p.line.folded[t.a:t.b]
	i := strings.LastIndexByte(key, '-')
	if i < 2 || len(key)-i < 5 || t.word != nil {
		return false
	}
	w := p.lex.words[key[i+1:]]
	return w != nil && w.senses(p.lang, p.english)&(senseHouse|senseStaff) != 0 && w.all&senseGiven == 0
}

// housePrefix reports whether the word begins the name of the page's house: "BBC" of "BBC News".
func (p *creditParser) housePrefix(k int) bool {
	key := p.line.fold(k, k+1)
	for _, h := range p.houses {
		if len(h) > len(key) && h[:len(key)] == key {
			return true
		}
	}
	return false
}
