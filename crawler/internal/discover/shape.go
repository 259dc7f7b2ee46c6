package discover

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Shape is the form of an address: digits become 9, long slugs s, parameters their names. Addresses
// of one shape mostly are pages of one kind, which a site's own pages teach.
func Shape(u *url.URL) string {
	var b strings.Builder
	for _, seg := range segments(u.Path) {
		b.WriteByte('/')
		stem, ext := cutExtension(seg)
		switch {
		case number(stem) >= 0 || longestDigits(stem) == len(stem):
			b.WriteByte('9')
		case countWords(stem) >= 3 || len(stem) > 24:
			b.WriteByte('s')
			if longestDigits(stem) >= 4 {
				b.WriteByte('9')
			}
		case longestDigits(stem) >= 4 || hexID(stem):
			b.WriteString("w9")
		default:
			b.WriteString(stem)
		}
		if ext != "" {
			b.WriteString("." + ext)
		}
	}
	if b.Len() == 0 || strings.HasSuffix(u.Path, "/") {
		b.WriteByte('/')
	}
	names := []string{}
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		if name, _, _ := strings.Cut(pair, "="); name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for i, n := range slices.Compact(names) {
		b.WriteString(map[bool]string{true: "?", false: "&"}[i == 0] + n)
	}
	return b.String()
}

// Refusal says why an address is not even looked at, "" where nothing speaks against it: the forms
// of spider traps (notes on them: endless calendars, facets, session ids, paths that nest themselves).
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

// IsTwin reports whether an address is that of another view of a page: AMP or print. Links to
// such are not followed from pages, whose own address is the better one.
func IsTwin(u *url.URL) bool {
	segs := segments(u.Path)
	if n := len(segs); n > 1 && (segs[n-1] == "amp" || segs[0] == "amp" || segs[n-1] == "print" || segs[0] == "print") {
		return true
	}
	if strings.HasSuffix(u.Path, ".amp.html") || strings.HasSuffix(u.Path, ".amp") || strings.HasPrefix(u.Host, "amp.") {
		return true
	}
	for pair := range strings.SplitSeq(strings.ToLower(u.RawQuery), "&") {
		switch name, value, _ := strings.Cut(pair, "="); {
		case name == "amp", name == "print", name == "outputtype" && value == "amp", name == "view" && value == "print", name == "replytocom", name == "share":
			return true
		}
	}
	return false
}

// IsSection reports whether a link from a page may be that of a section: near the root, short, in words.
func IsSection(l Link) bool {
	segs := segments(l.URL.Path)
	if len(segs) == 0 || len(segs) > 2 || l.URL.RawQuery != "" || len([]rune(l.Text)) > 30 {
		return false
	}
	for _, s := range segs {
		low := strings.ToLower(s)
		stem, ext := cutExtension(low)
		if slices.Contains(otherWords, low) && low != "section" && low != "category" && low != "topic" && low != "topics" || slices.Contains(fileExtensions, ext) ||
			countWords(stem) > 3 || longestDigits(stem) >= 3 || strings.Contains(low, ";") {
			return false
		}
	}
	return true
}

// Nth is the number of the list page that an address asks for, 0 where it is none.
func Nth(u *url.URL) int {
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		if name, value, _ := strings.Cut(pair, "="); name == "page" || name == "paged" || name == "p" {
			if n, err := strconv.Atoi(value); err == nil {
				return n
			}
		}
	}
	segs := segments(u.Path)
	if n := len(segs); n >= 2 && segs[n-2] == "page" {
		return max(0, number(segs[n-1]))
	}
	return 0
}

// List is the path that all pages of one list share: without /page/N and closing slashes.
func List(u *url.URL) string {
	segs := segments(u.Path)
	if n := len(segs); n >= 2 && segs[n-2] == "page" && number(segs[n-1]) >= 0 {
		segs = segs[:n-2]
	}
	return strings.Join(segs, "/")
}
