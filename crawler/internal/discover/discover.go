// Package discover reads what a site says of its own articles: feeds, sitemaps and the links of
// its pages. It knows bytes and addresses only; what is new or due is the frontier's business.
//
// A document is judged by its content, never by its name or its type: servers lie about both.
package discover

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// Kind says what a document turned out to be.
type Kind string

// The kinds of document.
const (
	Feed    Kind = "feed"
	Sitemap Kind = "sitemap" // names pages
	News    Kind = "news"    // a sitemap with news:news entries
	Index   Kind = "index"   // names sitemaps
	HTML    Kind = "html"    // a page where a feed or a sitemap was expected
)

// Bounds of one document: sitemaps.org allows 50,000 entries in 50 MB.
const (
	maxEntries = 50_000
	maxBytes   = 64 << 20
	maxField   = 4 << 10
)

// ErrUnread says that the bytes are neither feed nor sitemap.
var ErrUnread = errors.New("neither a feed nor a sitemap")

// An Entry is one page as a document names it; all but URL may be empty.
type Entry struct {
	// URL is resolved against the document.
	URL string
	// Title, Published and Updated are as printed. Updated is the update claim: Atom updated; in RSS
	// atom:updated, dcterms:modified, dc:date, else pubDate; in a sitemap lastmod.
	Title, Published, Updated, Language, Publisher string
	// GUID is the feed's own name for the item: a hint of "the same item, moved", no identity.
	GUID string
}

// A Document is a feed or a sitemap.
type Document struct {
	Kind Kind
	// Title is the feed's own.
	Title, Language string
	Entries         []Entry
	// TTL is the wait that the feed asks for, Period the time in which it says to change but once; 0 for none, a day at
	// most. Quiet are hours and days in which it asks not to be read.
	TTL, Period time.Duration
	Quiet       Quiet
	// Cut is true where the document ended early or was not well-formed: Entries is what came before.
	Cut bool
	// Bogus is true where the dates of the entries are those of a machine, not of edits, and Updated was dropped.
	Bogus bool
}

// Read reads a document. The error is ErrUnread, wrapped with what the bytes look like instead.
func Read(body []byte, contentType, base string, fetched time.Time) (Document, error) {
	body, err := unzip(body)
	if err != nil {
		return Document{}, err
	}
	text := decode(body, contentType)
	head := bytes.TrimSpace(text[:min(len(text), 4096)])
	var d Document
	switch {
	case len(head) == 0:
		return Document{}, fmt.Errorf("%w: it is empty", ErrUnread)
	case head[0] == '{':
		d, err = readJSON(text)
	case head[0] == '<':
		d, err = readXML(text)
	default:
		d, err = readLines(text)
	}
	if err != nil {
		return d, err
	}
	resolve(&d, base)
	distrust(&d, fetched)
	return d, nil
}

// unzip undoes gzip by the bytes, not by the name.
func unzip(b []byte) ([]byte, error) {
	if len(b) < 2 || b[0] != 0x1f || b[1] != 0x8b {
		return b, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("%w: broken gzip: %w", ErrUnread, err)
	}
	out, err := io.ReadAll(io.LimitReader(z, maxBytes))
	if err != nil && len(out) == 0 {
		return nil, fmt.Errorf("%w: broken gzip: %w", ErrUnread, err)
	}
	return out, nil // cut short, the part before is still good
}

// decode gives UTF-8: what is valid UTF-8 is taken as such whatever is declared (feeds that declare
// windows-1251 and send UTF-8 are common), else the header, else the XML declaration, decides.
func decode(b []byte, contentType string) []byte {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if utf8.Valid(b) && !bytes.ContainsRune(b[:min(len(b), 64)], 0) {
		return b
	}
	label := ""
	if _, rest, ok := strings.Cut(strings.ToLower(contentType), "charset="); ok {
		label = strings.Trim(strings.TrimSpace(rest), `"'; `)
	}
	if label == "" {
		if _, rest, ok := bytes.Cut(b[:min(len(b), 256)], []byte("encoding=")); ok && len(rest) > 1 {
			label, _, _ = strings.Cut(string(rest[1:]), string(rest[0]))
		}
	}
	if len(b) > 1 && (b[0] == 0xfe && b[1] == 0xff || b[0] == 0xff && b[1] == 0xfe) {
		label = map[bool]string{true: "utf-16be", false: "utf-16le"}[b[0] == 0xfe]
	}
	if label == "" {
		label = "utf-8"
	}
	r, err := charset.NewReaderLabel(label, bytes.NewReader(b))
	if err != nil {
		return bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	out, err := io.ReadAll(io.LimitReader(r, 2*maxBytes))
	if err != nil {
		return bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	return bytes.TrimPrefix(out, []byte("\xef\xbb\xbf"))
}
