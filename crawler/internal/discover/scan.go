package discover

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A scanner cuts XML into tags and the text between them, in room that does not depend on how long either is: what
// goes beyond a bound is passed over. It takes what encoding/xml refuses, for a document that is broken in one place
// still names what stands in the others: loose brackets and ampersands, attributes without quotes, tags never closed.
type scanner struct {
	in    *bufio.Reader
	buf   []byte            // the text, or the inside of the tag
	names map[string]string // of elements, to be used again
	token token
	again bool // next is to give token once more
}

type tokenKind int

const (
	textToken tokenKind = iota
	startToken
	endToken
	doctypeToken
)

// A token is valid until the next one is read.
type token struct {
	kind tokenKind
	// prefix and name are those of a tag, name also what a doctype names; empty is true for a tag that closes itself.
	prefix, name string
	empty        bool
	text         []byte // with its entities undone
	attrs        []byte // as they stand
}

const (
	maxTag   = 16 << 10
	maxName  = 100
	maxNames = 256
)

// next is the next token.
func (s *scanner) next() (*token, error) {
	if s.again {
		s.again = false
		return &s.token, nil
	}
	for {
		if err := s.text(); err != nil {
			return nil, err
		}
		if len(s.buf) > 0 {
			s.token = token{kind: textToken, text: unescape(s.buf)}
			return &s.token, nil
		}
		if found, err := s.markup(); err != nil || found {
			return &s.token, err
		}
	}
}

// unread has next give the last token once more.
func (s *scanner) unread() { s.again = true }

// text reads the text before the next bracket, and the bracket where there is none.
func (s *scanner) text() error {
	s.buf = s.buf[:0]
	for {
		chunk, err := s.in.ReadSlice('<')
		s.keep(bytes.TrimSuffix(chunk, []byte("<")), maxField)
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == nil && len(s.buf) > 0 {
			return s.in.UnreadByte()
		}
		return err
	}
}

// keep adds b to what is kept of a text or a tag, as far as it has room.
func (s *scanner) keep(b []byte, most int) {
	s.buf = append(s.buf, b[:min(len(b), max(0, most-len(s.buf)))]...)
}

// markup reads what a bracket opens; found is false for what says nothing.
func (s *scanner) markup() (found bool, err error) {
	head, err := s.in.Peek(1)
	if err != nil {
		return false, err
	}
	switch c := head[0]; {
	case c == '?':
		return false, s.until(">", 0)
	case c == '!':
		return s.declaration()
	case c == '/':
		_, _ = s.in.Discard(1)
		err := s.until(">", maxName)
		s.token = token{kind: endToken}
		s.token.prefix, s.token.name = s.name(bytes.TrimSpace(s.buf))
		return true, err
	case c == '_' || c == ':' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= utf8.RuneSelf:
		return true, s.tag()
	}
	s.token = token{kind: textToken, text: []byte("<")}
	return true, nil
}

// declaration reads what begins with an exclamation mark: a comment, text that is marked as such, a doctype.
func (s *scanner) declaration() (found bool, err error) {
	head, _ := s.in.Peek(len("![CDATA["))
	switch {
	case bytes.HasPrefix(head, []byte("!--")):
		_, _ = s.in.Discard(len("!--"))
		return false, s.until("-->", 0)
	case string(head) == "![CDATA[":
		_, _ = s.in.Discard(len(head))
		err := s.until("]]>", maxField)
		s.token = token{kind: textToken, text: s.buf}
		return true, err
	}
	depth := 0 // a doctype may hold declarations of its own
	err = s.inside(maxField, func(c byte) bool {
		switch c {
		case '[':
			depth++
		case ']':
			depth--
		}
		return c == '>' && depth <= 0
	})
	s.token = token{kind: doctypeToken}
	if f := strings.Fields(string(s.buf)); len(f) > 1 {
		s.token.name = strings.ToLower(f[1])
	}
	return true, err
}

// inside reads up to the byte with which something is done, and keeps what stands before it.
func (s *scanner) inside(most int, done func(byte) bool) error {
	for s.buf = s.buf[:0]; ; {
		c, err := s.in.ReadByte()
		if err != nil {
			return err
		}
		if done(c) {
			return nil
		}
		if len(s.buf) < most {
			s.buf = append(s.buf, c)
		}
	}
}

