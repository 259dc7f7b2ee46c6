package normalize

// runs parts a list without any mark, as is left when element borders are lost:
// "Birgit Baumann Anna Giulia Fink Jan Michael Marchart". A new person begins where a
// known given name follows a surname. Where the parts are not all whole names, or the
// words are few, it is one name.
func (p *creditParser) runs(a, b int) [][2]int {
	one := [][2]int{{a, b}}
	t := p.line.tokens
	if b-a < 4 || !cased(t[a].text) || t[a].sense&senseGiven == 0 {
		return one
	}
	var out [][2]int
	start, surname := a, false
	for k := a; k < b; k++ {
		given := t[k].sense&senseGiven != 0 && !lowerWord(t[k].text)
		if given && surname {
			out = append(out, [2]int{start, k})
			start, surname = k, false
		}
		if !given && t[k].sense&senseParticle == 0 && len(t[k].text) > 2 && t[k].sense&senseSuffixKept == 0 {
			surname = true
		}
	}
	out = append(out, [2]int{start, b})
	if len(out) < 2 || !surname {
		return one
	}
	// Iberian names of four words have a given name for a surname too often.
	if len(out) == 2 && b-a == 4 && p.twoSurnames() && out[0][1]-out[0][0] != 2 {
		return one
	}
	for _, r := range out {
		if r[1]-r[0] < 2 || r[1]-r[0] > 5 {
			return one
		}
	}
	return out
}

// twoSurnames reports whether the people who write the language bear two surnames.
func (p *creditParser) twoSurnames() bool {
	switch p.base {
	case "es", "pt", "ca", "gl", "eu", "tl":
		return true
	}
	return false
}

// readPairs reads "Surname, Given" and lists of it parted by semicolons, the form of
// catalogues. It reports whether the line was that.
func (p *creditParser) readPairs() bool {
	t := p.line.tokens
	type pair struct{ a, m, b int }
	var pairs []pair
	for i := 0; i < len(t); {
		j := i
		for j < len(t) && t[j].mark != ';' {
			j++
		}
		m := i
		for m < j && t[m].mark == 0 && !t[m].dated {
			m++
		}
		if m == i || m >= j-1 || t[m].mark != ',' {
			return false
		}
		for k := m + 1; k < j; k++ {
			if t[k].mark != 0 || t[k].dated {
				return false
			}
		}
		if !p.isPair(i, m, j) {
			return false
		}
		pairs = append(pairs, pair{i, m, j})
		i = j + 1
	}
	if len(pairs) == 0 {
		return false
	}
	for _, q := range pairs {
		p.add(Credit{Name: p.recased(q.m+1, q.b) + " " + p.recased(q.a, q.m), Kind: "person", Role: "writer", Printed: p.printed(q.a, q.m) + ", " + p.printed(q.m+1, q.b), Known: p.knownName(q.m+1, q.b)})
	}
	return true
}

// isPair reports whether the words before and after a comma are a surname and given names.
func (p *creditParser) isPair(a, m, b int) bool {
	t := p.line.tokens
	known := senseAgency | senseStaff | senseHouse | sensePost | sensePlace | senseLabel | senseUI | senseNobody | senseSuffix
	for k := a; k < b; k++ {
		if t[k].mark != 0 {
			continue
		}
		if t[k].sense&known&^sensePlace != 0 && t[k].sense&(senseGiven|senseParticle) == 0 || lowerWord(t[k].text) && t[k].sense&senseParticle == 0 || !cased(t[k].text) {
			return false
		}
	}
	if p.agencyAt(m+1, b) != "" || p.isHouse(a, m) || p.isHouse(m+1, b) {
		return false
	}
	if m-a == 1 && b-m-1 == 1 {
		return t[m+1].sense&sensePlace == 0 || t[m+1].sense&senseGiven != 0
	}
	if m-a > 3 || b-m-1 > 3 || t[m+1].sense&senseGiven == 0 {
		return false
	}
	for k := m + 2; k < b; k++ {
		if t[k].sense&senseGiven == 0 && len(t[k].text) > 2 {
			return false
		}
	}
	return p.hints.Single && t[a].sense&senseGiven == 0 || m-a == 1
}
