package page

import (
	"strings"

	"golang.org/x/net/html"
)

// attributes is what one look at the attributes of an element tells the walk.
type attributes struct {
	class, style string
	hidden       bool // the hidden attribute, or aria-hidden
	href         bool
	hinted       bool // an attribute may hold hint words
	anc          Ancestors
}

func (a *attributes) read(attrs []html.Attribute) {
	*a = attributes{}
	for i := range attrs {
		v := attrs[i].Val
		switch attrs[i].Key {
		case "class":
			a.class = v
			a.hinted = true
		case "style":
			a.style = v
		case "href":
			a.href = true
		case "hidden":
			a.hidden = a.hidden || v != "until-found"
		case "aria-hidden":
			a.hidden = a.hidden || v == "true"
		case "itemprop":
			if v == "articleBody" {
				a.anc |= InArticleBody
			}
			a.hinted = true
		case "role":
			a.anc |= landmark(v)
			a.hinted = true
		default:
			if hintAttr(attrs[i].Key) {
				a.hinted = true
			}
		}
	}
}

// landmark is the element that a role stands for (WAI-ARIA 1.2, section 5.3.4).
func landmark(role string) Ancestors {
	switch role {
	case "article":
		return InArticle
	case "main":
		return InMain
	case "complementary":
		return InAside
	case "navigation":
		return InNav
	case "contentinfo":
		return InFooter
	case "heading":
		return InHeading
	case "dialog", "alertdialog":
		return InDialog
	}
	return 0
}

// hides reports whether attribute or inline style keeps the element out of sight.
func (a *attributes) hides() bool {
	return a.hidden || a.style != "" && hidingStyle(a.style)
}

// hidingStyle finds display:none and visibility:hidden in inline style.
func hidingStyle(s string) bool {
	return declares(s, "display", "none") || declares(s, "visibility", "hidden")
}

// declares reports whether the inline style sets the property to the value, whatever
// the case and white space.
func declares(style, property, value string) bool {
	for len(style) >= len(property)+len(value)+1 {
		i := strings.IndexByte(style, ':')
		if i < 0 {
			return false
		}
		name := strings.TrimSpace(style[:i])
		rest := style[i+1:]
		end := strings.IndexByte(rest, ';')
		if end < 0 {
			end = len(rest)
		}
		if strings.EqualFold(name, property) {
			v := strings.TrimSpace(rest[:end])
			if len(v) >= len(value) && strings.EqualFold(v[:len(value)], value) {
				return true
			}
		}
		style = rest[min(end+1, len(rest)):]
	}
	return false
}
