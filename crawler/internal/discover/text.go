package discover

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// window is how much of a document is looked at to tell its charset: from its first letter that is not ASCII on.
const window = 16 << 10

var bom = []byte("\xef\xbb\xbf")

// open gives a document as UTF-8 from its first character on, without what XML forbids.
func open(r io.Reader, contentType string) (*bufio.Reader, error) {
	raw := bufio.NewReaderSize(r, window)
	if magic, _ := raw.Peek(2); string(magic) == "\x1f\x8b" { // by the bytes, not by the name
		z, err := gzip.NewReader(raw)
		if err != nil {
			return nil, fmt.Errorf("%w: broken gzip: %w", ErrUnread, err)
		}
		raw = bufio.NewReaderSize(&bounded{z, maxBytes}, window)
		if _, err := raw.Peek(1); err != nil && err != io.EOF {
			return nil, fmt.Errorf("%w: broken gzip: %w", ErrUnread, err)
		}
	}
	in := bufio.NewReaderSize(clean{decode(raw, contentType)}, window)
	for {
		switch head, _ := in.Peek(len(bom)); {
		case bytes.Equal(head, bom):
			_, _ = in.Discard(len(bom)) // it was just seen
		case len(head) > 0 && isSpace(head[0]):
			_, _ = in.Discard(1)
		default:
			return in, nil
		}
	}
}

// bounded ends a document that goes beyond what one may have, as one that is cut.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// decode gives UTF-8: what looks like it is taken as such whatever is declared (feeds that declare
// windows-1251 and send UTF-8 are common), else the header, else the XML declaration, decides.
func decode(raw *bufio.Reader, contentType string) io.Reader {
	head, _ := raw.Peek(256)
	switch label := wide(head); {
	case label != "":
		return labelled(raw, label)
	case bytes.HasPrefix(head, bom):
		return raw
	}
	label := ""
	if _, rest, ok := strings.Cut(strings.ToLower(contentType), "charset="); ok {
		label = strings.Trim(strings.TrimSpace(rest), `"'; `)
	}
	if label == "" {
		if _, rest, ok := bytes.Cut(head, []byte("encoding=")); ok && len(rest) > 1 {
			label, _, _ = strings.Cut(string(rest[1:]), string(rest[0]))
		}
	}
	return &undecided{raw: raw, label: label}
}

// wide names the form of UTF-16 that a document begins in, by its mark or by its first bracket; "" for none.
func wide(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("<\x00")):
		return "utf-16le"
	case bytes.HasPrefix(head, []byte("\xfe\xff")), bytes.HasPrefix(head, []byte("\x00<")):
		return "utf-16be"
	}
	return ""
}

// labelled decodes by a label; what nobody knows is taken for UTF-8 with faults.
func labelled(raw io.Reader, label string) io.Reader {
	if low := strings.ToLower(label); label == "" || strings.HasPrefix(low, "utf-16") && wideNot(raw) {
		label = "utf-8"
	}
	if r, err := charset.NewReaderLabel(label, raw); err == nil {
		return r
	}
	r, _ := charset.NewReaderLabel("utf-8", raw) // a label that is known
	return r
}

// wideNot reports whether text that is declared as UTF-16 is plainly none.
func wideNot(raw io.Reader) bool {
	b, ok := raw.(*bufio.Reader)
	if !ok {
		return false
	}
	head, _ := b.Peek(window)
	return bytes.IndexByte(head, 0) < 0
}

// undecided is ASCII so far: the first letter that is none, and what follows it, decide.
type undecided struct {
	raw   *bufio.Reader
	label string
	r     io.Reader
}

func (u *undecided) Read(p []byte) (int, error) {
	if u.r != nil {
		return u.r.Read(p)
	}
	if _, err := u.raw.Peek(1); err != nil {
		return 0, err
	}
	b, _ := u.raw.Peek(u.raw.Buffered())
	n := 0
	for n < min(len(b), len(p)) && b[n] < utf8.RuneSelf {
		p[n] = b[n]
		n++
	}
	if n > 0 || len(p) == 0 {
		return u.raw.Discard(n)
	}
	sample, _ := u.raw.Peek(window)
	if u.r = u.raw; !looksUTF8(sample) {
		u.r = labelled(u.raw, u.label)
	}
	return u.r.Read(p)
}

// looksUTF8 reports whether a sample is valid, but for a last letter that is cut.
func looksUTF8(b []byte) bool {
	for cut := range min(utf8.UTFMax, len(b)+1) {
		if utf8.Valid(b[:len(b)-cut]) {
			return cut == 0 || !utf8.FullRune(b[len(b)-cut:])
		}
	}
	return false
}

// clean replaces the control characters that XML forbids.
type clean struct{ r io.Reader }

func (c clean) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	for i, x := range p[:n] {
		if x < ' ' && !isSpace(x) {
			p[i] = ' '
		}
	}
	return n, err
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }
