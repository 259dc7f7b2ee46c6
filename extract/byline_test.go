package extract

import (
	"strings"
	"testing"

	"github.com/dateline-go/dateline/normalize"
	"github.com/google/go-cmp/cmp"
)

func TestChooseAuthors(t *testing.T) {
	writer := func(kind string, names ...string) []normalize.Credit {
		var out []normalize.Credit
		for _, n := range names {
			out = append(out, normalize.Credit{Name: n, Kind: kind, Role: "writer", Known: n != "Read Later"})
		}
		return out
	}
	from := func(rule string, p place, cs []normalize.Credit) *credited {
		return &credited{marked: rule == "byline", candidate: candidate{rule: rule, raw: "a line of a page that is long enough for two"}, place: p, credits: cs}
	}
	editor := from("printed", placeFoot, []normalize.Credit{{Name: "Ada Marlow", Kind: "person", Role: "editor"}})
	for _, c := range []struct {
		name    string
		sources []*credited
		want    []string
	}{
		{"a button printed beside the name adds nobody", []*credited{
			from("jsonld", placeNone, writer("person", "Ada Marlow")),
			from("byline", placeHead, writer("person", "Ada Marlow", "Read Later")),
		}, []string{"Ada Marlow"}},
		{"a printed byline names the second author that metadata left out", []*credited{
			from("jsonld", placeNone, writer("person", "Ada Marlow")),
			from("byline", placeHead, writer("person", "Ben Ostrow", "Ada Marlow")),
		}, []string{"Ben Ostrow", "Ada Marlow"}},
		{"a person printed wins over the house in the metadata", []*credited{
			from("jsonld", placeNone, writer("organization", "Harbour Post")),
			from("byline", placeHead, writer("person", "Ada Marlow")),
		}, []string{"Ada Marlow"}},
		{"a person far from the headline does not", []*credited{
			from("jsonld", placeNone, writer("organization", "Harbour Post")),
			from("byline", placeElsewhere, writer("person", "Ada Marlow")),
		}, []string{"Harbour Post"}},
		{"the house stands where nobody is named", []*credited{
			from("jsonld", placeNone, writer("organization", "Harbour Post")),
		}, []string{"Harbour Post"}},
		{"a wire goes before the house", []*credited{
			from("jsonld", placeNone, writer("organization", "Harbour Post")),
			from("byline", placeHead, writer("agency", "Reuters")),
		}, []string{"Reuters"}},
		{"whoever signs the text goes not before another house printed at the headline", []*credited{
			from("byline", placeHead, writer("organization", "Harbour Post")),
			from("printed", placeFoot, writer("person", "Ada Marlow")),
		}, []string{"Harbour Post"}},
		{"whoever signs the text goes before the site", []*credited{
			from("jsonld", placeNone, writer("organization", "Site")),
			from("printed", placeFoot, writer("person", "Ada Marlow")),
		}, []string{"Ada Marlow"}},
		{"an account of one word gives way to a full name at the headline", []*credited{
			from("jsonld", placeNone, writer("person", "amw")),
			from("byline", placeHead, writer("person", "Ada Marlow")),
		}, []string{"Ada Marlow"}},
		{"the editor in the metadata gives way to the writer on the page", []*credited{
			from("jsonld", placeNone, writer("person", "Ada Marlow")),
			from("byline", placeHead, writer("person", "Ben Ostrow")),
			editor,
		}, []string{"Ben Ostrow"}},
		{"people far from the headline count where all such lines name the same", []*credited{
			from("byline", placeElsewhere, writer("person", "Ada Marlow")),
			from("byline", placeElsewhere, writer("person", "Ada Marlow")),
		}, []string{"Ada Marlow"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &reading{names: []string{"site"}}
			won := r.chooseAuthors(c.sources)
			if won == nil {
				t.Fatal("nobody chosen")
			}
			if diff := cmp.Diff(c.want, names(won.credits)); diff != "" {
				t.Error(diff)
			}
			if !won.chosen || won.why == "" {
				t.Error("the choice does not say why")
			}
		})
	}
	if won := (&reading{}).chooseAuthors([]*credited{
		from("byline", placeElsewhere, writer("person", "Ada Marlow")), from("byline", placeElsewhere, writer("person", "Ben Ostrow")),
	}); won != nil {
		t.Errorf("lists of other articles give %q", names(won.credits))
	}
}

