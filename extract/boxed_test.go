package extract

import (
	"slices"
	"strings"
	"testing"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract/internal/page"
)

// madeBlocks are the blocks made of a body whose elements with the itemprop "kept"
// were kept: kind, "aside" and text of each.
func madeBlocks(t *testing.T, html string, live bool) (made []string, text string) {
	t.Helper()
	p, err := page.Parse("<html><body>"+html+"</body></html>", "https://a.example/x")
	if err != nil {
		t.Fatal(err)
	}
	keep := make([]bool, len(p.Blocks))
	for i := range keep {
		for e := p.Blocks[i].Elem; e >= 0; e = p.Elems[e].Parent {
			keep[i] = keep[i] || p.Elems[e].Attr("itemprop") == "kept"
		}
	}
	blocks := blocksOf(p, keep, "", live)
	for _, b := range blocks {
		s := string(b.Kind)
		if b.Aside {
			s += " aside"
		}
		made = append(made, s+": "+b.Text)
	}
	return made, textOf(blocks)
}

func TestWhatIsBoxedInTheBodyIsABlockButNoText(t *testing.T) {
	for name, c := range map[string]struct {
		html string
		want []string
	}{
		"a post that is not of the text is an embed": {
			`<blockquote class="bird-tweet"><p>The pier is closed until Friday.</p>— Port office</blockquote>`,
			[]string{"embed: The pier is closed until Friday.\n— Port office"}},
		"a post in a wrapper that says so is an embed": {
			`<div class="embed"><blockquote><p>The pier is closed until Friday.</p></blockquote></div>`,
			[]string{"embed: The pier is closed until Friday."}},
		"a quotation that the body dropped is nothing": {
			`<blockquote><p>The pier is closed until Friday.</p></blockquote>`, nil},
		"a pull quote is an aside": {
			`<aside class="pullquote"><p>We shall build it again, said the mayor.</p></aside>`,
			[]string{"quote aside: We shall build it again, said the mayor."}},
		"a fact box is an aside, block by block": {
			`<div class="factbox"><h3>The market</h3><ul><li>Built in 1903</li><li>Burned down in 2013</li></ul></div>`,
			[]string{"heading aside: The market", "list aside: Built in 1903\nBurned down in 2013"}},
		"a box without a heading is none": {
			`<div class="infobox"><p>The market was built in 1903 by the town.</p></div>`, nil},
		"a box of links is none": {
			`<div class="factbox"><h3>The market</h3><p><a href="/a">How the market burned down in 2013</a></p></div>`, nil},
		"a box of related pages is none": {
			`<div class="related"><div class="box"><h3>The market</h3><p>How the market burned down in 2013</p></div></div>`, nil},
		"a box for a newsletter is none": {
			`<div class="box"><h3>The market</h3><p class="newsletter">Have the news of the market sent to you</p></div>`, nil},
		"one of a row of cards is none": {
			`<div class="cards"><div class="box"><h3>The market</h3><p>How the market burned down in 2013</p></div></div>`, nil},
		"a label is no aside": {
			`<aside class="pullquote"><p>Quote of today</p></aside>`, nil},
		"a caption is no aside": {
			`<figure class="box"><h3>The market</h3><figcaption>The market before it burned down in 2013</figcaption></figure>`, nil},
	} {
		made, text := madeBlocks(t, `<p itemprop=kept>First paragraph.</p>`+c.html+`<p itemprop=kept>Last paragraph.</p>`, false)
		if want := slices.Concat([]string{"paragraph: First paragraph."}, c.want, []string{"paragraph: Last paragraph."}); !slices.Equal(made, want) {
			t.Errorf("%s:\n%q, want\n%q", name, made, want)
		}
		if text != "First paragraph.\n\nLast paragraph." {
			t.Errorf("%s: the text is %q", name, text)
		}
	}
}

func TestWhatIsBoxedOutsideTheBodyIsNoBlock(t *testing.T) {
	box := `<div class="factbox"><h3>The market</h3><p>It was built in 1903 by the town.</p></div>`
	if made, _ := madeBlocks(t, box+`<p itemprop=kept>First paragraph.</p><p itemprop=kept>Last paragraph.</p>`+box, false); len(made) != 2 {
		t.Errorf("%q", made)
	}
}

func TestABoxThatTheBodyKeptStaysInTheText(t *testing.T) {
	_, text := madeBlocks(t, `<p itemprop=kept>First.</p><blockquote class="tweet" itemprop=kept><p>The pier is closed.</p></blockquote><p itemprop=kept>Last.</p>`, false)
	if text != "First.\n\nThe pier is closed.\n\nLast." {
		t.Errorf("the text is %q", text)
	}
}

func TestABoxAtTheHeadDoesNotHideTheBylineBelowIt(t *testing.T) {
	b := builder{rec: dateline.Record{Byline: "By Ida Moreno"}}
	for range 5 {
		b.rec.Blocks = append(b.rec.Blocks, dateline.Block{Kind: dateline.BlockParagraph, Text: "Boxed", Aside: true})
	}
	b.reading = &reading{}
	b.rec.Blocks = append(b.rec.Blocks, dateline.Block{Kind: dateline.BlockParagraph, Text: "By Ida Moreno"})
	if b.dropClaimed(); strings.Contains(b.rec.Text, "Moreno") || len(b.rec.Blocks) != 5 {
		t.Errorf("%d blocks, text %q", len(b.rec.Blocks), b.rec.Text)
	}
}
