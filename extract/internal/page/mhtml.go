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
)

// maxMHTML bounds the page inside an MHTML file.
const maxMHTML = 64 << 20

// IsMHTML reports whether the bytes are a page saved as one MIME message (RFC 2557).
func IsMHTML(b []byte) bool {
	head := bytes.ToLower(b[:min(len(b), 2048)])
	at := bytes.Index(head, []byte("multipart/related"))
	return at > 0 && bytes.Contains(head[:at], []byte("content-type:")) && !bytes.Contains(head[:at], []byte("<html"))
}

// FromMHTML takes the page out of an MHTML file: the first text/html part.
func FromMHTML(b []byte) (html []byte, contentType, url string, err error) {
	msg, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil {
		return nil, "", "", fmt.Errorf("message header: %w", err)
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
		html, err := io.ReadAll(io.LimitReader(r, maxMHTML))
		if err != nil {
			return nil, "", "", fmt.Errorf("read part: %w", err)
		}
		return html, ct, part.Header.Get("Content-Location"), nil
	}
}