func TestAuthorPagesAreKnownByTheirAddress(t *testing.T) {
	for href, want := range map[string]bool{
		"/author/ada-marlow": true, "https://harbor.example/autoren/12/ada-marlow?x=1": true, "/news/author": false,
		"https://author.example/x": false, "mailto:a@harbor.example": false, "": false, "/profile/ada": true, "/authors/": false,
	} {
		if got := authorPage(href); got != want {
			t.Errorf("authorPage(%q) = %v", href, got)
		}
	}
}

// page is a page of a house with a head, a headline, what stands under it, a body and a foot.
func bylinePage(head, under, foot string) string {
	const body = "<p>The harbour of the old town was full of boats on Sunday, and the pilots said that they had not seen a day like it for years, whatever the papers wrote.</p>"
	return "<html lang=en><head><title>Boats fill the harbour</title>" + head + "</head><body><article><h1>Boats fill the harbour</h1>" +
		under + body + body + body + foot + "</article></body></html>"
}

func TestAuthorsOfPages(t *testing.T) {
	for _, c := range []struct {
		name, head, under, foot string
		want                    []string
	}{
		{"an author that the graph holds by reference", `<script type="application/ld+json">{"@graph":[{"@type":"WebPage","author":{"@id":"#ada"}},{"@id":"#ada","@type":"Person","name":"Ada Marlow"}]}</script>`, "", "", []string{"Ada Marlow"}},
		{"a given and a family name without a name", `<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","givenName":"Ada","familyName":"Marlow"}}</script>`, "", "", []string{"Ada Marlow"}},
		{"the label of a card in any language", `<meta name="twitter:label1" content="Verfasst von"><meta name="twitter:data1" content="Ada Marlow">`, "", "", []string{"Ada Marlow"}},
		{"several metas of one name", `<meta name=author content="Harbor Daily"><meta name=author content="Ada Marlow">`, "", "", []string{"Ada Marlow"}},
		{"metas of works cited are no authors", func() string {
			s := ""
			for range 14 {
				s += `<meta name=citation_author content="Marlow, Ada">`
			}
			return s
		}(), "", "", nil},
		{"a row of links to pages of authors", "", `<p><a href="/author/ada">Ada Marlow</a>, <a href="/author/tom">Tom Castle</a></p>`, "", []string{"Ada Marlow", "Tom Castle"}},
		{"a topic in the box of the author", "", `<div class=author-box><h6><a href="/topics/ports/">Sea Ports</a></h6><a rel=author href="/author/ada">Ada Marlow</a></div>`, "", []string{"Ada Marlow"}},
		{"a trail of sections in the box of the author", "", `<div class="author vcard"><ul class=breadcrumbs><li><a href="/boats/">Boats</a></li><li><a href="/boats/tests/">Sailing Tests</a></li></ul><p>by Ada Marlow</p></div>`, "", []string{"Ada Marlow"}},
		{"a byline in an aside of the head", "", `<aside class=post-author>by <a rel=author href="/author/ada">Ada Marlow</a></aside>`, "", []string{"Ada Marlow"}},
		{"a line without any mark", "", `<div>March 1, 2024 · 3 min read · By Ada Marlow</div>`, "", []string{"Ada Marlow"}},
		{"a label that stands over the name", "", `<h4>Author</h4><p>Ada Marlow</p>`, "", []string{"Ada Marlow"}},
		{"a name alone under the headline", "", `<div>Peter Castle</div>`, "", []string{"Peter Castle"}},
		{"a name beside a date under the headline", "", `<div>4 May 2024 | 10:30 | Peter Castle</div>`, "", []string{"Peter Castle"}},
		{"a name beside a number is none", "", `<div>Pier 4 | Peter Castle</div>`, "", nil},
		{"a byline behind the standfirst and a credit", "", `<h3>The pilots of the old town had not seen a day like it for years, the harbour master said.</h3><p>Picture desk</p><p>By Ada Marlow</p>`, "", []string{"Ada Marlow"}},
		{"a link to a topic is none", "", `<div><a href="/topic/peter-castle">Peter Castle</a></div>`, "", nil},
		{"a signature", `<meta name=author content="Harbor Daily"><meta property="og:site_name" content="Harbor Daily">`, "", `<p>Peter Castle</p>`, []string{"Peter Castle"}},
		{"comments are not asked", "", "", `<section class=comments><span class=author>Peter Castle</span></section>`, nil},
		{"the desk where nobody is named", `<meta name=author content="Our Editors">`, "", "", []string{"Our Editors"}},
		{"an account is nobody", `<meta name=author content="wp_admin">`, "", "", nil},
		{"a nickname that the system of a blog calls the author", "", `<p>Posted by <span class="author vcard"><a class="url fn n" href="/author/m1a/" rel=author>harbour_mia</a></span></p>`, "", []string{"harbour_mia"}},
		{"a nickname in the footer of a post", "", "", `<div class=post-footer>Posted by <span class="post-author vcard"><span class=fn>old pilot</span></span></div>`, []string{"old pilot"}},
		{"a member whom the address names", "", `<ul><li><a class=username href="/members/mia.8/">Mia</a></li></ul>`, "", []string{"Mia"}},
		{"a door for members is nobody", "", `<ul><li><a href="/members/enter/">Sign-in-here</a></li></ul>`, "", nil},
		{"a profile on another site is nobody's", "", `<p><a href="https://social.example/profile/harbour">harbour</a></p>`, "", nil},
		{"whoever is called the author in the account of the house", "", `<p><a href="/author/x" rel=author>admin</a></p>`, "", nil},
		{"a nickname before the site itself", `<meta name=author content="Harbor Daily"><meta property="og:site_name" content="Harbor Daily">`, `<p><a href="/author/mia" rel=author>harbour_mia</a></p>`, "", []string{"harbour_mia"}},
		{"a name before a nickname", "", `<p>By Ada Marlow</p><p><a href="/author/mia" rel=author>harbour_mia</a></p>`, "", []string{"Ada Marlow"}},
		{"who signed it before a house that only metadata name", `<meta name=author content="The Harbor Council">`, "", `<p>By Ada Marlow</p>`, []string{"Ada Marlow"}},
		{"a name alone before the address of a site", `<meta name=author content="harbordaily.com">`, `<div>Peter Castle</div>`, "", []string{"Peter Castle"}},
		{"whose site it is, as a person", `<meta property="og:site_name" content="Peter Castle">`, `<p>By Peter Castle</p>`, "", []string{"Peter Castle"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, err := Extract(Input{Name: "x.html", URL: "https://harbor.example/2024/boats", Body: []byte(bylinePage(c.head, c.under, c.foot))})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, res.Record.Authors); diff != "" {
				t.Error(diff, res.Record.Contributors)
			}
		})
	}
}

