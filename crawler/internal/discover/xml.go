package discover

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// readXML reads RSS 0.9x to 2.0, RDF, Atom, sitemaps and sitemap indexes by one pass over the
// tokens, and builds no tree: image and language blocks make sitemaps ten times as large as their
// addresses. A document that is cut or broken gives what came before.
func readXML(text []byte) (Document, error) {
	r := xmlReader{dec: xml.NewDecoder(bytes.NewReader(clean(text)))}
	r.dec.Strict = false
	r.dec.Entity = xml.HTMLEntity
	r.dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decoded already
	err := r.read()
	r.doc.Period, r.doc.Quiet = period(r.period, r.updates), r.doc.Quiet.sane()
	switch {
	case r.doc.Kind == HTML:
		return r.doc, fmt.Errorf("%w: it is an HTML page", ErrUnread)
	case r.doc.Kind == "":
		return r.doc, fmt.Errorf("%w: XML of another kind", ErrUnread)
	case err != nil && !errors.Is(err, io.EOF):
		r.doc.Cut = true
	}
	return r.doc, nil
}

// clean replaces the control characters that XML forbids and encoding/xml stumbles over.
func clean(b []byte) []byte {
	bad := func(c byte) bool { return c < 0x20 && c != '\t' && c != '\n' && c != '\r' }
	for i, c := range b {
		if bad(c) {
			b = bytes.Clone(b)
			for j := i; j < len(b); j++ {
				if bad(b[j]) {
					b[j] = ' '
				}
			}
			break
		}
	}
	return b
}

type xmlReader struct {
	dec   *xml.Decoder
	doc   Document
	in    bool // inside an entry
	entry Entry
	dates map[string]string // of the entry, by local name
	link  string            // of the entry: RSS link or Atom alternate
	orig  string            // feedburner:origLink
	perma bool
	// period and updates are sy:updatePeriod and sy:updateFrequency.
	period, updates string
}

func (r *xmlReader) read() error {
	for {
		tok, err := r.dec.Token()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.Directive:
			if s := strings.ToLower(string(t)); strings.HasPrefix(s, "doctype html") {
				r.doc.Kind = HTML
				return nil
			}
		case xml.StartElement:
			if err := r.start(t); err != nil {
				return err
			}
			if r.doc.Kind == HTML || len(r.doc.Entries) >= maxEntries {
				r.doc.Cut = r.doc.Kind != HTML
				return nil
			}
		case xml.EndElement:
			if r.in && isEntry(t.Name.Local) {
				r.finish()
			}
		}
	}
}

func isEntry(local string) bool {
	return local == "item" || local == "entry" || local == "url" || local == "sitemap"
}

var roots = map[string]Kind{"rss": Feed, "RDF": Feed, "feed": Feed, "channel": Feed, "urlset": Sitemap, "sitemapindex": Index, "html": HTML, "HTML": HTML}

func (r *xmlReader) start(t xml.StartElement) error {
	name := t.Name.Local
	if r.doc.Kind == "" {
		r.doc.Kind = roots[name]
		if r.doc.Kind == "" {
			return ErrUnread
		}
		return nil
	}
	switch {
	case !r.in && isEntry(name):
		r.in, r.entry, r.dates, r.link, r.orig, r.perma = true, Entry{}, map[string]string{}, "", "", true
		return nil
	case r.in:
		return r.field(t)
	}
	return r.channel(t)
}

// channel reads what stands outside the entries.
func (r *xmlReader) channel(t xml.StartElement) error {
	switch t.Name.Local {
	case "title":
		if r.doc.Title == "" {
			return r.text(&r.doc.Title)
		}
	case "language":
		return r.text(&r.doc.Language)
	case "updatePeriod":
		return r.text(&r.period)
	case "updateFrequency":
		return r.text(&r.updates)
	case "ttl", "hour", "day":
		return r.asked(t.Name.Local)
	case "image", "textInput", "author", "logo", "icon":
		return r.dec.Skip()
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
func (r *xmlReader) field(t xml.StartElement) error {
	switch t.Name.Local {
	case "loc", "title", "language":
		return r.named(t)
	case "name": // of news:publication
		return r.text(&r.entry.Publisher)
	case "link":
		return r.readLink(t)
	case "origLink":
		return r.text(&r.orig)
	case "guid", "id":
		for _, a := range t.Attr {
			if a.Name.Local == "isPermaLink" && a.Value == "false" {
				r.perma = false
			}
		}
		return r.text(&r.entry.GUID)
	case "pubDate", "published", "issued", "updated", "modified", "date", "lastmod", "publication_date":
		var s string
		if err := r.text(&s); err != nil {
			return err
		}
		r.dates[t.Name.Local] = s
		return nil
	case "news":
		r.doc.Kind = News
	case "publication":
	case "image", "video", "content", "encoded", "description", "summary", "source", "author", "thumbnail", "group":
		return r.dec.Skip()
	}
	return nil
}

func (r *xmlReader) named(t xml.StartElement) error {
	if media := strings.Contains(t.Name.Space, "media") || strings.Contains(t.Name.Space, "image"); media {
		return r.dec.Skip()
	}
	switch t.Name.Local {
	case "loc":
		return r.text(&r.link)
	case "language":
		return r.text(&r.entry.Language)
	}
	return r.text(&r.entry.Title)
}

// readLink reads RSS's <link>address</link> and Atom's <link rel="alternate" href="…">.
func (r *xmlReader) readLink(t xml.StartElement) error {
	href, rel := "", "alternate"
	for _, a := range t.Attr {
		switch a.Name.Local {
		case "href":
			href = a.Value
		case "rel":
			rel = a.Value
		}
	}
	var s string
	if err := r.text(&s); err != nil {
		return err
	}
	if href == "" {
		href = s
	}
	if rel == "alternate" && r.link == "" {
		r.link = strings.TrimSpace(href)
	}
	return nil
}

// finish ends an entry.
func (r *xmlReader) finish() {
	r.in = false
	e := r.entry
	switch {
	case r.orig != "":
		e.URL = r.orig
	case r.link != "":
		e.URL = r.link
	case r.perma && isAddress(e.GUID):
		e.URL = e.GUID
	}
	first := func(names ...string) string {
		for _, n := range names {
			if s := r.dates[n]; s != "" {
				return s
			}
		}
		return ""
	}
	e.Published = first("publication_date", "published", "issued", "pubDate")
	e.Updated = first("updated", "modified", "lastmod", "date", "pubDate")
	if r.doc.Kind == Feed && e.Published == "" {
		e.Published = first("date")
	}
	if e.URL != "" {
		r.doc.Entries = append(r.doc.Entries, e)
	}
}

// text is the character data up to the end of the element, elements inside dropped. Entities
// escaped twice, which feeds are full of, are the normalizer's business.
func (r *xmlReader) text(to *string) error {
	var b strings.Builder
	for depth := 1; depth > 0; {
		tok, err := r.dec.Token()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if b.Len() < maxField {
				b.Write(t[:min(len(t), maxField-b.Len())])
			}
		}
	}
	*to = strings.TrimSpace(strings.ToValidUTF8(b.String(), ""))
	return nil
}
