package label

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-go/dateline/extract/internal/page"
)

func TestBlocksAreAlignedWithTheTruth(t *testing.T) {
	const (
		first  = "The council voted on Monday to widen the northern road."
		second = "Work is to begin in spring and to last for two years."
		third  = "Residents had asked for a bridge instead of the road."
		lead   = "A vote that nobody had expected changes the plans of the town."
	)
	for _, c := range []struct {
		name, html, body, standfirst, full string
		want                               []Label
	}{
		{
			"paragraphs are body, the rest is not",
			"<ul><li>Home<li>Council</ul><p>" + first + "<p>Advertisement<p>" + second, first + "\n\n" + second, "", "",
			[]Label{Not, Not, Body, Not, Body},
		},
		{
			"the second copy of an article is not",
			"<p>" + first + "<p>" + second + "<div>" + first + "</div>", first + "\n\n" + second, "", "",
			[]Label{Body, Body, Not},
		},
		{
			"standfirst and what may be missing are optional",
			"<p>" + lead + "<p>" + first + "<p>" + second, first, lead, first + "\n\n" + second,
			[]Label{Optional, Body, Optional},
		},
		{
			"a lead that stands after the text is found",
			"<p>" + second + "<p>" + third + "<p>" + first, first + "\n\n" + second + "\n\n" + third, "", "",
			[]Label{Body, Body, Body},
		},
		{
			"the cells of a table go on from one another",
			"<p>" + first + "<table><tr><td>North<td>4 km<tr><td>South<td>6 km</table><p>" + second, first + "\n\nNorth 4 km\nSouth 6 km\n\n" + second, "", "",
			[]Label{Body, Body, Body, Body, Body, Body},
		},
		{"no truth, no body", "<p>" + first, "", "", "", []Label{Not}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := page.Parse(c.html, "")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, Align(p, c.body, c.standfirst, c.full)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWordsAreThoseOfTheScorer(t *testing.T) {
	v := vocabulary{}
	if a, b := v.words("Cafe\u0301-Bar, 北京 2x"), v.words("café bar 北 京 2X"); len(a) != 5 || !cmp.Equal(a, b) {
		t.Errorf("%v, %v", a, b)
	}
}
