package normalize

// numericDate reads groups of digits with separators. The order of day and month is left to decideOrder.
func (r *dateReader) numericDate(s *span, i int) int {
	if e, ok := r.sense(i, wEra); ok && r.isNum(i+1, 2) { // R3.5.29, 令和3.5.29, 民國110/05/29
		if n := r.eraGroups(s, i, int(e.value)); n > i {
			return n
		}
	}
	if r.is(i, wBuddhist) || r.is(i, wEra) && r.isNum(i+1, 3) {
		return i
	}
	if !r.isNum(i, 4) || r.partOfNumber(i) {
		return i
	}
	if n := r.isoHere(s, i); n > i {
		return n
	}
	sep, j, ok := r.separator(i + 1)
	if !ok || !r.isNum(j, 4) {
		return i
	}
	a, b := r.at(i), r.at(j)
	sep2, k, ok := r.separator(j + 1)
	if r.isMark(k, '\'') && r.isNum(k+1, 2) {
		k++
	}
	if ok && sep2 == sep && r.isNum(k, 4) && b.digits <= 2 && !(sep == '.' && r.at(k).space && r.at(k).digits < 4 && r.at(j).space != r.at(k).space && r.clockAhead(k)) {
		if n := r.threeGroups(s, a, b, r.at(k), sep, k); n > 0 {
			return n
		}
	}
	return r.twoGroups(s, i, j, a, b, sep)
}

// partOfNumber: the digits go on to the left of i, as in a telephone number or a version.
func (r *dateReader) partOfNumber(i int) bool {
	if i == 0 || !r.tight(i) {
		return false
	}
	p := r.at(i - 1)
	if p.kind == tWord && p.end-p.start == 1 && isLetter(r.b[p.start]) { // v2023.11.8
		return true
	}
	if p.kind == tMark && (p.mark == '.' || p.mark == '/' || p.mark == '-' || p.mark == ':') {
		return r.at(i-2).kind == tNumber && r.tight(i-1) && i >= 2
	}
	return p.kind == tMark && (p.mark == '+' || p.mark == '$' || p.mark == '#' || p.mark == '_' || p.mark == '=')
}

// separator reads what parts two groups: . / - with or without spaces.
func (r *dateReader) separator(i int) (sep byte, next int, ok bool) {
	k := r.at(i)
	if k.kind != tMark || (k.mark != '.' && k.mark != '/' && k.mark != '-') {
		return 0, i, false
	}
	if k.space && k.mark != '/' && !(r.at(i+1).space && k.mark == '-') {
		return 0, i, false
	}
	if k.mark == '-' && k.space != r.at(i+1).space {
		return 0, i, false
	}
	return k.mark, i + 1, true
}

// isoHere reads ISO 8601 inside a line.
func (r *dateReader) isoHere(s *span, i int) int {
	k := r.at(i)
	if k.digits != 4 && k.digits != 8 {
		return i
	}
	v, n, ok := scanISO(r.s[k.start:])
	if !ok || v.Year > lastYear || v.Year < 1 {
		return i
	}
	end := int(k.start) + n
	j := i
	for j < r.n && int(r.at(j).start) < end {
		j++
	}
	if int(r.at(j-1).end) > end || r.isMark(j, '-') && r.tight(j) && r.at(j+1).kind == tNumber && r.tight(j+1) && !v.hasClock() {
		return i
	}
	t := *s
	t.year, t.yearDigits, t.month, t.day = v.Year, 4, v.Month, v.Day
	t.hasDate = true
	if v.hasClock() && (r.is(j, wPeriod) || v.Precision == "hour") {
		// the clock is not done: leave it to clock
		return r.isoDay(s, &t, i)
	}
	if v.hasClock() {
		t.hasClock, t.hour, t.minute, t.second, t.seconds = true, v.Hour, v.Minute, v.Second, v.Precision == "second"
		t.hasOffset, t.offset = v.HasOffset, v.Offset
	} else if r.isMark(j, '.') && !r.at(j).space && !r.isNum(j+1, 2) {
		j++
	}
	*s = t
	return j
}

