package extract_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract"
)

// A datedPage is a page with what stands in its head, over its headline, in the element of the
// headline, under it, at the beginning of the text, and behind the text.
type datedPage struct{ url, lang, head, above, beside, below, first, foot string }

func (p datedPage) record(t *testing.T) dateline.Record {
	t.Helper()
	lang, url := p.lang, p.url
	if lang == "" {
		lang = "en"
	}
	if url == "" {
		url = "https://news.example/quay"
	}
	body := `<p class="text">` + p.first + `The harbour board met for three hours on Monday evening, and heard from nine of the masters who berth at the old quay.</p>
<p class="text">Two of them said that the silt had risen by a metre since the spring, and that the larger boats no longer came in at low water.</p>
<p class="text">The board will ask the county for money to dredge the channel, and it expects an answer before the end of the winter season.</p>`
	page := `<html lang="` + lang + `"><head><title>Silt closes the old quay</title>` + p.head + `</head><body>` + p.above +
		`<article><h1>Silt closes the old quay` + p.beside + `</h1>` + p.below + body + `</article>` + p.foot + `</body></html>`
	res, err := extract.Extract(extract.Input{Name: "quay.html", URL: url, Body: []byte(page), Fetched: time.Date(2023, 9, 1, 12, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return res.Record
}

func jsonLD(date string) string {
	return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Silt closes the old quay","datePublished":"` + date + `"}</script>`
}

func published(date string) string {
	return `<meta property="article:published_time" content="` + date + `">`
}

func TestTheDayWithTheWeightierWitnessesIsTaken(t *testing.T) {
	for name, c := range map[string]struct {
		page datedPage
		want string
	}{
		"the data of the article over a line that says nothing of itself": {datedPage{head: jsonLD("2023-08-10"), below: `<p>15 August 2023</p>`}, "2023-08-10"},
		"a line that says published over the data":                        {datedPage{head: jsonLD("2023-08-10"), below: `<p>Published 15 August 2023</p>`}, "2023-08-15"},
		"a line and the address over the data":                            {datedPage{head: jsonLD("2023-08-10"), below: `<p>15 August 2023</p>`, url: "https://news.example/2023/08/15/quay"}, "2023-08-15"},
		"a line over data that is written for readers":                    {datedPage{head: jsonLD("Aug 10, 2023"), below: `<p>15 August 2023</p>`}, "2023-08-15"},
		"the data over a time that its script rewrites":                   {datedPage{head: jsonLD("2023-08-10"), below: `<p>1 day ago</p>`}, "2023-08-10"},
		"the meta of publishing systems over one that may be anything":    {datedPage{head: `<meta name="date" content="2023-08-20">` + published("2023-08-10")}, "2023-08-10"},
		"the data over the day of the printed issue":                      {datedPage{lang: "de", head: jsonLD("2023-08-10"), below: `<p>Ausgabe vom 11.08.2023</p>`, url: "https://news.example/2023/08/11/quay"}, "2023-08-10"},
		"never the last change":                                           {datedPage{head: published("2023-08-10") + `<meta property="article:modified_time" content="2023-08-20">`, below: `<p>Updated 20 August 2023</p>`}, "2023-08-10"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.page.record(t).Published; got != c.want {
				t.Errorf("published %q, want %q", got, c.want)
			}
		})
	}
}

func TestInstantsAreWrittenInTheZoneOfTheHouse(t *testing.T) {
	const house = "https://zeitung.example.de/quay"
	for name, c := range map[string]struct {
		page       datedPage
		want, from string
	}{
		"where the day is another there":                        {datedPage{url: house, head: published("2023-08-14T22:30:12Z"), below: `<p>15.08.2023</p>`}, "2023-08-15T00:30:12+02:00", "country"},
		"not where the page prints the day in UTC":              {datedPage{url: house, head: published("2023-08-14T22:30:12Z"), below: `<p>14.08.2023</p>`}, "2023-08-14T22:30:12Z", "explicit"},
		"not where the day is the same":                         {datedPage{url: house, head: published("2023-08-14T10:30:12Z")}, "2023-08-14T10:30:12Z", "explicit"},
		"midnight there is a day":                               {datedPage{url: house, head: published("2023-08-14T22:00:00.000Z")}, "2023-08-15", "none"},
		"midnight in UTC is a day":                              {datedPage{url: house, head: published("2023-08-14T00:00:00Z")}, "2023-08-14", "none"},
		"a Z beside the same clock with an offset is false":     {datedPage{head: jsonLD("2023-08-14T10:30:12Z"), below: `<time datetime="2023-08-14T10:30:12+02:00">14 August 2023</time>`}, "2023-08-14T10:30:12+02:00", "paired"},
		"a Z beside the same printed clock is false":            {datedPage{url: house, head: jsonLD("2023-08-14T10:30:12Z"), below: `<p>14.08.2023, 10:30 Uhr</p>`, lang: "de"}, "2023-08-14T10:30:12+02:00", "country"},
		"a Z with milliseconds is a script's, which knows UTC":  {datedPage{url: house, head: jsonLD("2023-08-14T10:30:12.345Z"), below: `<p>14.08.2023, 10:30 Uhr</p>`, lang: "de"}, "2023-08-14T10:30:12Z", "explicit"},
		"a printed clock whole hours apart is the same instant": {datedPage{head: jsonLD("2023-08-15T01:37:12Z"), below: `<p>August 14, 2023 9:37 pm</p>`}, "2023-08-14T21:37:12-04:00", "paired"},
	} {
		t.Run(name, func(t *testing.T) {
			r := c.page.record(t)
			if r.Published != c.want || r.Dates.Published == nil || r.Dates.Published.ZoneSource != c.from {
				t.Errorf("published %q, %+v, want %q by %s", r.Published, r.Dates.Published, c.want, c.from)
			}
		})
	}
}

func TestADateThatCanBeReadBothWaysIsDecidedByThePage(t *testing.T) {
	for name, c := range map[string]struct {
		page datedPage
		want string
	}{
		"by another source that has one of the readings": {datedPage{below: `<p>05/08/2023</p>`, url: "https://news.example/2023/08/05/quay"}, "2023-08-05"},
		"by the order of the other dates of the page":    {datedPage{below: `<p>05/08/2023</p>`, foot: `<ul><li>25/07/2023 Another quay</li></ul>`}, "2023-08-05"},
		"by the region of its language":                  {datedPage{below: `<p>05/08/2023</p>`, lang: "en-US"}, "2023-05-08"},
		"else not":                                       {datedPage{below: `<p>05/08/2023</p>`}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := c.page.record(t)
			if r.Published != c.want || slices.Contains(r.Quality.Flags, "date_ambiguous") != (c.want == "") {
				t.Errorf("published %q with flags %v, want %q", r.Published, r.Quality.Flags, c.want)
			}
		})
	}
}

func TestAYearThatIsNotPrintedComesFromAnotherSource(t *testing.T) {
	p := datedPage{head: jsonLD("2020-08-15T10:00:00+02:00"), below: `<p>Aug 15</p>`}
	if got := p.record(t).Published; got != "2020-08-15T10:00:00+02:00" {
		t.Errorf("published %q", got)
	}
}

func TestTheDatesOfOtherPagesAreLeftAlone(t *testing.T) {
	teasers := strings.Repeat(`<li class="row"><time class="when" datetime="2023-08-30">30 August 2023</time> Another quay</li>`, 5)
	for name, p := range map[string]datedPage{
		"in a row of alike elements":        {above: `<ul>` + teasers + `</ul>`, below: `<p><time class="own" datetime="2023-08-15">15 August 2023</time></p>`},
		"in an article of their own":        {above: `<article><h2>Another</h2><time datetime="2023-08-30">30 August 2023</time></article>`, below: `<p>15 August 2023</p>`},
		"today's date in the site's header": {above: `<header><p>Friday, 1 September 2023</p></header>`, below: `<p>15 August 2023</p>`},
		"in a quoted post":                  {below: `<p>15 August 2023</p><blockquote>Quay! <p>A sailor, 30 August 2023</p></blockquote>`},
		"of the book that is spoken of":     {below: `<p>15 August 2023</p>`, foot: `<p class="text">Author: Ida Moreno, Released: August 30, 2023 by the Harbour Press, Genre: ports and their people</p>`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := p.record(t).Published; got != "2023-08-15" {
				t.Errorf("published %q", got)
			}
		})
	}
}

