package extract_test

import (
	"strings"
	"testing"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract"
)

// recordOf is the record of a page with the given head and the given lines after
// the headline, before four plain paragraphs.
func recordOf(t *testing.T, head, after string) dateline.Record {
	t.Helper()
	return recordAround(t, head, after, "")
}

// recordAround is recordOf with lines behind the paragraphs too.
func recordAround(t *testing.T, head, after, behind string) dateline.Record {
	t.Helper()
	const rest = `<p class="text">The harbour board met for three hours on Monday evening, and heard from nine of the masters who berth at the old quay.</p>
<p class="text">Two of them said that the silt had risen by a metre since the spring, and that the larger boats no longer came in at low water.</p>
<p class="text">The board will ask the county for money to dredge the channel, and it expects an answer before the end of the winter season.</p>
<p class="text">Until then the ferry sails only at high water, and passengers are asked to look at the table that hangs beside the ticket office.</p>`
	page := `<html lang="en"><head><title>Silt closes the old quay</title>` + head + `</head><body><article><h1>Silt closes the old quay</h1>` + after + rest + behind + `</article></body></html>`
	res, err := extract.Extract(extract.Input{Name: "quay.html", URL: "https://news.example/quay", Body: []byte(page)})
	if err != nil {
		t.Fatal(err)
	}
	return res.Record
}

func TestStandfirstStandsInItsOwnField(t *testing.T) {
	const summary = "Boats must wait for high water until the channel is dredged, the harbour board has decided."
	described := `<meta property="og:description" content="` + summary + `">`
	for name, c := range map[string]struct{ head, after, want string }{
		"a first paragraph in bold":                             {"", "<p class=text><strong>" + summary + "</strong></p>", summary},
		"a first paragraph of another class that is described":  {described, "<p class=opening>" + summary + "</p>", summary},
		"a plain first paragraph stays in the body":             {described, "<p class=text>" + summary + "</p>", ""},
		"another class alone makes no standfirst":               {"", "<p class=opening>" + summary + "</p>", ""},
		"a block marked as the lead":                            {"", "<p class=standfirst>" + summary + "</p>", summary},
		"the lead that agrees with the description comes first": {described, "<p class=lead>Listen to this article in six minutes, read by a machine.</p><p class=lead>" + summary + "</p>", summary},
	} {
		t.Run(name, func(t *testing.T) {
			r := recordOf(t, c.head, c.after)
			if r.Standfirst != c.want {
				t.Errorf("standfirst %q, want %q", r.Standfirst, c.want)
			}
			if c.want != "" && strings.Contains(r.Text, summary) {
				t.Error("the standfirst stands in the body as well")
			}
		})
	}
}
