package normalize

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// publisherKeys notes the forms in which the page's own house may stand in the line.
func (p *creditParser) publisherKeys() {
	if p.hints.Publisher == p.publisher && p.hints.Host == p.host {
		return // the keys of the line before: most lines come in runs of one page
	}
	p.houses, p.publisher, p.host = p.houses[:0], p.hints.Publisher, p.hints.Host
	add := func(name string) {
		if k := compactName(name); len(k) > 1 {
			p.houses = append(p.houses, k)
		}
	}
	add(p.hints.Publisher)
	if host := strings.TrimPrefix(strings.ToLower(p.hints.Host), "www."); host != "" {
		add(host)
		if i := strings.IndexByte(host, '.'); i > 2 {
			add(host[:i])
		}
		if pub, ok := PublisherOf(host); ok {
			add(pub.Name)
			for _, a := range pub.Aliases {
				add(a)
			}
		}
	}
}

// compactName is the letters and digits of a name, folded, without spaces.
func compactName(s string) string {
	var buf [64]byte
	b := appendFoldedWord(buf[:0], s)
	out := b[:0]
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			out = append(out, b[i:i+n]...)
		}
		i += n
	}
	return strings.TrimPrefix(string(out), "the ")
}

// isHouse reports whether the words from i up to j name the page's own house or one of the publisher table.
func (p *creditParser) isHouse(i, j int) bool {
	if j-i > 6 {
		return false
	}
	if len(p.houses) > 0 {
		key := p.line.fold(i, j)
		for _, h := range p.houses {
			if sameCompact(key, h) {
				return true
			}
		}
	}
	if p.line.tokens[i].sense&senseGiven != 0 {
		return false
	}
	w := p.wordAt(i, j)
	if w == nil || w.all&sensePublisher == 0 {
		return false
	}
	return len(w.house) == 0 || slices.Contains(w.house, p.printed(i, j))
}

// sameCompact reports whether the letters and digits of a folded phrase are those of
// the compact name of a house, with or without its article.
func sameCompact(folded, house string) bool {
	if sameLetters(folded, house) {
		return true
	}
	if len(house) <= 3 {
		return false
	}
	bare := strings.TrimPrefix(house, "the")
	return bare != house && sameLetters(folded, bare) || strings.HasPrefix(folded, "the ") && sameLetters(folded[4:], bare)
}

func sameLetters(folded, compact string) bool {
	k := 0
	for i := 0; i < len(folded); {
		r, n := rune(folded[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(folded[i:])
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			if k+n > len(compact) || folded[i:i+n] != compact[k:k+n] {
				return false
			}
			k += n
		}
		i += n
	}
	return k == len(compact)
}

// unglue puts a border before the name of the house where markup glued it to a name: "Jane DoeHarbor News".
func (p *creditParser) unglue(s string) string {
	for from := 0; from < len(s); {
		i := strings.Index(s[from:], p.hints.Publisher)
		if i < 0 {
			break
		}
		i += from
		end := i + len(p.hints.Publisher)
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[end:])
		glued := i > 0 && unicode.IsLower(before)
		if glued || end < len(s) && unicode.IsUpper(after) && (i == 0 || !unicode.IsLetter(before)) {
			s = s[:i] + " ¦ " + p.hints.Publisher + " ¦ " + s[end:]
			break
		}
		from = end
	}
	return s
}

// unglueWords puts a border where markup glued a post or an outlet to a name: "Jane
// SmithHealth reporter". A name word stands before the glued one: a word by itself is an
// account (GuestWriter).
func (p *creditParser) unglueWords(s string) string {
	const longestPrefix = 3 // bytes before a capital inside a name: Mac, De, Van stay
	start, before := 0, ""
	for i := 1; i < len(s); i++ {
		switch {
		case s[i-1] == ' ':
			start, before = i, s[start:i-1]
			continue
		case s[i] < 'A' || s[i] > 'Z' || s[i-1] < 'a' || s[i-1] > 'z' || i-start <= longestPrefix || !p.nameWord(before):
			continue
		}
		end := i + 1
		for end < len(s) && (s[end] >= 'a' && s[end] <= 'z' || s[end] >= 'A' && s[end] <= 'Z') {
			end++
		}
		var buf [32]byte
		w := p.lex.words[string(appendFoldedWord(buf[:0], s[i:end]))]
		if w != nil && w.all&(sensePost|sensePostWord|sensePublisher|senseAgency) != 0 && w.all&senseGiven == 0 {
			return s[:i] + " ¦ " + s[i:]
		}
	}
	return s
}

