package extract_test

import "testing"

func TestWhatStandsInForASectionIsNone(t *testing.T) {
	for head, want := range map[string]string{
		`<meta property="article:section" content="Harbours">`:                                                                                                   "Harbours",
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
