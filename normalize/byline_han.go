package normalize

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-go/dateline/normalize/lexicon"
)

// hanWords is the lexicon of lines in Han, kana and Hangul: there labels, posts and
// houses are not words between spaces but beginnings and endings.
type hanWords struct {
	labels               []hanLabel // longest first
	exact                map[string]string
	posts, houses        []string
	isPost, staff        map[string]bool
	ui, places           map[string]bool
	surnames             map[rune]bool // Chinese
	korean               map[rune]bool
	longestUI, placeList []string
}

type hanLabel struct{ word, role string }

func newHanWords() *hanWords {
	h := &hanWords{
		exact: map[string]string{}, isPost: map[string]bool{}, staff: map[string]bool{},
		ui: map[string]bool{}, places: map[string]bool{}, surnames: map[rune]bool{}, korean: map[rune]bool{},
	}
	for _, code := range []string{"zh", "ja", "ko"} {
		l := lexicon.Get(code)
		for _, sec := range []struct{ name, role string }{
			{"role.contributor", "contributor"}, {"role.editor", "editor"}, {"role.translator", "translator"},
			{"role.photographer", "photographer"}, {"by", "writer"},
		} {
			for _, w := range l[sec.name] {
				w = hanKey(w)
				if _, have := h.exact[w]; !have || sec.role == "writer" {
					h.exact[w] = sec.role
				}
				if utf8.RuneCountInString(w) > 1 {
					h.labels = append(h.labels, hanLabel{w, sec.role})
				}
			}
		}
		for _, w := range l["posts"] {
			h.posts = append(h.posts, w)
			h.isPost[w] = true
		}
		h.houses = append(h.houses, l["house"]...)
		for _, w := range l["staff"] {
			h.staff[w] = true
		}
		for _, w := range l["byline-ui"] {
			h.ui[w] = true
			if utf8.RuneCountInString(w) > 1 {
				h.longestUI = append(h.longestUI, w)
			}
		}
		for _, w := range l["places"] {
			h.places[w] = true
			h.placeList = append(h.placeList, w)
		}
		for _, line := range l["surnames"] {
			for _, r := range line {
				if code == "zh" {
					h.surnames[r] = true
				} else {
					h.korean[r] = true
				}
			}
		}
	}
	byLength := func(a, b string) int { return len(b) - len(a) }
	slices.SortStableFunc(h.labels, func(a, b hanLabel) int { return byLength(a.word, b.word) })
	slices.SortStableFunc(h.posts, byLength)
	slices.SortStableFunc(h.houses, byLength)
	slices.SortStableFunc(h.longestUI, byLength)
	return h
}

// hanKey is a label without the marks inside it: 取材・文, 文/图.
func hanKey(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '・', '·', '／', '/', 'ㆍ', '、', ' ', '：', '＝', '=':
			return -1
		}
		return r
	}, s)
}

// hanLine reports whether a line is one of Han, kana or Hangul: most of its letters are.
func (p *creditParser) hanLine(s string) bool {
	han, other := 0, 0
	for _, r := range s {
		switch {
		case r < 0x1100:
			if r >= 0x80 && unicode.IsLetter(r) || r < 0x80 && isLetter(byte(r)) {
				other++
			}
		case hanLetter(r):
			han++
		}
	}
	if han == 0 {
		return false
	}
	cjk := p.base == "zh" || p.base == "ja" || p.base == "ko"
	return han*2 >= other || cjk
}

func hanLetter(r rune) bool {
	return r >= 0x3400 && r <= 0x9FFF || r >= 0xAC00 && r <= 0xD7A3 || r >= 0x3041 && r <= 0x30FF && r != '・' || r == '々' || r == '〆' || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x2FFFF
}

func isHangul(r rune) bool { return r >= 0xAC00 && r <= 0xD7A3 }
func isKana(r rune) bool   { return r >= 0x3041 && r <= 0x30FF && r != '・' }

// A hanPart is an element of such a line: letters without a space or mark in them.
type hanPart struct {
	text string
	// before and after are the marks around it, ' ' for a space; "=" is its own mark here.
	before, after byte
	depth         int
	latin         bool
}

