package discover

import (
	"net/url"
	"strconv"
	"strings"
)

// IsSection reports whether a link from a page may be that of a section: near the root, short, in words.
func IsSection(l Link) bool {
	segs := segments(l.URL.Path)
	if len(segs) == 0 || len(segs) > 2 || l.URL.RawQuery != "" || len([]rune(l.Text)) > 30 {
		return false
	}
	for _, s := range segs {
		low := strings.ToLower(s)
		stem, ext := cutExtension(low)
		if has("other", low) && !has("list", low) || has("file", ext) ||
			countWords(stem) > 3 || longestDigits(stem) >= 3 || strings.Contains(low, ";") {
			return false
		}
	}
	return true
}

// Directory is the path that what stands below an address begins with: that of a file is its folder's.
func Directory(u *url.URL) string {
	at := strings.LastIndexByte(u.Path, '/') + 1
	if _, ext := cutExtension(u.Path[at:]); ext != "" || at == len(u.Path) {
		return u.Path[:at]
	}
	return u.Path + "/"
}

// Nth is the number of the list page that an address asks for, 0 where it is none.
func Nth(u *url.URL) int {
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		if name, value, _ := strings.Cut(pair, "="); name == "page" || name == "paged" {
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
