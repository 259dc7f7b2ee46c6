package extract

import (
	"slices"
	"strings"
	"testing"
)

const ferry = "<p>Crews returned to the harbour on Friday, and the first boat left half an hour late with every seat taken, the port said.</p>" +
	"<p>The two sides met again at noon, and neither would say when the talks might end or what had been offered to the men.</p>" +
	"<p>By evening the last of the trucks had crossed, and the queue that reached the old bridge all week was gone, police said.</p>"

func TestAPageOfTwentyMegabytesIsARecord(t *testing.T) {
	body := "<html><head><title>Ferry strike ends</title></head><body><script>" + strings.Repeat("var a = 'ballast';\n", 1<<20) +
		"</script><article><h1>Ferry strike ends</h1>" + ferry + "</article></body></html>"
	if len(body) < 20<<20 {
		body += strings.Repeat(" ", 20<<20-len(body))
	}
	res, err := Extract(Input{Name: "big.html", Body: []byte(body)})
	if err != nil {
		t.Fatal(err)
	}
	if r := res.Record; r.Title != "Ferry strike ends" || !strings.Contains(r.Text, "half an hour late") || r.Source.Bytes < 20<<20 {
		t.Errorf("title %q, %d bytes, text %q", r.Title, r.Source.Bytes, r.Text)
	}
}

func TestATreeDeeperThanTheParserTakesIsARecord(t *testing.T) {
	const depth = 20000
	body := "<html><head><title>Ferry strike ends</title></head><body>" + strings.Repeat("<div>", depth) +
		"<article><h1>Ferry strike ends</h1>" + ferry + "</article>" + strings.Repeat("</div>", depth) + "</body></html>"
	res, err := Extract(Input{Name: "deep.html", Body: []byte(body)})
	if err != nil {
		t.Fatal(err)
	}
	if r := res.Record; !slices.Contains(r.Quality.Flags, "flattened") || !strings.Contains(r.Text, "half an hour late") {
		t.Errorf("flags %v, text %q", r.Quality.Flags, r.Text)
	}
}