func TestTheArticlesOwnHeaderAndBylineAreReadWhateverTheyAreCalled(t *testing.T) {
	for name, p := range map[string]datedPage{
		"a header in the article, over the headline": {above: `<article><header class="content"><time datetime="2023-08-15">15 August 2023</time></header>`},
		"a byline in what is called a teaser":        {below: `<div class="teaser-meta"><p class="byline">By <a href="/authors/ada">ADA MARLOW</a> on 15 August 2023</p></div>`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := p.record(t).Published; got != "2023-08-15" {
				t.Errorf("published %q", got)
			}
		})
	}
}

func TestWeakSourcesFillTheGapAndAreFlagged(t *testing.T) {
	filler := strings.Repeat(`<p>Photographs of the quay by the harbour office, which keeps the plates in the cellar of the town hall.</p>`, 20)
	for name, c := range map[string]struct {
		page datedPage
		from string
		want string
	}{
		"an element called date, far away":      {datedPage{below: filler + `<span class="post-date">15 August 2023</span>`}, "class", "2023-08-15"},
		"a label with its date, far away":       {datedPage{foot: filler + `<p>Posted on 15 August 2023</p>`}, "label", "2023-08-15"},
		"a data attribute":                      {datedPage{foot: `<div data-publish-date="2023-08-15 10:00"></div>`}, "data", "2023-08-15T10:00:00"},
		"the state of the application":          {datedPage{head: `<script id="__NEXT_DATA__" type="application/json">{"a":1,"publishedAt":"2023-08-15T10:00:00Z"}</script>`}, "state", "2023-08-15T10:00:00Z"},
		"a line in the element of the headline": {datedPage{beside: `<br><small>15.08.2023 &bull; Harbour</small>`, lang: "de"}, "title:line", "2023-08-15"},
		"place and day before the text":         {datedPage{first: "PORT MARROW, 15 August 2023 – "}, "opening", "2023-08-15"},
		"a day before a bar":                    {datedPage{first: "Press release, 15 August 2023 | Port Marrow "}, "opening", "2023-08-15"},
		"a day in numbers before the text":      {datedPage{first: "15.08.2023 ", lang: "de"}, "opening", "2023-08-15"},
		"a part of the title":                   {datedPage{head: `<meta property="og:title" content="15.08.2023 | Silt closes the old quay">`, lang: "de"}, "title", "2023-08-15"},
		"an address that has the day first":     {datedPage{url: "https://news.example/15-08-2023-quay"}, "url:day", "2023-08-15"},
		"the address of the picture":            {datedPage{head: `<meta property="og:image" content="https://news.example/img/2023/08/15/quay.jpg">`}, "image", "2023-08-15"},
		"the draft's date":                      {datedPage{head: `<script type="application/ld+json">{"@type":"Photograph","dateCreated":"2023-08-15"}</script>`}, "jsonld:dateCreated", "2023-08-15"},
	} {
		t.Run(name, func(t *testing.T) {
			r := c.page.record(t)
			if r.Published != c.want || r.Provenance["published"] != c.from || !slices.Contains(r.Quality.Flags, "date_weak") {
				t.Errorf("published %q by %q with flags %v, want %q by %q", r.Published, r.Provenance["published"], r.Quality.Flags, c.want, c.from)
			}
		})
	}
}

