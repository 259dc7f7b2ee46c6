// Package decode turns the bytes of a page into UTF-8, with the evidence for the
// encoding it chose. The bytes decide before any label does: publishers mislabel.
package decode

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// Info says which encoding a page was read in and why.
type Info struct {
	// Charset is the WHATWG name of the encoding.
	Charset string
	// Evidence is override, bom, utf-8, header, meta, detector or default.
	Evidence string
}

// metaWindow is how far into the page a <meta charset> is looked for.
const metaWindow = 16 << 10

// Text decodes body. override is the operator's word and beats all evidence;
// otherwise: byte-order mark, valid UTF-8 with a multi-byte character, the charset
// of contentType, <meta charset> or XML declaration, a statistical detector on the
// visible text. A declared multi-byte encoding that the bytes contradict is passed over.
func Text(body []byte, contentType, override string) (string, Info) {
	if enc, name := lookup(override); enc != nil {
		return decode(body, enc), Info{name, "override"}
	}
	if text, info, ok := byMark(body); ok {
		return text, info
	}
	header, meta := headerCharset(contentType), metaCharset(body)
	if !escaping(header) && !escaping(meta) && utf8.Valid(body) && !isUTF16(header) {
		return string(body), Info{"utf-8", "utf-8"} // plain ASCII too: it is UTF-8
	}
	for _, c := range []struct{ label, evidence string }{{header, "header"}, {meta, "meta"}} {
		enc, name := lookup(c.label)
		if enc == nil || name == "utf-8" && !nearlyUTF8(body) {
			continue
		}
		if text := decode(body, enc); believable(name, text) {
			return text, Info{name, c.evidence}
		}
	}
	if name := utf16ByNULs(body); name != "" {
		enc, _ := lookup(name)
		return decode(body, enc), Info{name, "detector"}
	}
	if r := chardet.Detect(visible(body)); r.Encoding != "" {
		if enc, name := lookup(r.Encoding); enc != nil {
			if text := decode(body, enc); believable(name, text) {
				return text, Info{name, "detector"}
			}
		}
	}
	enc, _ := htmlindex.Get("windows-1252")
	return decode(body, enc), Info{"windows-1252", "default"}
}

// lookup finds an encoding by its label (WHATWG Encoding, section 4.2), with the
// names that detectors and old pages use mapped; nil where there is none.
func lookup(label string) (encoding.Encoding, string) {
	label = strings.ToLower(strings.TrimSpace(label))
	switch label {
	case "":
		return nil, ""
	case "gb2312", "gbk", "gb_2312-80", "hz-gb-2312":
		label = "gb18030" // a superset of both; pages that say gb2312 hold GBK
	case "utf8", "utf-8-sig":
		label = "utf-8"
	case "cp949", "ms949":
		label = "euc-kr"
	case "utf-16", "utf16":
		label = "utf-16le" // as WHATWG has it
	}
	enc, err := htmlindex.Get(label)
	if err != nil {
		return nil, ""
	}
	name, err := htmlindex.Name(enc)
	if err != nil || name == "replacement" {
		return nil, ""
	}
	return enc, name
}

func decode(body []byte, enc encoding.Encoding) string {
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return strings.ToValidUTF8(string(body), "\ufffd")
	}
	return string(out)
}

func byMark(body []byte) (string, Info, bool) {
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		return strings.ToValidUTF8(string(body[3:]), "\ufffd"), Info{"utf-8", "bom"}, true
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		return decode(body, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)), Info{"utf-16le", "bom"}, true
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		return decode(body, unicode.UTF16(unicode.BigEndian, unicode.UseBOM)), Info{"utf-16be", "bom"}, true
	}
	return "", Info{}, false
}

// escaping reports whether an encoding is made of ASCII bytes, so that validity says nothing.
func escaping(label string) bool {
	return strings.HasPrefix(strings.ToLower(label), "iso-2022-") || strings.HasPrefix(strings.ToLower(label), "hz")
}

func isUTF16(label string) bool { return strings.HasPrefix(strings.ToLower(label), "utf-16") }

