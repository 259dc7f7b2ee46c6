package extract_test

import (
	"strings"
	"testing"

	"github.com/dateline-go/dateline/extract"
)

func TestWhatStandsInForASectionIsNone(t *testing.T) {
	for head, want := range map[string]string{
		`<meta property="article:section" content="Harbours">`:                                                                                                   "Harbours",
		`<meta property="article:section" content="27">`:                                                                                                         "",
		`<meta property="article:section" content="Uncategorized">`:                                                                                              "",
		`<meta property="article:section" content="Без рубрики"><meta name="section" content="Гавань">`:                                                          "Гавань",
		`<script type="application/ld+json">{"@type":"NewsArticle","articleSection":"Articles"}</script>`:                                                        "",
		`<meta property="og:site_name" content="Quay Herald"><meta property="article:section" content="quayherald.org">`:                                         "",
		`<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":[{"name":"Harbours"},{"name":"The old quay closes for silt"}]}</script>`: "Harbours",
	} {
		if got := recordOf(t, head, "").Section; got != want {
			t.Errorf("%s: %q, want %q", head, got, want)
		}
	}
}

func TestWhereNoDataNameTheSectionTheLinksOfThePageDo(t *testing.T) {
	for name, c := range map[string]struct{ menu, after, want string }{
		"the menu's link to the folder of the page":      {`<a href="/">Harbour Post</a><a href="/trade">Trade</a><a href="/sport">Sport</a>`, "", "Trade"},
		"the deepest folder that is named":               {`<a href="/trade/">Trade</a><a href="https://www.harbourpost.example/trade/fish-market/">Fish Market</a>`, "", "Fish Market"},
		"a link to a folder that says something else":    {`<a href="/trade">Print this</a><a href="/trade/">All 12 articles</a>`, "", ""},
		"a slug is spelt without accents":                {`<a href="/trade/fish-market/">Físh Märket</a>`, "", "Físh Märket"},
		"a name in a script that addresses transcribe":   {`<a href="/trade/fish-market/">Рыбный рынок</a>`, "", "Рыбный рынок"},
		"a call to go to the folder":                     {`<a href="/trade/fish-market/">Все остальные новости этого дня</a>`, "", ""},
		"links from the front page, under whatever name": {`</nav><p><a href="/">Harbour Post</a> &gt;&gt; <a href="/t">Tides</a> &gt;&gt; Text</p><nav>`, "", "Tides"},
		"the page itself is no folder":                   {`<a href="/trade/fish-market/silt">Silt</a><a href="/trade/fish-market/silt#comments">silt</a>`, "", ""},
		"a category at the article":                      {`<a href="/trade">Trade</a>`, `<p>Filed in <a rel="category tag" href="/?cat=3">Dredging</a></p>`, "Dredging"},
		"a link to a page of sections":                   {"", `<p><a href="/rubrique/ports">Ports</a></p>`, "Ports"},
		"many links to sections are a menu":              {"", `<p><a href="/section/a1">a1</a><a href="/section/b1">b1</a><a href="/section/c1">c1</a><a href="/section/d1">d1</a><a href="/section/e1">e1</a></p>`, ""},
	} {
		page := `<html lang="en"><head><title>Silt closes the old quay</title></head><body><nav>` + c.menu + `</nav><article><h1>Silt closes the old quay</h1><p>` + strings.Repeat("The harbour board met for three hours on Monday evening and did not agree. ", 6) + `</p>` + c.after + `</article></body></html>`
		res, err := extract.Extract(extract.Input{Name: "quay.html", URL: "https://www.harbourpost.example/trade/fish-market/silt", Body: []byte(page)})
		if err != nil {
			t.Fatal(err)
		}
		if got := res.Record.Section; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
