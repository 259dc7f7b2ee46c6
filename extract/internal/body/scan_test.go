package body

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-go/dateline/extract/internal/page"
)

func TestAScanCountsWordsAsReadersDo(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       shape
	}{
		{"capitals and small words", "The ferry is late.", shape{words: 4, wordRunes: 14, letters: 14, upper: 1, short: 1, titled: 1, sentences: 1}},
		{"a date and a clock time", "2021-05-29 07:47", shape{words: 5, wordRunes: 12, digits: 12, numbers: 5, joined: 3}},
		{"characters of a script without spaces", "北京，5月", shape{words: 1, alone: 3, wordRunes: 1, letters: 3, digits: 1, numbers: 1, commas: 1}},
		{"quotes", "“Never”, she said", shape{words: 3, wordRunes: 12, letters: 12, upper: 1, short: 1, titled: 1, commas: 1, quotes: 2}},
		{"nothing", " – ", shape{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got shape
			scanWords(c.text, nil, &got)
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(shape{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWordsAreTheSameInAnyCase(t *testing.T) {
	if diff := cmp.Diff(wordsOf("Straße ÄRA: don't"), wordsOf("STRAßE ära DON T")); diff != "" {
		t.Error(diff)
	}
}

func TestPhrasesAreFoundByWords(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       float32
	}{
		{"opens with one", "READ MORE: why the ferry is late", 2},
		{"holds one", "If you like this, sign up for a letter a day", 1},
		{"a word alone counts in a short line", "Newsletter", 2},
		{"and not in a sentence", "Newsletter readers were told of the ferry first", 0},
		{"without spaces", "関連記事：橋の再建", 2},
		{"prose", "The ferry was late on Monday", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := promoPhrases().in(wordsOf(c.text)); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

func TestAShortLineThatPointsElsewhereHeadsWhatFollows(t *testing.T) {
	p, err := page.Parse("<article><p>You may also like...<p>The ferry was late<p><a href=/x>Read more: the ferry</a>"+
		"<p>Sign up for the letter that the harbour master writes every Sunday<p>Вам может понравиться</article>", "")
	if err != nil {
		t.Fatal(err)
	}
	s := NewSample(p, Known{})
	var got []bool
	for i := range p.Blocks {
		got = append(got, s.m.labels(i))
	}
	if want := []bool{true, false, false, false, true}; !slices.Equal(got, want) { // a label, prose, a link, a sentence, a label
		t.Errorf("%v, want %v", got, want)
	}
}

func TestGramsTellWhatStandsElsewhere(t *testing.T) {
	p := page.ParseText("one two three four five six seven\n\nthree four five\n\nnothing of the kind\n\na summary of it all", "")
	s := NewSample(p, Known{Summaries: []string{"A summary of it all."}})
	for i, want := range []containment{{other: .2}, {other: 1, longer: 1}, {}, {summary: 1}} {
		want.article = -1 // the page has none
		if diff := cmp.Diff(want, s.m.digests[i].contained, cmp.AllowUnexported(containment{})); diff != "" {
			t.Errorf("block %d: %s", i, diff)
		}
	}
}

func TestCommentsBehindTheArticleAreDropped(t *testing.T) {
	const prose = "The council of the town decided on Monday that the bridge over the river is to be built anew within two years and that work begins in spring, said the mayor."
	p, err := page.Parse("<h1>A bridge</h1><p>"+prose+"<p>"+prose+" Others differ.<p>"+prose+" Some agree.<h3>Comments (2)</h3><p>I never liked that bridge in the first place, to be honest.<p>Nor I, nor did my father.", "")
	if err != nil {
		t.Fatal(err)
	}
	s := NewSample(p, Known{})
	for _, c := range []struct {
		name  string
		after float32
		want  []bool
	}{
		{"where the model is not sure of them", .8, []bool{false, true, true, true, false, false, false}},
		{"not where it is as sure as of the article", .99, []bool{false, true, true, true, false, true, true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := s.Decide([]float32{.1, .99, .99, .99, .1, c.after, c.after}).Keep
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