// isoDay takes the day alone of what isoHere read.
func (r *dateReader) isoDay(s, t *span, i int) int {
	*s = *t
	return i + 5
}

// eraGroups reads year.month.day in the years of an era.
func (r *dateReader) eraGroups(s *span, i, add int) int {
	sep := r.at(i + 2).mark
	if sep != '.' && sep != '/' && sep != '-' || !r.isMark(i+4, sep) || !r.isNum(i+3, 2) || !r.isNum(i+5, 2) {
		return i
	}
	s.year, s.month, s.day, s.yearDigits = int(r.at(i+1).n)+add, int(r.at(i+3).n), int(r.at(i+5).n), 4
	s.hasDate = true
	return i + 6
}

func (r *dateReader) threeGroups(s *span, a, b, c *dateToken, sep byte, last int) int {
	next := last + 1
	if k := r.at(next); r.tight(next) && k.kind == tMark && (k.mark == '.' || k.mark == '-' || k.mark == '/') && r.tight(next+1) && r.at(next+1).kind == tNumber {
		if k.mark != '-' || r.at(next+1).digits > 2 { // 29/05/2021-07:47 is a time
			return 0
		}
	}
	switch {
	case a.digits == 4 && c.digits <= 2:
		if !validMonthDay(int(b.n), int(c.n)) {
			return 0
		}
		s.year, s.yearDigits, s.month, s.day = int(a.n), 4, int(b.n), int(c.n)
		if r.isMark(next, '.') && !(r.tight(next) && r.isNum(next+1, 2) && r.tight(next+1)) {
			next++
		}
	case a.digits == 3 && r.country == "TW" && c.digits <= 2:
		s.year, s.yearDigits, s.month, s.day = int(a.n)+1911, 4, int(b.n), int(c.n)
	case a.digits <= 2 && c.digits == 4:
		if !validMonthDay(int(a.n), int(b.n)) && !validMonthDay(int(b.n), int(a.n)) {
			return 0
		}
		s.year, s.yearDigits, s.pair, s.pairSep = int(c.n), 4, [2]int{int(a.n), int(b.n)}, sep
	case a.digits <= 2 && c.digits == 2:
		s.triple, s.pairSep = [3]int{int(a.n), int(b.n), int(c.n)}, sep
		s.yearDigits = 2
		if !r.plausibleTriple(s.triple) {
			s.triple = [3]int{}
			return 0
		}
	default:
		return 0
	}
	s.hasDate = true
	return r.yearMark(next)
}

func (r *dateReader) plausibleTriple(t [3]int) bool {
	return validMonthDay(t[0], t[1]) || validMonthDay(t[1], t[0]) || validMonthDay(t[1], t[2])
}

// validMonthDay: some year has the day.
func validMonthDay(m, d int) bool { return m >= 1 && m <= 12 && d >= 1 && d <= daysIn(2000, m) }

// twoGroups reads 05/2021, 2021.05 and, beside a time or a weekday, 31.12. without a year.
func (r *dateReader) twoGroups(s *span, i, j int, a, b *dateToken, sep byte) int {
	next := j + 1
	if k := r.at(next); k.kind == tMark && r.tight(next) && r.tight(next+1) && r.at(next+1).kind == tNumber &&
		(k.mark == '.' || k.mark == '/' || k.mark == '-') {
		return i
	}
	if b.space && sep != '.' {
		return i
	}
	switch {
	case a.digits == 4 && b.digits == 2 && b.n >= 1 && b.n <= 12 && a.n >= 1300:
		s.year, s.yearDigits, s.month = int(a.n), 4, int(b.n)
	case b.digits == 4 && sep != '-' && a.digits <= 2 && a.n >= 1 && a.n <= 12 && b.n >= 1900 && b.n < 2100:
		s.year, s.yearDigits, s.month = int(b.n), 4, int(a.n)
	case a.digits <= 2 && b.digits <= 2:
		return r.dayAndMonth(s, i, j, a, b, sep)
	default:
		return i
	}
	s.hasDate = true
	return next
}

