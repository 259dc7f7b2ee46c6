package discover

import (
	"net/url"
	"slices"
	"strings"
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
