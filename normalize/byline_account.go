package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxAccount      = 30 // runes of the name of an account: what is longer is a sentence
	maxAccountWords = 3
	minGluedWord    = 5 // letters of a word that counts inside another: shorter ones are in names too
)

// Account is the name of the account that markup gives as the author's, as it is printed:
// "harbour_mia", "Mia". Such a name follows no grammar, so nothing but markup tells that it is
// one. It is empty where the text names nobody: a role ("admin"), a desk, the house itself, a
// button, a date, an address.
func Account(s string, h BylineHints) string {
	p := newCreditParser(h)
	defer p.release()
	p.scanCredit(tidyCredit(s))
	p.markDates()
	t := p.line.tokens
	for len(t) > 0 && t[len(t)-1].mark != 0 {
		t = t[:len(t)-1]
	}
	n := len(t)
	if n == 0 || n > maxAccountWords || !p.accountWords(n) {
		return ""
	}
	name := p.printed(0, n)
	if k := utf8.RuneCountInString(name); k < 2 || k > maxAccount || !strings.ContainsFunc(name, unicode.IsLetter) {
		return ""
	}
	return name
}

// accountWords reports whether the first n words may be the name of an account.
func (p *creditParser) accountWords(n int) bool {
	const none = senseStaff | senseHouse | senseUI | sensePost | senseLabel | senseAgency | sensePublisher
	t := p.line.tokens
	if p.isHouse(0, n) || p.agencyAt(0, n) != "" || n > 1 && p.phrase(0, n)&(none|senseNobody) != 0 {
		return false
	}
	for k := range n {
		w := &t[k]
		if w.mark != 0 || w.dated || domainWord(w.text) {
			return false
		}
		if w.sense&senseGiven != 0 {
			continue
		}
		if w.sense&none != 0 || k == n-1 && w.sense&(senseNobody|sensePlace) != 0 || p.gluedRole(k) {
			return false
		}
	}
	return true
}

// gluedRole reports whether a word begins or ends with that of a role or a desk: "webadmin".
func (p *creditParser) gluedRole(k int) bool {
	key := p.line.folded[p.line.tokens[k].a:p.line.tokens[k].b]
	for i := range key {
		if i >= minGluedWord && p.roleWord(key[:i]) || len(key)-i >= minGluedWord && p.roleWord(key[i:]) {
			return true
		}
	}
	return false
}

func (p *creditParser) roleWord(key string) bool {
	w := p.lex.words[key]
	return w != nil && w.all&senseGiven == 0 && w.senses(p.lang, p.english)&(senseNobody|senseStaff) != 0
}