// until reads to the end that is named.
func (s *scanner) until(end string, most int) error {
	var last, want, mask uint32
	for i := range len(end) {
		want, mask = want<<8|uint32(end[i]), mask<<8|0xff
	}
	err := s.inside(most, func(c byte) bool {
		last = last<<8 | uint32(c)
		return last&mask == want
	})
	s.buf = bytes.TrimSuffix(s.buf, []byte(end[:len(end)-1]))
	return err
}

// tag reads a tag that opens an element. A bracket in a quoted value ends it not, as long as the quote is not all too far
// from its end.
func (s *scanner) tag() error {
	var quote, before byte
	n := 0
	err := s.inside(maxTag, func(c byte) bool {
		n++
		switch {
		case quote != 0:
			if c == quote || n > maxTag {
				quote = 0
			}
		case (c == '"' || c == '\'') && before == '=':
			quote = c
		case c == '>':
			return true
		}
		if !isSpace(c) {
			before = c
		}
		return false
	})
	inside, closed := bytes.CutSuffix(s.buf, []byte("/"))
	end := 0
	for end < len(inside) && !isSpace(inside[end]) && inside[end] != '/' {
		end++
	}
	s.token = token{kind: startToken, empty: closed, attrs: inside[end:]}
	s.token.prefix, s.token.name = s.name(inside[:end])
	return err
}

// name cuts the name of an element.
func (s *scanner) name(b []byte) (prefix, local string) {
	full, known := s.names[string(b)]
	if !known {
		full = string(b[:min(len(b), maxName)])
		if s.names == nil {
			s.names = map[string]string{}
		}
		if len(s.names) < maxNames {
			s.names[full] = full
		}
	}
	if prefix, local, ok := strings.Cut(full, ":"); ok {
		return prefix, local
	}
	return "", full
}

// attr is the value of an attribute, prefix and all, "" for none.
func (t *token) attr(name string) string {
	b := t.attrs
	for len(b) > 0 {
		b = bytes.TrimLeft(b, " \t\r\n/")
		end := bytes.IndexAny(b, "= \t\r\n")
		if end < 0 {
			return ""
		}
		key := b[:end]
		b = bytes.TrimLeft(b[end:], " \t\r\n")
		if len(b) == 0 || b[0] != '=' {
			continue
		}
		var value []byte
		if b = bytes.TrimLeft(b[1:], " \t\r\n"); len(b) > 0 && (b[0] == '"' || b[0] == '\'') {
			value, b, _ = bytes.Cut(b[1:], b[:1])
		} else if end = bytes.IndexAny(b, " \t\r\n"); end >= 0 {
			value, b = b[:end], b[end:]
		} else {
			value, b = b, nil
		}
		if string(key) == name {
			return string(unescape(bytes.Clone(value)))
		}
	}
	return ""
}

// unescape undoes the entities of XML and HTML in place. One without its semicolon is none: &copy=1 is a parameter.
func unescape(b []byte) []byte {
	at := bytes.IndexByte(b, '&')
	if at < 0 {
		return b
	}
	out := b[:at]
	for rest := b[at:]; len(rest) > 0; {
		if rest[0] == '&' {
			if end := bytes.IndexByte(rest[:min(len(rest), maxEntity)], ';'); end > 0 {
				if c := entity(string(rest[1:end])); c != "" && len(c) <= end {
					out, rest = append(out, c...), rest[end+1:]
					continue
				}
			}
		}
		out, rest = append(out, rest[0]), rest[1:]
	}
	return out
}

const maxEntity = 12

// entity is what an entity stands for, "" where nobody knows.
func entity(name string) string {
	digits, numeric := strings.CutPrefix(name, "#")
	if !numeric {
		if name == "apos" {
			return "'"
		}
		return xml.HTMLEntity[name]
	}
	radix := 10
	if hex, ok := strings.CutPrefix(strings.ToLower(digits), "x"); ok {
		digits, radix = hex, 16
	}
	n, err := strconv.ParseUint(digits, radix, 32)
	if err != nil || n == 0 || n > utf8.MaxRune {
		return ""
	}
	return string(rune(n))
}