func TestADateFarFromTheHeadlineIsNotTakenFromOtherPagesAndComments(t *testing.T) {
	for name, p := range map[string]datedPage{
		"in a list of other pages": {foot: `<div class="related"><span class="post-date">15 August 2023</span></div>`},
		"of which the text tells":  {first: "On 15 August 2023 – a Tuesday – the water fell. "},
		"in a comment":             {foot: `<div class="comments"><span class="date">15 August 2023</span></div>`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := p.record(t).Published; got != "" {
				t.Errorf("published %q", got)
			}
		})
	}
}

func TestAPageThatShowsOnlyItsUpdateWasPublishedNoLater(t *testing.T) {
	r := datedPage{below: `<p>Updated 15 August 2023, 10:00</p>`}.record(t)
	if r.Published != "2023-08-15T10:00:00" || r.Modified != r.Published || !r.Dates.Published.Inferred || r.Dates.Modified.Inferred {
		t.Errorf("published %q, modified %q, %+v", r.Published, r.Modified, r.Dates.Published)
	}
}

func TestDataThatIsNoJSONStillGivesItsDate(t *testing.T) {
	p := datedPage{head: `<script type="application/ld+json">{"@type":"NewsArticle","name":"The "old" quay","datePublished":"2023-08-15T10:00:00+02:00",}</script>`}
	if r := p.record(t); r.Published != "2023-08-15T10:00:00+02:00" || r.Provenance["published"] != "jsonld:broken" {
		t.Errorf("published %q by %q", r.Published, r.Provenance["published"])
	}
}

func TestASourceThatGivesTheDateOfPublicationAsUpdateSaysNothing(t *testing.T) {
	prose := "<p>The harbor council voted on Tuesday to rebuild the old fish market, ending a dispute that had divided the town for nearly eleven years.</p>"
	page := `<html><body><article><h1>Council votes to rebuild the market</h1><time datetime="2026-11-27T10:30:00Z">27 November 2026</time>` + prose + prose + "</article></body></html>"
	for update, want := range map[string]string{"2026-11-27T10:30:00Z": "", "2026-11-27T15:00:00Z": "2026-11-27T15:00:00Z"} {
		res, err := extract.Extract(extract.Input{Body: []byte(page), Claims: extract.Claims{Published: "2026-11-27T10:30:00Z", Modified: update}})
		if err != nil {
			t.Fatal(err)
		}
		if res.Record.Modified != want {
			t.Errorf("%s: modified %q, want %q", update, res.Record.Modified, want)
		}
	}
}

func TestASentenceThatNamesADayStaysInTheText(t *testing.T) {
	for lang, opening := range map[string]string{
		"zh": "3月5日清晨六点，海港新城的渡轮从北码头缓缓驶出，站台上不少市民举起手机记录这一刻，有人专程从江北赶来。",
		"en": "The keeper had been out of work since the old lighthouse closed in December 2018.",
	} {
		t.Run(lang, func(t *testing.T) {
			rest := strings.Repeat("<p>The harbor council voted on Tuesday to rebuild the old fish market, ending a dispute that had divided the town.</p>", 3)
			page := `<html lang="` + lang + `"><body><article><h1>A ferry again</h1><time datetime="2026-03-05T07:12:00Z">5 March 2026</time><p>` + opening + "</p>" + rest + "</article></body></html>"
			res, err := extract.Extract(extract.Input{Body: []byte(page)})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(res.Record.Text, opening) {
				t.Errorf("text %q", res.Record.Text)
			}
		})
	}
}
