package extract_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract"
)

// recordOf is the record of a page with the given head and the given lines after
// the headline, before four plain paragraphs.
func recordOf(t *testing.T, head, after string) dateline.Record {
	t.Helper()
	const rest = `<p class="text">The harbour board met for three hours on Monday evening, and heard from nine of the masters who berth at the old quay.</p>
<p class="text">Two of them said that the silt had risen by a metre since the spring, and that the larger boats no longer came in at low water.</p>
<p class="text">The board will ask the county for money to dredge the channel, and it expects an answer before the end of the winter season.</p>
<p class="text">Until then the ferry sails only at high water, and passengers are asked to look at the table that hangs beside the ticket office.</p>`
	page := `<html lang="en"><head><title>Silt closes the old quay</title>` + head + `</head><body><article><h1>Silt closes the old quay</h1>` + after + rest + `</article></body></html>`
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

func TestTagsComeFromTheStrongestListThatSaysSomething(t *testing.T) {
	for name, c := range map[string]struct {
		head, after string
		want        []string
	}{
		"a meta with commas":               {`<meta name="news_keywords" content="Harbours, Ferries, harbours">`, "", []string{"Harbours", "Ferries"}},
		"repeated metas":                   {`<meta property="article:tag" content="Harbours"><meta property="article:tag" content="Ferries, fast">`, "", []string{"Harbours", "Ferries, fast"}},
		"links of rel=tag":                 {"", `<ul><li><a rel="tag nofollow" href="/t/1">Harbours</a></li><li><a rel=tag href="/t/2">Ferries</a></li></ul>`, []string{"Harbours", "Ferries"}},
		"identifiers are no tags":          {`<meta name="keywords" content="0f8fad5b-d9cb-469f-a165-70867728950e,Harbours">`, "", []string{"Harbours"}},
		"the branch of a taxonomy goes":    {`<meta name="keywords" content="topic/harbours,places/old-quay">`, "", []string{"harbours", "old-quay"}},
		"a list of an ad system's labels ": {`<meta name="keywords" content="Day: Monday,Type: Story,Words: 500"><meta property="article:tag" content="Harbours">`, "", []string{"Harbours"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := recordOf(t, c.head, c.after).Tags; !slices.Equal(got, c.want) {
				t.Errorf("tags %q, want %q", got, c.want)
			}
		})
	}
}
