package page

import (
	"net/url"
	"strings"
)

// maxHref bounds a link; longer ones are data, not addresses.
const maxHref = 4096

// setBase says what links resolve against.
func (p *Page) setBase(address string) {
	p.Base = address
	p.base = nil
	if u, err := url.Parse(address); err == nil && u.IsAbs() {
		p.base = u
	}
}

// Resolve makes a link of the page absolute. It is "" where the link leads to no
// web address (mail, script, a place on the same page), and for a relative link
// where the page's own address is not known. Broken links are read as browsers
// read them: white space and controls dropped, stray % and spaces escaped.
func (p *Page) Resolve(href string) string {
	href = strings.Trim(href, " \t\r\n\f\u00a0")
	if href == "" || href[0] == '#' || len(href) > maxHref {
		return ""
	}
	if !clean(href) {
		href = mend(href)
	}
	u, err := url.Parse(href)
	if err != nil {
		return ""
	}
	if !u.IsAbs() {
		if p.base == nil {
			return ""
		}
		u = p.base.ResolveReference(u)
	}
	if s := u.Scheme; s != "http" && s != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// clean reports whether a link needs no mending.
func clean(href string) bool {
	for i := range len(href) {
		if c := href[i]; c <= ' ' || c == '%' || c == '\\' || c >= 0x7f {
			return false
		}
	}
	return true
}

func mend(href string) string {
	var b strings.Builder
	for i := 0; i < len(href); i++ {
		switch c := href[i]; {
		case c == '\t' || c == '\n' || c == '\r' || c == 0:
		case c == ' ':
			b.WriteString("%20")
		case c == '%' && !(i+2 < len(href) && isHex(href[i+1]) && isHex(href[i+2])):
			b.WriteString("%25")
		case c == '\\' && !strings.ContainsAny(href[:i], "?#"):
			b.WriteByte('/') // URL standard: a backslash is a slash in http addresses
		case c < ' ' || c == 0x7f:
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}
