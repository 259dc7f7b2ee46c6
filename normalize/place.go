package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDateline bounds the head of a text in which a dateline is looked for, in bytes.
const maxDateline = 160

// Dateline splits the place that opens a text, as in "BEIJING, May 29 (Xinhua) -- Text",
// from the text. Place and agency are "" where there are none; the text is cut only
// where a mark and an agency, capitals, a date or a known place all say so.
func Dateline(text, lang string) (place, agency, rest string) {
	trimmed := strings.TrimLeftFunc(text, unicode.IsSpace)
	head := trimmed
	if len(head) > maxDateline {
		n := maxDateline
		for n > 0 && !utf8.RuneStart(head[n]) {
			n--
		}
		head = head[:n]
	}
	if i := strings.IndexByte(head, '\n'); i >= 0 {
		head = head[:i]
	}
	d := datelineReader{lex: creditWords(), base: creditLang(lang)}
	if head == "" {
		return "", "", text
	}
	var n int
	if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(head, "([【［〔（")); hanLetter(first) {
		place, agency, n = d.han(head)
	} else {
		place, agency, n = d.latin(head)
	}
	if n == 0 {
		return "", "", text
	}
	return place, agency, strings.TrimLeftFunc(trimmed[n:], unicode.IsSpace)
}

// A datelineReader knows the places and agencies.
type datelineReader struct {
	lex  *creditLexicon
	base string
}

func (d *datelineReader) agency(s string) string {
	s = strings.Trim(s, " .,()[]/")
	if w := d.lex.words[foldPhrase(s)]; w != nil && w.agency != 0 {
		return d.lex.agencies[w.agency-1].Name
	}
	for _, cut := range []string{"-", "/", " – ", ","} {
		if a, _, ok := strings.Cut(s, cut); ok && a != "" {
			if w := d.lex.words[foldPhrase(a)]; w != nil && w.agency != 0 {
				return d.lex.agencies[w.agency-1].Name
			}
		}
	}
	return ""
}

func (d *datelineReader) known(s string) bool {
	w := d.lex.words[foldPhrase(s)]
	return w != nil && w.all&sensePlace != 0
}

// noPlace reports whether a word in capitals is a label of the page: EXCLUSIVE, VIDEO.
func (d *datelineReader) noPlace(s string) bool {
	w := d.lex.words[foldPhrase(s)]
	return w != nil && w.all&sensePlace == 0 && w.all&(senseUI|senseLabel|senseStaff|senseHouse|sensePost|sensePostWord|senseNobody|senseAgency|senseTitle|senseFor) != 0
}

// latin reads the head of a text in a script with spaces; n is how many bytes it takes.
func (d *datelineReader) latin(head string) (place, agency string, n int) {
	at, width := datelineMark(head, d.base)
	if strings.HasPrefix(head, "(") { // "(Reuters) - ", "(ANSA) - ROMA, 29 MAG - "
		if i := strings.IndexByte(head, ')'); i > 0 {
			agency = d.agency(head[1:i])
			if agency == "" || at < 0 || at > i+3 {
				return "", "", 0
			}
			rest := head[at+width:]
			if more, more2 := datelineMark(rest, d.base); more > 0 {
				if p, dated, ok := d.placeOf(rest[:more]); ok && (dated || d.known(firstPlace(p))) {
					return p, agency, at + width + more + more2
				}
			}
			return "", agency, at + width
		}
	}
	if at <= 0 {
		return d.unmarked(head)
	}
	lead := strings.TrimSpace(head[:at])
	bracket := ""
	if i := strings.LastIndexAny(lead, "(/["); i > 0 && strings.ContainsAny(lead[len(lead)-1:], ")/.]") {
		if lead[i] == '/' {
			if j := strings.IndexByte(lead, '/'); j < i {
				i = j
			}
		}
		bracket = strings.Trim(lead[i:], "()[]/. ")
		lead = strings.TrimRight(lead[:i], " ,")
	}
	if bracket != "" {
		agency = d.agency(bracket)
	}
	p, dated, ok := d.placeOf(lead)
	if !ok {
		if a := d.agency(lead); a != "" && bracket == "" && len(lead) < 20 && strings.ContainsAny(head[at:at+width], "-–—") {
			return "", a, at + width
		}
		if i := strings.LastIndexAny(lead, ",/"); i > 0 && bracket == "" {
			// "JAKARTA, KOMPAS.com - ", "Paris, AFP - "
			if q, _, ok := d.placeOf(strings.TrimSpace(lead[:i])); ok {
				tail := strings.TrimSpace(lead[i+1:])
				if a := d.agency(tail); a != "" || domainWord(tail) {
					return q, a, at + width
				}
			}
		}
		return "", "", 0
	}
	first := firstPlace(p)
	mark := strings.TrimSpace(head[at : at+width])
	known := d.known(p) || d.known(first)
	switch {
	case agency != "":
	case mark == ":":
		if !known || bracket != "" {
			return "", "", 0
		}
	case bracket != "" && !allUpper(bracket) && !known:
		return "", "", 0
	case known, dated && allUpper(first):
	case allUpper(first) && !d.noPlace(first) && (strings.Contains(p, ",") || bracket != "" || mark != "-" && mark != "–"):
	default:
		return "", "", 0
	}
	n = at + width
	if agency == "" && dated { // "МОСКВА, 29 мая — РИА Новости. Text"
		if i := strings.Index(head[n:], ". "); i > 0 && i < 30 {
			if a := d.agency(head[n : n+i]); a != "" {
				return p, a, n + i + 2
			}
		}
	}
	if agency == "" { // "القاهرة - رويترز: "
		if i := strings.IndexAny(head[n:], ":-–"); i > 0 && i < 40 {
			if a := d.agency(head[n : n+i]); a != "" {
				_, w := utf8.DecodeRuneInString(head[n+i:])
				return p, a, n + i + w
			}
		}
	}
	return p, agency, n
}

