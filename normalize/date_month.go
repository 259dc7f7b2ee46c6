package normalize

// monthAt reads the name of a month at i: a word, a number that a mark makes one (5月, tháng 5), or a word and its twin in
// brackets or after a stroke (أيار/مايو).
func (r *dateReader) monthAt(s *span, i int) (next int) {
	k := r.at(i)
	if k.kind == tNumber && k.digits <= 2 && k.n >= 1 && k.n <= 12 {
		j := r.ordinal(i + 1)
		if r.is(j, wMonthMark) {
			s.month, s.calendar = int(k.n), gregorian
			return j + 1
		}
		return i
	}
	if k.kind != tWord {
		return i
	}
	if r.is(i, wMonthPre) {
		j := i + 1
		if r.isMark(j, '.') || r.isMark(j, ':') {
			j++
		}
		if m := r.at(j); m.kind == tNumber && m.digits <= 2 && m.n >= 1 && m.n <= 12 && r.isNum(j, 2) {
			s.month, s.calendar = int(m.n), gregorian
			return j + 1
		}
		if r.is(j, wMonth) {
			i, k = j, r.at(j)
		}
	}
	if m, ok := r.sense(i, wMonth); ok && r.foreign(i, m) && !r.is(i, wJalali) {
		return i
	}
	m, ok := r.monthSense(s, k)
	if !ok {
		return i
	}
	s.month = m
	next = i + 1
	if r.is(next, wMonthMark) { // майы айы
		next++
	}
	return r.twin(s, next)
}

// monthSense chooses among the months that a word can mean: the page's language, then the languages of the other words.
func (r *dateReader) monthSense(s *span, k *dateToken) (month int, ok bool) {
	s.other, s.calendar = 0, gregorian
	var langs langSet
	for pass := range 3 {
		month, s.other = 0, 0
		for _, m := range k.senses {
			if m.class != wMonth && m.class != wJalali {
				continue
			}
			if pass == 0 && !m.langs.has(r.lang) || pass == 1 && (s.langs.empty() || m.langs.and(s.langs).empty()) {
				continue
			}
			switch {
			case month == 0:
				month, langs = int(m.value), m.langs
				if s.calendar = gregorian; m.class == wJalali {
					s.calendar = persian
				}
			case month != int(m.value) && m.class == wMonth && s.other == 0:
				s.other = int(m.value)
			}
		}
		if month != 0 && (s.other == 0 || pass == 2) {
			if s.other == 0 {
				s.langs = langs
			}
			return month, true
		}
	}
	return 0, false
}

// twin passes the second name of the same month.
func (r *dateReader) twin(s *span, i int) int {
	if !r.isMark(i, '/') && !r.isMark(i, '(') && !r.isMark(i, '-') {
		return i
	}
	m, ok := r.sense(i+1, wMonth)
	if !ok || int(m.value) != s.month {
		return i
	}
	if r.isMark(i, '(') {
		if !r.isMark(i+2, ')') {
			return i
		}
		return i + 3
	}
	return i + 2
}

// ordinal passes what stands after a number and makes it the number of a day: th, er, º, -а, 日.
func (r *dateReader) ordinal(i int) int {
	if r.isMark(i, '-') && r.tight(i) && r.tight(i+1) && r.is(i+1, wOrdinal) && !r.is(i+1, wMonth) {
		return i + 2
	}
	if r.isMark(i, '\'') && r.tight(i+1) && r.is(i+1, wOrdinal) {
		return i + 2
	}
	if r.is(i, wOrdinal) && !r.is(i, wMonth) {
		return i + 1
	}
	return i
}

// joiner passes up to two marks and small words between day, month and year.
func (r *dateReader) joiner(i int) int {
	for range 4 {
		k := r.at(i)
		switch {
		case k.kind == tMark && (k.mark == ',' || k.mark == '.' || k.mark == '/' || k.mark == '-'):
		case k.kind == tMark && k.mark == '\'' && r.at(i+1).kind == tWord: // ta' Mejju
		case k.kind == tWord && r.is(i, wNoise) && !r.is(i, wMonth):
		case k.kind == tWord && r.is(i, wYearPre):
			return i
		default:
			return i
		}
		i++
	}
	return i
}

// wordDate reads a date whose month is a word.
func (r *dateReader) wordDate(s *span, i int) int {
	k := r.at(i)
	if k.kind == tWord && (r.is(i, wDayPre) || r.is(i, wOrdinal) && r.isNum(i+1, 2)) && !r.is(i, wMonth) && !r.is(i, wWeekday) {
		j := i + 1
		if r.isMark(j, '-') {
			j++
		}
		if n := r.dayFirst(s, j); n > j {
			return n
		}
		return i
	}
	t := *s
	n := r.yearFirst(&t, i)
	if n == i {
		t = *s
		n = r.dayFirst(&t, i)
	}
	if n == i {
		t = *s
		n = r.monthFirst(&t, i)
	}
	if n > i {
		*s = t
		s.hasDate = true
		return n
	}
	return i
}

// dayFirst reads "29 May 2021" and "29. mai".
func (r *dateReader) dayFirst(s *span, i int) int {
	k := r.at(i)
	if k.kind != tNumber || k.digits > 2 || k.n < 1 || k.n > 31 {
		return i
	}
	t := *s
	j := r.ordinal(i + 1)
	if r.isMark(j, '.') { // 29-i.
		j++
	}
	if r.is(j, wWeekday) && !r.is(j, wMonth) { // 29 sobota maja
		j = i + 1
	}
	j = r.joiner(j)
	n := r.monthAt(&t, j)
	if n == j {
		return i
	}
	*s = t
	s.day, s.hasDate, s.noYear = int(k.n), true, true
	return r.yearAfter(s, n, true)
}

