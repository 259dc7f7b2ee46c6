package normalize

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	// maxByline bounds a credit line in bytes: what is longer is prose with, at best, names at its head.
	maxByline = 1200
	// maxTokens bounds its words and marks.
	maxTokens = 240
)

// A creditToken is a word or a mark of a credit line.
type creditToken struct {
	// text is the word as printed; mark is 0 for a word, else one of , ; | ¦ / · & : - ( ).
	text string
	mark byte
	// quoted is the word with the quotes around it, empty where it has none.
	quoted string
	// dated says that the word is part of a date, a time or a count.
	dated bool
	// fold is the lookup form; it lies in creditLine.folded from a to b.
	a, b  int
	sense creditSense
	word  *creditWord
}

const borderMark = 0xA6 // ¦ in Latin-1

// A creditLine is a scanned line.
type creditLine struct {
	tokens []creditToken
	folded string
}

// tidyCredit removes what hides in a line: escaped entities, invisible characters, decomposed letters.
func tidyCredit(s string) string {
	if len(s) > maxByline {
		n := maxByline
		for n > 0 && !utf8.RuneStart(s[n]) {
			n--
		}
		s = s[:n]
	}
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if strings.IndexByte(s, '&') >= 0 && strings.IndexByte(s, ';') >= 0 {
		s = html.UnescapeString(s)
		ascii = false
	}
	if ascii {
		return oneSpaced(s)
	}
	s = strings.ToValidUTF8(s, "")
	if strings.ContainsFunc(s, creditInvisible) {
		s = strings.Map(func(r rune) rune {
			if creditInvisible(r) {
				return -1
			}
			return r
		}, s)
	}
	return oneSpaced(norm.NFC.String(s))
}

