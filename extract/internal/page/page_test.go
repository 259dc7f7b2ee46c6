package page

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func parse(t testing.TB, html string) *Page {
	t.Helper()
	p, err := Parse(html, "https://news.example/2026/story.html")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func blockTexts(p *Page) []string {
	var out []string
	for i := range p.Blocks {
		out = append(out, p.BlockText(i))
	}
	return out
}

func TestTextFallsIntoBlocks(t *testing.T) {
	for _, c := range []struct {
		name, html string
		want       []string
	}{
		{"paragraphs", "<p>One.<p>Two.", []string{"One.", "Two."}},
		{"inline formatting adds no space and no boundary", "<p><b>A</b>pple <i>pie</i>\n<a href=x>now</a>.", []string{"Apple pie now."}},
		{"bare text between blocks is a block", "<div>Bare <div>inner</div> tail</div>", []string{"Bare", "inner", "tail"}},
		{"one br is white space", "<p>One<br>two", []string{"One two"}},
		{"a run of br is a boundary", "<td>One<br> &nbsp;<br>two<br/>\n<br/>three", []string{"One", "two", "three"}},
		{"br and an ideographic space open a paragraph", "<div>一。<br>　　二。</div>", []string{"一。", "二。"}},
		{"an empty element of class br ends a line", "<div>One<span class='x br'></span>two<span class=br></span><span class=br></span>three</div>", []string{"One two", "three"}},
		{"hr is a boundary", "<div>One<hr>two</div>", []string{"One", "two"}},
		{"unknown and custom elements are blocks", "<x-box>One<y-line>two</y-line></x-box>", []string{"One", "two"}},
		{"white space collapses, invisible runes go", "<p> a\u00a0\n b\u200bc\u00add\ufeff \u3000e ", []string{"a bcd e"}},
		{"cells of a layout table", "<table><tr><td>One<td>Two</table>", []string{"One", "Two"}},
		{"a noscript that holds the article is read", "<p>a<noscript><p>" + strings.Repeat("b", 400) + "</p><p>" + strings.Repeat("c", 400) + "</p><p>" + strings.Repeat("d", 400) + "</p></noscript>",
			[]string{"a", strings.Repeat("b", 400), strings.Repeat("c", 400), strings.Repeat("d", 400)}},
		{"scripts and their kind hold no text", "<p>a<script>x</script><style>y</style><noscript>z</noscript><svg><text>w</text></svg><select><option>v</select>b", []string{"ab"}},
		{"pre keeps lines and parts at blank ones", "<pre>\nfirst\n  second\n\n  third\n</pre>", []string{"first\n  second", "  third"}},
		{"hidden inline pieces go", "<p>a<span hidden>b</span><span aria-hidden=true>c</span><span style='color:red; DISPLAY : none'>d</span><span class='link u-visually-hidden'>e</span><span class=tooltip>f<span class=tooltip-text>g</span></span>", []string{"af"}},
		{"pieces that a class hides go", "<p>a<span class='note is-hidden'>b</span><b class=d-none>c</b><i class='hidden md:inline'>d</i>", []string{"ad"}},
		{"hidden blocks stay", "<div style='display:none'><h1>a</h1></div>", []string{"a"}},
		{"a block in a hidden span stays, the loose text goes", "<span style='display:none'>a<p>b</p></span>c", []string{"b", "c"}},
		{"a link around blocks splits at them", "<a href=x>a<div>b</div>c</a>", []string{"a", "b", "c"}},
		{"a formula is part of its line", "<p>so <math><mi>x</mi><mo>=</mo><mn>1</mn></math> holds", []string{"so x=1 holds"}},
		{"buttons", "<button>Share</button>", []string{"Share"}},
		{"nothing", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := parse(t, c.html)
			if diff := cmp.Diff(c.want, blockTexts(p)); diff != "" {
				t.Error(diff)
			}
			checkTables(t, p)
		})
	}
}

