package normalize

import (
	"cmp"
	"slices"
	"time"
)

// finishISO completes what the machine scanner read.
func finishISO(v DateValue, raw string, h DateHints, rule string) found {
	if v.Year > 2400 && v.Year < 2700 { // of the Buddhist era
		v.Year -= 543
		if !v.realDay() && v.Day != 0 {
			return found{role: rolePublished, value: DateValue{Raw: raw}, err: ErrImplausibleDate, rule: rule}
		}
	}
	if v.Year >= 1300 && v.Year < 1500 && baseLang(h.Lang) == "fa" {
		y, m, d, ok := jalali(v.Year, v.Month, v.Day)
		if !ok {
			return found{role: rolePublished, value: DateValue{Raw: raw}, err: ErrNoDate, rule: rule}
		}
		v.Year, v.Month, v.Day = y, m, d
	}
	v.Raw = raw
	return complete(v, h, rule, rolePublished)
}

// complete gives a value its zone and holds it against the bounds.
func complete(v DateValue, h DateHints, rule, role string) found {
	v.zone(h)
	f := found{role: role, value: v, rule: rule}
	if v.neverDate() || late(&v, h.Now) {
		f.err = ErrImplausibleDate
	}
	return f
}

func (r *dateReader) check(v DateValue, raw, rule, role string) found {
	v.Raw = raw
	return complete(v, r.h, rule, role)
}

// late reports whether v lies more than two days after now.
func late(v *DateValue, now time.Time) bool {
	return !now.IsZero() && v.unix() > now.Unix()+48*3600
}

func (r *dateReader) tooLate(v *DateValue) bool { return late(v, r.h.Now) }

// finish decides what a span says.
func (r *dateReader) finish(s *span, raw string) found {
	role := roleNames[s.role]
	v := DateValue{Raw: raw}
	rule := "words"
	switch {
	case s.relative:
		rule = "relative"
		if s.hasClock && s.relUnit < unitDay || !v.ago(r.h.Now, s.relUnit, s.relN) {
			return found{role: role, value: DateValue{Raw: raw}, err: ErrNoDate, rule: rule}
		}
		if s.hasClock && v.Precision == "day" {
			r.setClock(&v, s)
		}
		return complete(v, r.h, rule, role)
	case !s.hasDate:
		return r.lastWeekday(s, v, role)
	case s.pair != [2]int{} || s.triple != [3]int{}:
		return r.finishNumeric(s, v, role)
	case s.other != 0:
		return r.finishMonths(s, v, role)
	case s.year > 0 && s.calendar == gregorian:
		rule = "words"
	}
	v.Year, v.Month, v.Day = s.year, s.month, s.day
	if !r.convert(s, &v) {
		return found{role: role, value: v, err: ErrNoDate, rule: rule}
	}
	return r.finishDay(s, v, role, rule)
}

// convert turns years of other calendars and short years into Gregorian ones.
func (r *dateReader) convert(s *span, v *DateValue) bool {
	if s.noYear {
		return s.calendar != persian || true
	}
	thai := s.calendar == buddhist || r.thai(s)
	switch {
	case s.yearDigits == 2 && s.calendar == persian:
		v.Year += 1400
	case s.yearDigits == 2 && thai:
		v.Year += 2500
	case s.yearDigits == 2:
		v.Year = r.century(v)
	}
	if v.Year > 2400 && v.Year < 2700 {
		v.Year -= 543
	}
	if s.calendar == persian || v.Year >= 1300 && v.Year < 1500 && (r.persian || baseLang(r.h.Lang) == "fa") {
		if v.Year < 1300 || v.Year >= 1500 {
			return false
		}
		if v.Day == 0 {
			return false
		}
		y, m, d, ok := jalali(v.Year, v.Month, v.Day)
		if !ok {
			return false
		}
		v.Year, v.Month, v.Day = y, m, d
	}
	return true
}

// century completes a year of two digits: the 2000s up to 69 unless that lies in the future, else the 1900s.
func (r *dateReader) century(v *DateValue) int {
	y := v.Year
	if y >= 70 {
		return 1900 + y
	}
	t := DateValue{Year: 2000 + y, Month: max(v.Month, 1), Day: max(v.Day, 1)}
	if r.tooLate(&t) {
		return 1900 + y
	}
	return 2000 + y
}

// thai: the page or the words of the date are Thai, whose years are of the Buddhist era.
func (r *dateReader) thai(s *span) bool {
	i, ok := r.dict.langs["th"]
	return ok && (r.lang == i || r.country == "TH" || s.langs == langsOf(i))
}