// hanParts cuts the line at spaces, marks and changes of script.
func hanParts(s string) []hanPart {
	var parts []hanPart
	start, before, depth := -1, byte('|'), 0
	latin := false
	flush := func(end int, mark byte) {
		if start >= 0 {
			parts = append(parts, hanPart{text: s[start:end], before: before, after: mark, depth: depth, latin: latin})
			before = mark
			start = -1
		} else if mark != ' ' && before != '(' || before == ' ' {
			before = mark
		}
		if n := len(parts); n > 0 && mark != ' ' && parts[n-1].after == ' ' {
			parts[n-1].after = mark
		}
	}
	for i, r := range s {
		mark := creditMark(r)
		switch {
		case r == '=' || r == '＝' || r == '＠':
			mark = '='
		case r == 'ㆍ' || r == '‧' || r == '·' || r == '•' || r == '・':
			mark = '.'
			if r == '・' && katakanaAround(s, i) {
				mark = 0
			}
		case r == 'ー' || r == '—' && false:
			mark = 0
		case r == '│' || r == '丨':
			mark = '|'
		case r == '\n':
			mark = borderMark
		}
		switch {
		case mark != 0:
			flush(i, mark)
			if mark == '(' {
				depth++
			} else if mark == ')' && depth > 0 {
				depth--
			}
		case unicode.IsSpace(r):
			flush(i, ' ')
		case creditQuote(r):
			flush(i, '|')
		default:
			isHan := hanLetter(r) || r == '・' || r == 'ー' || start >= 0 && !latin && unicode.IsDigit(r) && endsWord(s, i)
			if start >= 0 && latin == isHan && !(unicode.IsDigit(r) && latin) && (isHan || unicode.IsLetter(r) || unicode.IsDigit(r)) {
				flush(i, '~')
			}
			if start < 0 {
				start, latin = i, !isHan
			}
		}
		if len(parts) > maxTokens {
			break
		}
	}
	flush(len(s), '|')
	return parts
}

// endsWord reports whether the digit at i ends a Hangul word: 뉴스1.
func endsWord(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	_, n := utf8.DecodeRuneInString(s[i:])
	after, _ := utf8.DecodeRuneInString(s[i+n:])
	return isHangul(before) && !unicode.IsLetter(after) && !unicode.IsDigit(after) && after != ':' && after != '.'
}

// katakanaAround reports whether the middle dot at i joins the words of a name in katakana.
func katakanaAround(s string, i int) bool {
	a, _ := utf8.DecodeLastRuneInString(s[:i])
	b, _ := utf8.DecodeRuneInString(s[i+len("・"):])
	return a >= 0x30A1 && a <= 0x30FE && b >= 0x30A1 && b <= 0x30FE
}

// readHan reads a line of Han, kana or Hangul.
func (p *creditParser) readHan(s string) {
	r := hanReader{p: p, w: p.lex.han, parts: hanParts(s), role: "writer"}
	r.korean = p.base == "ko" || p.base != "zh" && p.base != "ja" && strings.ContainsFunc(s, isHangul)
	r.japanese = !r.korean && (p.base == "ja" || p.base != "zh" && strings.ContainsFunc(s, isKana))
	for r.i = 0; r.i < len(r.parts); r.i++ {
		r.part()
	}
	r.settle()
}

// A hanReader walks the parts of a line.
type hanReader struct {
	p                *creditParser
	w                *hanWords
	parts            []hanPart
	i                int
	role             string
	labelled         bool
	korean, japanese bool
	// waiting are Korean and Japanese names that a post behind them would confirm.
	waiting []hanPart
	// plain says that a name outside of brackets has been credited.
	plain bool
}

func (r *hanReader) part() {
	part := r.parts[r.i]
	text := part.text
	if part.latin {
		r.latin()
		return
	}
	key := hanKey(text)
	if role, ok := r.combined(); ok {
		r.settle()
		r.role, r.labelled = role, true
		return
	}
	if role, ok := r.w.exact[key]; ok && r.isLabel(key, part) {
		r.settle()
		r.role, r.labelled = role, true
		r.p.note(text, "label of "+role)
		return
	}
	switch {
	case r.w.isPost[text] && len(r.waiting) > 0:
		r.confirm()
		return
	case r.w.staff[text] && !(r.korean && len(r.waiting) > 0):
		r.settle()
		if len(r.p.out) == 0 {
			r.credit(text, "organization")
		}
		return
	case r.w.ui[text], r.w.isPost[text]:
		r.settle()
		r.p.note(text, "furniture")
		return
	}
	if name := r.agency(text); name != "" {
		r.settle()
		role := r.role
		r.p.add(Credit{Name: name, Kind: "agency", Role: role, Printed: text})
		return
	}
	if part.after == '=' && !r.labelled || r.w.places[text] {
		r.settle()
		r.p.note(text, "place")
		return
	}
	if r.korean {
		r.hangulName(part)
		return
	}
	r.hanName(part)
}