// checkTables holds what every page promises of its tables.
func checkTables(t testing.TB, p *Page) {
	t.Helper()
	if !utf8.ValidString(p.Text) {
		t.Errorf("text is not UTF-8: %q", p.Text)
	}
	at := int32(0)
	for i, b := range p.Blocks {
		if b.Start != at || b.Stop <= b.Start || p.Text[b.Stop] != '\n' {
			t.Fatalf("block %d: %+v, text goes on at %d", i, b, at)
		}
		if n := utf8.RuneCountInString(p.BlockText(i)); int(b.Runes) != n || b.LinkRunes > b.Runes || b.BoldRunes > b.Runes {
			t.Errorf("block %d: counts %d runes (%d linked), has %d: %q", i, b.Runes, b.LinkRunes, n, p.BlockText(i))
		}
		if b.Elem < 0 || int(b.Elem) >= len(p.Elems) || !p.Elems[b.Elem].Block {
			t.Errorf("block %d is owned by %d", i, b.Elem)
		}
		at = b.Stop + 1
	}
	for i, e := range p.Elems {
		if e.Start > e.Stop || int(e.Stop) > len(p.Text) || e.FirstBlock > e.EndBlock || int(e.EndBlock) > len(p.Blocks) {
			t.Fatalf("element %d %s: %d–%d, blocks %d–%d", i, e.Name, e.Start, e.Stop, e.FirstBlock, e.EndBlock)
		}
		if e.Parent < 0 {
			continue
		}
		up := p.Elems[e.Parent]
		if int(e.Parent) >= i || e.End > up.End || e.Depth != up.Depth+1 || e.Start < e.Stop && (e.Start < up.Start || e.Stop > up.Stop) {
			t.Fatalf("element %d %s lies outside its parent %d %s", i, e.Name, e.Parent, up.Name)
		}
	}
}

