package inspect_test

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/dateline-go/dateline/extract"
	"github.com/dateline-go/dateline/extract/inspect"
)

func ExampleHTML() {
	body := `<html lang="en"><head><title>Ferry strike ends</title></head><body><article><h1>Ferry strike ends</h1><p>By Ida Moreno</p>
<p>Crews returned to the harbour on Friday, and the first boat left half an hour late with every seat taken, the port said.</p></article></body></html>`
	res, err := extract.Extract(extract.Input{Name: "ferry.html", Body: []byte(body), Trace: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	var page bytes.Buffer
	if err := inspect.HTML(&page, res); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Contains(page.String(), "<title>Inspect: ferry.html</title>"))
	// Output: true
}
