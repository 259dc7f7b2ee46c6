package discover

import (
	"net/url"
	"strings"
	"time"
)

// Refusal says why an address is not even looked at, "" where nothing speaks against it: the forms
// of spider traps are endless calendars, facets, and paths that nest themselves.
func Refusal(u *url.URL, now time.Time) string {
	segs := segments(u.Path)
	switch {
	case len(u.String()) > 2000:
		return "longer than 2000 bytes"
	case len(segs) > 12:
		return "more than 12 segments"
	case repeats(segs):
		return "segments repeat"
	case strings.Count(u.RawQuery, "&") > 5:
		return "more than 6 parameters"
	case odd(segs, now):
		return "a date far off"
	}
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if low := strings.ToLower(name); (low == "page" || low == "paged") && !within(number(value), 0, maxPaging) {
			return "too deep in a list"
		}
	}
	for i, seg := range segs[:max(0, len(segs)-1)] {
		if seg == "page" && !within(number(segs[i+1]), 0, maxPaging) {
			return "too deep in a list"
		}
	}
	return ""
}

const maxPaging = 5

// repeats finds a segment three times, or a pair of segments twice in a row.
func repeats(segs []string) bool {
	seen := map[string]int{}
	for _, s := range segs {
		if seen[s]++; seen[s] >= 3 {
			return true
		}
	}
	for i := 0; i+3 < len(segs); i++ {
		if segs[i] == segs[i+2] && segs[i+1] == segs[i+3] {
			return true
		}
	}
	return false
}

// odd finds a date more than two days ahead or before 1990.
func odd(segs []string, now time.Time) bool {
	end, precise := dateInPath(segs)
	if end == 0 {
		return false
	}
	digits := ""
	for _, s := range segs[:end] {
		if d := strings.ReplaceAll(s, "-", ""); number(d) >= 0 {
			if len(d) == 1 {
				d = "0" + d
			}
			digits += d
		}
	}
	if len(digits) < 6 {
		return false
	}
	digits = digits[max(0, len(digits)-8):]
	layout := "20060102"
	if !precise {
		digits, layout = digits[max(0, len(digits)-6):], "200601"
	}
	t, err := time.Parse(layout, digits)
	return err == nil && t.After(now.AddDate(0, 0, 2))
}