// finishDay checks the day, infers a missing year and adds the clock.
func (r *dateReader) finishDay(s *span, v DateValue, role, rule string) found {
	f := found{role: role, rule: rule, value: v}
	if s.noYear {
		if !validMonthDay(v.Month, v.Day) {
			f.err = ErrNoDate
			return f
		}
		if s.calendar == persian || !r.inferYear(s, &v) {
			v.Year, v.Precision, f.err = 0, "day", ErrPartialDate
			if s.hasClock {
				r.setClock(&v, s)
			}
			if s.calendar == persian {
				f.err = ErrNoDate
			}
			f.value = v
			return f
		}
	}
	switch {
	case v.Month == 0:
		v.Precision = "year"
	case v.Day == 0:
		v.Precision = "month"
	default:
		v.Precision = "day"
		if !v.realDay() {
			f.err = ErrNoDate
			f.value = DateValue{Raw: v.Raw}
			return f
		}
	}
	if v.Precision == "day" && s.weekday >= 0 && weekdayOf(dayNumber(v.Year, v.Month, v.Day)) != s.weekday {
		v.Flags = append(v.Flags, "weekday_mismatch")
	}
	if s.hasClock && v.Precision == "day" {
		r.setClock(&v, s)
	}
	return complete(v, r.h, rule, role)
}

// inferYear gives a day without a year the latest year that is not after the reference, and that fits the weekday.
func (r *dateReader) inferYear(s *span, v *DateValue) bool {
	if r.h.Now.IsZero() {
		return false
	}
	limit := r.today() + 1
	for y, n := r.h.Now.Year()+1, 0; n < 13; y, n = y-1, n+1 {
		t := DateValue{Year: y, Month: v.Month, Day: v.Day}
		if !t.realDay() {
			continue
		}
		day := dayNumber(y, v.Month, v.Day)
		if day > limit || s.weekday >= 0 && weekdayOf(day) != s.weekday {
			continue
		}
		v.Year, v.Inferred = y, "year"
		return true
	}
	return false
}

// today is the day of the reference on its own calendar.
func (r *dateReader) today() int {
	y, m, d := r.h.Now.Date()
	return dayNumber(y, int(m), d)
}

// lastWeekday is the last such weekday before the reference: "Tuesday, 18:30".
func (r *dateReader) lastWeekday(s *span, v DateValue, role string) found {
	if r.h.Now.IsZero() {
		return found{role: role, value: v, err: ErrNoDate, rule: "weekday"}
	}
	day := r.today()
	back := (weekdayOf(day) - s.weekday + 7) % 7
	if back == 0 && s.hour*60+s.minute > r.h.Now.Hour()*60+r.h.Now.Minute() {
		back = 7
	}
	v.Year, v.Month, v.Day = dateOf(day - back)
	v.Precision, v.Inferred = "day", "day"
	r.setClock(&v, s)
	return complete(v, r.h, "weekday", role)
}

// setClock adds the time of day and the zone that was printed with it.
func (r *dateReader) setClock(v *DateValue, s *span) {
	v.Hour, v.Minute, v.Second = s.hour, s.minute, s.second
	v.Precision = "minute"
	if s.seconds {
		v.Precision = "second"
	}
	if v.Hour == 24 && v.Year > 0 {
		v.realTime()
	}
	if s.hasOffset {
		v.setOffset(s.offset, "explicit")
	} else if s.zone > 0 {
		r.setZoneWord(v, s.zone-1)
	}
}

// finishNumeric decides the order of a pair or of three short groups.
func (r *dateReader) finishNumeric(s *span, v DateValue, role string) found {
	if s.triple != [3]int{} {
		if done, ok := r.finishTriple(s, v, role); ok {
			return done
		}
	}
	a, b := s.pair[0], s.pair[1]
	read := func(m, d int) (DateValue, bool) {
		t := v
		t.Year, t.Month, t.Day = s.year, m, d
		c := *s
		if !r.convert(&c, &t) {
			return t, false
		}
		if s.noYear {
			return t, validMonthDay(m, d)
		}
		return t, t.realDay()
	}
	dmy, okD := read(b, a)
	mdy, okM := read(a, b)
	switch {
	case !okD && !okM:
		return found{role: role, value: v, err: ErrNoDate, rule: "numeric"}
	case !okM || a == b:
		return r.finishDay(s, dmy, role, "numeric")
	case !okD:
		return r.finishDay(s, mdy, role, "numeric")
	}
	dayFirst, why := r.order(s, dmy, mdy)
	if why == "" {
		return r.ambiguous(s, v, role, "numeric", dmy, mdy)
	}
	if !dayFirst {
		dmy = mdy
	}
	f := r.finishDay(s, dmy, role, "numeric:"+why)
	if why != "dot" && f.value.Inferred == "" { // a year that was supplied says more than the order
		f.value.Inferred = "order:" + why
	}
	return f
}

