package discover

import (
	"net/url"
	"strings"
)

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