// unmarked reads "Washington, May 29 (IANS) Text": a date and an agency in brackets do without a mark.
func (d *datelineReader) unmarked(head string) (place, agency string, n int) {
	i := strings.IndexByte(head, '(')
	if i <= 0 || i > 60 {
		return "", "", 0
	}
	j := strings.IndexByte(head[i:], ')')
	if j < 0 {
		return "", "", 0
	}
	agency = d.agency(head[i+1 : i+j])
	p, dated, ok := d.placeOf(strings.TrimRight(head[:i], " ,"))
	if agency == "" || !ok || !dated && !d.known(firstPlace(p)) {
		return "", "", 0
	}
	return p, agency, i + j + 1
}

func firstPlace(p string) string {
	first, _, _ := strings.Cut(p, ",")
	return strings.TrimSpace(first)
}

// datelineMark finds the mark that ends a dateline.
func datelineMark(head, base string) (at, width int) {
	at = -1
	for _, mark := range []string{").- ", "/. ", " -- ", " — ", " – ", " - ", ".- ", "— ", "– ", "—", ": ", ") -", ")- ", ")–", ") "} {
		i := strings.Index(head, mark)
		if i <= 0 || at >= 0 && i >= at {
			continue
		}
		switch mark[0] {
		case ')':
			if mark == ") " && !strings.HasPrefix(head[i+2:], "-") {
				continue
			}
			at, width = i+1, len(mark)-1
			if strings.HasPrefix(head[at:], " -- ") {
				width = len(" -- ")
			} else if mark == ") -" || mark == ") " {
				at, width = i+1, len(") -")-1
			}
			continue
		case '/':
			at, width = i+1, 2
			continue
		}
		at, width = i, len(mark)
	}
	if at > 90 {
		return -1, 0
	}
	return at, width
}

// placeOf checks that the words before the mark are a place: one to four words that
// begin with capitals, then perhaps a region and a date, which is left off.
func (d *datelineReader) placeOf(lead string) (place string, dated, ok bool) {
	if lead == "" || len(lead) > 80 || strings.ContainsAny(lead, "\"“”?!;:|") {
		return "", false, false
	}
	var parts []string
	for i, part := range strings.FieldsFunc(lead, func(r rune) bool { return r == ',' || r == '،' || r == '|' }) {
		part = strings.TrimSpace(part)
		if strings.ContainsFunc(part, unicode.IsDigit) || i > 0 && d.lex.dates[foldPhrase(part)] {
			if i == 0 {
				// "Москва. 29 мая"
				head, tail, cut := strings.Cut(part, ". ")
				if !cut || strings.ContainsFunc(head, unicode.IsDigit) || !d.isPlace(head) {
					return "", false, false
				}
				_ = tail
				parts = append(parts, head)
			}
			dated = true
			continue
		}
		if i > 2 || !d.isPlace(part) {
			return "", false, false
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return "", false, false
	}
	return strings.Join(parts, ", "), dated, true
}

func (d *datelineReader) isPlace(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 4 {
		return false
	}
	if d.known(s) {
		return true
	}
	for _, w := range words {
		if cased(w) && lowerWord(w) && !inName(w) && !strings.Contains("|de|del|la|le|los|las|da|do|di|of|es|sur|am|an|der|den|upon|", "|"+w+"|") {
			return false
		}
	}
	return cased(words[0]) && !d.noPlace(words[0])
}
