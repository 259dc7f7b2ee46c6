package discover

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// A press makes a document as it is read: a beginning, so many entries, an end. It measures the heap on the way.
type press struct {
	head, tail string
	entry      func(n int) string
	entries    int

	n, size int
	left    string
	ended   bool
	peak    uint64 // bytes alive
}

func (p *press) Read(b []byte) (int, error) {
	for p.left == "" {
		switch {
		case p.size == 0:
			p.left = p.head
		case p.n < p.entries:
			if p.n%4_000 == 3_999 && p.n < 16_000 || p.n == p.entries-1 {
				p.peak = max(p.peak, alive())
			}
			p.left = p.entry(p.n)
			p.n++
		case !p.ended:
			p.ended, p.left = true, p.tail
		default:
			return 0, io.EOF
		}
		p.size += len(p.left)
	}
	n := copy(b, p.left)
	p.left = p.left[n:]
	return n, nil
}

// alive is how many bytes of the heap are in use once what is not was let go.
func alive() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func TestASitemapOf50MBIsReadInLittleRoom(t *testing.T) {
	pictures := strings.Repeat(`<image:image><image:loc>https://img.a.example/2026/11/20/a-picture-of-the-day.jpg</image:loc><image:caption>A bridge over a river</image:caption></image:image>`, 6)
	for name, tc := range map[string]struct {
		p    press
		most uint64
		kind Kind
		want int
	}{
		"50,000 articles with their pictures": {press{head: "<urlset>", tail: "</urlset>", entries: 50_000, entry: func(n int) string {
			return fmt.Sprintf("<url><loc>https://www.a.example/world/2026/11/%02d/a-story-of-many-words-%06d.html</loc><lastmod>2026-11-%02dT12:00:00Z</lastmod>%s</url>\n", n%28+1, n, n%28+1, pictures)
		}}, 8 << 20, Sitemap, 50_000},
		"one entry whose text never ends": {press{head: "<rss><channel><item><link>https://a.example/a</link><description>", tail: "</description></item></channel></rss>", entries: 10_000,
			entry: func(int) string { return strings.Repeat("<![CDATA[word ]]>&amp;", 50) }}, 1 << 20, Feed, 1},
		"one comment": {press{head: "<urlset><url><loc>https://a.example/a</loc></url><!--", tail: "--></urlset>", entries: 10_000,
			entry: func(int) string { return strings.Repeat("-> - ", 200) }}, 1 << 20, Sitemap, 1},
		"one tag": {press{head: "<urlset><url><loc>https://a.example/a</loc></url><x a='", tail: "'/></urlset>", entries: 10_000,
			entry: func(int) string { return strings.Repeat("word ", 200) }}, 1 << 20, Sitemap, 1},
		"names that are never the same": {press{head: "<urlset><url><loc>https://a.example/a</loc></url>", tail: "</urlset>", entries: 10_000,
			entry: func(n int) string {
				return strings.Repeat("-", n%2) + fmt.Sprintf("<%s%d></%s%[2]d>", strings.Repeat("n", 500), n, strings.Repeat("n", 500))
			}}, 1 << 20, Sitemap, 1},
		"a list of addresses": {press{entries: 50_000, head: "\n", entry: func(n int) string { return fmt.Sprintf("https://www.a.example/%0990d\n", n) }}, 8 << 20, Sitemap, 50_000},
		"items of JSON": {press{head: `{"version":"https://jsonfeed.org/version/1.1","items":[{"url":"/0"}`, tail: "]}", entries: 8_000,
			entry: func(n int) string {
				return fmt.Sprintf(`,{"url":"/%d","content_html":"%s"}`, n, strings.Repeat("word ", 200))
			}}, 4 << 20, Feed, 8_001},
	} {
		t.Run(name, func(t *testing.T) {
			before := alive()
			d, err := Read(&tc.p, "", "https://a.example/", now)
			if err != nil || d.Kind != tc.kind || d.Len() != tc.want || d.Cut {
				t.Fatalf("%v: a %s with %d entries of %d bytes, cut %v", err, d.Kind, d.Len(), tc.p.size, d.Cut)
			}
			if rise := max(tc.p.peak, alive()) - before; rise > tc.most {
				t.Errorf("%d bytes were alive for a document of %d, want at most %d", rise, tc.p.size, tc.most)
			}
			runtime.KeepAlive(d)
		})
	}
}

