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

func TestWhereNoDataNameTheHouseTheTitleOfThePageDoes(t *testing.T) {
	const headline = "Silt closes the old quay"
	for name, c := range map[string]struct{ title, top, want string }{
		"its end holds the label of the domain":           {headline + " | Harbor Courier", "", "Harbor Courier"},
		"or its start":                                    {"HARBOR COURIER - News - " + headline, "", "HARBOR COURIER"},
		"or a link to the front page says the same":       {headline + " - The Pilot", `<a href="/">The Pilot</a>`, "The Pilot"},
		"or the picture in that link":                     {headline + " - The Pilot", `<a href="https://www.harborcourier.com/"><img src="/l.png" alt="The Pilot"></a>`, "The Pilot"},
		"or with a colon, as blog systems put it":         {"The Pilot: " + headline, `<a href="/">The Pilot</a>`, "The Pilot"},
		"or the line of rights":                           {headline + "_The Pilot", `<footer>The Pilot © 2026</footer>`, "The Pilot"},
		"what a headline sets before a colon is no house": {"Harborcourier: " + headline, "", ""},
		"a section is no house":                           {headline + " - Shipping", `<a href="/shipping">Shipping</a>`, ""},
		"nor is what a link to the front page calls it":   {headline + " - Home", `<a href="/">Home</a>`, ""},
		"a headline that names the domain is no house":    {"Harborcourier readers ask what is to become of the quay - Letters", "", ""},
		"a website that its data name comes before both":  {headline + " | Harbor Courier", `<script type="application/ld+json">{"@type":"WebSite","name":"Harborcourier Online"}</script>`, "Harborcourier Online"},
	} {
		page := `<html lang="en"><head><title>` + c.title + `</title></head><body>` + c.top + `<article><h1>` + headline + `</h1><p>The harbour board met for three hours on Monday evening.</p></article></body></html>`
		res, err := extract.Extract(extract.Input{Name: "quay.html", URL: "https://www.harborcourier.com/quay", Body: []byte(page)})
		if err != nil {
			t.Fatal(err)
		}
		if got := res.Record.Publisher; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
