package extract

import "strings"

// segmentSet is the words of a list, to be looked up as segments of addresses.
func segmentSet(words string) map[string]bool {
	set := map[string]bool{}
	for segment := range strings.FieldsSeq(words) {
		set[segment] = true
	}
	return set
}

// hasSegment reports whether an address has one of the segments with something behind it.
func hasSegment(href string, set map[string]bool) bool {
	if i := strings.Index(href, "://"); i >= 0 {
		href = href[i+3:]
	}
	href, _, _ = strings.Cut(href, "?")
	for {
		i := strings.IndexByte(href, '/')
		if i < 0 {
			return false
		}
		href = href[i+1:]
		seg, rest, more := strings.Cut(href, "/")
		if more && rest != "" && seg != "" && len(seg) < 16 && set[strings.ToLower(seg)] {
			return true
		}
	}
}
