package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// recased is the name in the words from a up to b. It is recased only where a word of
// more than three letters, or the whole name, is in capitals; names in mixed case keep
// their form (danah boyd, bell hooks, deGrasse).
func (p *creditParser) recased(a, b int) string {
	t := p.line.tokens
	shout := p.shouts(a, b) && (b-a > 1 || utf8.RuneCountInString(t[a].text) > 3)
	for k := a; k < b && !shout; k++ {
		shout = allUpper(t[k].text) && utf8.RuneCountInString(strings.Trim(t[k].text, "\"'’.")) > 3 && !strings.Contains(t[k].text, ".")
	}
	var sb strings.Builder
	n := b - a
	for k := a; k < b; k++ {
		n += len(t[k].text)
	}
	sb.Grow(n)
	for k := a; k < b; k++ {
		if k > a {
			sb.WriteByte(' ')
		}
		w := t[k].text
		if k == b-1 || k == a {
			w = strings.Trim(w, "\"“”„«»`´")
		}
		if k == b-1 && utf8.RuneCountInString(w) > 3 && strings.Count(w, ".") == 1 || k == b-1 && strings.HasSuffix(w, "..") {
			w = strings.TrimRight(w, ".")
		}
		if shout && allUpper(w) {
			w = p.lowered(k, a, w)
		}
		if q := t[k].quoted; q != "" && k > a && k < b-1 {
			i := strings.Index(q, t[k].text) // a nickname: Robert "Bo" Tanner
			w = q[:i] + w + q[i+len(t[k].text):]
		}
		sb.WriteString(w)
	}
	return sb.String()
}

// lowered recases one word in capitals.
func (p *creditParser) lowered(k, a int, w string) string {
	t := &p.line.tokens[k]
	switch {
	case strings.IndexByte(w, '.') >= 0 && utf8.RuneCountInString(w) <= 6, initials(w):
		return w
	case k > a && romanNumeral(w):
		return w
	case k > a && t.sense&senseInner != 0 && p.line.tokens[k-1].sense&senseParticle == 0:
		return capitalizeIn(w, p.base) // Le Goff, La Rosa; but de la Cruz
	case k > a && t.sense&senseParticle != 0 && p.lex.words[p.line.fold(a, a+1)].notVietnamese(p.lex):
		return strings.ToLower(w)
	}
	if t.sense&senseMac != 0 {
		w = capitalizeIn(w, p.base)
		return w[:3] + upperFirst(w[3:])
	}
	w = capitalizeIn(w, p.base)
	if k > a && (p.base == "fr" || p.base == "ca") && len(w) > 2 && w[0] == 'D' && (w[1] == '\'' || strings.HasPrefix(w[1:], "’")) {
		w = "d" + w[1:]
	}
	if i := strings.IndexByte(w, '-'); k > a && i > 1 && i < 4 {
		if head := p.lex.words[strings.ToLower(w[:i])]; head != nil && head.all&(senseParticle|senseInner) == senseParticle {
			w = strings.ToLower(w[:i]) + w[i:] // al-Masri
		}
	}
	return w
}

// notVietnamese reports whether a first word is no Vietnamese surname: "LE VAN MINH" has no particles.
func (w *creditWord) notVietnamese(l *creditLexicon) bool {
	if w == nil {
		return true
	}
	for _, wl := range w.langs {
		if wl.lang == l.lang["vi"] && wl.sense&senseGiven != 0 {
			return false
		}
	}
	return true
}

// initials reports whether two capitals are initials rather than a name: JD, CJ, but not Li, Jo, Ng.
func initials(w string) bool {
	if len(w) != 2 || w[0] < 'A' || w[0] > 'Z' {
		return false
	}
	if w[1] == 'J' {
		return true
	}
	return !strings.ContainsAny(w, "AEIOUY") && w != "NG" && w != "MC"
}

func romanNumeral(w string) bool {
	switch w {
	case "II", "III", "IV":
		return true
	}
	return false
}

// capitalize is capitalizeIn for a word of no known language.
func capitalize(w string) string { return capitalizeIn(w, "") }

// capitalizeIn writes a word with a capital first, after a hyphen, after O', D', L' and
// the like, and after Mc. In Turkish and Azerbaijani I is the capital of ı.
func capitalizeIn(w, lang string) string {
	turkish := lang == "tr" || lang == "az"
	var sb strings.Builder
	sb.Grow(len(w) + 2)
	up, part := true, 0
	for i, r := range w {
		switch {
		case up && turkish && r == 'i':
			sb.WriteRune('İ')
		case up:
			sb.WriteRune(unicode.ToUpper(r))
		case turkish && r == 'I':
			sb.WriteRune('ı')
		case turkish && r == 'İ':
			sb.WriteByte('i')
		case r == 'İ':
			sb.WriteByte('i')
		case r == 'Σ' && (i+2 >= len(w) || w[i+2] == '-'):
			sb.WriteRune('ς')
		default:
			sb.WriteRune(unicode.ToLower(r))
		}
		up = false
		switch {
		case r == '-' || r == '.' || r == '‐' || r == '"' || r == '“':
			up, part = true, i+utf8.RuneLen(r)
		case r == '\'' || r == '’' || r == '‘':
			up = elision(w[part:i])
		case (r == 'C' || r == 'c') && i == part+1 && (w[part] == 'M' || w[part] == 'm') && len(w) > i+2:
			up = true
		}
	}
	return sb.String()
}

// elision reports whether the letters before an apostrophe are a prefix whose name goes on with a capital.
func elision(s string) bool {
	switch strings.ToLower(s) {
	case "o", "d", "l", "m", "n", "dell", "dall", "sant", "nell", "sull", "all", "de", "d’", "ò":
		return true
	}
	return false
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// unslug makes a name of a slug that a CMS put where a name belongs: "jane-doe", "Jane.doe", "jane_doe".
func unslug(s string) string {
	if len(s) > 60 || strings.ContainsAny(s, " \t@:/|,") {
		return s
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '_' || r == '.' })
	if len(parts) < 2 || len(parts) > 4 || len(parts) == 4 && strings.IndexByte(s, '.') >= 0 || domainWord(s) {
		return s
	}
	small := 0
	for i, w := range parts {
		if utf8.RuneCountInString(w) < 2 && i == 0 || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }) {
			return s
		}
		if lowerWord(w) {
			small++
		}
	}
	if small == 0 || small < len(parts) && strings.IndexByte(s, '-') >= 0 && !strings.ContainsAny(s, "._") {
		return s // Jean-Luc, and names whose capitals say more than we know
	}
	for i, w := range parts {
		parts[i] = capitalize(w)
	}
	return strings.Join(parts, " ")
}
