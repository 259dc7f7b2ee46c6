package discover

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/address"
)

// readXML reads RSS 0.9x to 2.0, RDF, Atom, sitemaps and sitemap indexes by one pass over the
// tokens, and builds no tree: image and language blocks make sitemaps ten times as large as their
// addresses. A document that is cut or broken gives what came before.
func readXML(in *bufio.Reader, base string, d *Document) error {
	r := xmlReader{scanner: scanner{in: in}, doc: d, base: base}
	err := r.read()
	d.Full = err == errFull
	d.Cut = err != nil && !d.Full
	d.Period, d.Quiet = period(r.period, r.updates), d.Quiet.sane()
	switch d.Kind {
	case HTML:
		return fmt.Errorf("%w: it is an HTML page", ErrUnread)
	case "":
		return fmt.Errorf("%w: XML of another kind", ErrUnread)
	}
	return nil
}

type xmlReader struct {
	scanner
	doc  *Document
	base string // what addresses are resolved against
	root string // the name of the outermost element

	// Of the entry: the name of its element, "" outside; its dates, by local name; its link, RSS link or Atom alternate,
	// feedburner:origLink, and what its addresses are resolved against.
	in, inPrefix     string
	entry            Entry
	dates            map[string]string
	link, orig, from string
	titled, perma    bool

	// period and updates are sy:updatePeriod and sy:updateFrequency.
	period, updates string
}

// read reads to the end of the outermost element. The error is nil where it came there, or where the document is a page.
func (r *xmlReader) read() error {
	for {
		t, err := r.next()
		if err != nil {
			return err
		}
		switch t.kind {
		case doctypeToken:
			if t.name == "html" {
				r.doc.Kind = HTML
				return nil
			}
		case startToken:
			if err := r.start(t); err != nil {
				return err
			}
			if r.doc.Kind == HTML {
				return nil
			}
		case endToken:
			whole := t.name == r.root
			if whole || r.closes(t) {
				if err := r.finish(); err != nil || whole {
					return err
				}
			}
		}
	}
}

// opens reports whether a tag opens an entry of the document, closes whether it ends the one that is read.
func (r *xmlReader) opens(t *token) bool {
	switch {
	case r.in != "":
		return t.name == r.in && t.prefix == r.inPrefix
	case r.doc.Kind == Feed:
		return t.name == "item" || t.name == "entry"
	}
	return t.name == "url" || t.name == "sitemap"
}

func (r *xmlReader) closes(t *token) bool {
	return t.name == r.in && t.prefix == r.inPrefix && r.in != ""
}

var roots = map[string]Kind{"rss": Feed, "rdf": Feed, "feed": Feed, "channel": Feed, "urlset": Sitemap, "sitemapindex": Index, "html": HTML}

func (r *xmlReader) start(t *token) error {
	switch {
	case r.doc.Kind == "":
		if r.doc.Kind, r.root = roots[strings.ToLower(t.name)], t.name; r.doc.Kind == "" {
			return ErrUnread
		}
		r.rebase(&r.base, t)
		return nil
	case r.opens(t):
		if err := r.finish(); err != nil { // of one that was never closed
			return err
		}
		r.in, r.inPrefix, r.entry, r.link, r.orig, r.from, r.titled, r.perma = t.name, t.prefix, Entry{}, "", "", r.base, false, true
		clear(r.dates)
		r.rebase(&r.from, t)
		return nil
	case t.empty && t.name != "link" && t.name != "news":
		return nil
	case r.in != "":
		return r.field(t)
	}
	return r.channel(t)
}

// rebase makes of xml:base what the addresses inside are resolved against.
func (r *xmlReader) rebase(base *string, t *token) {
	if b := t.attr("xml:base"); b != "" {
		if u := address.Absolute(*base, b); u != "" {
			*base = u
		}
	}
}

// channel reads what stands outside the entries.
func (r *xmlReader) channel(t *token) error {
	switch t.name {
	case "title":
		if r.doc.Title == "" {
			return r.text(&r.doc.Title)
		}
	case "language":
		return r.text(&r.doc.Language)
	case "link":
		return r.home(t)
	case "updatePeriod":
		return r.text(&r.period)
	case "updateFrequency":
		return r.text(&r.updates)
	case "ttl", "hour", "day":
		return r.asked(t.name)
	case "image", "textInput", "textinput", "author", "logo", "icon":
		return r.text(nil)
	}
	return nil
}

// home reads the address of the site that an RSS feed is of: relative links of items are meant from there.
func (r *xmlReader) home(t *token) error {
	if t.prefix != "" || t.empty || r.root == "feed" {
		return nil
	}
	var s string
	if err := r.text(&s); err != nil {
		return err
	}
	if isAddress(s) {
		r.base = s
	}
	return nil
}