func TestAStripOfOtherArticlesOverTheHeadlineNamesNobody(t *testing.T) {
	strip := `<aside><article class=teaser><a href="/2024/pier">A pier for the ferries</a><footer class=author>Peter Castle</footer></article></aside>`
	page := strings.Replace(bylinePage("", "<p class=author>Ada Marlow</p>", ""), "<article>", strip+"<article>", 1)
	res, err := Extract(Input{Name: "x.html", Body: []byte(page)})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Ada Marlow"}, res.Record.Authors); diff != "" {
		t.Error(diff)
	}
}

func TestEditorsBesideTheTextAreContributors(t *testing.T) {
	res, err := Extract(Input{Name: "x.html", Body: []byte(bylinePage("", "<p>By Ada Marlow</p>", "<p>Editing by Tom Castle</p>")), Trace: true})
	if err != nil {
		t.Fatal(err)
	}
	got := res.Record.Contributors
	if len(got) != 2 || got[1].Name != "Tom Castle" || got[1].Role != "editor" {
		t.Errorf("contributors %+v", got)
	}
	for _, f := range res.Trace.Fields {
		if f.Field != "authors" {
			continue
		}
		for _, c := range f.Candidates {
			if c.Why == "" {
				t.Errorf("%s %q does not say what became of it", c.Rule, c.Raw)
			}
		}
	}
}