// oneSpaced trims a line and makes every run of blanks one space; line breaks stay.
func oneSpaced(s string) string {
	s = strings.TrimSpace(s)
	if !strings.Contains(s, "  ") && !strings.ContainsFunc(s, func(r rune) bool { return r != ' ' && r != '\n' && unicode.IsSpace(r) }) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		if r != '\n' && unicode.IsSpace(r) {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

func creditInvisible(r rune) bool {
	switch {
	case r == 0xAD, r == 0x200B, r == 0x200E, r == 0x200F, r >= 0x202A && r <= 0x202E, r == 0x2060, r >= 0x2066 && r <= 0x2069, r == 0xFEFF, r == 0xFFFD:
		return true
	}
	return false
}

// creditMark gives the mark that a character is, in all its widths and scripts; 0 if it is none.
func creditMark(r rune) byte {
	switch r {
	case ',', '،', '、', '，', '﹐':
		return ','
	case ';', '；', '؛':
		return ';'
	case '|', '｜', '│', '¶', '›', '»', '→', '►', '▶', '>', '~', '◆', '■', '▪', '●', '▸', '…', '։', '।':
		return '|'
	case '¦':
		return borderMark
	case '/', '／', '\\':
		return '/'
	case '·', '•', '・', '∙', '⋅', '‧', '∣', '*':
		return '.'
	case '&', '＆', '+', '＋':
		return '&'
	case ':', '：', '՝':
		return ':'
	case '(', '（', '[', '［', '【', '〔', '{', '〈', '《', '<', '＜':
		return '('
	case ')', '）', ']', '］', '】', '〕', '}', '〉', '》', '＞':
		return ')'
	case '–', '—', '―', '─', '=', '＝':
		return '-'
	}
	return 0
}

func creditQuote(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '«', '‹', '″', '‟', '`', '´', '_', '#', '^', '「', '」', '『', '』', '!', '?', '！', '？', '。':
		return true
	}
	return false
}

// scanCredit cuts a tidy line into words and marks. E-mail addresses, handles and
// web addresses become marks: they end a name and are none.
func (p *creditParser) scanCredit(s string) {
	var l creditLine
	l.tokens = p.tokenBuf[:0]
	folded := p.foldBuf[:0]
	wordAt := -1
	flush := func(end int) {
		if wordAt < 0 {
			return
		}
		w := s[wordAt:end]
		wordAt = -1
		if strings.IndexByte(w, '@') >= 0 || strings.HasPrefix(w, "www.") {
			l.tokens = append(l.tokens, creditToken{mark: '|'})
			return
		}
		quoted := w
		w = strings.Trim(w, "\"“”„«‹″`´_#^!?")
		if len(quoted) < len(w)+2 || w == "" || !strings.ContainsRune("\"“„«", firstRune(quoted)) {
			quoted = ""
		}
		if w == "ـ" {
			l.tokens = append(l.tokens, creditToken{mark: '-'}) // a lengthening mark for a dash
			return
		}
		if w == "" || w == "." || w == "'" || w == "’" || w == "-" {
			return
		}
		if len(folded) > 0 {
			folded = append(folded, ' ')
		}
		a := len(folded)
		folded = appendFoldedWord(folded, w)
		if len(folded) == a {
			return
		}
		l.tokens = append(l.tokens, creditToken{text: w, quoted: quoted, a: a, b: len(folded)})
	}
	for i := 0; i < len(s) && len(l.tokens) < maxTokens; {
		r, n := utf8.DecodeRuneInString(s[i:])
		if wordAt < 0 && (r == 'h' || r == 'H') && (hasFold(s[i:], "http://") || hasFold(s[i:], "https://")) {
			l.tokens = append(l.tokens, creditToken{mark: '|'})
			for i < len(s) && s[i] > ' ' {
				i++
			}
			continue
		}
		mark := creditMark(r)
		switch {
		case r == '\n':
			flush(i)
			l.tokens = append(l.tokens, creditToken{mark: borderMark})
		case unicode.IsSpace(r):
			flush(i)
		case r == '©':
			flush(i)
			l.tokens = append(l.tokens, creditToken{mark: '|'})
			wordAt = i
			flush(i + n)
			l.tokens = append(l.tokens, creditToken{mark: ':'})
		case r == '·' && wordAt >= 0 && insideL(s, i, n):
		case (r == ':' || r == '*' || r == '_') && wordAt >= 0 && genderMark(s, i, n):
		case mark == '-' && r != '=' && r != '＝' && wordAt >= 0 && r == '–' && i+n < len(s) && s[i+n] != ' ' && !digitBefore(s, i) && !capitalsBefore(s[wordAt:i], s[i+n:]):
			// an en dash inside a word is a hyphen: Jean–Paul
		case mark != 0:
			flush(i)
			l.tokens = append(l.tokens, creditToken{mark: mark})
		case r == '-' && wordAt < 0:
			if i+1 >= len(s) || s[i+1] == ' ' || s[i+1] == '-' {
				l.tokens = append(l.tokens, creditToken{mark: '-'})
			}
		case wordAt < 0 && !(unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\'' || r == '’' || r == '@' || creditQuote(r)):
			// a symbol that is no part of a word: an icon, a bullet
		case wordAt < 0:
			wordAt = i
		case r == '!' || r == '?' || r == '。' || r > 0x2190 && unicode.IsSymbol(r):
			flush(i)
		}
		i += n
	}
	flush(len(s))
	l.folded = string(folded)
	for i := range l.tokens {
		if t := &l.tokens[i]; t.mark == 0 {
			if t.word = p.lex.words[l.folded[t.a:t.b]]; t.word != nil {
				t.sense = t.word.senses(p.lang, p.english)
			}
		}
	}
	p.line = l
	p.tokenBuf, p.foldBuf = l.tokens, folded
}

// insideL tells the Catalan l·l from a mark between two words.
func insideL(s string, i, n int) bool {
	return i > 0 && (s[i-1] == 'l' || s[i-1] == 'L') && i+n < len(s) && (s[i+n] == 'l' || s[i+n] == 'L')
}

// genderMark tells the German Autor:in and Redakteur*in from a mark.
func genderMark(s string, i, n int) bool {
	return strings.HasPrefix(s[i+n:], "in") && (i+n+2 >= len(s) || s[i+n+2] == ' ' || s[i+n+2] == ':' || strings.HasPrefix(s[i+n+2:], "nen"))
}

// capitalsBefore reports whether a word in capitals stands before one that is not:
// "STT–Maija", where the dash is a mark.
func capitalsBefore(word, rest string) bool {
	first, n := utf8.DecodeRuneInString(rest)
	second, _ := utf8.DecodeRuneInString(rest[n:])
	return len(word) > 1 && allUpper(word) && unicode.IsUpper(first) && unicode.IsLower(second)
}

func digitBefore(s string, i int) bool { return i > 0 && s[i-1] >= '0' && s[i-1] <= '9' }

// hasFold reports whether s begins with the ASCII text prefix, blind to case.
func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// fold is the lookup form of the words from i up to j.
func (l *creditLine) fold(i, j int) string {
	for i < j && l.tokens[i].mark != 0 {
		i++
	}
	for j > i && l.tokens[j-1].mark != 0 {
		j--
	}
	if i >= j {
		return ""
	}
	return l.folded[l.tokens[i].a:l.tokens[j-1].b]
}

// markDates marks the words of dates, times and counts: those with digits and the
// month, label and unit words that touch them.
func (p *creditParser) markDates() {
	t := p.line.tokens
	any := false
	for i := range t {
		if t[i].mark == 0 && countWord(t[i].text) {
			t[i].dated, any = true, true
		}
	}
	if !any {
		return
	}
	for i := 1; i < len(t); i++ {
		j := i - 1
		for j > 0 && dateMark(t[j].mark) {
			j--
		}
		if t[i].mark == 0 && !t[i].dated && t[j].dated && p.dateWord(i, j == i-1) {
			t[i].dated = true
		}
	}
	for i := len(t) - 2; i >= 0; i-- {
		j := i + 1
		for j < len(t)-1 && dateMark(t[j].mark) {
			j++
		}
		if t[i].mark == 0 && !t[i].dated && t[j].dated && p.dateWord(i, j == i+1) {
			t[i].dated = true
		}
	}
	p.undateNames()
}

// undateNames takes back the mark from numbers in the name of a house and in a title: 20 Minutes, Airman 1st Class.
func (p *creditParser) undateNames() {
	t := p.line.tokens
	for i := range t {
		for n := 1; n <= maxTitle && i+n <= len(t) && t[i+n-1].mark == 0; n++ {
			number := false
			for k := i; k < i+n; k++ {
				number = number || t[k].dated
			}
			if number && (p.isHouse(i, i+n) || n > 1 && p.phrase(i, i+n)&(senseTitle|senseTitleDot) != 0) {
				for k := i; k < i+n; k++ {
					t[k].dated = false
				}
			}
		}
	}
}

func dateMark(m byte) bool { return m == ',' || m == '-' || m == ':' || m == '/' || m == '.' }

// dateWord reports whether a word beside a date belongs to it. A word between two
// counts does in any language, if it begins in lower case or is short.
func (p *creditParser) dateWord(i int, touching bool) bool {
	t := p.line.tokens
	key := p.line.folded[t[i].a:t[i].b]
	if p.dates[key] {
		return true
	}
	if t[i].sense&senseUI != 0 && t[i].sense&(senseGiven|senseLabel) == 0 {
		return true
	}
	if !touching {
		return false
	}
	between := i > 0 && i+1 < len(t) && t[i-1].dated && t[i+1].mark == 0 && countWord(t[i+1].text)
	return between && len(key) <= 14
}

// countWord reports whether a word is a number, a clock time or the like: it begins
// with a digit and has few letters.
func countWord(w string) bool {
	digits, letters := 0, 0
	for _, r := range w {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return digits > 0 && (letters <= 2 || digits >= 3 && letters <= 4)
}