// finishTriple reads yy.mm.dd where the language puts the year first; else the year is last and the pair decides.
func (r *dateReader) finishTriple(s *span, v DateValue, role string) (found, bool) {
	t := s.triple
	roc := r.country == "TW" && s.pairSep == '/' && t[0] > 31
	if validMonthDay(t[1], t[2]) && (yearFirstLang(baseLang(r.h.Lang)) || r.h.Order == "ymd" || roc) {
		v.Year, v.Month, v.Day = t[0], t[1], t[2]
		c := *s
		if baseLang(r.h.Lang) == "fa" {
			c.calendar = persian
		}
		if !r.convert(&c, &v) {
			return found{role: role, value: v, err: ErrNoDate, rule: "numeric"}, true
		}
		return r.finishDay(&c, v, role, "numeric:lang"), true
	}
	s.year, s.pair = t[2], [2]int{t[0], t[1]}
	return found{}, false
}

// ambiguous reports both readings.
func (r *dateReader) ambiguous(s *span, v DateValue, role, rule string, readings ...DateValue) found {
	f := found{role: role, rule: rule, err: ErrAmbiguousDate, value: v}
	for _, t := range readings {
		one := r.finishDay(s, t, role, rule)
		if one.err == nil || one.err == ErrPartialDate {
			one.value.Flags = nil
			f.value.Readings = append(f.value.Readings, one.value)
		}
	}
	slices.SortFunc(f.value.Readings, func(a, b DateValue) int { return cmp.Compare(a.String(), b.String()) })
	switch len(f.value.Readings) {
	case 0:
		f.err = ErrImplausibleDate
	case 1:
		f.value, f.err = f.value.Readings[0], nil
		f.value.Inferred = "order:now"
	}
	return f
}

// finishMonths decides a month whose name two languages share and give to different months.
func (r *dateReader) finishMonths(s *span, v DateValue, role string) found {
	c := *s
	c.other = 0
	v.Year, v.Month, v.Day = s.year, s.month, s.day
	if !r.convert(&c, &v) {
		return found{role: role, value: v, err: ErrNoDate, rule: "words"}
	}
	w := v
	w.Month = s.other
	if s.weekday >= 0 && !s.noYear && v.Day > 0 {
		a := weekdayOf(dayNumber(v.Year, v.Month, v.Day)) == s.weekday
		b := weekdayOf(dayNumber(w.Year, w.Month, w.Day)) == s.weekday
		if a != b {
			if b {
				v = w
			}
			return r.finishDay(&c, v, role, "words")
		}
	}
	f := r.ambiguous(&c, DateValue{Raw: v.Raw}, role, "words", v, w)
	return f
}

// loose asks dateparse for what the tables did not know, only where every word is a month, a weekday or am/pm and no pair of
// small numbers could be turned around.
func (r *dateReader) loose() (v DateValue, ok bool) {
	if len(r.b) > 64 || r.n < 3 || r.n > 16 {
		return v, false
	}
	months, years, small := 0, 0, 0
	for i := range r.n {
		k := r.at(i)
		switch {
		case k.kind == tMark && (k.mark == '?' || k.mark == '+'):
			return v, false
		case k.kind == tNumber && k.digits == 4 && k.n >= 1800 && k.n < 2200 && (i == 0 || i == r.n-1):
			years++
		case k.kind == tNumber:
			small++
		case k.kind == tWord && r.is(i, wMonth) && k.end-k.start < 12:
			months++
		case k.kind == tWord && !r.is(i, wWeekday):
			return v, false
		}
	}
	if months != 1 || years != 1 || small != 1 {
		return v, false
	}
	t, _, err := looseParse(r.s)
	if err != nil || t.Hour()+t.Minute()+t.Second()+t.Nanosecond() != 0 {
		return v, false
	}
	v.Year, v.Month, v.Day, v.Precision = t.Year(), int(t.Month()), t.Day(), "day"
	return v, true
}