func headerCharset(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return params["charset"]
}

// metaCharset finds the declared encoding in the head of the page: charset=… of a
// meta element, or encoding="…" of an XML declaration.
func metaCharset(body []byte) string {
	head := bytes.ToLower(body[:min(len(body), metaWindow)])
	if bytes.HasPrefix(bytes.TrimSpace(head), []byte("<?xml")) {
		if label := after(head[:min(len(head), 200)], "encoding="); label != "" {
			return label
		}
	}
	for {
		i := bytes.Index(head, []byte("<meta"))
		if i < 0 {
			return ""
		}
		head = head[i+5:]
		end := bytes.IndexByte(head, '>')
		if end < 0 {
			return ""
		}
		if label := after(head[:end], "charset="); label != "" {
			return label
		}
	}
}

// after is the quoted or bare word behind key.
func after(b []byte, key string) string {
	i := bytes.Index(b, []byte(key))
	if i < 0 {
		return ""
	}
	rest := bytes.TrimLeft(b[i+len(key):], " \"'")
	if j := bytes.IndexAny(rest, " \"';/>?"); j >= 0 {
		rest = rest[:j]
	}
	return string(rest)
}

// believable judges a decoded text: a wrong multi-byte encoding leaves replacement
// characters all over it.
func believable(name, text string) bool {
	if strings.HasPrefix(name, "windows-") || strings.HasPrefix(name, "iso-8859") || strings.HasPrefix(name, "koi8") {
		return true // every byte is a character: nothing to judge by
	}
	bad := strings.Count(text, "\ufffd")
	return bad*200 < len(text)
}

// nearlyUTF8 reports whether the body is UTF-8 but for a few broken sequences.
func nearlyUTF8(body []byte) bool {
	bad, multi := 0, 0
	for len(body) > 0 {
		r, n := utf8.DecodeRune(body)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else if n > 1 {
			multi++
		}
		body = body[n:]
	}
	return multi > 10*bad
}

func utf16ByNULs(body []byte) string {
	n := min(len(body), 512) &^ 1
	even, odd := 0, 0
	for i := 0; i < n; i += 2 {
		if body[i] == 0 {
			even++
		}
		if body[i+1] == 0 {
			odd++
		}
	}
	switch {
	case n >= 8 && odd*10 > n*4 && even == 0:
		return "utf-16le"
	case n >= 8 && even*10 > n*4 && odd == 0:
		return "utf-16be"
	}
	return ""
}

// visible strips markup and scripts roughly: a detector is misled by them.
func visible(body []byte) []byte {
	body = body[:min(len(body), 1<<20)]
	out := make([]byte, 0, min(len(body), 64<<10))
	for len(body) > 0 && len(out) < 64<<10 {
		i := bytes.IndexByte(body, '<')
		if i < 0 {
			return append(out, body...)
		}
		out = append(append(out, body[:i]...), ' ')
		body = body[i:]
		end := []byte(">")
		low := bytes.ToLower(body[:min(len(body), 8)])
		if bytes.HasPrefix(low, []byte("<script")) {
			end = []byte("</script")
		} else if bytes.HasPrefix(low, []byte("<style")) {
			end = []byte("</style")
		}
		j := bytes.Index(body, end)
		if j < 0 {
			break
		}
		body = body[j+len(end):]
	}
	return out
}

// Binary reports whether the bytes are no page at all: a picture, an archive, a program.
func Binary(body []byte) bool {
	for _, magic := range []string{"\x89PNG", "\xff\xd8\xff", "GIF8", "%PDF", "PK\x03\x04", "\x7fELF", "RIFF", "\x1f\x8b", "BZh", "\xfd7zXZ"} {
		if bytes.HasPrefix(body, []byte(magic)) {
			return true
		}
	}
	if bytes.HasPrefix(body, []byte("\xff\xfe")) || bytes.HasPrefix(body, []byte("\xfe\xff")) || utf16ByNULs(body) != "" {
		return false
	}
	head := body[:min(len(body), 4096)]
	return bytes.Count(head, []byte{0})*20 > len(head)
}
