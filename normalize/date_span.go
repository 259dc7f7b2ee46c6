package normalize

// Parts of the day. A night hour is after noon from six on, before it until five.
const (
	periodAM = iota + 1
	periodPM
	periodNoon
	periodNight
	periodTwelve   // noon itself
	periodMidnight // midnight itself
)

// A span is a stretch of a line that is one date: its parts as they were printed, nothing decided yet.
type span struct {
	start, end int // tokens
	role       int

	year, month, day int
	yearDigits       int
	other            int // month by the other reading of a word that two languages share
	calendar         calendar
	pair             [2]int // day and month in an order to be decided, 0 where not such a date
	pairSep          byte
	triple           [3]int // three groups of two digits, year first or last
	noYear           bool   // printed without a year
	hasDate          bool
	relative         bool
	relUnit, relN    int
	langs            langSet // languages of the words that were read; empty where none was
	weekday          int     // -1 none

	hasClock             bool
	hour, minute, second int
	seconds              bool
	period               int

	hasOffset bool
	offset    int
	zone      int // 1 + index of a zone word
}

type calendar uint8

const (
	gregorian calendar = iota
	persian
	buddhist
)

// dateReader reads the spans of one line.
type dateReader struct {
	dateTokens
	s       string // the folded line again, for what reads strings
	h       DateHints
	lang    int // index of the page's language, -1 unknown
	country string
	persian bool
}

func (r *dateReader) at(i int) *dateToken {
	if i >= 0 && i < r.n {
		return &r.list[i]
	}
	return &noToken
}

var noToken dateToken

func (r *dateReader) isMark(i int, c byte) bool { k := r.at(i); return k.kind == tMark && k.mark == c }

func (r *dateReader) isNum(i, maxDigits int) bool {
	k := r.at(i)
	return k.kind == tNumber && int(k.digits) <= maxDigits
}

// tight: no space stands before token i.
func (r *dateReader) tight(i int) bool { k := r.at(i); return k.kind != 0 && !k.space }

// sense is what token i means in class, in the page's language if it has a meaning there.
func (r *dateReader) sense(i int, class wordClass) (sense, bool) {
	k := r.at(i)
	var first sense
	ok := false
	for _, s := range k.senses {
		if s.class != class {
			continue
		}
		if s.langs.has(r.lang) {
			return s, true
		}
		if !ok {
			first, ok = s, true
		}
	}
	return first, ok
}

func (r *dateReader) is(i int, class wordClass) bool {
	for _, s := range r.at(i).senses {
		if s.class == class {
			return true
		}
	}
	return false
}

// foreign: the page's language has the word, but not in this sense.
func (r *dateReader) foreign(i int, s sense) bool {
	if r.lang < 0 || s.langs.has(r.lang) {
		return false
	}
	for _, other := range r.at(i).senses {
		if other.langs.has(r.lang) {
			return true
		}
	}
	return false
}

// shortWord: "to" behind a date is a Thursday only at the end of a part.
func (r *dateReader) shortWord(i int) bool {
	next := r.at(i + 1).kind
	return r.at(i).end-r.at(i).start <= 3 && (next == tNumber || next == tWord) && r.at(i+1).space
}

// weekdayAt is the day of the week that token i names.
func (r *dateReader) weekdayAt(i int) (day int, ok bool) {
	w, ok := r.sense(i, wWeekday)
	if !ok || r.foreign(i, w) || r.is(i, wNoise) && !w.langs.has(r.lang) {
		return 0, false
	}
	return int(w.value), true
}

// span reads the date that starts at token i.
func (r *dateReader) span(i int) (s span, ok bool) {
	s.start, s.weekday = i, -1
	end, at := i, i
	gap := 0
	for at < r.n {
		next := r.element(&s, at)
		if next > at {
			at, end, gap = next, next, 0
			continue
		}
		if !r.passes(at) || end == i {
			break
		}
		if r.at(at).kind == tMark {
			if gap++; gap > 3 {
				break
			}
		}
		at++
	}
	s.end = end
	if s.weekday >= 0 && s.hasClock && !s.hasDate {
		return s, true
	}
	return s, s.hasDate
}

