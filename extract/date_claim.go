package extract

import (
	"strings"
	"time"
	"unicode"
)

// claims adds what stands outside the page: the day in its address, and what the
// feed or sitemap said that named it.
func (f *dateFinder) claims() {
	if raw := urlDate(f.in.URL); raw != "" {
		f.add(published, "url", "url", raw, true, weightURL)
	} else if raw := urlMonthName(f.in.URL); raw != "" {
		f.add(published, "url", "url", raw, false, weightURL)
	}
	if f.in.Claims.Published != "" {
		f.add(published, "claim", "claim", f.in.Claims.Published, true, weightMeta)
	}
	if f.in.Claims.Modified != "" {
		f.add(modified, "claim", "claim", f.in.Claims.Modified, true, weightMetaVague)
	}
}

// urlDate is the day in the path of an address: /2021/05/29/, /20210529/ or 2021-05-29.
func urlDate(u string) string {
	for _, form := range []string{"yyyy/mm/dd", "yyyy-mm-dd", "yyyymmdd", "yyyy/m/dd", "yyyy/m/d"} {
		if day := dayIn(u, form); day != "" {
			return day
		}
	}
	return ""
}

// urlMonthName is the day of an address that spells the month, /2021/may/29/, as a date in words.
func urlMonthName(u string) string {
	parts := strings.Split(u, "/")
	for i := 3; i+2 < len(parts); i++ {
		y, m, d := parts[i], parts[i+1], parts[i+2]
		if len(y) == 4 && allDigits(y) && len(m) >= 3 && len(m) <= 10 && !strings.ContainsFunc(m, notLetter) && len(d) > 0 && len(d) <= 2 && allDigits(d) {
			return d + " " + m + " " + y
		}
	}
	return ""
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func allDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// urlDayFirst is the day of an address that puts it first: 29-05-2021, 29052021.
func urlDayFirst(u string) string {
	for _, form := range []string{"dd-mm-yyyy", "dd.mm.yyyy", "ddmmyyyy"} {
		if day := dayIn(u, form); day != "" {
			return day
		}
	}
	return ""
}

// dayIn is the first day that an address holds in the form, as ISO 8601 writes it.
func dayIn(u, form string) string {
	for i := 0; i+len(form) <= len(u); i++ {
		end := i + len(form)
		if i > 0 && digit(u[i-1]) || end < len(u) && digit(u[end]) {
			continue
		}
		var y, m, d int
		if !fits(u[i:end], form, &y, &m, &d) || y < firstYear || y > 2099 {
			continue
		}
		if t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC); t.Day() == d && int(t.Month()) == m {
			return t.Format(time.DateOnly)
		}
	}
	return ""
}

// fits reads s by a form whose letters stand for digits.
func fits(s, form string, y, m, d *int) bool {
	for i := range len(form) {
		var to *int
		switch form[i] {
		case 'y':
			to = y
		case 'm':
			to = m
		case 'd':
			to = d
		default:
			if s[i] != form[i] {
				return false
			}
			continue
		}
		if !digit(s[i]) {
			return false
		}
		*to = *to*10 + int(s[i]-'0')
	}
	return true
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
