package page

import (
	"bytes"
	"strings"
)

// A classStyle is what the words of a class say of how an element is shown. The walk
// sees no style sheets; these words mean the same nearly everywhere.
type classStyle uint8

const (
	screenReaderOnly classStyle = 1 << iota // out of sight, for screen readers
	popUp                                   // shown on hover, inside the line that it explains
	lineEnd                                 // an empty element that ends a line
	unshown                                 // out of sight until a script shows it
	shownWide                               // shown again on screens of another width
)

func readStyle(class string) classStyle {
	var s classStyle
	var room [40]byte
	for token := range strings.FieldsSeq(class) {
		if len(token) > len(room) {
			continue
		}
		plain := plainToken(room[:0], token)
		switch {
		case string(plain) == "br":
			s |= lineEnd
		case forScreenReaders(plain), strings.HasSuffix(token, "-vh"):
			s |= screenReaderOnly
		case popsUp(plain):
			s |= popUp
		case hidesAll(plain):
			s |= unshown
		case showsAgain(token):
			s |= shownWide
		}
	}
	if s&shownWide != 0 {
		s &^= unshown
	}
	return s
}

// hidesAll knows the utility classes of the common style sheets for display:none.
func hidesAll(plain []byte) bool {
	switch string(plain) {
	case "hidden", "hide", "ishidden", "uhidden", "ukhidden", "jshidden", "nghide", "xhidden", "dnone", "displaynone", "invisible":
		return true
	}
	return false
}

// showsAgain knows the classes that undo those from some width on, as md:block and d-md-flex
// do; on paper only, as print:block does, is not shown.
func showsAgain(token string) bool {
	if !strings.Contains(token, ":") && !strings.HasPrefix(token, "d-") || strings.Contains(token, "print") {
		return false
	}
	for _, display := range [...]string{"block", "flex", "grid", "inline", "table", "cell", "visible"} {
		if strings.HasSuffix(token, display) {
			return true
		}
	}
	return false
}

// plainToken drops case and joints, so that visually-hidden, visuallyHidden and
// u-visually_hidden are one.
func plainToken(b []byte, token string) []byte {
	for i := range len(token) {
		switch c := token[i]; {
		case c == '-' || c == '_':
		case 'A' <= c && c <= 'Z':
			b = append(b, c|0x20)
		default:
			b = append(b, c)
		}
	}
	return b
}

func forScreenReaders(plain []byte) bool {
	rest := plain
	switch {
	case len(plain) < 2:
		return false
	case plain[0] == 'u', plain[0] == 'c', plain[0] == 'h':
		rest = plain[1:]
	case plain[0] == 'i' && plain[1] == 's':
		rest = plain[2:]
	}
	return hidingWord(plain) || len(rest) < len(plain) && hidingWord(rest)
}

func hidingWord(plain []byte) bool {
	switch string(plain) {
	case "sronly", "srtext", "onlysr", "sronlyfocusable", "visuallyhidden", "hiddenvisually", "visualhidden", "visuallyhide", "visuallyhiddenfocusable",
		"screenreadertext", "screenreaderonly", "screenreader", "screenreaderstext", "onlyscreenreader", "readeronly", "forscreenreader", "showforsr",
		"a11yhidden", "a11yonly", "hiddena11y", "elementinvisible", "assistivetext", "assistive", "offscreen", "accessiblehide", "accessibilitytext",
		"accessibilityhidden", "hideaccessible", "invisibletext", "vh":
		return true
	}
	return false
}

// popsUp knows the part of a tooltip that shows on hover; the whole of it, named
// tooltip alone, holds the visible words too.
func popsUp(plain []byte) bool {
	for _, part := range [...]string{"text", "content", "body", "block", "box", "card"} {
		whole, ok := bytes.CutSuffix(plain, []byte(part))
		if !ok || len(whole) < len("tooltip") {
			continue
		}
		for _, kind := range [...]string{"tooltip", "popover", "hovercard", "rollover"} {
			if bytes.Contains(whole, []byte(kind)) {
				return true
			}
		}
	}
	return false
}
