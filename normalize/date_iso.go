package normalize

// scanISO reads ISO 8601 and RFC 3339 with the relatives that content systems write: a space or a comma for the T, one-digit
// hours, missing seconds, fractions by dot or comma, offsets of every form, week and ordinal dates, the basic form. It gives
// the number of bytes read, 0 where b does not start with such a date. Nothing is allocated.
func scanISO(b string) (v DateValue, n int, ok bool) {
	s := isoScanner{b: b}
	if !s.date(&v) {
		return v, 0, false
	}
	v.Precision = "day"
	end := s.i
	if s.clock(&v) {
		end = s.i
		if s.zone(&v) {
			end = s.i
		}
	}
	return v, end, true
}

type isoScanner struct {
	b     string
	i     int
	basic bool
	t     bool // the separator was a T
}

func (s *isoScanner) peek(k int) byte {
	if s.i+k < len(s.b) {
		return s.b[s.i+k]
	}
	return 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// digits reads min to max digits.
func (s *isoScanner) digits(min, max int) (n int, ok bool) {
	k := 0
	for k < max && isDigit(s.peek(k)) {
		n = n*10 + int(s.peek(k)-'0')
		k++
	}
	if k < min {
		return 0, false
	}
	s.i += k
	return n, true
}

func (s *isoScanner) run() int {
	k := 0
	for isDigit(s.peek(k)) {
		k++
	}
	return k
}

func (s *isoScanner) date(v *DateValue) bool {
	run := s.run()
	if run == 8 && (s.peek(8) == 'T' || s.peek(8) == 't') && isDigit(s.peek(9)) {
		s.basic = true
		v.Year, _ = s.digits(4, 4)
		v.Month, _ = s.digits(2, 2)
		v.Day, _ = s.digits(2, 2)
		return v.realDay()
	}
	if run != 4 {
		return false
	}
	v.Year, _ = s.digits(4, 4)
	sep := s.peek(0)
	if sep != '-' && sep != '/' && sep != '.' {
		return false
	}
	s.i++
	if sep == '-' && (s.peek(0) == 'W' || s.peek(0) == 'w') {
		return s.week(v)
	}
	if run = s.run(); sep == '-' && run == 3 {
		yday, _ := s.digits(3, 3)
		return v.setYearDay(yday)
	}
	if run < 1 || run > 2 {
		return false
	}
	v.Month, _ = s.digits(1, 2)
	if s.peek(0) != sep || s.i+1 >= len(s.b) || !isDigit(s.peek(1)) {
		return false
	}
	s.i++
	if run = s.run(); run < 1 || run > 2 {
		return false
	}
	v.Day, _ = s.digits(1, 2)
	return v.realDay()
}

// week reads W21-6: day 1 is Monday, week 1 holds 4 January.
func (s *isoScanner) week(v *DateValue) bool {
	s.i++
	w, ok := s.digits(2, 2)
	if !ok || w < 1 || w > 53 || s.peek(0) != '-' {
		return false
	}
	s.i++
	d, ok := s.digits(1, 1)
	if !ok || d < 1 || d > 7 {
		return false
	}
	monday := dayNumber(v.Year, 1, 4)
	monday -= weekdayOf(monday)
	v.Year, v.Month, v.Day = dateOf(monday + (w-1)*7 + d - 1)
	return true
}

func (s *isoScanner) clock(v *DateValue) bool {
	start, save := s.i, *v
	switch c := s.peek(0); {
	case c == 'T' || c == 't':
		s.t = true
		s.i++
	case c == ' ' || c == ',':
		for s.peek(0) == ' ' || s.peek(0) == ',' {
			s.i++
		}
	case c == ':' && isDigit(s.peek(1)): // a log's 2021/05/29:07:47
		s.i++
	default:
		return false
	}
	if !s.time(v) {
		s.i, *v = start, save
		return false
	}
	return true
}

func (s *isoScanner) time(v *DateValue) bool {
	var ok bool
	run := s.run()
	if s.basic && (run == 4 || run == 6) {
		v.Hour, _ = s.digits(2, 2)
		v.Minute, _ = s.digits(2, 2)
		v.Precision = "minute"
		if run == 6 {
			v.Second, _ = s.digits(2, 2)
			v.Precision = "second"
		}
		return v.realTime()
	}
	if run > 2 {
		return false
	}
	if v.Hour, ok = s.digits(1, 2); !ok {
		return false
	}
	if s.peek(0) != ':' || !isDigit(s.peek(1)) {
		v.Precision = "hour"
		return s.t && run == 2 && v.realTime()
	}
	s.i++
	if v.Minute, ok = s.digits(2, 2); !ok {
		return false
	}
	v.Precision = "minute"
	if s.peek(0) == ':' && isDigit(s.peek(1)) {
		s.i++
		if v.Second, ok = s.digits(2, 2); !ok {
			return false
		}
		v.Precision = "second"
		if c := s.peek(0); (c == '.' || c == ',') && isDigit(s.peek(1)) {
			s.i++
			s.digits(1, 18)
		}
		if s.peek(0) == ':' && isDigit(s.peek(1)) { // 07:47:00:000
			s.i++
			s.digits(1, 9)
		}
	}
	return v.realTime()
}

func (s *isoScanner) zone(v *DateValue) bool {
	start := s.i
	space := 0
	for s.peek(0) == ' ' {
		s.i++
		space++
	}
	sign := 1
	switch c := s.peek(0); {
	case (c == 'Z' || c == 'z') && !isLetter(s.peek(1)):
		s.i++
		v.setOffset(0, "explicit")
		return s.area(v)
	case c == '+':
		s.i++
	case c == '-':
		s.i++
		sign = -1
	case space == 1 && s.t && isDigit(c) && isDigit(s.peek(1)) && s.peek(2) == ':' && s.i+5 == len(s.b):
		// a + that became a space in a form-encoded URL
	default:
		s.i = start
		return false
	}
	run := s.run()
	h, m := 0, 0
	switch {
	case run == 4:
		h, _ = s.digits(2, 2)
		m, _ = s.digits(2, 2)
	case run == 1 || run == 2:
		h, _ = s.digits(1, 2)
		if s.peek(0) == ':' && isDigit(s.peek(1)) && isDigit(s.peek(2)) {
			s.i++
			m, _ = s.digits(2, 2)
		}
	}
	if run == 0 || run == 3 || run > 4 || h > 14 || m > 59 || sign < 0 && !westerly(h, m) || (space > 0 && isDigit(s.peek(0))) {
		s.i = start
		return false
	}
	v.setOffset(sign*(h*3600+m*60), "explicit")
	return s.area(v)
}

// westerly reports whether a zone lies so far west of Greenwich: the half hours are those of Newfoundland, of the
// Marquesas and of Venezuela from 2007 to 2016 (IANA time zone database); everything else is the end of an event.
func westerly(h, m int) bool {
	return m == 0 && h <= 12 || m == 30 && (h == 2 || h == 3 || h == 4 || h == 9)
}

// area skips the [Area/City] that Java appends: the offset before it is what was printed.
func (s *isoScanner) area(v *DateValue) bool {
	if s.peek(0) != '[' {
		return true
	}
	for k := 1; k < 40 && s.peek(k) != 0; k++ {
		if s.peek(k) == ']' {
			s.i += k + 1
			break
		}
	}
	return true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// scanDigits reads a string of digits alone, as attributes have them: yyyymmdd, with hhmm, with ss, seconds, milliseconds or
// microseconds since 1970, or a year.
func scanDigits(s string, h DateHints) (v DateValue, ok bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) || len(s) > 16 {
			return v, false
		}
		n = n*10 + int(s[i]-'0')
	}
	switch len(s) {
	case 4:
		v.Year, v.Precision = n, "year"
		return v, n >= 1800 && n <= 2100
	case 8:
		v.Year, v.Month, v.Day, v.Precision = n/10000, n/100%100, n%100, "day"
		return v, v.realDay() && v.Year >= 1800 && v.Year <= 2100
	case 12, 14:
		v.Precision = "minute"
		if len(s) == 14 {
			v.Precision, v.Second = "second", n%100
			n /= 100
		}
		v.Year, v.Month, v.Day, v.Hour, v.Minute = n/1e8, n/1e6%100, n/1e4%100, n/100%100, n%100
		return v, v.realDay() && v.realTime() && v.Year >= 1800 && v.Year <= 2100
	case 16:
		n /= 1e6
	case 13:
		n /= 1e3
	case 10:
	default:
		return v, false
	}
	v.setUnix(int64(n), 0)
	v.Precision = "second"
	v.setOffset(0, "explicit")
	return v, v.Year >= 1990 && v.Year <= 2100
}
