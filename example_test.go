package dateline_test

import (
	"encoding/json"
	"fmt"

	"github.com/dateline-go/dateline"
)

// A line of output is read back like any JSON.
func ExampleRecord() {
	line := []byte(`{"schema":"dateline/1","page_kind":"article","title":"Ferry strike ends","authors":["Ida Moreno"],
		"published":"2024-06-01T09:30:00+02:00","dates":{"published":{"precision":"minute","zone":"Europe/Oslo","zone_source":"publisher"}}}`)
	var r dateline.Record
	if err := json.Unmarshal(line, &r); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Title, r.Authors, r.PageKind.IsArticle())
	fmt.Println(r.Published, "with a zone from the", r.Dates.Published.ZoneSource)
	// Output:
	// Ferry strike ends [Ida Moreno] true
	// 2024-06-01T09:30:00+02:00 with a zone from the publisher
}
