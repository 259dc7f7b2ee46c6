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
	p.origin = ""
	if n := plainOrigin(address); n > 0 {
		p.origin = address[:n]
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
	if abs := p.plainly(href); abs != "" {
		return abs
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

// plainly makes a link absolute that needs no parser: a web address, or a path from the
// root, in which nothing is to be escaped, decoded or taken back. That is what nearly all
// links are. It is "" for the others.
func (p *Page) plainly(href string) string {
	if n := plainOrigin(href); n > 0 && plainRest(href[n:]) {
		return href
	}
	if href[0] == '/' && p.origin != "" && !strings.HasPrefix(href, "//") && plainRest(href) {
		return p.origin + href
	}
	return ""
}

// plainOrigin is the length of a scheme and host that stay as they are, 0 where they may not.
func plainOrigin(s string) int {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(s, "http://"); !ok {
			return 0
		}
	}
	for i := range len(rest) {
		switch c := rest[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '.', c == '-':
		case (c == '/' || c == '?' || c == '#') && i > 0:
			return len(s) - len(rest) + i
		default:
			return 0
		}
	}
	if rest == "" {
		return 0
	}
	return len(s)
}

// plainRest reports whether path, query and fragment stay as they are: characters that
// RFC 3986 reserves or leaves free, and no segment that begins with a dot.
func plainRest(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', 'A' <= c && c <= 'Z', c == '-', c == '_', c == '~',
			c == '/', c == '?', c == '&', c == '=', c == '+', c == ',', c == ';', c == ':', c == '@', c == '$':
		case c == '.' && i > 0 && s[i-1] != '/':
		case c == '#' && i+1 < len(s) && strings.IndexByte(s[i+1:], '#') < 0:
		default:
			return false
		}
	}
	return true
}
