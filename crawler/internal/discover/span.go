package discover

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Span is a stretch of time, From in it and To not. The zero Span says nothing.
type Span struct{ From, To time.Time }

// Known reports whether the span says anything.
func (s Span) Known() bool { return !s.From.IsZero() }

// Meets reports whether the two have a moment in common. A To of zero is the end of time.
func (s Span) Meets(o Span) bool {
	return (o.To.IsZero() || s.From.Before(o.To)) && (s.To.IsZero() || o.From.Before(s.To))
}

// Covers reports whether all of o is in s.
func (s Span) Covers(o Span) bool {
	return !o.From.Before(s.From) && (s.To.IsZero() || !o.To.IsZero() && !o.To.After(s.To))
}

// day is the span of a year, a month or a day; zero for what is not given.
func day(y, m, d int) Span {
	from := time.Date(y, time.Month(max(m, 1)), max(d, 1), 0, 0, 0, 0, time.UTC)
	switch {
	case m == 0:
		return Span{from, from.AddDate(1, 0, 0)}
	case d == 0:
		return Span{from, from.AddDate(0, 1, 0)}
	}
	return Span{from, from.AddDate(0, 0, 1)}
}

// dated finds 2024, 2024-05, 202405, 2024/05/31 and the like between what are no digits.
var dated = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2})(?:[-_/.]?(0[1-9]|1[0-2])(?:[-_/.]?(0[1-9]|[12][0-9]|3[01]))?)?(?:[^0-9]|$)`)

// SpanOfFile is the time that the name of a sitemap promises for its entries: a year, a month or a day
// in it, or parameters that say so; the most exact of several.
func SpanOfFile(u *url.URL) Span {
	if s := spanOfQuery(u.Query()); s.Known() {
		return s
	}
	var best Span
	for _, m := range dated.FindAllStringSubmatch(u.Path+"?"+u.RawQuery, -1) {
		y, _ := strconv.Atoi(m[1])
		mon, _ := strconv.Atoi(m[2])
		d, _ := strconv.Atoi(m[3])
		if s := day(y, mon, d); !best.Known() || s.To.Sub(s.From) < best.To.Sub(best.From) {
			best = s
		}
	}
	return best
}

// spanOfQuery reads yyyy= and mm=, or a start and an end.
func spanOfQuery(q url.Values) Span {
	get := func(names ...string) string {
		for _, n := range names {
			if v := q.Get(n); v != "" {
				return v
			}
		}
		return ""
	}
	y := number(get("yyyy", "year", "y"))
	if within(y, 1990, 2100) {
		return day(y, max(0, number(get("mm", "month", "m"))), max(0, number(get("dd", "day", "d"))))
	}
	from, ok := moment(get("startTime", "start", "from"))
	if !ok {
		return Span{}
	}
	if to, ok := moment(get("endTime", "end", "to")); ok && to.After(from) {
		return Span{from, to}
	}
	return Span{From: from}
}

func moment(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly, "20060102", "2006-01"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// SpanOfPage is the day or the month in the path of an article.
func SpanOfPage(u *url.URL) Span {
	segs := segments(u.Path)
	end, precise := dateInPath(segs)
	if end == 0 {
		return Span{}
	}
	digits := pathDigits(segs[:end])
	switch {
	case precise && len(digits) >= 8:
		digits = digits[len(digits)-8:]
		return day(number(digits[:4]), number(digits[4:6]), number(digits[6:]))
	case !precise && len(digits) >= 6:
		digits = digits[len(digits)-6:]
		return day(number(digits[:4]), number(digits[4:6]), 0)
	}
	return Span{}
}

// pathDigits are the digits of the segments that are numbers, months and days of two digits each.
func pathDigits(segs []string) string {
	digits := ""
	for _, s := range segs {
		d := strings.ReplaceAll(s, "-", "")
		switch {
		case number(d) >= 0 && len(d) == 1:
			digits += "0" + d
		case number(d) >= 0:
			digits += d
		default:
			if m := monthOf(s); m > 0 {
				digits += strconv.Itoa(100 + m)[1:]
			}
		}
	}
	return digits
}

// monthOf is the number of a month by its English name, as addresses have it; 0 for none.
func monthOf(s string) int {
	if len(s) < 3 || len(s) > 9 {
		return 0
	}
	return slices.Index(monthNames, strings.ToLower(s[:3])) + 1
}
