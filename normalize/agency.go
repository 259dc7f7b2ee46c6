package normalize

import "slices"

// agencyAt is the name of the wire service that the words from i up to j print, "" if they print none.
func (p *creditParser) agencyAt(i, j int) string {
	if i < j && p.line.tokens[i].mark != 0 {
		return ""
	}
	for i < j-1 && p.article(i, j) {
		i++
	}
	if i >= j || j-i > maxPhrase {
		return ""
	}
	w := p.wordAt(i, j)
	if (w == nil || w.agency == 0) && j-i > 1 && p.line.tokens[i].sense&senseAgencyWord != 0 {
		i++ // Agencia EFE
		w = p.wordAt(i, j)
	}
	if w == nil || w.agency == 0 {
		return ""
	}
	if len(w.exact) > 0 && !slices.Contains(w.exact, p.printed(i, j)) {
		return ""
	}
	return p.lex.agencies[w.agency-1].Name
}

// article reports whether the word i is an article or preposition before the name of an
// agency: The Associated Press, Da Agência Brasil, da Reuters.
func (p *creditParser) article(i, j int) bool {
	t := &p.line.tokens[i]
	return p.line.folded[t.a:t.b] == "the" || t.sense&senseParticle != 0 && (j-i > 2 || cased(t.text) && lowerWord(t.text))
}

// agency credits a wire service.
func (p *creditParser) agency(name string, i, j int, role string) {
	if role == "writer" && len(p.out) > 0 && p.out[len(p.out)-1].Kind == "person" && p.out[len(p.out)-1].Org == "" {
		p.out[len(p.out)-1].Org = name
	}
	named, printed := p.named, name
	if p.agencyAt(i, j) != "" {
		printed = p.printed(i, j)
	}
	p.add(Credit{Name: name, Kind: "agency", Role: role, Printed: printed})
	p.named = named || role == "writer"
}

// agencySuffix is where a wire service begins at the end of a name, as in "Felix Schröder dpa"; j if none does.
// A single word in ordinary case may be a surname and does not count.
func (p *creditParser) agencySuffix(i, j int) (int, string) {
	for k := max(i+2, j-4); k < j; k++ {
		name := p.agencyAt(k, j)
		if name == "" {
			continue
		}
		w := p.line.tokens[k].text
		if j-k > 1 || !cased(w) || lowerWord(w) || allUpper(w) && !p.shouts(i, k) || len(w) > 5 && p.line.tokens[k].sense&senseGiven == 0 {
			return k, name
		}
	}
	return j, ""
}

// agencyPrefix is where a wire service of several words ends at the head of a credit, as in "Associated Press Jane Doe".
func (p *creditParser) agencyPrefix(i, j int) (int, string) {
	for k := min(j-2, i+4); k > i; k-- {
		name := p.agencyAt(i, k)
		if name != "" && (k-i > 1 || allUpper(p.line.tokens[i].text) && !p.shouts(k, j)) {
			return k, name
		}
	}
	return i, ""
}

// postOfWire is the wire service that a post or a desk is of, or that writes from a
// place, as in "AP Sports Writer", "Canadian Press Staff" and "Europa Press Madrid"; ""
// if it is of none.
func (p *creditParser) postOfWire(i, j int) string {
	if j-i < 2 || p.line.tokens[j-1].sense&(sensePost|senseStaff|sensePlace) == 0 {
		return ""
	}
	desk := p.line.tokens[j-1].sense&(sensePost|senseStaff) != 0
	for k := min(j-1, i+4); k > i; k-- {
		name := p.agencyAt(i, k)
		if name != "" && (k-i > 1 || allUpper(p.line.tokens[i].text)) && (desk || p.phrase(k, j)&sensePlace != 0) {
			return name
		}
	}
	return ""
}

// shouts reports whether all words are in capitals.
func (p *creditParser) shouts(i, j int) bool {
	for ; i < j; i++ {
		if !allUpper(p.line.tokens[i].text) {
			return false
		}
	}
	return true
}
