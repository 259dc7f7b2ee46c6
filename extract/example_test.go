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