// dayAndMonth reads a day without a year. A bare 4/5 is a score and 1.2 a number: a dot at the end, a weekday before or a time
// after must say that it is a day.
func (r *dateReader) dayAndMonth(s *span, i, j int, a, b *dateToken, sep byte) int {
	if !validMonthDay(int(a.n), int(b.n)) && !validMonthDay(int(b.n), int(a.n)) {
		return i
	}
	next := j + 1
	if y := r.at(next); sep == '/' && y.kind == tNumber && y.digits == 4 && y.n >= 1900 && y.n < 2100 && !r.isMark(next+1, ':') { // 29/5 2021
		s.pair, s.pairSep, s.year, s.yearDigits, s.hasDate = [2]int{int(a.n), int(b.n)}, sep, int(y.n), 4, true
		return next + 1
	}
	dot := sep == '.' && r.isMark(next, '.') && r.tight(next)
	if dot {
		next++
	}
	after := next
	for r.isMark(after, ',') || r.isMark(after, '|') || r.isMark(after, '-') || r.is(after, wNoise) {
		after++
	}
	timed := r.clockAhead(after) && !r.isMark(j+1, ':')
	if _, ok := r.weekdayAt(next + 1); ok && r.isMark(next, '(') { // 5/29(土)
		timed = true
	}
	if sep == '.' && !dot && !(s.weekday >= 0) && !timed {
		return i
	}
	if sep != '.' && s.weekday < 0 && !timed && !s.hasClock {
		return i
	}
	s.pair, s.pairSep = [2]int{int(a.n), int(b.n)}, sep
	s.hasDate, s.noYear = true, true
	return next
}

// monthFirstCountries print the month before the day in English.
func monthFirstCountry(c string) bool {
	switch c {
	case "US", "PH", "FM", "GU", "PR", "AS", "MH", "PW", "VI", "MP":
		return true
	}
	return false
}

// undecidedCountry prints both orders.
func undecidedCountry(c string) bool { return c == "CA" || c == "BZ" }

// yearFirstLang: languages that write a two-digit year before the month.
func yearFirstLang(l string) bool {
	switch l {
	case "zh", "ja", "ko", "hu", "lt", "mn", "eu", "fa":
		return true
	}
	return false
}

// order decides between day first and month first where a number pair allows both. It gives the reason, "" where nothing
// decides. The sequence is that of docs/normalize.md.
func (r *dateReader) order(s *span, dmy, mdy DateValue) (dayFirst bool, why string) {
	if s.pairSep == '.' {
		return true, "dot"
	}
	if s.weekday >= 0 && !s.noYear {
		a, b := weekdayOf(dayNumber(dmy.Year, dmy.Month, dmy.Day)) == s.weekday, weekdayOf(dayNumber(mdy.Year, mdy.Month, mdy.Day)) == s.weekday
		if a != b {
			return a, "weekday"
		}
	}
	switch lang := baseLang(r.h.Lang); {
	case s.noYear && yearFirstLang(lang):
		return false, "lang"
	case lang != "" && lang != "en":
		return true, "lang"
	case monthFirstCountry(r.country):
		return false, "country"
	case r.country != "" && !undecidedCountry(r.country):
		return true, "country"
	case r.h.Order == "dmy":
		return true, "page"
	case r.h.Order == "mdy" || r.h.Order == "ymd":
		return false, "page"
	}
	if late, late2 := r.tooLate(&dmy), r.tooLate(&mdy); late != late2 {
		return late2, "now"
	}
	return false, ""
}

// baseLang is the primary subtag, in lower case.
func baseLang(tag string) string {
	for i := 0; i < len(tag); i++ {
		if tag[i] == '-' || tag[i] == '_' {
			tag = tag[:i]
			break
		}
	}
	return lowerASCII(tag)
}
