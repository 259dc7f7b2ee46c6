package body

import (
	"testing"

	"github.com/dateline-go/dateline/extract/internal/page"
)

func TestAParagraphThatIsOneLinkAndNoSentenceStaysOnlyIfTheModelIsSure(t *testing.T) {
	for _, x := range []struct {
		name, markup string
		prob         float32
		want         bool
	}{
		{"the headline of another article", `<p><a href="/b">Harbor crews walk out again</a></p>`, .7, false},
		{"the same, and the model is sure", `<p><a href="/b">Harbor crews walk out again</a></p>`, .8, true},
		{"a sentence", `<p><a href="/b">The crews of the harbor walked out again.</a></p>`, .7, true},
		{"words beside the link", `<p>Last month: <a href="/b">harbor crews walk out again</a></p>`, .7, true},
		{"too short for a headline", `<p><a href="/b">The whole list</a></p>`, .7, true},
		{"an item of a list", `<ul><li><a href="/b">Harbor crews walk out again</a></li></ul>`, .7, true},
		{"a heading", `<h2><a href="/b">Harbor crews walk out again</a></h2>`, .7, true},
	} {
		p, err := page.Parse("<html><body>"+x.markup+"</body></html>", "https://a.example/x")
		if err != nil {
			t.Fatal(err)
		}
		m := measured{p: p, toks: []float32{float32(len(scanWords(p.BlockText(0), nil, new(shape))))}}
		c := Choice{Keep: []bool{true}, Prob: []float32{x.prob}, Role: []string{""}}
		if m.dropLoneLinks(&c); c.Keep[0] != x.want {
			t.Errorf("%s: kept %t", x.name, c.Keep[0])
		}
	}
}