// nameWord reports whether a word can be part of a name: it begins with a capital, bears no mark behind it
// and is neither a label nor a post.
func (p *creditParser) nameWord(w string) bool {
	if w == "" || !unicode.IsUpper(firstRune(w)) || creditMark(rune(w[len(w)-1])) != 0 {
		return false
	}
	var buf [32]byte
	known := p.lex.words[string(appendFoldedWord(buf[:0], w))]
	return known == nil || known.all&senseGiven != 0 || known.all&(senseLabel|sensePost) == 0
}

// domainWord reports whether a word is the bare name of a site: "harbordaily.com".
func domainWord(w string) bool {
	i := strings.LastIndexByte(w, '.')
	if i < 3 || len(w)-i < 3 || len(w)-i > 5 {
		return false
	}
	switch strings.ToLower(w[i+1:]) {
	case "com", "org", "net", "info", "news", "tv", "co", "uk", "de", "fr", "es", "it", "nl", "pl", "cz", "sk", "ru", "ua", "se",
		"no", "dk", "fi", "at", "ch", "be", "br", "mx", "ar", "in", "id", "vn", "jp", "kr", "cn", "eu", "gr", "hu", "ro", "bg", "hr", "rs", "si", "il", "tr", "au", "nz", "ca", "za", "ie", "pt":
		return true
	}
	return false
}

// maxHouseWords bounds the name of a house that only its place in structured data tells.
const maxHouseWords = 6

// readNumbered reads a name from structured data that begins with a number: a house,
// not a date ("20 Minuten", "98 Buck Social").
func (p *creditParser) readNumbered() bool {
	t := p.line.tokens
	if !p.hints.Single || len(t) < 2 || len(t) > maxHouseWords || t[0].mark != 0 || !t[0].dated {
		return false
	}
	for k := 1; k < len(t); k++ {
		if t[k].mark != 0 || t[k].dated || lowerWord(t[k].text) {
			return false
		}
	}
	p.add(Credit{Name: p.printed(0, len(t)), Kind: "organization", Printed: p.printed(0, len(t))})
	return true
}

// lastResort takes a name from structured data that is no person's for a house:
// "The Onion", "Our Editors". Accounts, posts, labels and furniture are none. What
// reads as a label there is part of the name of a desk: "Redaktion hafenblatt.de".
func (p *creditParser) lastResort() {
	t := p.line.tokens
	if !p.hints.Single || len(t) == 0 || len(t) > maxHouseWords {
		return
	}
	if len(p.out) == 1 && p.out[0].Kind == "organization" && p.out[0].Role == "editor" && t[0].mark == 0 && len(t) > 1 && t[1].mark == 0 {
		p.out[0] = Credit{Name: p.printed(0, len(t)), Kind: "organization", Role: "writer", Printed: p.printed(0, len(t))}
	}
	if len(p.out) > 0 {
		return
	}
	capital := false
	for k := range t {
		if t[k].mark != 0 || t[k].dated || domainWord(t[k].text) || strings.ContainsAny(t[k].text, "_@") {
			return
		}
		capital = capital || !lowerWord(t[k].text)
	}
	s, last := p.phrase(0, len(t)), t[len(t)-1].sense
	if !capital || last&senseNobody != 0 && last&senseGiven == 0 || s&(senseNobody|senseUI|sensePlace|senseLabel) != 0 || len(t) == 1 && s&sensePost != 0 || t[0].sense&senseLabel != 0 && t[0].sense&senseGiven == 0 || allDigits(t[0].text) {
		return
	}
	p.add(Credit{Name: p.printed(0, len(t)), Kind: "organization", Printed: p.printed(0, len(t))})
}

func allDigits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}
