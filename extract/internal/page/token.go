package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A tag is a start or end tag as the tokenizer of HTML reads it (HTML, section 13.2.5).
type tag struct {
	atom atom.Atom // 0 for names that are no atoms
	name string    // lower case
	// attrs are the attributes that anything asks for, the first of each name; none of end tags.
	attrs []html.Attribute
	// source is all that stands behind the name; raw the content of an element that knows no markup.
	source, raw string
	end         bool // an end tag
	closed      bool // it ends in "/>"
	slash       bool // it ends in a value without quotes, and that in "/"
}

// tag reads the tag whose name begins here. It is false where the markup ends within it.
func (s *stream) tag(t *tag, end bool) bool {
	from := s.at
	s.at += nameLen(s.text[from:])
	*t = tag{end: end}
	t.atom, t.name = tagName(s.text[from:s.at])
	from = s.at
	whole := s.attributes(t)
	t.source = s.text[from:s.at]
	return whole
}

// attributes reads those of a tag up to its end.
func (s *stream) attributes(t *tag) (whole bool) {
	text, first := s.text, len(s.attrs)
	for s.at < len(text) && !s.intricate {
		switch c := text[s.at]; {
		case c == '>':
			if len(s.attrs) > first {
				t.attrs = s.attrs[first:len(s.attrs):len(s.attrs)]
			}
			s.at++
			return true
		case blank(c), c == '/':
			t.closed, t.slash = c == '/', false
			s.at++
			continue
		}
		name, value, n := attribute(text[s.at:])
		s.at += n
		t.closed, t.slash = false, text[s.at-1] == '/'
		if name = smallLetters(name); !t.end && asked(name) && !has(s.attrs[first:], name) {
			if len(s.attrs) == cap(s.attrs) { // those given out stay where they are
				s.attrs = append(make([]html.Attribute, 0, 2*cap(s.attrs)+attrRoom), s.attrs[first:]...)
				first = 0
			}
			if s.returns {
				value = plainLineEnds(value)
			}
			if value = unescapeValue(value); outlives(name) {
				value = strings.Clone(value) // the markup must not live on in it
			}
			s.attrs = append(s.attrs, html.Attribute{Key: name, Val: value})
			s.intricate = s.intricate || len(s.attrs)-first > maxAttrs
		}
	}
	return false
}

// maxAttrs is how many attributes of a tag are looked through for one of the same name.
const maxAttrs = 256

func has(attrs []html.Attribute, name string) bool {
	for i := range attrs {
		if attrs[i].Key == name {
			return true
		}
	}
	return false
}

// tagName is the atom of a name, and the name in small letters.
func tagName(s string) (atom.Atom, string) {
	var room [32]byte
	if len(s) > len(room) {
		return 0, smallLetters(s)
	}
	small := room[:len(s)]
	for i := range len(s) {
		small[i] = s[i]
		if c := s[i]; 'A' <= c && c <= 'Z' {
			small[i] |= 0x20
		}
	}
	if a := atom.Lookup(small); a != 0 {
		return a, a.String()
	}
	return 0, smallLetters(s)
}

// smallLetters lowers the letters of ASCII, as HTML does.
func smallLetters(s string) string {
	for i := range len(s) {
		if c := s[i]; 'A' <= c && c <= 'Z' {
			b := []byte(s)
			for j := i; j < len(b); j++ {
				if c := b[j]; 'A' <= c && c <= 'Z' {
					b[j] |= 0x20
				}
			}
			return string(b)
		}
	}
	return s
}

// nameLen is the length of the name of the tag that s, behind a "<", begins with; 0 where it begins none.
func nameLen(s string) int {
	if s == "" || s[0]|0x20 < 'a' || s[0]|0x20 > 'z' {
		return 0
	}
	n := 1
	for n < len(s) && !endsName(s[n]) {
		n++
	}
	return n
}

// attribute is the attribute that s begins with, its value as printed, and where that ends.
func attribute(s string) (name, value string, end int) {
	n := 1 // even a "=" begins a name
	for n < len(s) && s[n] != '=' && !endsName(s[n]) {
		n++
	}
	name, end = s[:n], n
	for n < len(s) && blank(s[n]) {
		n++
	}
	if n == len(s) || s[n] != '=' {
		return name, "", end
	}
	for n++; n < len(s) && blank(s[n]); {
		n++
	}
	if n < len(s) && (s[n] == '"' || s[n] == '\'') {
		value = s[n+1:]
		if i := strings.IndexByte(value, s[n]); i >= 0 {
			return name, value[:i], n + 1 + i + 1
		}
		return name, value, len(s)
	}
	from := n
	for n < len(s) && s[n] != '>' && !blank(s[n]) {
		n++
	}
	return name, s[from:n], n
}

// rawText is the content of an element that knows no markup, which begins at from. It is not sure where a script
// ends that holds a comment and in it a script.
func rawText(text string, from int, name string) (content string, sure bool) {
	content = text[from : from+closing(text[from:], name)]
	if name != "script" {
		return content, true
	}
	_, hidden, _ := strings.Cut(content, "<!--")
	for {
		i := strings.IndexByte(hidden, '<')
		if i < 0 {
			return content, true
		}
		if hidden = hidden[i+1:]; len(hidden) >= len(name) && strings.EqualFold(hidden[:len(name)], name) {
			return content, false
		}
	}
}

// comment is where a comment, declaration or instruction ends whose "!", "?" or "/" stands at from.
func comment(text string, from int) int {
	body, ok := strings.CutPrefix(text[from:], "!--")
	switch {
	case !ok:
		return from + after(text[from:], ">")
	case strings.HasPrefix(body, ">"), strings.HasPrefix(body, "->"):
		return len(text) - len(body) + after(body, ">")
	}
	for {
		i := strings.Index(body, "--")
		if i < 0 {
			return len(text)
		}
		body = body[i+1:]
		if strings.HasPrefix(body, "->") || strings.HasPrefix(body, "-!>") {
			return len(text) - len(body) + after(body, ">")
		}
	}
}

func endsName(c byte) bool { return blank(c) || c == '/' || c == '>' }

// blank reports whether HTML takes a byte between attributes for white space.
func blank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

func allBlank(s string) bool {
	for i := range len(s) {
		if !blank(s[i]) {
			return false
		}
	}
	return true
}

// after is where s goes on behind the mark; its length where it has none.
func after(s, mark string) int {
	if i := strings.Index(s, mark); i >= 0 {
		return i + len(mark)
	}
	return len(s)
}

// closing is where the end tag of the name begins; the length of s where it has none.
func closing(s, name string) int {
	for at := 0; ; at++ {
		i := strings.Index(s[at:], "</")
		if i < 0 {
			return len(s)
		}
		if at += i; opens(s[at+2:], name) {
			return at
		}
	}
}

// opens reports whether s, behind a "</", begins the end tag of the name.
func opens(s, name string) bool {
	return len(s) > len(name) && s[0]|0x20 == name[0] && strings.EqualFold(s[:len(name)], name) && endsName(s[len(name)])
}