func TestTheAgencyOfAPrintedLineStandsBesideTheAuthorOfTheData(t *testing.T) {
	data := `<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","name":"Ada Marlow"}}</script>`
	for line, want := range map[string]string{"By Ada Marlow with AP": "AP", "By Peter Castle with AP": "", "By Ada Marlow": ""} {
		res, err := Extract(Input{Name: "x.html", Body: []byte(bylinePage(data, "<p>"+line+"</p>", ""))})
		if err != nil {
			t.Fatal(err)
		}
		if r := res.Record; r.Agency != want || len(r.Authors) != 1 || r.Authors[0] != "Ada Marlow" {
			t.Errorf("%s: agency %q, authors %q", line, r.Agency, r.Authors)
		}
	}
}

func TestANameBesideItsPictureIsPrintedOnce(t *testing.T) {
	res, err := Extract(Input{Name: "x.html", Body: []byte(bylinePage("", `<div class="byline"><a href="/author/ada">Ada Marlow</a><a href="/author/ada">Ada Marlow</a><span>, Harbour desk</span></div>`, ""))})
	if err != nil {
		t.Fatal(err)
	}
	if got := res.Record.Byline; got != "Ada Marlow, Harbour desk" {
		t.Errorf("byline %q", got)
	}
}

func TestALineThatNamesOthersThanTheAuthorIsNoByline(t *testing.T) {
	data := `<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","name":"Ada Marlow"}}</script>`
	for under, want := range map[string]string{
		`<div class="author-teaser">Peter Castle on the tides of May</div>`: "",
		`<p>By Peter Castle</p>`: "By Peter Castle",
	} {
		res, err := Extract(Input{Name: "x.html", Body: []byte(bylinePage(data, under, ""))})
		if err != nil {
			t.Fatal(err)
		}
		if got := res.Record.Byline; got != want {
			t.Errorf("%s: byline %q, want %q", under, got, want)
		}
	}
}

func TestALineOfRightsIsNoSignature(t *testing.T) {
	prose := "<p>The harbor council voted on Tuesday to rebuild the old fish market, ending a dispute that had divided the town for nearly eleven years.</p>"
	res, err := Extract(Input{Body: []byte("<html><body><main><h1>Terms for our readers</h1>" + prose + prose + prose + "</main><footer><p>&copy; 2026 The Harbor Courier. All rights reserved.</p></footer></body></html>")})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Record.Authors) > 0 || res.Record.Byline != "" {
		t.Errorf("authors %q, byline %q", res.Record.Authors, res.Record.Byline)
	}
}

func TestTheReporterInABracketThatOpensTheTextIsItsByline(t *testing.T) {
	prose := "吳明翰指出，受東北季風影響，今天北部及東北部有局部短暫雨，其他地區多雲到晴，各地白天氣溫逐漸回升，但日夜溫差可能超過十度。"
	opening := "〔記者林雅婷／台北報導〕東北季風今起增強，北部低溫約13度，中部約16度。"
	res, err := Extract(Input{Body: []byte(`<html lang="zh-TW"><body><article><h1>東北季風今起增強 北部轉涼</h1><p>` + opening + "</p><p>" + prose + "</p><p>" + prose + "農業部也提醒漁民。</p></article></body></html>")})
	if err != nil {
		t.Fatal(err)
	}
	r := res.Record
	if len(r.Authors) != 1 || r.Authors[0] != "林雅婷" || r.Byline != "〔記者林雅婷／台北報導〕" || !strings.HasPrefix(r.Text, opening) {
		t.Errorf("authors %q, byline %q, text %q", r.Authors, r.Byline, r.Text)
	}
}

func TestTheNameSignedUnderTheTextIsNoText(t *testing.T) {
	prose := "<p>The harbor council voted on Tuesday to rebuild the old fish market, ending a dispute that had divided the town for nearly eleven years.</p>"
	for line, stays := range map[string]bool{
		"Ada Marlow": false, "Ada Marlow ada@quay.example": false, "Ada Marlow, reporter": false,
		"Ada Marlow was there": true, "Peter Castle": true,
	} {
		head := `<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","name":"Ada Marlow"}}</script>`
		page := `<html lang="en"><head>` + head + `</head><body><article><h1>The old quay closes for silt</h1>` + strings.Repeat(prose, 4) + "<p>" + line + "</p>" + "</article></body></html>"
		res, err := Extract(Input{Body: []byte(page)})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.HasSuffix(res.Record.Text, line); got != stays {
			t.Errorf("%s: %q", line, res.Record.Text[len(res.Record.Text)-60:])
		}
	}
}
