package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const ruledPage = `<html lang="en"><head><title>The Paper</title><meta property="og:title" content="Teaser of the day">
<meta name="section" content="Everything"><meta name="author" content="Web Desk"><meta property="article:published_time" content="2026-11-01T08:00:00Z"></head>
<body><div class="top"><span class="rubric">Harbor</span><h2 class="head">Pilots refuse to sail at night</h2><div class="who">Ines Halloran</div><div class="who">Otto Prange</div>
<p class="deck">Two wrecks in a month were enough, say the crews.</p><time class="when" datetime="2026-11-20T09:30:00+01:00">today</time></div>
<div class="story"><p>The pilots of the northern harbor will not take ships out after dark until the lights on the pier are mended, they said on Friday.</p>
<div class="box"><p>Read more about the harbor in our dossier, which is updated every week.</p></div>
<p>The port authority answered that spare lamps had been ordered in spring and were held up at the border since.</p></div>
<div class="rest"><p>Sign up for the letter that tells you every morning what the town talks about and what the weather will be.</p></div></body></html>`

func rulesOf(t *testing.T, css map[string][]string) *Rules {
	t.Helper()
	r, err := NewRules(css)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAnOperatorsRulesGoBeforeAllElse(t *testing.T) {
	res, err := Extract(Input{URL: "https://paper.example/a-story", Body: []byte(ruledPage), Rules: rulesOf(t, map[string][]string{
		"title": {".nothing", "h2.head"}, "byline": {".who"}, "published": {"time.when"}, "section": {".rubric"}, "standfirst": {".deck"},
		"body": {".story"}, "remove": {".story .box"},
	})})
	if err != nil {
		t.Fatal(err)
	}
	r := res.Record
	got := map[string]string{"title": r.Title, "authors": strings.Join(r.Authors, "; "), "published": r.Published, "section": r.Section, "standfirst": r.Standfirst, "byline": r.Byline}
	want := map[string]string{"title": "Pilots refuse to sail at night", "authors": "Ines Halloran; Otto Prange", "published": "2026-11-20T09:30:00+01:00",
		"section": "Harbor", "standfirst": "Two wrecks in a month were enough, say the crews.", "byline": "Ines Halloran, Otto Prange"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for field := range want {
		if r.Provenance[field] != siteRule {
			t.Errorf("%s comes from %q", field, r.Provenance[field])
		}
	}
	if len(r.Blocks) != 2 || !strings.HasPrefix(r.Text, "The pilots of") || !strings.HasSuffix(r.Text, "border since.") || r.Provenance["text"] != siteRule {
		t.Errorf("the body is %q by %q", r.Text, r.Provenance["text"])
	}
}

func TestARuleThatFindsNothingLeavesExtractionAlone(t *testing.T) {
	plain, err := Extract(Input{URL: "https://paper.example/a-story", Body: []byte(ruledPage)})
	if err != nil {
		t.Fatal(err)
	}
	ruled, err := Extract(Input{URL: "https://paper.example/a-story", Body: []byte(ruledPage), Rules: rulesOf(t, map[string][]string{
		"title": {".gone"}, "body": {".gone"}, "published": {".gone"}, "byline": {".gone"}, "remove": {".gone"}})})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plain.Record, ruled.Record); diff != "" {
		t.Error(diff)
	}
}

func TestABadRuleIsAnErrorThatNamesFieldAndSelector(t *testing.T) {
	_, err := NewRules(map[string][]string{"title": {"h1[", ""}, "headline": {"h1"}})
	for _, want := range []string{`"h1["`, "title", "an empty selector", `"headline"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %q", err, want)
		}
	}
}
