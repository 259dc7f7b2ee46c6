package normalize

import (
	"strings"
	"unicode/utf8"

	"github.com/dateline-go/dateline/internal/replay"
)

// The roles of a date.
const (
	rolePublished = "published"
	roleModified  = "modified"
	roleOther     = "other"
)

const (
	roleNone = iota
	rolePublishedID
	roleModifiedID
	roleOtherID
)

var roleNames = [...]string{rolePublished, rolePublished, roleModified, roleOther}

// A found date is one of a line, with what kept it from being a value.
type found struct {
	role     string
	labelled bool // by a word of the line
	value    DateValue
	err      error
	rule     string
}

// readDates reads all dates of a line. Machine formats come first, because they cost nothing; then the line is folded, cut
// into tokens and read span by span.
func readDates(s string, h DateHints) []found {
	if replay.Record != nil {
		replay.Record(func() { readDates(s, h) })
	}
	trimmed := strings.TrimSpace(s)
	if trimmed == "" || len(trimmed) > maxDateLine {
		return nil
	}
	if isDigit(trimmed[0]) {
		if v, n, ok := scanISO(trimmed); ok && n == len(trimmed) {
			return []found{finishISO(v, s, h, "iso")}
		}
		if h.Machine {
			if v, ok := scanDigits(trimmed, h); ok {
				return []found{finishISO(v, s, h, "digits")}
			}
		}
	}
	return readLine(s, h)
}

// readLine is readDates for what is no machine format as it stands.
func readLine(s string, h DateHints) []found {
	var buf [maxDateLine + 64]byte
	f, ok := foldDate(buf[:0], s)
	if !ok || len(f.b) == 0 {
		return nil
	}
	line := string(f.b)
	iso := h
	if f.persian {
		iso.Lang = "fa" // a year of 1400 in Persian digits
	}
	if strings.Contains(line, "{{") || strings.Contains(line, "[month") {
		return nil // a template that was not filled in
	}
	if strings.Contains(line, "://") {
		line = dropAddresses(line)
		f.b = []byte(line)
		if line == "" {
			return nil
		}
	}
	if isDigit(f.b[0]) {
		if v, n, ok := scanISO(line); ok && n == len(line) {
			return []found{finishISO(v, s, iso, "iso")}
		}
		if v, ok := scanDigits(line, h); ok && h.Machine {
			return []found{finishISO(v, s, h, "digits")}
		}
	}
	r := dateReader{h: h, lang: -1, persian: f.persian}
	r.b, r.s, r.dict = f.b, line, dateWords()
	r.hints()
	if !r.split() {
		return nil
	}
	out := r.line(s)
	if len(out) == 0 {
		if v, ok := r.loose(); ok {
			return []found{r.check(v, s, "dateparse", rolePublished)}
		}
	}
	return out
}

