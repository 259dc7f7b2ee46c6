package normalize

import (
	"strconv"
	"time"
)

// Bounds of what normalize itself takes for a date; extract has a narrower window.
const (
	firstYear = 1800
	lastYear  = 2999
)

var monthDays = [13]int{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func leapYear(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func daysIn(y, m int) int {
	if m == 2 && leapYear(y) {
		return 29
	}
	return monthDays[m]
}

// realDay reports whether the day is in the calendar: 30 February is refused, not carried over.
func (v *DateValue) realDay() bool {
	return v.Month >= 1 && v.Month <= 12 && v.Day >= 1 && v.Day <= daysIn(v.Year, v.Month)
}

// realTime reports whether the clock can show it. 24:00 is the next midnight; a leap second is the one before.
func (v *DateValue) realTime() bool {
	if v.Hour == 24 && v.Minute == 0 && v.Second == 0 {
		v.Hour = 0
		v.addDays(1)
		return true
	}
	if v.Second == 60 {
		v.Second = 59
	}
	return v.Hour >= 0 && v.Hour < 24 && v.Minute >= 0 && v.Minute < 60 && v.Second >= 0 && v.Second < 60
}

// dayNumber counts days from 1970-01-01 in the proleptic Gregorian calendar.
func dayNumber(y, m, d int) int {
	return int(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func dateOf(n int) (y, m, d int) {
	t := time.Unix(int64(n)*86400, 0).UTC()
	return t.Year(), int(t.Month()), t.Day()
}

// weekdayOf is 0 for Monday.
func weekdayOf(n int) int { return ((n+3)%7 + 7) % 7 }

func (v *DateValue) addDays(n int) {
	v.Year, v.Month, v.Day = dateOf(dayNumber(v.Year, v.Month, v.Day) + n)
}

func (v *DateValue) setYearDay(n int) bool {
	if n < 1 || n > 366 || (n == 366 && !leapYear(v.Year)) {
		return false
	}
	v.Year, v.Month, v.Day = dateOf(dayNumber(v.Year, 1, 1) + n - 1)
	return true
}

// setUnix sets day and clock to the instant sec as a clock shows it that is offset seconds east.
func (v *DateValue) setUnix(sec int64, offset int) {
	t := time.Unix(sec+int64(offset), 0).UTC()
	v.Year, v.Month, v.Day = t.Year(), int(t.Month()), t.Day()
	v.Hour, v.Minute, v.Second = t.Hour(), t.Minute(), t.Second()
}

func (v *DateValue) setOffset(sec int, source string) {
	v.HasOffset, v.Offset, v.ZoneSource = true, sec, source
}

// hasClock reports whether the time of day was given.
func (v *DateValue) hasClock() bool {
	return v.Precision == "minute" || v.Precision == "second" || v.Precision == "hour"
}

// Instant is v in seconds since 1970 UTC, its wall clock taken as UTC where no offset is known.
func (v DateValue) Instant() int64 { return v.unix() }

// unix is the instant, the wall clock taken as UTC where no offset is known.
func (v *DateValue) unix() int64 {
	m, d := max(v.Month, 1), max(v.Day, 1)
	return int64(dayNumber(v.Year, m, d))*86400 + int64(v.Hour*3600+v.Minute*60+v.Second) - int64(v.Offset)
}

// String is the value in the form of dateline.Record.Published, to the precision that was printed; "" for no date.
// A date without its year begins with "--", as in ISO 8601:2000.
func (v DateValue) String() string {
	if v.Precision == "" {
		return ""
	}
	var a [32]byte
	b := a[:0]
	if v.Year == 0 {
		b = append(b, '-')
	} else {
		b = appendPadded(b, v.Year, 4)
	}
	if v.Precision == "year" {
		return string(b)
	}
	b = appendPadded(append(b, '-'), v.Month, 2)
	if v.Precision == "month" {
		return string(b)
	}
	b = appendPadded(append(b, '-'), v.Day, 2)
	if !v.hasClock() {
		return string(b)
	}
	b = appendPadded(append(b, 'T'), v.Hour, 2)
	b = appendPadded(append(b, ':'), v.Minute, 2)
	b = appendPadded(append(b, ':'), v.Second, 2)
	if v.HasOffset {
		b = appendOffset(b, v.Offset, true)
	}
	return string(b)
}

func appendPadded(b []byte, n, width int) []byte {
	for w, p := width, 1; w > 1; w-- {
		if p *= 10; n < p {
			b = append(b, '0')
		}
	}
	return strconv.AppendInt(b, int64(n), 10)
}

func appendOffset(b []byte, sec int, zulu bool) []byte {
	if sec == 0 && zulu {
		return append(b, 'Z')
	}
	sign := byte('+')
	if sec < 0 {
		sign, sec = '-', -sec
	}
	b = appendPadded(append(b, sign), sec/3600, 2)
	return appendPadded(append(b, ':'), sec/60%60, 2)
}

// neverDate: what an empty database field prints.
func (v *DateValue) neverDate() bool {
	switch {
	case v.Year == 1970 && v.Month == 1 && v.Day == 1, v.Year == 9999 && v.Month == 12 && v.Day == 31:
		return true
	case v.Year == 1969 && v.Month == 12 && v.Day == 31 && v.HasOffset:
		return v.unix() == 0
	}
	return v.Precision == "" || v.Year < firstYear || v.Year > lastYear
}

// jalali turns a day of the Persian calendar into a Gregorian one, by the 33-year rule (right for 1178 to 1633).
func jalali(y, m, d int) (gy, gm, gd int, ok bool) {
	leap := func(y int) bool {
		switch y % 33 {
		case 1, 5, 9, 13, 17, 22, 26, 30:
			return true
		}
		return false
	}
	last := 31
	switch {
	case m > 6 && m < 12:
		last = 30
	case m == 12:
		last = 29
		if leap(y) {
			last = 30
		}
	}
	if y < 1178 || y > 1633 || m < 1 || m > 12 || d < 1 || d > last {
		return 0, 0, 0, false
	}
	n := dayNumber(2021, 3, 21) // 1 Farvardin 1400
	for k := 1400; k < y; k++ {
		n += 365
		if leap(k) {
			n++
		}
	}
	for k := y; k < 1400; k++ {
		n -= 365
		if leap(k) {
			n--
		}
	}
	if m <= 7 {
		n += (m - 1) * 31
	} else {
		n += 6*31 + (m-7)*30
	}
	gy, gm, gd = dateOf(n + d - 1)
	return gy, gm, gd, true
}
