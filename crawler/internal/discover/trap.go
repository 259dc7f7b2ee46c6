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
	case odd(u, now):
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
func odd(u *url.URL, now time.Time) bool {
	s := SpanOfPage(u)
	return s.Known() && s.From.After(now.AddDate(0, 0, 2))
}
