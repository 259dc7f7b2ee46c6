// Package discover reads what a site says of its own articles: feeds, sitemaps and the links of
// its pages. It knows bytes and addresses only; what is new or due is the frontier's business.
//
// A document is judged by its content, never by its name or its type: servers lie about both. It is read as it
// comes, in room that depends on what it names and not on its size: a sitemap of 50 MB is mostly pictures and
// translations.
package discover

import (
	"errors"
	"fmt"
	"io"
	"time"
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
	// TTL is the wait that the feed asks for, Period the time in which it says to change but once; 0 for none, a day at
	// most. Quiet are hours and days in which it asks not to be read.
	TTL, Period time.Duration
	Quiet       Quiet
	// Cut is true where the document ended early or was not well-formed: its entries are what came before.
	Cut bool
	// Full is true where it has more entries than are read: nobody will ever see the rest.
	Full bool
	// Bogus is true where the dates of the entries are those of a machine, not of edits, and Updated was dropped.
	Bogus bool

	entries packed
}

// Read reads a document to its end, or to where it can be told that it is none. The error is ErrUnread, wrapped with
// what the bytes look like instead; where r fails in the middle, the document is what came before.
func Read(r io.Reader, contentType, base string, fetched time.Time) (Document, error) {
	in, err := open(r, contentType)
	if err != nil {
		return Document{}, err
	}
	d := Document{entries: packed{stamps: stamps{fetched: fetched}}}
	head, _ := in.Peek(1)
	switch {
	case len(head) == 0:
		return Document{}, fmt.Errorf("%w: it is empty", ErrUnread)
	case head[0] == '{':
		err = readJSON(in, base, &d)
	case head[0] == '<':
		err = readXML(in, base, &d)
	default:
		err = readLines(in, base, &d)
	}
	d.Bogus = d.Kind == Sitemap && d.entries.stamps.bogus(d.Len()) // feeds keep their dates
	return d, err
}
