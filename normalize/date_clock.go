package normalize

// clockAhead reports whether token i opens a time of day, so that its number is no day and no year.
func (r *dateReader) clockAhead(i int) bool {
	k := r.at(i)
	if r.is(i, wPeriod) {
		i++
		k = r.at(i)
	}
	if k.kind != tNumber || k.digits > 2 || k.n > 24 {
		return false
	}
	if r.isMark(i+1, ':') && r.tight(i+1) && r.at(i+2).kind == tNumber && r.at(i+2).digits == 2 {
		return true
	}
	if r.is(i+1, wHour) && !r.is(i+1, wNoise) || r.is(i+1, wPeriod) {
		return true
	}
	if (r.isMark(i+1, '.') || r.isMark(i+1, ':')) && r.tight(i+1) && r.tight(i+2) && r.at(i+2).kind == tNumber && r.at(i+2).digits == 2 && r.at(i+2).n < 60 {
		return !(r.isMark(i+3, '.') && r.tight(i+3) && r.at(i+4).kind == tNumber)
	}
	return false
}

// clock reads a time of day at i.
func (r *dateReader) clock(s *span, i int) int {
	j := i
	period := 0
	if p, ok := r.periodAt(j); ok {
		period = p
		j++
		for r.isMark(j, ',') || r.isMark(j, '.') || r.is(j, wNoise) {
			j++
		}
	}
	if n := r.noon(s, i, period); n > i {
		return n
	}
	k := r.at(j)
	if k.kind != tNumber || r.partOfNumber(j) && !s.hasDate {
		return i
	}
	if k.digits == 4 {
		return r.militaryClock(s, i, j)
	}
	if k.digits > 2 || k.n > 24 {
		return i
	}
	t := *s
	t.hour, t.minute, t.second, t.seconds = int(k.n), 0, 0, false
	end, marked := r.minutes(&t, j)
	if end == 0 {
		return i
	}
	if period == 0 {
		if end, period = r.periodAfter(end); period != 0 {
			marked = true
		}
	}
	if !marked {
		return i
	}
	t.period = period
	if !t.settleHour() {
		return i
	}
	t.hasClock = true
	*s = t
	return end
}

// noon reads a bare "noon" or "midnight" behind a day.
func (r *dateReader) noon(s *span, i, period int) int {
	if !s.hasDate || s.relative || r.at(i+1).kind == tNumber || period != periodTwelve && period != periodMidnight {
		return i
	}
	s.hasClock, s.hour = true, 12
	if period == periodMidnight {
		s.hour = 0
	}
	return i + 1
}

// minutes reads what follows the hour at j. marked says that the number is shown to be a time even without a part of the day.
func (r *dateReader) minutes(t *span, j int) (end int, marked bool) {
	sep := j + 1
	hourMark := r.is(sep, wHour) && !(r.is(sep, wPeriod))
	switch {
	case (r.isMark(sep, ':') || r.isMark(sep, '.')) && r.tight(sep):
	case hourMark:
	default:
		return j + 1, false
	}
	m := r.at(sep + 1)
	ok := m.kind == tNumber && m.digits <= 2 && m.n < 60
	if !hourMark {
		ok = ok && m.digits == 2 && (!m.space || r.isMark(sep, ':'))
		if r.isMark(sep, '.') {
			if r.isMark(sep+2, '.') && r.tight(sep+2) && r.at(sep+3).kind == tNumber && r.tight(sep+3) && r.at(sep+3).digits == 4 {
				return 0, false
			}
			if r.at(j).n > 24 {
				return 0, false
			}
		}
		if !ok {
			return 0, false
		}
	} else if !ok || m.digits == 1 && !r.is(sep+2, wMinute) || m.digits == 2 && m.space && !r.is(sep+2, wMinute) && r.at(sep).end-r.at(sep).start > 1 && !r.lastNumber(sep+1) {
		end = sep + 1
		for r.isMark(end, '.') {
			end++
		}
		return end, true
	}
	t.minute = int(m.n)
	end = sep + 2
	if r.is(end, wMinute) {
		end++
	}
	if r.isMark(end, ':') || r.isMark(end, '.') && r.isMark(sep, '.') || r.is(end-1, wMinute) {
		at := end
		if !r.is(end-1, wMinute) || r.isMark(end, ':') {
			at++
		}
		if x := r.at(at); x.kind == tNumber && x.digits == 2 && x.n <= 60 && (r.tight(at) || r.is(at+1, wSecond)) {
			t.second, t.seconds = int(x.n), true
			end = at + 1
			if r.is(end, wSecond) {
				end++
			}
			if (r.isMark(end, '.') || r.isMark(end, ',')) && r.tight(end) && r.at(end+1).kind == tNumber && r.tight(end+1) {
				end += 2 // a fraction
			}
		}
	}
	for r.is(end, wHour) && !r.is(end, wPeriod) {
		end++
	}
	return end, true
}

// lastNumber: no word stands behind token i that it could count, and no date goes on there: 18 Uhr 30, but not 18 Uhr 12 Kommentare.
func (r *dateReader) lastNumber(i int) bool {
	next := r.at(i + 1)
	return next.kind == 0 || next.kind == tMark && next.mark != '.' && next.mark != '/' && next.mark != '-' || r.is(i+1, wRole) || r.is(i+1, wZone)
}

// periodAfter reads am, pm and their like behind a time.
func (r *dateReader) periodAfter(i int) (next, period int) {
	j := i
	if r.is(j, wNoise) && r.is(j+1, wPeriod) && !r.is(j, wPeriod) { // de la tarde
		j++
	}
	if p, ok := r.periodAt(j); ok {
		return j + 1, p
	}
	if p, ok := r.periodAt(j + 1); ok && r.isMark(j, '(') && r.isMark(j+2, ')') {
		return j + 3, p
	}
	return i, 0
}

// periodAt is the part of the day that token i names. A word that is a small word elsewhere (Hungarian de., Spanish de) counts
// only in its own language.
func (r *dateReader) periodAt(i int) (period int, ok bool) {
	p, ok := r.sense(i, wPeriod)
	if !ok || r.foreign(i, p) || r.is(i, wNoise) && !p.langs.has(r.lang) && !p.langs.has(r.dict.langs["en"]) {
		return 0, false
	}
	return int(p.value), true
}

// militaryClock reads 0747 where a zone or an hour mark follows.
func (r *dateReader) militaryClock(s *span, i, j int) int {
	k := r.at(j)
	h, m := int(k.n)/100, int(k.n)%100
	if h > 23 || m > 59 || !(s.hasDate && r.is(j+1, wHour) || r.is(j+1, wZone) && r.realZone(j+1)) {
		return i
	}
	s.hasClock, s.hour, s.minute = true, h, m
	if r.is(j+1, wHour) {
		return j + 2
	}
	return j + 1
}

// settleHour applies the part of the day.
func (s *span) settleHour() bool {
	h := s.hour
	if h > 12 || s.period == 0 {
		return h < 24 || h == 24 && s.minute == 0 && s.second == 0
	}
	switch s.period {
	case periodAM, periodMidnight:
		h %= 12
	case periodPM:
		if h < 12 {
			h += 12
		}
	case periodNoon, periodTwelve:
		if h < 6 {
			h += 12
		}
	case periodNight:
		if h >= 6 {
			h = (h + 12) % 24
		}
	}
	s.hour = h
	return true
}
