package normalize

import "time"

// Units of a relative time, from fine to coarse.
const (
	unitSecond = iota
	unitMinute
	unitHour
	unitDay
	unitWeek
	unitMonth
	unitYear
)

var unitNames = map[string]int{
	"second": unitSecond, "minute": unitMinute, "hour": unitHour, "day": unitDay,
	"week": unitWeek, "month": unitMonth, "year": unitYear,
}

// relativeTime reads "2 hours ago", "vor einer Stunde", "yesterday". A bare duration is none.
func (r *dateReader) relativeTime(s *span, i int) int {
	if n := r.pattern(s, i); n > i {
		return n
	}
	if f, ok := r.sense(i, wRelFixed); ok && !r.is(i, wMonth) && !r.foreign(i, f) {
		s.hasDate, s.relative = true, true
		s.relUnit, s.relN = int(f.value>>16), int(f.value&0xffff)
		return i + 1
	}
	return i
}

// pattern reads a count between the two halves of a relative time.
func (r *dateReader) pattern(s *span, i int) int {
	before := int32(0)
	j := i
	k := r.at(i)
	if k.kind == tWord && !r.is(i, wNumber) || r.is(i, wRelBefore) && r.isNumberWord(i+1) {
		b, ok := r.sense(i, wRelBefore)
		if !ok {
			return i
		}
		before = b.value
		j++
	}
	for r.is(j, wNoise) && !r.is(j, wNumber) {
		j++
	}
	n, ok := r.count(j)
	if !ok {
		return i
	}
	unitAt, minutes := j+1, false
	if m, ok := r.count(j + 2); ok && r.is(j+1, wHour) && m < 60 && r.is(j+3, wRelAfter) { // 1 hr 20 min ago
		n, unitAt, minutes = n*60+m, j+3, true
	}
	// the longest closing phrase may belong to another language: try all the meanings of the word
	for _, a := range r.at(unitAt).senses {
		if a.class != wRelAfter {
			continue
		}
		u, ok := r.dict.patterns[relKey{before, a.value}]
		if !ok || minutes && u.unit != unitMinute {
			continue
		}
		s.hasDate, s.relative = true, true
		s.relUnit, s.relN = int(u.unit), n
		return unitAt + 1
	}
	return i
}

func (r *dateReader) isNumberWord(i int) bool { _, ok := r.count(i); return ok }

func (r *dateReader) count(i int) (n int, ok bool) {
	k := r.at(i)
	if k.kind == tNumber && k.digits <= 3 {
		return int(k.n), true
	}
	if w, ok := r.sense(i, wNumber); ok {
		return int(w.value), true
	}
	return 0, false
}

// ago sets v to the reference less n units, to the granularity that was said.
func (v *DateValue) ago(now time.Time, unit, n int) bool {
	if now.IsZero() || n > 1000 {
		return false
	}
	_, offset := now.Zone()
	v.setUnix(now.Unix(), offset)
	switch unit {
	case unitSecond, unitMinute, unitHour:
		v.setUnix(now.Unix()-int64(n)*[...]int64{1, 60, 3600}[unit], offset)
		v.Precision = [...]string{"second", "minute", "hour"}[unit]
		if unit >= unitMinute {
			v.Second = 0
		}
		if unit == unitHour {
			v.Minute = 0
		}
		v.setOffset(offset, "reference")
		return true
	case unitDay, unitWeek:
		if unit == unitWeek {
			n *= 7
		}
		v.addDays(-n)
		v.Precision = "day"
	case unitMonth:
		m := v.Year*12 + v.Month - 1 - n
		v.Year, v.Month, v.Day = m/12, m%12+1, 0
		v.Precision = "month"
	case unitYear:
		v.Year, v.Month, v.Day = v.Year-n, 0, 0
		v.Precision = "year"
	}
	v.Hour, v.Minute, v.Second = 0, 0, 0
	return true
}
