package extract_test

import (
	"fmt"

	"github.com/dateline-go/dateline/extract"
)

func ExampleExtract() {
	page := `<html lang="en"><head><title>Ferry strike ends</title>
<meta name="author" content="Ana Reyes"><meta property="article:published_time" content="2024-03-01T08:00:00Z"></head>
<body><article><h1>Ferry strike ends</h1>
<p>Crews returned to the harbour on Friday, and the first boat left half an hour late with every seat taken.</p>
</article></body></html>`
	res, err := extract.Extract(extract.Input{Name: "ferry.html", URL: "https://news.example/2024/ferry", Body: []byte(page)})
	if err != nil {
		fmt.Println(err)
		return
	}
	r := res.Record
	fmt.Println(r.Title)
	fmt.Println(r.Authors, r.Published)
	fmt.Println("title from", r.Provenance["title"])
	// Output:
	// Ferry strike ends
	// [Ana Reyes] 2024-03-01T08:00:00Z
	// title from h1
}

// A folder of pages of one site: what they repeat is learned from all of them, then each is extracted.
func ExampleMemory() {
	page := func(title, story string) []byte {
		return []byte(`<html lang="en"><head><title>` + title + `</title></head><body><article><h1>` + title + `</h1><p>` + story + `</p>
<p>This paper has no owner but its readers: give what a coffee costs, and it will go on asking.</p></article></body></html>`)
	}
	pages := []extract.Input{
		{URL: "https://news.example/ferry", Body: page("Ferry strike ends", "Crews returned to the harbour on Friday, and the first boat left half an hour late with every seat taken.")},
		{URL: "https://news.example/bridge", Body: page("Bridge opens early", "The new bridge over the sound opened on Monday, two weeks before its day, and nobody had to pay for crossing it.")},
		{URL: "https://news.example/market", Body: page("Market hall sold", "The old market hall goes to a family of bakers, who want to keep the stalls and to put an oven in the middle.")},
		{URL: "https://news.example/school", Body: page("School gets a garden", "Pupils of the harbour school dug up their yard last week, and what they sow now they will eat in the autumn.")},
	}
	var site extract.Memory
	for _, in := range pages {
		res, err := extract.Extract(in)
		if err != nil {
			fmt.Println(err)
			return
		}
		site.Learn(res.Record.ID, res.Lesson)
	}
	in := pages[0]
	alone, _ := extract.Extract(in)
	in.Memory = &site
	known, _ := extract.Extract(in)
	fmt.Println(alone.Record.WordCount, "words alone,", known.Record.WordCount, "with a memory of", site.Articles(), "articles")
	fmt.Println(known.Record.Text)
	// Output:
	// 39 words alone, 20 with a memory of 4 articles
	// Crews returned to the harbour on Friday, and the first boat left half an hour late with every seat taken.
}