func TestABlockKnowsWhatStandsInIt(t *testing.T) {
	p := parse(t, `<h2><span>Head</span></h2><p><a href=x>Link</a> <b>bold</b> rest <time>now</time><img src=a>`+
		`<p><a name=top>no link</a><br><br>after<p><button>Go</button>`)
	type facts struct {
		Text                              string
		Heading                           uint8
		Runes, Link, Bold                 int32
		Links, Images                     int16
		StartsWithLink, Time, Break, Butn bool
	}
	var got []facts
	for i, b := range p.Blocks {
		got = append(got, facts{p.BlockText(i), b.Heading, b.Runes, b.LinkRunes, b.BoldRunes, b.Links, b.Images, b.StartsWithLink, b.HasTime, b.AfterBreak, b.Button})
	}
	want := []facts{
		{Text: "Head", Heading: 2, Runes: 4},
		{Text: "Link bold rest now", Runes: 18, Link: 4, Bold: 4, Links: 1, Images: 1, StartsWithLink: true, Time: true},
		{Text: "no link", Runes: 7},
		{Text: "after", Runes: 5, Break: true},
		{Text: "Go", Runes: 2, Butn: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnUnclosedHeadingDoesNotMakeHeadingsOfParagraphs(t *testing.T) {
	p := parse(t, "<h2>Head<ul><li>item</ul>")
	if p.Blocks[0].Heading != 2 || p.Blocks[1].Heading != 0 {
		t.Errorf("headings %d, %d", p.Blocks[0].Heading, p.Blocks[1].Heading)
	}
}

func find(t *testing.T, p *Page, id string) int {
	t.Helper()
	for i := range p.Elems {
		if p.Elems[i].Attr("id") == id {
			return i
		}
	}
	t.Fatalf("no element %s", id)
	return -1
}

func TestAnElementKnowsItsHintsAncestorsAndText(t *testing.T) {
	p := parse(t, `<div class="articleBody"><aside><div id=x class="post-teaser_card"><p id=y>a <span id=z class=byline>By Ann</span> b</div></aside></div>`)
	y, z := p.Elems[find(t, p, "y")], find(t, p, "z")
	if got := p.ElemText(z); got != "By Ann" {
		t.Errorf("text of the byline is %q", got)
	}
	if !p.Elems[z].Own.Has(HintAuthor) || y.Own.Has(HintAuthor) {
		t.Error("the byline's hint is lost or leaks upward")
	}
	if y.Anc&InAside == 0 || y.Anc&InNav != 0 {
		t.Errorf("ancestors %b", y.Anc)
	}
	if y.Dist[HintRelated] != 1 || y.Dist[HintBody] != 3 || y.Dist[HintNav] != FarAway {
		t.Errorf("distances: teaser %d, body %d, nav %d", y.Dist[HintRelated], y.Dist[HintBody], y.Dist[HintNav])
	}
}

func TestAClassThatHidesAtEveryWidthHidesABlock(t *testing.T) {
	p := parse(t, `<div id=a class="box hidden"><p id=b>x</div><div id=c class="hidden lg:block">y</div><div id=d class="d-none d-md-flex">z</div><div id=e class=hidden-gem>w</div><div id=f class="d-none d-print-block">v</div><div id=g class="hidden print:block">u</div>`)
	for id, want := range map[string]bool{"a": true, "b": true, "c": false, "d": false, "e": false, "f": true, "g": true} {
		if e := &p.Elems[find(t, p, id)]; e.Hidden != want || (e.Anc&InHidden != 0) != want {
			t.Errorf("%s: hidden %t, want %t", id, e.Hidden, want)
		}
	}
}

// Without end tags each holds all that follow: read one inside another they are parsed again and again.
func TestANoscriptInsideANoscriptIsNotRead(t *testing.T) {
	p := parse(t, "<p>a"+strings.Repeat("<noscript>", 300)+strings.Repeat("<p>a line of the article", 100))
	n := 0
	for i := range p.Elems {
		if p.Elems[i].Name == "noscript" {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d were read", n)
	}
}

func TestHintsAreReadFromWordsOfAttributes(t *testing.T) {
	c := newHintCache()
	for value, want := range map[string]Hints{
		"article-body":      1<<HintArticle | 1<<HintBody,
		"storyHeadline":     1<<HintArticle | 1<<HintTitle,
		"mynewsletterbox":   1 << HintNewsletter,
		"commentary":        0,
		"related__articles": 1<<HintRelated | 1<<HintArticle,
		"fb-col":            0, // a column of a grid, not a network
		"x-12_y":            0,
	} {
		if got := c.read(value); got != want {
			t.Errorf("%s: %b, want %b", value, got, want)
		}
	}
}

func TestAReleasedPageKeepsItsWordsWhileItsRoomIsUsedAgain(t *testing.T) {
	first := parse(t, `<p class="byline">By Ana Reyes</p><p>The ferry <a href="/f">came late</a>.</p>`)
	words := first.BlockText(1)
	first.Release()
	second := parse(t, `<div><p>Another page.</p></div>`)
	checkTables(t, second)
	if words != "The ferry came late." || second.BlockText(0) != "Another page." {
		t.Errorf("%q, %q", words, second.BlockText(0))
	}
	if e := second.Elems[len(second.Elems)-1]; e.Attrs != nil || e.Own != 0 || second.Blocks[0].Links != 0 {
		t.Errorf("something of the first page is left in %+v, %+v", e, second.Blocks[0])
	}
}

func TestDistancesGrowAndStayBelowFarAway(t *testing.T) {
	d := [HintGroups]uint8{0: 0, 1: 18, 2: 19, 3: FarAway}
	d = farther(d)
	if d[0] != 1 || d[1] != 19 || d[2] != 19 || d[3] != FarAway {
		t.Errorf("got %v", d[:4])
	}
}

func TestSiblingsShareTheirPaths(t *testing.T) {
	p := parse(t, `<p id=a class="par n-1">x<p id=b class="par n-22">y<p id=c class=other>z`)
	a, b, c := p.Elems[find(t, p, "a")], p.Elems[find(t, p, "b")], p.Elems[find(t, p, "c")]
	if a.TagPath != c.TagPath || a.ClassPath != b.ClassPath || a.ClassPath == c.ClassPath {
		t.Error("paths do not tell classes apart, or counts in them")
	}
}

func TestPrintedShowsTheBordersOfElements(t *testing.T) {
	for html, want := range map[string]string{
		"<div id=x>By <a href=a>Ann</a> and <a href=b>Bob</a></div>":         "By ¦ Ann ¦ and ¦ Bob",
		"<div id=x>By <b>An</b>n<br>Editor</div>":                            "By Ann ¦ Editor",
		"<ul id=x><li>One<li><span>Two</span> <time>May 2</time></ul>":       "One ¦ Two ¦ May 2",
		"<div id=x><div>A</div>b</div>":                                      "A ¦ b",
		"<div id=x><span> <span></span></span>only<img alt=z></div>":         "only",
		"<div id=x><a href=a>Ann <em>B.</em> Cee</a>, Berlin <i>x</i></div>": "Ann B. Cee ¦ , Berlin x",
		"<div id=x></div>": "",
	} {
		p := parse(t, html)
		if got := p.Printed(find(t, p, "x")); got != want {
			t.Errorf("%s: %q, want %q", html, got, want)
		}
	}
}

func TestBlockOfFindsTheBlockAtAnOffset(t *testing.T) {
	p := parse(t, "<p>abc<p>def")
	for offset, want := range map[int]int{0: 0, 2: 0, 3: 1, 4: 1, 6: 1, 7: 2, 99: 2} {
		if got := p.BlockOf(offset); got != want {
			t.Errorf("%d: %d, want %d", offset, got, want)
		}
	}
}

func TestResolveMakesLinksAbsolute(t *testing.T) {
	p := parse(t, `<base href="/a/"><base href="/b/"><p>x`)
	for href, want := range map[string]string{
		"c.html":                   "https://news.example/a/c.html",
		" \n/d?q=1#f ":             "https://news.example/d?q=1#f",
		"//cdn.example/i.jpg":      "https://cdn.example/i.jpg",
		"http://x.example/a b%zz":  "http://x.example/a%20b%25zz",
		`\\x.example\y`:            "https://x.example/y",
		"#top":                     "",
		"mailto:a@b.example":       "",
		"javascript:void(0)":       "",
		"":                         "",
		"http://[::1":              "",
		strings.Repeat("a", 10000): "",
	} {
		if got := p.Resolve(href); got != want {
			t.Errorf("%q: %q, want %q", href, got, want)
		}
	}
	if got := ParseText("x", "").Resolve("a.html"); got != "" {
		t.Errorf("a relative link of a page without address is %q", got)
	}
}

func TestTheHeadIsReadWhereverItStands(t *testing.T) {
	p := parse(t, `<html lang=" de " dir=rtl><head><title> A
 title </title><meta name="Author" property="x:author" content=" Ann  B "><link rel="Canonical" href=/c></head>`+
		`<body><svg><title>icon</title></svg><meta itemprop=datePublished content=2026-01-02><meta http-equiv=Refresh content="0; url=/x">`+
		`<script type="application/LD+json" id=d>{"a":1}</script><script>var x = 1;</script>`)
	if p.Lang != "de" || p.Dir != "rtl" || p.Title != "A title" || p.Refresh != "0; url=/x" {
		t.Errorf("lang %q, dir %q, title %q, refresh %q", p.Lang, p.Dir, p.Title, p.Refresh)
	}
	wantMetas := []Meta{{"author", "Ann B"}, {"x:author", "Ann B"}, {"datepublished", "2026-01-02"}, {"refresh", "0; url=/x"}}
	if diff := cmp.Diff(wantMetas, p.Metas); diff != "" {
		t.Error(diff)
	}
	if len(p.Links) != 1 || p.Links[0].Rel != "canonical" || len(p.Scripts) != 1 || p.Scripts[0] != (Script{"application/ld+json", "d", `{"a":1}`}) {
		t.Errorf("links %v, scripts %v", p.Links, p.Scripts)
	}
}

func TestATreeTooDeepForTheParserIsStillRead(t *testing.T) {
	for name, c := range map[string]struct {
		html string
		want []string
	}{
		"nested":              {strings.Repeat("<div>", 5000) + "<p>One.</p><p>Two.</p>" + strings.Repeat("</div>", 5000) + "<p>Three.", []string{"One.", "Two.", "Three."}},
		"never closed":        {strings.Repeat("<div><span>", 3000) + "One.<p>Two.<li>a<li>b", []string{"One.", "Two.", "a", "b"}},
		"paragraphs at depth": {strings.Repeat("<section>", 600) + "<p>One.<p>Two.<ul><li>x<li>y</ul>", []string{"One.", "Two.", "x", "y"}},
	} {
		p := parse(t, c.html)
		if !p.Flattened {
			t.Errorf("%s: not flattened", name)
		}
		if diff := cmp.Diff(c.want, blockTexts(p)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		checkTables(t, p)
	}
}

func TestAFlattenedPageKeepsItsHead(t *testing.T) {
	p := parse(t, `<html lang=fr><head><title>T</title><script type="application/ld+json">{}</script></head><body class=story>`+strings.Repeat("<div>", 600)+"<p>x")
	if p.Title != "T" || p.Lang != "fr" || len(p.Scripts) != 1 || p.Elems[0].Attr("class") != "story" {
		t.Errorf("title %q, lang %q, %d scripts", p.Title, p.Lang, len(p.Scripts))
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"<p>a<br><br>b<pre>\n c\n\n d</pre>", "<a href=x><div>y</a></div>", "<span hidden>a<p>b", "<table><tr>x<td>y</table>",
		"\x00<p>\xc3<math><mi>x", "<button><h2><ul><li>", strings.Repeat("<b>", 600) + "x", "<svg><title>a</svg><base href=%zz>", "　<br>　<br>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, html string) {
		p := parse(t, strings.ToValidUTF8(html, "\ufffd"))
		checkTables(t, p)
		for i := range min(len(p.Elems), 50) {
			p.Printed(i)
			p.Resolve(p.Elems[i].Attr("href"))
		}
	})
}

func BenchmarkParse(b *testing.B) {
	var page strings.Builder
	for i := range 400 {
		fmt.Fprintf(&page, `<div class="paragraph item-%d" data-type="text"><p class="lead">Words <a href="/x%d">and links</a> and <b>more</b> words of a paragraph.</p></div>`, i, i)
	}
	b.SetBytes(int64(page.Len()))
	for b.Loop() {
		parse(b, page.String())
	}
}
