package discover

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/dateline-go/dateline/normalize"
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
	case unknowns(u) > maxUnknown:
		return "more than 4 parameters that are not known"
	case odd(u, now):
		return "a date far off"
	case calendar(segs):
		return "a page of a calendar"
	}
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if low := strings.ToLower(name); (low == "page" || low == "paged") && tooDeep(value) {
			return "too deep in a list"
		}
	}
	for i, seg := range segs[:max(0, len(segs)-1)] {
		if seg == "page" && tooDeep(segs[i+1]) {
			return "too deep in a list"
		}
	}
	return ""
}

// tooDeep reports whether a page of a list is one that nobody needs; page=all is none.
func tooDeep(n string) bool {
	digits := n != "" && longestDigits(n) == len(n)
	return digits && !within(number(n), 0, maxPaging)
}

const (
	maxPaging  = 5
	maxUnknown = 4
)

// unknowns counts the parameters that neither name an article nor only say how a reader came.
func unknowns(u *url.URL) int {
	if strings.Count(u.RawQuery, "&") < maxUnknown {
		return 0 // there are not so many
	}
	_, query, _ := strings.Cut(normalize.URLKey(u.String()), "?")
	n := 0
	for pair := range strings.SplitSeq(query, "&") {
		if name, value, _ := strings.Cut(pair, "="); name != "" && value != "" && !has("identity", strings.ToLower(name)) {
			n++
		}
	}
	return n
}

// calendar finds the month or the day of a calendar: a date that ends the path, under a calendar's word.
func calendar(segs []string) bool {
	end, _ := dateInPath(segs)
	if end == 0 && len(segs) > 0 && within(number(segs[len(segs)-1]), firstYear, 2100) {
		end = len(segs) // a year alone
	}
	return end > 0 && end == len(segs) && slices.ContainsFunc(segs, func(s string) bool { return has("calendar", strings.ToLower(s)) })
}

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
	return s.Known() && (s.From.After(now.AddDate(0, 0, 2)) || s.From.Year() < 1990)
}
