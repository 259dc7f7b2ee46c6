package extract_test

import (
	"testing"

	"github.com/dateline-go/dateline/extract"
)

func TestThePublisherIsTheHouseOfTheDomain(t *testing.T) {
	data := func(name string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","publisher":{"@type":"Organization","name":"` + name + `"}}</script>`
	}
	site := func(name string) string { return `<meta property="og:site_name" content="` + name + `">` }
	for name, c := range map[string]struct{ head, want string }{
		"the name that the domain holds":    {data("Great Media Holding") + site("Harbor Courier"), "Harbor Courier"},
		"of two such names the first":       {data("The Harbor Courier") + site("Harbor Courier"), "The Harbor Courier"},
		"where none is the domain's":        {data("Tidewater Press") + site("The Pilot"), "Tidewater Press"},
		"a host only where nothing else is": {data("www.tides.org") + site("The Pilot"), "The Pilot"},
	} {
		page := `<html lang="en"><head><title>Silt closes the old quay</title>` + c.head + `</head><body><article><h1>Silt closes the old quay</h1><p>The harbour board met for three hours on Monday evening.</p></article></body></html>`
		res, err := extract.Extract(extract.Input{Name: "quay.html", URL: "https://www.harborcourier.com/quay", Body: []byte(page)})
		if err != nil {
			t.Fatal(err)
		}
		if got := res.Record.Publisher; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