// asked reads how the feed asks to be read; hour and day stand in skipHours and skipDays.
func (r *xmlReader) asked(name string) error {
	var s string
	if err := r.text(&s); err != nil {
		return err
	}
	switch name {
	case "hour":
		r.doc.Quiet.hour(s)
	case "day":
		r.doc.Quiet.day(s)
	default:
		if n, err := strconv.Atoi(s); err == nil && n > 0 {
			r.doc.TTL = min(time.Duration(min(n, 24*60))*time.Minute, aDay)
		}
	}
	return nil
}

// field reads an element of an entry.
func (r *xmlReader) field(t *token) error {
	switch t.name {
	case "loc":
		return r.text(&r.link)
	case "title":
		return r.title(t)
	case "language":
		return r.text(&r.entry.Language)
	case "name": // of news:publication
		return r.text(&r.entry.Publisher)
	case "link":
		return r.readLink(t)
	case "origLink":
		return r.text(&r.orig)
	case "guid", "id":
		r.perma = t.attr("isPermaLink") != "false"
		return r.text(&r.entry.GUID)
	case "pubDate", "published", "issued", "updated", "modified", "date", "lastmod", "publication_date":
		var s string
		name := t.name
		if err := r.text(&s); err != nil {
			return err
		}
		if r.dates == nil {
			r.dates = map[string]string{}
		}
		r.dates[name] = s
		return nil
	case "news":
		if r.doc.Kind == Sitemap {
			r.doc.Kind = News
		}
	case "image", "video", "content", "encoded", "description", "summary", "source", "author", "thumbnail", "group":
		return r.text(nil)
	}
	return nil
}

// title reads the title of an entry: its own goes before that of another vocabulary, which may be of a picture.
func (r *xmlReader) title(t *token) error {
	own := t.prefix == r.inPrefix || t.prefix == "news"
	if !own && (r.titled || t.prefix == "media" || t.prefix == "image") {
		return r.text(nil)
	}
	r.titled = r.titled || own
	return r.text(&r.entry.Title)
}

// readLink reads RSS's <link>address</link> and Atom's <link rel="alternate" href="…">.
func (r *xmlReader) readLink(t *token) error {
	href, rel, empty, base := t.attr("href"), t.attr("rel"), t.empty, r.from
	r.rebase(&base, t)
	var s string
	if !empty {
		if err := r.text(&s); err != nil {
			return err
		}
	}
	if href == "" {
		href = s
	}
	if href = strings.TrimSpace(href); href == "" || r.link != "" || rel != "" && rel != "alternate" {
		return nil
	}
	if r.link = href; base != r.from {
		r.link = address.Absolute(base, href)
	}
	return nil
}

// finish ends the entry that is read, if there is one.
func (r *xmlReader) finish() error {
	if r.in == "" {
		return nil
	}
	r.in = ""
	e := r.entry
	switch {
	case r.orig != "":
		e.URL = r.orig
	case r.link != "":
		e.URL = r.link
	case r.perma && isAddress(e.GUID):
		e.URL = e.GUID
	default:
		return nil
	}
	e.Published = r.first("publication_date", "published", "issued", "pubDate")
	e.Updated = r.first("updated", "modified", "lastmod", "date", "pubDate")
	if r.doc.Kind == Feed && e.Published == "" {
		e.Published = r.first("date")
	}
	if r.doc.Len() == maxEntries {
		return errFull
	}
	r.doc.entries.add(r.from, e)
	return nil
}

// first is the first of some dates that the entry has.
func (r *xmlReader) first(names ...string) string {
	for _, n := range names {
		if s := r.dates[n]; s != "" {
			return s
		}
	}
	return ""
}

// text reads the character data up to the end of the element whose tag was read last, elements inside dropped; to is nil
// where nobody asks for it. An element that is never closed ends with its entry. Entities
// escaped twice, which feeds are full of, are the normalizer's business.
func (r *xmlReader) text(to *string) error {
	prefix, name := r.token.prefix, r.token.name
	var b []byte
	for depth := 1; depth > 0; {
		t, err := r.next()
		if err != nil {
			return err
		}
		same := t.name == name && t.prefix == prefix
		switch {
		case t.kind == textToken:
			if to != nil {
				b = append(b, t.text[:min(len(t.text), maxField-len(b))]...)
			}
		case t.kind == startToken && same && !t.empty:
			depth++
		case t.kind == endToken && same:
			depth--
		case t.kind == startToken && r.in != "" && r.opens(t), t.kind == endToken && r.closes(t):
			r.unread()
			depth = 0
		}
	}
	if to != nil {
		*to = strings.TrimSpace(strings.ToValidUTF8(string(b), ""))
	}
	return nil
}