// dropAddresses takes the words that are addresses out of a line: the digits in them are no date of the line.
func dropAddresses(line string) string {
	var out []string
	for w := range strings.FieldsSeq(line) {
		if !strings.Contains(w, "://") {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// hints settles language and country. The region of an English tag is a country: en-GB.
func (r *dateReader) hints() {
	base := baseLang(r.h.Lang)
	switch base {
	case "no":
		base = "nb"
	case "tl":
		base = "fil"
	case "iw":
		base = "he"
	case "in":
		base = "id"
	case "sh":
		base = "hr"
	}
	if i, ok := r.dict.langs[base]; ok {
		r.lang = i
	}
	r.country = strings.ToUpper(r.h.Country)
	if r.country == "UK" {
		r.country = "GB"
	}
	if r.country == "" && (base == "en" || base == "zh") {
		if i := strings.IndexAny(r.h.Lang, "-_"); i > 0 && len(r.h.Lang)-i == 3 {
			r.country = strings.ToUpper(r.h.Lang[i+1:])
		}
	}
}

// line reads the spans of the line and throws away those that stand inside other words.
func (r *dateReader) line(raw string) []found {
	var spans [8]span
	n := 0
	for i := 0; i < r.n && n < len(spans); {
		s, ok := r.span(i)
		if !ok || s.end <= i {
			i++
			continue
		}
		spans[n] = s
		n++
		i = s.end
	}
	if n == 0 {
		return nil
	}
	list := spans[:n]
	r.assignRoles(list)
	var out []found
	for k := range list {
		if !r.bounded(list, k) {
			continue
		}
		f := r.finish(&list[k], raw)
		f.labelled = list[k].role != roleNone
		if f.err != ErrNoDate && !repeated(out, f) {
			out = append(out, f)
		}
	}
	return out
}

func repeated(out []found, f found) bool {
	for _, o := range out {
		if o.role == f.role && o.err == f.err && o.value.String() == f.value.String() {
			return true
		}
	}
	return false
}

// assignRoles gives each span the label before it, or the one behind it where the line puts labels last.
func (r *dateReader) assignRoles(list []span) {
	first := r.labelIn(0, list[0].start)
	last := r.lastLabel(list[len(list)-1].end)
	postfix := first == roleNone && last != roleNone
	if postfix && len(list) > 1 && r.labelIn(list[0].end, list[1].start) == roleNone {
		postfix = false
	}
	for k := range list {
		from, to := 0, list[k].start
		if k > 0 {
			from = list[k-1].end
		}
		if postfix {
			from, to = list[k].end, r.n
			if k+1 < len(list) {
				to = list[k+1].start
			}
		}
		list[k].role = r.labelIn(from, to)
		if list[k].role == roleNone && len(list) == 1 {
			list[k].role = r.lastLabel(list[k].end)
		}
	}
}

// lastLabel is the label behind the only date of the line, unless it belongs to a time that follows it.
func (r *dateReader) lastLabel(from int) int {
	for i := r.n - 1; i >= from; i-- {
		if r.is(i, wRole) {
			break
		}
		if r.at(i).kind == tNumber {
			return roleNone
		}
	}
	return r.labelIn(from, r.n)
}

// labelIn is the label among the tokens from and to, the one nearest the date before which it stands.
func (r *dateReader) labelIn(from, to int) int {
	role, words := roleNone, 0
	for i := from; i < to; i++ {
		switch l, ok := r.sense(i, wRole); {
		case ok && !r.foreign(i, l):
			role, words = int(l.value), 0
		case r.isMark(i, '|') && words > 0: // the label was that of another part of the line
			role = roleNone
		case r.at(i).kind == tWord && r.at(i).senses == nil:
			words++
		}
	}
	return role
}

// bounded reports whether the span stands by itself: at the ends of the line, of a part of it, or beside a label. A date inside
// a sentence is not the date of the page.
func (r *dateReader) bounded(list []span, k int) bool {
	left, right := 0, r.n
	if k > 0 {
		left = list[k-1].end
	}
	if k+1 < len(list) {
		right = list[k+1].start
	}
	if r.isRange(list, k) {
		return false
	}
	if r.crowded(list, k) {
		return false
	}
	timed := list[k].hasClock
	if !r.leftBound(left, list[k].start) && !(timed && left == 0 && r.houseBefore(list[k].start)) {
		return false
	}
	return r.rightBound(list[k].end, right) || timed && right == r.n && r.source(list[k].end)
}

// isRange: 29-31 May, 29 May - 2 June and 29 May, 10:00-11:30 are events. What stands behind the
// time of a date and is no time is another part of the line: 29 May, 10:16 - 1. Division.
func (r *dateReader) isRange(list []span, k int) bool {
	s := &list[k]
	dash := func(from, to int) bool { return to == from+1 && (r.isMark(from, '-') || r.isMark(from, '~')) }
	if (r.isMark(s.start-1, '-') || r.isMark(s.start-1, '~')) && r.at(s.start-2).kind == tNumber && (k == 0 || list[k-1].end < s.start-1) {
		return true
	}
	if (r.isMark(s.end, '-') || r.isMark(s.end, '~')) && r.at(s.end+1).kind == tNumber && !(k+1 < len(list) && list[k+1].start == s.end+1) && (!s.hasClock || r.clockAhead(s.end+1)) {
		return true
	}
	parts := func(a, b *span) bool {
		return a.role == b.role && (dash(a.end, b.start) || r.smallWords(a.end, b.start))
	}
	return k > 0 && parts(&list[k-1], s) || k+1 < len(list) && parts(s, &list[k+1])
}

// smallWords: nothing but small words stands between, as in "29 mai au 2 juin".
func (r *dateReader) smallWords(from, to int) bool {
	if first := r.at(from); from == to { // "to" was read as a Thursday
		return first.kind == tWord && first.end-first.start <= 2
	}
	for i := from; i < to; i++ {
		if r.at(i).kind != tWord || r.at(i).end-r.at(i).start > 6 || r.is(i, wRole) {
			return false
		}
	}
	return to > from
}

// strong marks part a line; a comma does so only for names and places.
func (r *dateReader) strong(i int) bool {
	k := r.at(i)
	if k.kind != tMark {
		return false
	}
	switch k.mark {
	case '|', ';', ':', '(', ')', '[', ']', '>', '<', '*', '"', '!', '_':
		return true
	case '-', '~', '/': // inside a word or an address it parts nothing, but Madrid-29/05/2025
		return k.space || r.at(i+1).space || i+1 >= r.n || i == 0 || r.at(i-1).kind == tWord && r.at(i-1).end-r.at(i-1).start > 3 && r.wholeDate(i+1)
	case '?':
		return true
	case '.':
		return true
	}
	return false
}

// wholeDate: a day in three numbers begins at token i, the year last.
func (r *dateReader) wholeDate(i int) bool {
	return r.isNum(i, 2) && r.isNum(i+2, 2) && r.at(i+1).kind == tMark && r.isMark(i+3, r.at(i+1).mark) && r.isNum(i+4, 4) && r.at(i+4).digits == 4
}

// neutral words say nothing about whether a date stands by itself.
func (r *dateReader) neutral(i int) bool {
	return r.is(i, wNoise) || r.is(i, wDayPre) || r.is(i, wHour) || r.is(i, wOrdinal) || r.is(i, wYearMark) || r.isMark(i, '\'')
}

// crowded: the part of the line that holds the date has too many other words for a byline or a label: it is a sentence or a
// headline. A month alone stands beside fewer still.
func (r *dateReader) crowded(list []span, k int) bool {
	s := &list[k]
	limit := 7
	switch {
	case s.role != roleNone:
		limit = 14
	case s.day == 0 && s.year != 0 && s.pair == [2]int{} && s.triple == [3]int{} && !s.relative:
		limit = 2
	}
	words := 0
	count := func(i int) bool {
		if r.isMark(i, '|') {
			return false
		}
		if t := r.at(i); t.kind == tWord && !r.is(i, wRole) && !r.is(i, wCut) && !r.is(i, wBy) {
			words++
		}
		return true
	}
	for i := s.start - 1; i >= 0 && count(i); i-- {
	}
	for i := s.end; i < r.n && count(i); i++ {
	}
	return words > limit+6*(len(list)-1)
}

// houseBefore: in scripts without spaces the name of the house or the writer may stand before a day with its time.
func (r *dateReader) houseBefore(start int) bool {
	for i := 0; i < start; i++ {
		if t := r.at(i); t.kind == tWord {
			if c, _ := utf8.DecodeRune(r.b[t.start:]); !runWise(c) {
				return false
			}
		}
	}
	return start <= 4
}

// source: a few words at the end of the line, behind a day with its time, name the source or the section.
func (r *dateReader) source(from int) bool {
	words := 0
	for i := from; i < r.n; i++ {
		if r.at(i).kind != tWord {
			return r.strong(i) && words > 0 || r.isMark(i, ',')
		}
		words++
	}
	return words <= 3
}

func (r *dateReader) leftBound(from, start int) bool {
	for i := start - 1; i >= from; i-- {
		switch {
		case r.is(i, wRole), r.is(i, wCut):
			return true
		case r.isMark(i, ','):
			return r.nameBefore(from, i)
		case r.isMark(i, '.') && i-1 >= from && r.at(i-1).kind == tNumber:
			return false
		case r.strong(i):
			return true
		case r.neutral(i):
		case r.isMark(i, '-') && i > from && (r.is(i-1, wRole) || r.is(i-1, wNoise)): // Hebrew joins the small word
		default:
			return r.creditBefore(from, i)
		}
	}
	return true
}

func (r *dateReader) rightBound(end, to int) bool {
	for i := end; i < to; i++ {
		switch {
		case r.is(i, wRole), r.is(i, wCut), r.is(i, wBy):
			return true
		case r.at(i).kind == tNumber:
			return r.is(i+1, wCut) || r.is(i+1, wRelAfter) && !r.is(i+1, wHour) || r.isMark(i+1, '|') || r.duration(i)
		case r.isMark(i, ','):
			return r.nameAfter(i+1, to)
		case r.strong(i):
			return true
		case r.neutral(i):
		default:
			return false
		}
	}
	return true
}

// duration: how long a video runs, "01:02 min".
func (r *dateReader) duration(i int) bool {
	return r.isMark(i+1, ':') && r.at(i+2).kind == tNumber && (r.is(i+3, wMinute) || r.is(i+3, wCut))
}

// creditBefore reports whether the words up to token i are a credit: "By Jane Doe 29 May 2021".
func (r *dateReader) creditBefore(from, i int) bool {
	words := 0
	if first, _ := utf8.DecodeRune(r.b[r.at(i).start:]); r.is(i, wBy) && i > from && runWise(first) {
		return true // 김철수 기자: the word stands behind the name
	}
	for ; i >= from; i-- {
		if r.is(i, wBy) && words > 0 {
			return i == from || r.strong(i-1) || r.isMark(i-1, ',') || r.is(i-1, wRole)
		}
		if r.at(i).kind == tNumber || r.strong(i) && !r.isMark(i, '.') {
			return false
		}
		if words++; words > 8 {
			return false
		}
	}
	return false
}

// nameBefore reports whether what stands before a comma is a name or a place, as nameAfter does for what follows: a short piece beside a comma is a name or a place, a long one a sentence.
func (r *dateReader) nameBefore(from, comma int) bool {
	words := 0
	for i := comma - 1; i >= from; i-- {
		switch {
		case r.is(i, wRole) || r.is(i, wBy):
			return true
		case r.strong(i) && !r.isMark(i, '.'):
			return words <= 4
		case r.at(i).kind == tNumber:
			return false
		case r.isMark(i, ','):
		default:
			words++
		}
	}
	return words <= 4
}

func (r *dateReader) nameAfter(i, to int) bool {
	words := 0
	for ; i < to; i++ {
		switch {
		case r.is(i, wRole) || r.is(i, wCut) || r.is(i, wBy):
			return true
		case r.strong(i):
			return words <= 4
		case r.at(i).kind == tNumber:
			return r.is(i+1, wCut)
		case r.isMark(i, ','):
		default:
			words++
		}
	}
	return words <= 3
}
