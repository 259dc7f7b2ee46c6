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
		"a subheading behind text stays there":                  {"", "<p class=text>The ferry did not sail on Monday, and nobody in the ticket office could say when it would sail again.</p><h2 class=subheading>What the board has said of the old quay</h2>", ""},
		"another class alone makes no standfirst":               {"", "<p class=opening>" + summary + "</p>", ""},
		"a block marked as the lead":                            {"", "<p class=standfirst>" + summary + "</p>", summary},
		"a heading called a subheadline":                        {"", "<h2 class=ArtP-subHeadline>" + summary + "</h2>", summary},
		"a lead that is hidden":                                 {"", "<div hidden><p class=lede>" + summary + "</p></div>", ""},
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

func TestALeadOfSeveralLinesStandsTogether(t *testing.T) {
	const (
		one   = "Boats must wait for high water until the channel is dredged."
		two   = "The county has been asked for money before the winter."
		three = "A ferry sails only twice a day until the spring."
	)
	points := "<li>" + one + "</li><li>" + two + "</li><li>" + three + "</li>"
	for name, c := range map[string]struct{ after, want string }{
		"the points of a summary":                   {"<ul class=summary-list>" + points + "</ul>", one + "\n" + two + "\n" + three},
		"points whose list stands in a marked box":  {"<div class=story-bulletpoints><ul>" + points + "</ul></div>", one + "\n" + two + "\n" + three},
		"the sentences of a preamble":               {"<div class=ingress><p>" + one + "</p><p>" + two + "</p></div>", one + "\n" + two},
		"a list that nothing marks stays a list":    {"<ul>" + points + "</ul>", ""},
		"the opening of the body in one marked box": {"<div class=intro><p>" + one + "</p><p>" + strings.Repeat(two+" ", 9) + "</p></div>", one},
	} {
		t.Run(name, func(t *testing.T) {
			r := recordOf(t, "", c.after)
			if r.Standfirst != c.want {
				t.Errorf("standfirst %q, want %q", r.Standfirst, c.want)
			}
			for line := range strings.SplitSeq(c.want, "\n") {
				if c.want != "" && strings.Contains(r.Text, line) {
					t.Errorf("%q stands in the body as well", line)
				}
			}
		})
	}
}

func TestAHeadingGroupedWithTheHeadlineIsTheStandfirst(t *testing.T) {
	const line = "Boats wait for high water until the channel is dredged"
	const rest = "<p>The harbour board met for three hours on Monday evening, and heard from nine of the masters who berth at the old quay.</p>" +
		"<p>Two of them said that the silt had risen by a metre since the spring, and that the larger boats no longer came in at low water.</p>"
	for name, c := range map[string]struct{ group, want string }{
		"under it":         {"<hgroup><h1>Silt closes the old quay</h1><h2>" + line + "</h2></hgroup>", line},
		"over it":          {"<hgroup><h2>" + line + "</h2><h1>Silt closes the old quay</h1></hgroup>", ""},
		"behind the group": {"<hgroup><h1>Silt closes the old quay</h1></hgroup><h2>" + line + "</h2>", ""},
	} {
		t.Run(name, func(t *testing.T) {
			page := "<html lang=en><head><title>Silt closes the old quay</title></head><body><article><header>" + c.group + "</header>" + rest + "</article></body></html>"
			res, err := extract.Extract(extract.Input{Name: "quay.html", URL: "https://news.example/quay", Body: []byte(page)})
			if err != nil {
				t.Fatal(err)
			}
			if res.Record.Standfirst != c.want {
				t.Errorf("standfirst %q, want %q", res.Record.Standfirst, c.want)
			}
		})
	}
}

func TestASentenceBetweenHeadlineAndBodyIsTheStandfirst(t *testing.T) {
	const line = "The quay is closed to all larger boats until the channel is dredged, the harbour board says."
	byline := `<div class="byline">By Zhang Yunbi</div>`
	for name, c := range map[string]struct{ after, want string }{
		"a heading that is a sentence":         {"<h2>" + line + "</h2>" + byline, line},
		"a notice that speaks of other things": {"<h2>We may earn a commission where you buy something by one of these addresses here.</h2>" + byline, ""},
		"a caption that markup calls a lead":   {`<div class="caption excerpt">` + line + "</div>" + byline, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if r := recordOf(t, "", c.after); r.Standfirst != c.want {
				t.Errorf("standfirst %q, want %q", r.Standfirst, c.want)
			}
		})
	}
}
