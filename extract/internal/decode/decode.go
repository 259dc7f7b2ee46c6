// Package decode turns the bytes of a page into UTF-8, with the evidence for the
// encoding it chose. Bytes that can be judged are judged before any label is
// believed: publishers mislabel, servers label by default.
package decode

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// Info says which encoding a page was read in and why.
type Info struct {
	// Charset is the WHATWG name of the encoding, lower case.
	Charset string
	// Evidence is override, bom, utf-8, header, meta, detector or default.
	Evidence string
	// Mended is true where text that had been encoded twice was put right.
	Mended bool
}

// Text decodes body. override is the operator's word and beats all evidence;
// otherwise the first of these decides: byte-order mark; valid UTF-8 with a
// multi-byte character; the charset of contentType; <meta charset> or the XML
// declaration; a detector on the visible text. A declaration that the bytes
// contradict is passed over. Plain ASCII is UTF-8.
//
// The text may share the memory of body, which must not change while it is in use.
func Text(body []byte, contentType, override string) (string, Info) {
	text, info := text(body, contentType, override)
	if mended, ok := mend(text); ok {
		text, info.Mended = mended, true
	}
	return text, info
}

func text(body []byte, contentType, override string) (string, Info) {
	if c, ok := lookup(override); ok {
		return c.decode(trimMark(body, c.name)), Info{Charset: c.name, Evidence: "override"}
	}
	if c, n := byMark(body); n > 0 {
		return c.decode(body[n:]), Info{Charset: c.name, Evidence: "bom"}
	}
	if c, ok := byNULs(body); ok {
		return c.decode(body), Info{Charset: c.name, Evidence: "detector"}
	}
	ascii := isASCII(body)
	valid := ascii || utf8.Valid(body)
	if valid && !ascii || nearlyUTF8(body, valid) {
		return utf8Text(body, valid), Info{Charset: "utf-8", Evidence: "utf-8"}
	}
	header, headerOK := lookup(headerLabel(contentType))
	meta, metaOK := lookup(metaLabel(body))
	if valid && !header.escapes && !meta.escapes && !escapesJapanese(body) {
		return utf8Text(body, valid), Info{Charset: "utf-8", Evidence: "utf-8"}
	}
	if headerOK && header.fits(body) {
		return header.decode(body), Info{Charset: header.name, Evidence: "header"}
	}
	if metaOK && meta.fits(body) {
		return meta.decode(body), Info{Charset: meta.name, Evidence: "meta"}
	}
	if c, ok := detect(body); ok {
		return c.decode(body), Info{Charset: c.name, Evidence: "detector"}
	}
	// What was declared is better than a guess, even where it does not fit well.
	switch {
	case metaOK:
		return meta.decode(body), Info{Charset: meta.name, Evidence: "meta"}
	case headerOK:
		return header.decode(body), Info{Charset: header.name, Evidence: "header"}
	}
	c, _ := lookup("windows-1252")
	return c.decode(body), Info{Charset: c.name, Evidence: "default"}
}

// utf8Text is the body itself where it is valid, without a copy.
func utf8Text(body []byte, valid bool) string {
	s := unsafe.String(unsafe.SliceData(body), len(body))
	if valid {
		return s
	}
	return strings.ToValidUTF8(s, "\ufffd")
}

func isASCII(body []byte) bool {
	const high = 0x8080808080808080
	for ; len(body) >= 8; body = body[8:] {
		if binary.LittleEndian.Uint64(body)&high != 0 {
			return false
		}
	}
	for _, c := range body {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// byMark reads the byte-order mark and gives its length.
func byMark(body []byte) (charset, int) {
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		return charset{name: "utf-8"}, 3
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		return utf16(unicode.LittleEndian), 2
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		return utf16(unicode.BigEndian), 2
	}
	return charset{}, 0
}

// trimMark drops the byte-order mark that the encoding would have.
func trimMark(body []byte, name string) []byte {
	if c, n := byMark(body); c.name == name {
		return body[n:]
	}
	return body
}

// byNULs knows UTF-16 without a mark: markup is ASCII, so every other byte of it is NUL.
func byNULs(body []byte) (charset, bool) {
	n := min(len(body), 4096) &^ 1
	even, odd := 0, 0
	for i := 0; i < n; i += 2 {
		if body[i] == 0 {
			even++
		}
		if body[i+1] == 0 {
			odd++
		}
	}
	// Text of other scripts leaves NULs in the markup only.
	switch pairs := n / 2; {
	case pairs < 8:
	case odd*8 > pairs && even*20 <= odd && bytes.Contains(body[:n], []byte("<\x00")):
		return utf16(unicode.LittleEndian), true
	case even*8 > pairs && odd*20 <= even && bytes.Contains(body[:n], []byte("\x00<")):
		return utf16(unicode.BigEndian), true
	}
	return charset{}, false
}

func utf16(order unicode.Endianness) charset {
	name := "utf-16le"
	if order == unicode.BigEndian {
		name = "utf-16be"
	}
	return charset{name: name, encoding: unicode.UTF16(order, unicode.IgnoreBOM)}
}

// decode turns bytes into text; what has no character becomes U+FFFD.
func (c charset) decode(body []byte) string {
	if c.encoding == nil {
		return utf8Text(body, utf8.Valid(body))
	}
	out, err := c.encoding.NewDecoder().Bytes(body)
	if err != nil {
		return utf8Text(body, utf8.Valid(body))
	}
	return unsafe.String(unsafe.SliceData(out), len(out))
}

// A charset is an encoding that pages are written in.
type charset struct {
	name     string            // WHATWG name, lower case
	encoding encoding.Encoding // nil for UTF-8
	escapes  bool              // made of ASCII bytes: validity as UTF-8 says nothing
}
