package extract_test

import (
	"strings"
	"testing"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract"
)

// titled is the record of a page with a head, something above its text, and a text that
// says nothing of the title.
func titled(t *testing.T, url, head, above string) dateline.Record {
	t.Helper()
	const text = `<p>The board met for three hours on Monday evening and heard from nine of the masters who berth there.</p>
<p>Two of them said that the silt had risen by a metre since the spring, and that larger boats no longer came in.</p>
<p>It will ask the county for money to dredge the channel, and it expects an answer before the end of the winter.</p>`
	page := `<html lang="en"><head>` + head + `</head><body>` + above + `<article>` + text + `</article></body></html>`
	res, err := extract.Extract(extract.Input{Name: "page.html", URL: url, Body: []byte(page)})
	if err != nil {
		t.Fatal(err)
	}
	return res.Record
}

const (
	window   = `<title>Silt closes the old quay</title>`
	network  = `<meta property="og:title" content="Boats wait as the old quay silts up">`
	newsData = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Silt closes the old quay"}</script>`
)

func TestNamesOfTheHouseAreCutOffTheTitle(t *testing.T) {
	const site = `<meta property="og:site_name" content="The Harbour Daily Post">`
	const crumbs = `<ul class="breadcrumb"><li><a href="/">Home</a></li> › <li><a href="/port">Port and Sea</a></li></ul>`
	for name, c := range map[string]struct{ url, head, above, want string }{
		"guillemets that quote part nothing":            {"", site + `<title>Silt closes «the quay», «the port»…</title>`, "", "Silt closes «the quay», «the port»…"},
		"the site's name behind a bar":                  {"", site + `<title>Silt closes the quay | The Harbour Daily Post</title>`, "", "Silt closes the quay"},
		"the site's name in front":                      {"", site + `<title>The Harbour Daily Post: Port - Silt closes the quay</title>`, "", "The Harbour Daily Post: Port - Silt closes the quay"},
		"the site's name in front, parted":              {"", site + `<title>The Harbour Daily Post » Silt closes the quay</title>`, "", "Silt closes the quay"},
		"its initials":                                  {"", site + `<title>Silt closes the quay | THDP</title>`, "", "Silt closes the quay"},
		"a form of the host's label":                    {"https://www.harbourpost.example/silt", `<title>Silt closes the quay - Harbourpost UK</title>`, "", "Silt closes the quay"},
		"a name written as a host":                      {"", `<title>Silt closes the quay – Quays.example.org – Quays.info</title>`, "", "Silt closes the quay"},
		"the section between the title and the site":    {"", site + `<title>Silt closes the quay - Port and Sea - The Harbour Daily Post</title>`, crumbs, "Silt closes the quay"},
		"the name of a house in Han by its kind":        {"", `<title>老码头因淤泥关闭-海港日报网</title>`, "", "老码头因淤泥关闭"},
		"a part in Han that names no house stays":       {"", `<title>老码头因淤泥关闭-渔民说</title>`, "", "老码头因淤泥关闭-渔民说"},
		"the site's name in brackets":                   {"", site + `<title>Silt closes the quay (The Harbour Daily Post)</title>`, "", "Silt closes the quay"},
		"a section that the address names":              {"https://news.example/district/343604", `<title>Silt closes the quay | District</title>`, "", "Silt closes the quay"},
		"a name that stands twice":                      {"", `<title>Silt closes the quay - Valley Times | Valley Times</title><meta property="og:title" content="Silt closes the quay - Valley Times">`, `<p>Silt closes the quay</p>`, "Silt closes the quay"},
		"a part that no source calls a name stays":      {"", site + `<title>Fish - a review</title>`, "", "Fish - a review"},
		"a hyphen inside a word parts nothing":          {"https://news.example/x", `<title>Fines for the Daily-News</title>`, "", "Fines for the Daily-News"},
		"a breadcrumb that ends with the headline":      {"", `<title>Silt closes quay - Somewhere Else</title>`, `<ul class="breadcrumb"><li><a href="/">Home</a></li> › <li>Silt closes quay</li></ul>`, "Silt closes quay"},
		"a site name that repeats the headline is none": {"", `<meta property="og:site_name" content="Silt: quay closed"><meta property="og:title" content="Silt: quay closed"><title>Silt: quay closed</title>`, "", "Silt: quay closed"},
		"markup and references of an escaped headline":  {"", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"&lt;i&gt;Silt&lt;/i&gt; &amp;amp; mud close the quay"}</script>`, "", "Silt & mud close the quay"},
	} {
		t.Run(name, func(t *testing.T) {
			if r := titled(t, c.url, c.head, c.above); r.Title != c.want {
				t.Errorf("title %q, want %q", r.Title, c.want)
			}
		})
	}
}

func TestATitleCutByAQuotationMarkGetsItsRest(t *testing.T) {
	const broken = `<meta property="og:title" content="Silt closes the quay for "a month"">`
	for name, c := range map[string]struct{ above, want string }{
		"where another source has it":      {`<h1>Silt closes the quay for "a month"</h1>`, `Silt closes the quay for "a month"`},
		"but not a line of the h1 besides": {`<h1>Silt closes the quay for "a month, or two, until the county has paid," says the board</h1>`, `Silt closes the quay for`},
	} {
		if r := titled(t, "", newsData+broken, c.above); r.Title != c.want {
			t.Errorf("%s: %q, want %q", name, r.Title, c.want)
		}
	}
}

func TestASecondSourceProvesWhatToCutWithoutKnowingTheHouse(t *testing.T) {
	for name, c := range map[string]struct{ head, above, want string }{
		"the h1 words it without the end":                {`<title>Silt closes the quay - Times of Ham</title>`, `<h1>Silt closes the quay</h1>`, "Silt closes the quay"},
		"a meta words it without a tight end":            {`<title>재건 위원회, 부두 폐쇄 결정-사회ㅣ항구</title><meta name="headline" content="재건 위원회, 부두 폐쇄 결정">`, "", "재건 위원회, 부두 폐쇄 결정"},
		"a line of the page words it without the end":    {`<title>Silt closes the quay | Some Paper</title>`, `<h2>Silt closes the quay</h2>`, "Silt closes the quay"},
		"a line of the page in the middle":               {`<title>Some Paper - Silt closes the quay - News in Brief</title>`, `<div>Silt closes the quay</div>`, "Silt closes the quay"},
		"an h1 with a button in it":                      {`<meta property="og:title" content="Silt closes the quay"><title>Silt closes the quay</title>`, `<h1><span>Silt closes the quay</span> <a href="/add">Add to list</a></h1>`, "Silt closes the quay"},
		"an h1 that both data and networks repeat":       {newsData + `<title>Silt closes | Tech</title><meta property="og:title" content="Silt closes the old quay">`, `<h1>Silt closes the old quay</h1>`, "Silt closes the old quay"},
		"an h1 whose parts are joined by what is hidden": {`<meta property="og:title" content="Ham: Silt closes the quay"><title>Ham: Silt closes the quay</title>`, `<h1><span>Ham</span><span style="display:none">: </span><span>Silt closes the quay</span></h1>`, "Ham: Silt closes the quay"},
		"an h1 that sets a letter apart":                 {`<title>Silt closes the quay</title>`, `<h1><div>S</div>ilt closes the quay</h1>`, "Silt closes the quay"},
		"an h1 of one word is a section":                 {`<title>Harbours - Silt closes the quay</title>`, `<h1>Harbours</h1><h2>Silt closes the quay</h2>`, "Silt closes the quay"},
	} {
		t.Run(name, func(t *testing.T) {
			if r := titled(t, "", c.head, c.above); r.Title != c.want {
				t.Errorf("title %q, want %q", r.Title, c.want)
			}
		})
	}
}

func TestTheShownHeadlineIsTheTitleButForFourCases(t *testing.T) {
	for name, c := range map[string]struct{ head, above, want, from string }{
		"the h1 against a title for search engines":      {network + `<title>Boats wait as the old quay silts up</title>`, `<h1>Silt closes the old quay</h1>`, "Silt closes the old quay", "h1"},
		"the h1 most like what the head says":            {window, `<h1>Read next on quays</h1><h1>Silt closes the old quay</h1>`, "Silt closes the old quay", "h1"},
		"no h1 that names the house":                     {`<meta property="og:site_name" content="Quay News">` + window, `<h1>Quay News</h1>`, "Silt closes the old quay", "title"},
		"no h1 of the navigation":                        {window + network, `<nav><h1>Browse all sections</h1></nav>`, "Boats wait as the old quay silts up", "meta:og:title"},
		"no h1 that leads to the front page":             {window, `<h1><a href="/">Hi, we are the boats</a></h1>`, "Silt closes the old quay", "title"},
		"but one that leads to the page":                 {`<title>Old quay</title>`, `<h1><a href="/port/silt">Silt closes the quay</a></h1>`, "Silt closes the quay", "h1"},
		"the data's headline shown beside an h1":         {newsData + network, `<h1>Boats wait as the old quay silts up</h1><h2>Silt closes the old quay</h2>`, "Silt closes the old quay", "jsonld"},
		"a title shown in a line beside an h1 of a box":  {window, `<h1>Sign our petition today</h1><div>Silt closes the old quay</div>`, "Silt closes the old quay", "title"},
		"a title shown only as a link elsewhere":         {network + `<title>Silt on the old quay</title>`, `<h1>Silt closes the old quay</h1><p><a href="/other">Boats wait as the old quay silts up</a></p>`, "Silt closes the old quay", "h1"},
		"an h1 unlike what two sources agree on":         {`<meta property="og:title" content="Boats wait as old quays silt up"><meta name="dc.title" content="Boats wait as old quays silt up"><title>Boats wait</title>`, `<h1>Hidden depth</h1>`, "Boats wait as old quays silt up", "meta:og:title"},
		"no name of the house that two sources agree on": {`<meta property="og:site_name" content="Quay News"><meta property="og:title" content="Quay News"><title>Quay News</title>`, `<h1>Silt closes the old quay</h1>`, "Silt closes the old quay", "h1"},
		"no logo that the window's title repeats":        {`<title>Harbour sheep, a comic</title>`, `<h1><a href="/">Harbour sheep, a comic</a></h1><h1>Silt closes the old quay</h1>`, "Silt closes the old quay", "h1"},
		"the headline that news gives to networks":       {newsData + window + network, `<h1>Silt closes the old quay</h1>`, "Boats wait as the old quay silts up", "meta:og:title"},
		"but not one that its search title repeats":      {newsData + network + `<title>Boats wait as the old quay silts up</title>`, `<h1>Silt closes the old quay</h1>`, "Silt closes the old quay", "h1"},
		"nor that of a page which is no news":            {strings.Replace(newsData, "NewsArticle", "BlogPosting", 1) + window + network, `<h1>Silt closes the old quay</h1>`, "Silt closes the old quay", "h1"},
	} {
		t.Run(name, func(t *testing.T) {
			r := titled(t, "https://news.example/port/silt", c.head, c.above)
			if r.Title != c.want || r.Provenance["title"] != c.from {
				t.Errorf("title %q from %q, want %q from %q", r.Title, r.Provenance["title"], c.want, c.from)
			}
		})
	}
}

func TestTheKickerStandsApartFromTheTitle(t *testing.T) {
	const line = `<h1>Silt closes the old quay</h1>`
	for name, c := range map[string]struct{ head, above, title, kicker string }{
		"a child of the h1 marked as one":             {window, `<h1><span class="article-kicker">Ham harbour</span> Silt closes the old quay</h1>`, "Silt closes the old quay", "Ham harbour"},
		"what another source words without":           {window, `<h1><span>Ham harbour:</span> <span>Silt closes the old quay</span></h1>`, "Silt closes the old quay", "Ham harbour"},
		"a line above the h1 marked as one":           {window, `<div class="eyebrow">Ham harbour</div>` + line, "Silt closes the old quay", "Ham harbour"},
		"a marked line in two parts":                  {window, `<div class="topline"><span>Ham</span><span>harbour</span></div>` + line, "Silt closes the old quay", "Ham harbour"},
		"a marked line that is a date":                {window, `<div class="kicker">May 29, 2021</div>` + line, "Silt closes the old quay", ""},
		"a marked line of the navigation":             {window, `<nav><div class="kicker">Ham harbour</div></nav>` + line, "Silt closes the old quay", ""},
		"none where the publisher counts it to both":  {`<title>Ham: Silt closes the quay</title>`, `<h1><span class="kicker">Ham:</span> Silt closes the quay</h1>`, "Ham: Silt closes the quay", ""},
		"none where it names the house":               {`<meta property="og:site_name" content="Quay News">` + window, `<div class="kicker">Quay News</div>` + line, "Silt closes the old quay", ""},
		"none in a template's name before the title":  {`<title>Quay reports: Silt closes the old quay</title>`, line, "Silt closes the old quay", ""},
		"the first part of the headline for networks": {`<meta property="og:title" content="Ham harbour: Silt closes the old quay">` + window, line, "Silt closes the old quay", "Ham harbour"},
	} {
		t.Run(name, func(t *testing.T) {
			r := titled(t, "", c.head, c.above)
			if r.Title != c.title || r.Kicker != c.kicker {
				t.Errorf("title %q kicker %q, want %q and %q", r.Title, r.Kicker, c.title, c.kicker)
			}
		})
	}
}

func TestTheTraceSaysWhyEachTitleLost(t *testing.T) {
	page := `<html><head>` + newsData + window + network + `</head><body><h1>Silt closes the old quay</h1><p>Text.</p></body></html>`
	res, err := extract.Extract(extract.Input{Name: "page.html", Body: []byte(page), Trace: true})
	if err != nil {
		t.Fatal(err)
	}
	why := map[string]string{}
	for _, f := range res.Trace.Fields {
		for _, c := range f.Candidates {
			if f.Field == "title" {
				why[c.Rule] = c.Why
			}
		}
	}
	const reason = "the headline that a news page gives to networks"
	for rule, want := range map[string]string{"meta:og:title": reason, "h1": "meta:og:title was taken: " + reason, "title": "meta:og:title was taken: " + reason} {
		if why[rule] != want {
			t.Errorf("%s: %q, want %q", rule, why[rule], want)
		}
	}
}