// passes: a mark or word that may stand between the parts of one date.
func (r *dateReader) passes(i int) bool {
	k := r.at(i)
	if k.kind == tMark {
		switch k.mark {
		case ',', '|', '/', '-', ':', '(', ')', '[', ']', ';', '.', '\'', '"', '~', '@':
			return true
		}
		return false
	}
	if k.kind != tWord {
		return false
	}
	for _, s := range k.senses {
		switch s.class {
		case wNoise, wOrdinal, wYearMark, wHour, wDayPre:
			return true
		}
	}
	return false
}

// element reads one part of a date at i and gives the token after it, or i.
func (r *dateReader) element(s *span, i int) int {
	if !s.hasDate {
		if n := r.hijri(i); n > i {
			return n
		}
		if n := r.relativeTime(s, i); n > i {
			return n
		}
		if n := r.weekdayAndDate(s, i); n > i {
			return n
		}
		if n := r.wordDate(s, i); n > i {
			return n
		}
		if n := r.numericDate(s, i); n > i {
			return n
		}
	} else if s.noYear && s.hasClock && !s.relative {
		if n := r.lateYear(s, i); n > i {
			return n
		}
	} else if n := r.hijri(i); n > i {
		return n
	}
	if !s.hasClock {
		if n := r.clock(s, i); n > i {
			return n
		}
	} else if n := r.zoneAt(s, i); n > i {
		return n
	}
	if s.weekday < 0 {
		if w, ok := r.weekdayAt(i); ok && !r.monthHere(i) && !(s.hasDate && r.shortWord(i)) {
			s.weekday = w
			return r.closing(i + 1)
		}
	}
	return i
}

// closing passes a bracket or comma that closes what was read.
func (r *dateReader) closing(i int) int {
	if r.isMark(i, ')') || r.isMark(i, ']') {
		return i + 1
	}
	return i
}

// monthHere: token i can be a month on this page.
func (r *dateReader) monthHere(i int) bool {
	m, ok := r.sense(i, wMonth)
	return ok && !r.foreign(i, m)
}

// ownMonth: the page's language has the word for a month of the common calendar.
func (r *dateReader) ownMonth(i int) bool {
	m, ok := r.sense(i, wMonth)
	return ok && m.langs.has(r.lang)
}

// weekdayAndDate reads "mar 29 mar 2021", where the first word could be the month: the weekday is believed if a whole date
// follows it.
func (r *dateReader) weekdayAndDate(s *span, i int) int {
	w, ok := r.weekdayAt(i)
	if !ok || !r.monthHere(i) || s.weekday >= 0 {
		return i
	}
	j := i + 1
	for r.isMark(j, ',') || r.isMark(j, '.') || r.isMark(j, '|') || r.is(j, wNoise) && !r.is(j, wMonth) {
		j++
	}
	t := *s
	n := r.wordDate(&t, j)
	if n == j {
		n = r.numericDate(&t, j)
	}
	if n == j || t.noYear && r.wordDate(&span{weekday: -1}, i) > i && !r.is(j+1, wMonth) {
		return i
	}
	*s = t
	s.weekday = w
	return n
}

// lateYear reads the year of "Fri Apr 28 19:20:36 CEST 2023".
func (r *dateReader) lateYear(s *span, i int) int {
	k := r.at(i)
	if k.kind != tNumber || k.digits != 4 || k.n < firstYear || k.n > 2200 || r.isMark(i+1, ':') {
		return i
	}
	s.year, s.yearDigits, s.noYear = int(k.n), 4, false
	return i + 1
}

// hijri passes a day of the Islamic calendar: it depends on sighting, so only the Gregorian day beside it counts.
func (r *dateReader) hijri(i int) int {
	if !r.isNum(i, 4) {
		return i
	}
	var j int
	if m := r.ordinal(i + 1); r.is(m, wHijri) && !r.ownMonth(m) {
		j = m + 1
		for r.isMark(j, ',') {
			j++
		}
		if r.isNum(j, 4) && r.at(j).digits >= 4 {
			j++
		}
	} else {
		sep := r.at(i + 1).mark
		if sep != '/' && sep != '-' && sep != '.' || !r.isMark(i+3, sep) || !r.isNum(i+2, 2) || !r.isNum(i+4, 4) {
			return i
		}
		if y := max(r.at(i).n, r.at(i+4).n); y < 1300 || y > 1500 {
			return i
		}
		j = i + 5
		if !r.is(j, wHijriMark) {
			return i
		}
	}
	if r.is(j, wHijriMark) {
		j++
	}
	return j
}
