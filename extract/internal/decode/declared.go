package decode

import (
	"bytes"
	"strings"
)

// metaWindow is how far into a page its declaration is looked for. The standard asks
// for 1 KB; publishers put scripts before it.
const metaWindow = 16 << 10

// headerLabel is the charset of a Content-Type header, however sloppily written.
func headerLabel(contentType string) string {
	return labelAfter([]byte(strings.ToLower(contentType)))
}

// metaLabel is the encoding that a page declares: charset=… of a meta element or
// encoding="…" of the XML declaration. Comments and scripts declare nothing.
func metaLabel(body []byte) string {
	head := bytes.ToLower(body[:min(len(body), metaWindow)])
	head = bytes.TrimLeft(head, " \t\r\n\f")
	if bytes.HasPrefix(head, []byte("<?xml")) {
		end := max(bytes.IndexByte(head, '>'), 0)
		if _, rest, ok := bytes.Cut(head[:end], []byte("encoding")); ok {
			if label := labelOf(rest); label != "" {
				return label
			}
		}
	}
	for {
		i := bytes.IndexByte(head, '<')
		if i < 0 {
			return ""
		}
		head = head[i:]
		var end string
		switch {
		case bytes.HasPrefix(head, []byte("<meta")):
			tag := head[5:]
			if j := bytes.IndexByte(tag, '>'); j >= 0 {
				tag = tag[:j]
			}
			if label := labelAfter(tag); label != "" {
				return label
			}
			end = ">"
		case bytes.HasPrefix(head, []byte("<!--")):
			end = "-->"
		case bytes.HasPrefix(head, []byte("<script")):
			end = "</script"
		case bytes.HasPrefix(head, []byte("<style")):
			end = "</style"
		default:
			end = "<"
		}
		j := bytes.Index(head[1:], []byte(end))
		if j < 0 {
			return ""
		}
		head = head[1+j:]
		if end != "<" {
			head = head[1:]
		}
	}
}

// labelAfter is the word after the first charset= in b, which is lower case.
func labelAfter(b []byte) string {
	for {
		_, rest, ok := bytes.Cut(b, []byte("charset"))
		if !ok {
			return ""
		}
		if label := labelOf(rest); label != "" {
			return label
		}
		b = rest
	}
}

// labelOf is the quoted or bare word behind an equals sign.
func labelOf(b []byte) string {
	b = bytes.TrimLeft(b, " \t\r\n\f")
	if len(b) == 0 || b[0] != '=' {
		return ""
	}
	b = bytes.TrimLeft(b[1:], " \t\r\n\f\"'")
	if i := bytes.IndexAny(b, " \t\r\n\f\"';,/>?"); i >= 0 {
		b = b[:i]
	}
	return string(b)
}
