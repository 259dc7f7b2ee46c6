package page

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"unicode/utf8"
)

// ParseText makes a page of plain text: lines are blocks, without structure. Text
// wrapped at a fixed width, without blank lines, is joined to its paragraphs.
func ParseText(text, pageURL string) *Page {
	p := &Page{URL: pageURL, Base: pageURL, Plain: true}
	var b strings.Builder
	for _, line := range paragraphs(text) {
		line = collapse(line)
		if line == "" {
			continue
		}
		start := int32(b.Len())
		b.WriteString(line)
		p.Blocks = append(p.Blocks, Block{Start: start, Stop: int32(b.Len()), Elem: -1, Runes: int32(utf8.RuneCountInString(line))})
		b.WriteByte('\n')
	}
	p.Text = b.String()
	return p
}

// paragraphs is the lines of a text, those of wrapped paragraphs joined.
func paragraphs(text string) []string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	wrapped, long := 0, 0
	for i, l := range lines {
		n := utf8.RuneCountInString(l)
		if n > 120 {
			long++
		}
		if n >= 55 && n <= 85 && i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != "" {
			wrapped++
		}
	}
	if long > 0 || wrapped*2 < len(lines) {
		return lines
	}
	return strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n")
}

// IsMHTML reports whether the bytes are a page saved as one MIME message (RFC 2557).
func IsMHTML(b []byte) bool {
	head := bytes.ToLower(b[:min(len(b), 2048)])
	return !bytes.Contains(head, []byte("<html")) && bytes.Contains(head, []byte("multipart/related")) && bytes.Contains(head, []byte("content-type:"))
}

// FromMHTML takes the page out of an MHTML file: the first text/html part.
func FromMHTML(b []byte) (html []byte, contentType, url string, err error) {
	msg, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil {
		return nil, "", "", err
	}
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		return nil, "", "", fmt.Errorf("content type: %w", err)
	}
	mr := multipart.NewReader(msg.Body, params["boundary"])
	for {
		part, err := mr.NextRawPart()
		if err != nil {
			return nil, "", "", errors.New("holds no text/html part")
		}
		ct := part.Header.Get("Content-Type")
		if mt, _, _ := mime.ParseMediaType(ct); mt != "text/html" && mt != "application/xhtml+xml" {
			continue
		}
		var r io.Reader = part
		switch strings.ToLower(part.Header.Get("Content-Transfer-Encoding")) {
		case "quoted-printable":
			r = quotedprintable.NewReader(part)
		case "base64":
			r = base64.NewDecoder(base64.StdEncoding, part)
		}
		html, err := io.ReadAll(io.LimitReader(r, 64<<20))
		if err != nil {
			return nil, "", "", fmt.Errorf("read part: %w", err)
		}
		return html, ct, part.Header.Get("Content-Location"), nil
	}
}
