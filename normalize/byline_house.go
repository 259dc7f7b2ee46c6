package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// publisherKeys notes the forms in which the page's own house may stand in the line.
func (p *creditParser) publisherKeys() {
	if p.hints.Publisher == "" && p.hints.Host == "" {
		return
	}
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
		k := compactName(p.line.fold(i, j))
		for _, h := range p.houses {
			if k == h || len(h) > 3 && (strings.TrimPrefix(k, "the") == strings.TrimPrefix(h, "the")) {
				return true
			}
		}
	}
	if p.line.tokens[i].sense&senseGiven != 0 && j-i > 1 {
		return false
	}
	_, known := PublisherNamed(p.printed(i, j))
	return known
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