func TestADocumentThatBreaksOffGivesWhatCameBefore(t *testing.T) {
	const xml = "<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2</loc></url><url><loc>https://a.exam"
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(xml))
	_ = z.Flush()
	for name, in := range map[string]io.Reader{
		"at its end":       strings.NewReader(xml),
		"with an error":    io.MultiReader(strings.NewReader(xml), broken{}),
		"as gzip":          bytes.NewReader(packed.Bytes()),
		"a list":           io.MultiReader(strings.NewReader("https://a.example/1\nhttps://a.example/2\nhttps://a.exam"), broken{}),
		"a JSON Feed":      strings.NewReader(`{"version":"https://jsonfeed.org/version/1.1","items":[{"url":"/1"},{"url":"/2"},{"url":"/3`),
		"an inner comment": strings.NewReader(xml[:strings.LastIndex(xml, "<url>")] + "<!-- > "),
	} {
		d, err := Read(in, "", "https://a.example/", now)
		if err != nil || !d.Cut {
			t.Errorf("%s: cut %v, %v", name, d.Cut, err)
		}
		if diff := cmp.Diff([]Entry{{URL: "https://a.example/1"}, {URL: "https://a.example/2"}}, all(&d)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	var d Document
	for end := range len(xml) { // whichever byte is the last
		var err error
		if d, err = Read(strings.NewReader(xml[:end]), "", "https://a.example/", now); err == nil && !d.Cut {
			t.Errorf("%q is taken for whole", xml[:end])
		}
	}
	if more := 3; d.Len() > more {
		t.Errorf("%d entries", d.Len())
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

func TestMoreEntriesThanAreReadAreSaid(t *testing.T) {
	for name, p := range map[string]press{
		"XML":   {head: "<urlset>", tail: "</urlset>", entry: func(n int) string { return fmt.Sprintf("<url><loc>https://a.example/%d</loc></url>", n) }},
		"lines": {head: "\n", entry: func(n int) string { return fmt.Sprintf("https://a.example/%d\n", n) }},
		"JSON": {head: `{"version":"https://jsonfeed.org/version/1","items":[{}`, tail: "]}",
			entry: func(n int) string { return fmt.Sprintf(`,{"url":"https://a.example/%d"}`, n) }},
	} {
		for _, n := range []int{maxEntries, maxEntries + 1} {
			q := p
			q.entries = n
			d, err := Read(&q, "", "https://a.example/", now)
			if err != nil || d.Len() != maxEntries || d.Cut || d.Full != (n > maxEntries) {
				t.Errorf("%s: %d entries of %d, cut %v, full %v, %v", name, d.Len(), n, d.Cut, d.Full, err)
			}
		}
	}
}

func TestTheCharsetOfADocumentIsToldFromItsBytes(t *testing.T) {
	const long = 40_000 // beyond what is looked at
	doc := func(label, title string) string {
		return `<?xml version="1.0" encoding="` + label + `"?><rss><channel>` + strings.Repeat(" ", long) + `<item><title>` + title + `</title><link>https://a.example/a</link></item></channel></rss>`
	}
	wide := func(s string, big bool, mark bool) string {
		var b []byte
		units := utf16.Encode([]rune(s))
		if mark {
			units = append([]uint16{0xfeff}, units...)
		}
		for _, u := range units {
			if lo, hi := byte(u), byte(u>>8); big {
				b = append(b, hi, lo)
			} else {
				b = append(b, lo, hi)
			}
		}
		return string(b)
	}
	for name, tc := range map[string]struct{ in, header, want string }{
		"UTF-8":                              {doc("utf-8", "Zürich"), "", "Zürich"},
		"UTF-8 under another name":           {doc("iso-8859-1", "Zürich"), "text/xml; charset=iso-8859-1", "Zürich"},
		"UTF-8 with its mark, twice":         {"\ufeff \ufeff" + doc("utf-8", "Zürich"), "", "Zürich"},
		"UTF-8 with one bad byte":            {doc("utf-8", "Z\xfcrich, Zürich"), "", "Z\ufffdrich, Zürich"},
		"the header's charset":               {doc("utf-8", "Z\xfcrich"), "text/xml; charset=ISO-8859-1", "Zürich"},
		"the declaration's":                  {doc("windows-1251", "\xcf\xf0\xe8"), "text/xml", "При"},
		"a charset of several bytes":         {doc("Shift_JIS", "\x93\xfa\x96\x7b"), "", "日本"},
		"UTF-16 with its mark":               {wide(doc("utf-16", "Zürich 日本"), false, true), "text/xml; charset=utf-8", "Zürich 日本"},
		"UTF-16 with its mark, big end":      {wide(doc("utf-16", "Zürich 日本"), true, true), "", "Zürich 日本"},
		"UTF-16 without a mark":              {wide(doc("utf-16", "Zürich 日本"), false, false), "", "Zürich 日本"},
		"UTF-16 without a mark, big end":     {wide(doc("utf-16", "Zürich 日本"), true, false), "", "Zürich 日本"},
		"what says to be UTF-16 and is not":  {doc("utf-16", "Zürich"), "", "Zürich"},
		"nor is it UTF-8":                    {doc("utf-16", "Z\xfcrich"), "", "Z\ufffdrich"},
		"a charset that nobody knows":        {doc("x-martian", "Z\xfcrich"), "", "Z\ufffdrich"},
		"a letter on the edge of the window": {strings.Repeat(" ", window-1) + doc("windows-1252", "Zürich"+strings.Repeat("ü", window)), "", "Zürich"},
	} {
		d, err := Read(strings.NewReader(tc.in), tc.header, "https://a.example/", now)
		if err != nil || d.Cut || d.Len() != 1 {
			t.Errorf("%s: %d entries, cut %v, %v", name, d.Len(), d.Cut, err)
			continue
		}
		if got := all(&d)[0].Title; !strings.HasPrefix(got, tc.want) {
			t.Errorf("%s: %.40q, want %q", name, got, tc.want)
		}
	}
}

func TestBrokenXMLNamesWhatStandsInTheRestOfIt(t *testing.T) {
	one, two := Entry{URL: "https://a.example/1"}, Entry{URL: "https://a.example/2"}
	for name, tc := range map[string]struct {
		in   string
		want []Entry
	}{
		"entries that are never closed":      {`<urlset><url><loc>https://a.example/1</loc><url><loc>https://a.example/2</loc></urlset>`, []Entry{one, two}},
		"an element that is never closed":    {`<urlset><url><loc>https://a.example/1</url><url><loc>https://a.example/2</loc></url></urlset>`, []Entry{one, two}},
		"elements closed in the wrong order": {`<urlset><url><image:image><image:loc>x</image:image></image:loc><loc>https://a.example/1</loc></url></urlset>`, []Entry{one}},
		"markup in a title":                  {`<rss><item><title>A <b>bold<br> word</title><link>https://a.example/1</link></item></rss>`, []Entry{{URL: one.URL, Title: "A bold word"}}},
		"attributes without quotes":          {`<feed><entry><link rel=alternate href=https://a.example/1></link></entry></feed>`, []Entry{one}},
		"a bracket in an attribute":          {`<feed><entry><link title="a > b" href='https://a.example/1'/></entry></feed>`, []Entry{one}},
		"a bracket in a text":                {`<rss><item><title>1 < 2 <3</title><link>https://a.example/1</link></item></rss>`, []Entry{{URL: one.URL, Title: "1 < 2 <3"}}},
		"entities of HTML":                   {`<rss><item><title>&eacute;&#233;&#xE9;&hellip;&bogus;&#0;&amp;lt;</title><link>https://a.example/?a&copy=1&amp;b</link></item></rss>`, []Entry{{URL: "https://a.example/?a&copy=1&b", Title: "ééé…&bogus;&#0;&lt;"}}},
		"a doctype with declarations":        {`<!DOCTYPE rss [<!ENTITY a "b"><!-- x -->]><rss><item><link>https://a.example/1</link></item></rss>`, []Entry{one}},
		"a prefix on everything":             {`<s:urlset xmlns:s="x"><s:url><s:loc>https://a.example/1</s:loc></s:url></s:urlset>`, []Entry{one}},
		"the picture of a channel":           {`<rss><channel><image><url>https://a.example/x.png</url><link>https://a.example/</link></image><item><link>https://a.example/1</link></item></channel></rss>`, []Entry{one}},
		"a title of a picture":               {`<rss><item><media:title>pic</media:title><title>T</title><media:title>pic</media:title><link>https://a.example/1</link></item></rss>`, []Entry{{URL: one.URL, Title: "T"}}},
		"translations":                       {`<urlset><url><loc>https://a.example/1</loc><xhtml:link rel="alternate" hreflang="de" href="https://a.example/de/1"/></url></urlset>`, []Entry{one}},
		"links against xml:base":             {`<feed xml:base="https://b.example/x/"><entry xml:base="y/"><link href="1"/></entry><entry><link xml:base="/z/" href="2"/></entry></feed>`, []Entry{{URL: "https://b.example/x/y/1"}, {URL: "https://b.example/z/2"}}},
		"links against the channel's":        {`<rss><channel><link>https://b.example/news/</link><item><link>1</link></item></channel></rss>`, []Entry{{URL: "https://b.example/news/1"}}},
	} {
		d, err := Read(strings.NewReader(tc.in), "", "https://a.example/feed", now)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(tc.want, all(&d)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