// monthFirst reads "May 29, 2021", "May 2021" and "May 29".
func (r *dateReader) monthFirst(s *span, i int) int {
	t := *s
	n := r.monthAt(&t, i)
	if n == i {
		return i
	}
	j := r.joiner(n)
	if r.is(j, wDayPre) {
		j++
	}
	k := r.at(j)
	if k.kind == tNumber && k.digits <= 2 && k.n >= 1 && k.n <= 31 && !r.clockAhead(j) {
		*s = t
		s.day, s.hasDate, s.noYear = int(k.n), true, true
		end := r.ordinal(j + 1)
		if r.isMark(end, '.') && !r.isNum(end+1, 2) {
			end++
		}
		return r.yearAfter(s, end, false)
	}
	if y, end := r.year(&t, j, false); y != 0 {
		*s = t
		s.year, s.day, s.hasDate = y, 0, true
		return end
	}
	return i
}

// yearFirst reads "2021. május 29.", "2021年5月29日", "2021. gada 29. maijs".
func (r *dateReader) yearFirst(s *span, i int) int {
	t := *s
	y, j := r.year(&t, i, false)
	if y == 0 {
		return i
	}
	t.year = y
	if r.isMark(j, '\'') { // 2021'in
		j++
	}
	if r.isMark(j, '(') { // 2021年（令和3年）5月29日
		if same, n := r.year(&span{}, j+1, false); same == y && r.isMark(n, ')') {
			j = n + 1
		}
	}
	j = r.joiner(j)
	if k := r.at(j); k.kind == tNumber && k.digits <= 2 && k.n >= 1 && k.n <= 31 {
		m := r.ordinal(j + 1)
		m = r.joiner(m)
		u := t
		if n := r.monthAt(&u, m); n > m && !r.is(m, wMonthMark) {
			*s = u
			s.day = int(k.n)
			return n
		}
	}
	n := r.monthAt(&t, j)
	if n == j {
		return i
	}
	*s = t
	s.day = 0
	if d := r.joiner(n); r.isNum(d, 2) && r.at(d).n >= 1 && r.at(d).n <= 31 && !r.clockAhead(d) {
		s.day = int(r.at(d).n)
		n = r.ordinal(d + 1)
		if r.isMark(n, '.') && !r.isNum(n+1, 2) {
			n++
		}
	}
	return n
}

// yearAfter reads the year that follows day and month, if one does.
func (r *dateReader) yearAfter(s *span, i int, dayFirst bool) int {
	j := r.joiner(i)
	comma := false
	for k := i; k < j; k++ {
		comma = comma || r.isMark(k, ',')
	}
	if r.is(j, wWeekday) && !r.is(j, wMonth) && s.weekday < 0 { // 29 May, Saturday, 2021
		w, _ := r.weekdayAt(j)
		t := *s
		if y, end := r.year(&t, r.joiner(j+1), false); y != 0 {
			t.weekday, t.year, t.noYear = w, y, false
			*s = t
			return end
		}
	}
	if y, end := r.year(s, j, dayFirst || comma); y != 0 {
		s.year, s.noYear = y, false
		return end
	}
	return i
}

// year reads a year at i, with era and mark: 2021, '21, 令和3年, พ.ศ. 2564, 2021 г. Two digits count only where short says so.
func (r *dateReader) year(s *span, i int, short bool) (year, next int) {
	j := i
	add, era := 0, false
	for range 2 {
		if e, ok := r.sense(j, wEra); ok && (r.tight(j+1) || !r.at(j+1).space || r.isNum(j+1, 4)) {
			add, era = int(e.value), true
			j++
		} else if r.is(j, wBuddhist) {
			s.calendar = buddhist
			j++
		} else if r.is(j, wYearPre) {
			j++
		}
	}
	if r.isMark(j, '\'') && r.isNum(j+1, 2) {
		j++
		short = true
	}
	k := r.at(j)
	if k.kind != tNumber {
		return 0, i
	}
	y := int(k.n)
	end := j + 1
	s.yearDigits = int(k.digits)
	switch {
	case era && k.digits <= 3 && y > 0:
		y += add
		s.yearDigits = 4
	case k.digits == 4 && (y >= 1300 && y <= 2700):
	case k.digits == 3 && r.country == "TW" && r.is(end, wYearMark):
		y += 1911
		s.yearDigits = 4
	case k.digits == 2 && short && !r.clockAhead(j) && !r.isMark(end, '.') && !r.isMark(end, ':') && !r.is(end, wHour) && !r.is(end, wPeriod) && !r.is(end, wCut):
	default:
		return 0, i
	}
	return y, r.yearMark(end)
}

// yearMark passes what stands after a year: г., 年, -жылы, gada.
func (r *dateReader) yearMark(i int) int {
	if r.isMark(i, '-') && r.tight(i) && r.is(i+1, wYearMark) {
		return i + 2
	}
	if (r.isMark(i, '\'') || r.isMark(i, '.')) && r.is(i+1, wYearMark) && !r.is(i+1, wMonth) {
		return i + 2
	}
	if r.is(i, wYearMark) && !r.is(i, wMonth) {
		i++
		if r.is(i, wYearMark) && !r.is(i, wMonth) {
			i++
		}
	}
	return i
}
