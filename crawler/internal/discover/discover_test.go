package discover

import (
	"bytes"
	"errors"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-go/dateline/fixtures/newsite"
)

var now = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func all(d *Document) (out []Entry) {
	for _, e := range d.All() {
		out = append(out, e)
	}
	return out
}

func TestADocumentIsReadByWhatItIs(t *testing.T) {
	rss := func(items string) string {
		return `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:feedburner="x"><channel><title>Paper</title><link>https://a.example/</link><ttl>30</ttl>` + items + `</channel></rss>`
	}
	for name, tc := range map[string]struct {
		in   string
		kind Kind
		want []Entry
	}{
		"an RSS item with an update claim": {rss(`<item><title>One &amp; two</title><link>/one</link><pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate><atom:updated>2026-11-23T12:00:00Z</atom:updated></item>`),
			Feed, []Entry{{URL: "https://a.example/one", Title: "One & two", Published: "Mon, 23 Nov 2026 10:00:00 GMT", Updated: "2026-11-23T12:00:00Z", Publisher: "Paper"}}},
		"an item whose only address is its guid": {rss(`<item><title>G</title><guid>https://a.example/g</guid></item>`),
			Feed, []Entry{{URL: "https://a.example/g", Title: "G", GUID: "https://a.example/g", Publisher: "Paper"}}},
		"a guid that is no permalink is no address": {rss(`<item><title>G</title><guid isPermaLink="false">https://a.example/g</guid></item>`), Feed, nil},
		"a wrapped link has its origin": {rss(`<item><title>W</title><link>https://proxy.example/x</link><feedburner:origLink>https://a.example/w</feedburner:origLink></item>`),
			Feed, []Entry{{URL: "https://a.example/w", Title: "W", Publisher: "Paper"}}},
		"a feed that is cut gives what came before": {rss(`<item><title>A</title><link>https://a.example/a</link></item><item><title>B</titl`),
			Feed, []Entry{{URL: "https://a.example/a", Title: "A", Publisher: "Paper"}}},
		"control characters and loose ampersands pass": {rss("<item><title>A\x0b &nbsp; B & C</title><link>https://a.example/?a=1&b=2</link></item>"),
			Feed, []Entry{{URL: "https://a.example/?a=1&b=2", Title: "A  \u00a0 B & C", Publisher: "Paper"}}},
		"an image's title is not the item's": {rss(`<item><title>A</title><link>https://a.example/a</link><image><title>pic</title><link>https://a.example/pic</link></image></item>`),
			Feed, []Entry{{URL: "https://a.example/a", Title: "A", Publisher: "Paper"}}},
		"Atom": {`<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><link href="https://a.example/"/><entry><title>E</title><link rel="edit" href="https://a.example/edit"/><link href="https://a.example/e"/><published>2026-11-20</published><updated>2026-11-21</updated><source><title>other</title></source></entry></feed>`,
			Feed, []Entry{{URL: "https://a.example/e", Title: "E", Published: "2026-11-20", Updated: "2026-11-21", Publisher: "P"}}},
		"a news sitemap": {`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="n"><url><loc>https://a.example/n</loc><news:news><news:publication><news:name>N</news:name><news:language>de</news:language></news:publication><news:publication_date>2026-11-20</news:publication_date><news:title>T</news:title></news:news></url></urlset>`,
			News, []Entry{{URL: "https://a.example/n", Title: "T", Published: "2026-11-20", Language: "de", Publisher: "N"}}},
		"a sitemap with images": {`<urlset xmlns:image="i"><url><loc> https://a.example/n?a=1&amp;b=2 </loc><lastmod>2026-11-20</lastmod><image:image><image:loc>https://a.example/i.jpg</image:loc><image:title>pic</image:title></image:image></url></urlset>`,
			Sitemap, []Entry{{URL: "https://a.example/n?a=1&b=2", Updated: "2026-11-20"}}},
		"an index": {`<sitemapindex><sitemap><loc>https://a.example/s1.xml</loc><lastmod>2026-11-20</lastmod></sitemap></sitemapindex>`,
			Index, []Entry{{URL: "https://a.example/s1.xml", Updated: "2026-11-20"}}},
		"a list of addresses": {"https://a.example/1\nhttps://a.example/2\n", Sitemap, []Entry{{URL: "https://a.example/1"}, {URL: "https://a.example/2"}}},
		"JSON Feed": {`{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":1,"url":"/j","title":"T","date_published":"2026-11-20T00:00:00Z"}]}`,
			Feed, []Entry{{URL: "https://a.example/j", GUID: "1", Title: "T", Published: "2026-11-20T00:00:00Z", Updated: "2026-11-20T00:00:00Z", Publisher: "J"}}},
		"windows-1251 that is UTF-8": {`<?xml version="1.0" encoding="windows-1251"?><rss><channel><item><title>Привет</title><link>https://a.example/r</link></item></channel></rss>`,
			Feed, []Entry{{URL: "https://a.example/r", Title: "Привет"}}},
		"windows-1251 that is windows-1251": {"<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss><channel><item><title>\xcf\xf0\xe8\xe2\xe5\xf2</title><link>https://a.example/r</link></item></channel></rss>",
			Feed, []Entry{{URL: "https://a.example/r", Title: "Привет"}}},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Read(strings.NewReader(tc.in), "text/xml", "https://a.example/feed", now)
			if err != nil {
				t.Fatal(err)
			}
			if d.Kind != tc.kind {
				t.Errorf("it is a %s, want %s", d.Kind, tc.kind)
			}
			if diff := cmp.Diff(tc.want, all(&d)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatIsNoDocumentIsNamed(t *testing.T) {
	for in, want := range map[string]string{
		"":                                   "empty",
		"<!DOCTYPE html><html><p>Hello":      "HTML page",
		"<html><body>x":                      "HTML page",
		"<opml></opml>":                      "another kind",
		`{"a":1}`:                            "no JSON Feed",
		"Not found. Try again.":              "no list of addresses",
		"\x1f\x8bnot gzip at all, not a bit": "gzip",
	} {
		_, err := Read(strings.NewReader(in), "", "https://a.example/", now)
		if !errors.Is(err, ErrUnread) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", in, err, want)
		}
	}
}

func TestALastmodThatAMachineWroteIsDropped(t *testing.T) {
	var b strings.Builder
	b.WriteString("<urlset>")
	for range 10 {
		b.WriteString("<url><loc>https://a.example/x</loc><lastmod>2026-11-24T12:00:00Z</lastmod></url>")
	}
	b.WriteString("</urlset>")
	d, err := Read(strings.NewReader(b.String()), "", "https://a.example/", now)
	if err != nil || !d.Bogus || all(&d)[0].Updated != "" {
		t.Errorf("%v %v %q", err, d.Bogus, all(&d)[0].Updated)
	}
}

func TestEverySourceOfTheFakeSiteIsRead(t *testing.T) {
	site := newsite.New(newsite.Config{Articles: 12})
	srv := httptest.NewServer(site.Handler())
	defer srv.Close()
	for _, path := range append(site.Feeds(), "/sitemap.xml", "/news-sitemap.xml", "/sitemap.txt", "/sitemaps/articles-1.xml") {
		res, err := srv.Client().Get(srv.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		var body strings.Builder
		_, err = io.Copy(&body, res.Body)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Read(strings.NewReader(body.String()), res.Header.Get("Content-Type"), srv.URL+path, now)
		if err != nil || d.Cut || d.Len() == 0 {
			t.Errorf("%s: %d entries, cut %v, %v", path, d.Len(), d.Cut, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("<rss><channel><item><link>https://a.example/</link></item></channel></rss>"))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"url":"x"}]}`))
	f.Add([]byte("<urlset><url><loc>https://a.example/</loc></url>"))
	f.Add([]byte("\x1f\x8b\x08\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := Read(bytes.NewReader(b), "", "https://a.example/", now)
		if err != nil {
			return
		}
		for _, e := range d.All() {
			if !strings.HasPrefix(e.URL, "http") {
				t.Fatalf("%q is no web address", e.URL)
			}
		}
	})
}