// combined reads a label of two parts: 文／图, 글·사진, 取材・文, 文・写真.
func (r *hanReader) combined() (string, bool) {
	a := r.parts[r.i]
	if len(r.waiting) > 0 && r.w.isPost[a.text] {
		return "", false // the post of the name before it
	}
	if r.i+1 >= len(r.parts) || (a.after != '/' && a.after != '.' && a.after != ',' && a.after != '&') {
		return "", false
	}
	b := r.parts[r.i+1]
	ra, oka := r.w.exact[hanKey(a.text)]
	rb, okb := r.w.exact[hanKey(b.text)]
	if !oka || !okb || b.after == a.after && a.after == ',' {
		return "", false
	}
	r.i++
	if r.i+1 < len(r.parts) && b.after == a.after {
		if rc, ok := r.w.exact[hanKey(r.parts[r.i+1].text)]; ok {
			r.i++
			if rc == "writer" {
				ra = rc
			}
		}
	}
	if ra == "writer" || rb == "writer" {
		return "writer", true
	}
	return ra, true
}

// isLabel tells a label from a name or a post: a post behind a name is none, and one
// character needs a mark behind it.
func (r *hanReader) isLabel(key string, part hanPart) bool {
	if len(r.waiting) > 0 && r.w.isPost[part.text] && part.after != ':' && part.after != '=' {
		return false
	}
	if len(r.waiting) > 0 && part.after != ':' && part.after != '=' && part.after != '/' && part.after != '|' && r.korean && (r.w.exact[key] == "writer" || r.i+1 >= len(r.parts) || !r.koreanName(r.parts[r.i+1].text, true)) {
		return false
	}
	if r.i+1 >= len(r.parts) && part.after != ':' {
		// the last word: a label of what stands before it, as in 张三 摄
		if role := r.w.exact[key]; role != "writer" {
			r.settleAs(role)
			for k := r.p.group; k < len(r.p.out) && part.before == ' '; k++ {
				r.p.out[k].Role = role
			}
		}
		return false
	}
	if utf8.RuneCountInString(key) == 1 {
		switch part.after {
		case ':', '/', '|', '=', borderMark, '-', '.', '~':
			return true
		case ' ':
			return part.before != ' '
		}
		return false
	}
	return true
}

// latin reads a run of Latin words: a foreign name, an agency, a handle, a date.
func (r *hanReader) latin() {
	j := r.i
	for j+1 < len(r.parts) && r.parts[j+1].latin && r.parts[j].after == ' ' {
		j++
	}
	var words []string
	for _, part := range r.parts[r.i : j+1] {
		words = append(words, part.text)
	}
	r.i = j
	text := strings.Join(words, " ")
	if strings.EqualFold(text, "by") {
		r.labelled = true
		return
	}
	if strings.ContainsAny(text, "@") || strings.ContainsFunc(text, unicode.IsDigit) {
		if strings.ContainsRune(text, '@') {
			r.settle()
		}
		return
	}
	r.settle()
	if len(words) < 2 && r.agency(text) == "" {
		return
	}
	sub := newCreditParser(r.p.hints)
	sub.scanCredit(text)
	sub.readPieces()
	for _, c := range sub.out {
		if c.Role == "writer" {
			c.Role = r.role
		}
		r.p.add(c)
	}
	sub.release()
}

// agency is the name of the wire service that a part is, also with 记者 or 電 glued to it.
func (r *hanReader) agency(text string) string {
	if w := r.p.lex.words[foldPhrase(text)]; w != nil && w.agency != 0 {
		return r.p.lex.agencies[w.agency-1].Name
	}
	return ""
}

func (r *hanReader) credit(text, kind string) {
	r.plain = r.plain || r.parts[min(r.i, len(r.parts)-1)].depth == 0
	r.p.add(Credit{Name: text, Kind: kind, Role: r.role, Printed: text, Known: kind == "person" && r.knownName(text)})
}

// house reports whether a part ends like the name of a house or a desk, or is the page's own.
func (r *hanReader) house(text string) bool {
	if len(r.p.houses) > 0 && slices.Contains(r.p.houses, compactName(text)) {
		return true
	}
	n := utf8.RuneCountInString(text)
	for _, h := range r.w.houses {
		m := utf8.RuneCountInString(h)
		if strings.HasSuffix(text, h) && (m > 1 && n >= m || n > 3 || m == 1 && n == 3 && !r.korean && !r.personal(text)) {
			return true
		}
	}
	return false
}

// personal reports whether three characters are rather a name than a desk: they begin with a surname.
func (r *hanReader) personal(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return r.w.surnames[first] && !r.japanese
}
