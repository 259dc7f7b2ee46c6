package extract

import (
	"strings"
	"testing"
)

func TestABodyThatOnlyAScriptHoldsIsFound(t *testing.T) {
	sentence := "The council of the town decided on Monday that the bridge over the river is to be built anew within two years. "
	paragraph := strings.Repeat(sentence, 3)
	page := func(script string) string {
		return `<html><head><title>The bridge is built anew</title></head><body><div id="root"></div>` + script + `</body></html>`
	}
	html := strings.Repeat(`\u003cp\u003e`+paragraph+`\u003c/p\u003e`, 4)
	for _, c := range []struct{ name, page string }{
		{"a string of paragraphs in the state of Next.js", page(`<script id="__NEXT_DATA__" type="application/json">{"props":{"article":{"id":7,"body":"` + html + `"}}}</script>`)},
		{"a list of elements", page(`<script>window.Fusion={};Fusion.globalContent={"content_elements":[{"type":"text","content":"` + paragraph + `"},{"type":"text","content":"` + paragraph + `"},{"type":"text","content":"` + paragraph + `"}]};Fusion.x=1</script>`)},
		{"a pushed query", page(`<script>window["q"]=window["q"]||[];window["q"].push({"queries":[{"dehydratedAt":1,"state":{"data":{"content":"` + html + `"}}}]})</script>`)},
		{"a stream of rows", page(`<script>self.__next_f.push([1,"1a:T123,` + html + `1b:[]"])</script>`)},
		{"articleBody", page(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"The bridge is built anew","articleBody":"` + strings.Repeat(paragraph+`\n\n`, 4) + `"}</script>`)},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, err := Extract(Input{Body: []byte(c.page)})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Count(res.Record.Text, strings.TrimSpace(sentence)); got < 9 {
				t.Errorf("%d sentences: %.200q", got, res.Record.Text)
			}
			if strings.Contains(res.Record.Text, "<") || strings.Contains(res.Record.Text, "1b:") {
				t.Errorf("markup in the text: %.200q", res.Record.Text)
			}
		})
	}
	t.Run("not where the page shows the article", func(t *testing.T) {
		shown := `<article><h1>The bridge is built anew</h1><p>` + paragraph + `</p><p>` + strings.ReplaceAll(paragraph, "council", "mayor") + `</p><p>` + strings.ReplaceAll(paragraph, "town", "city") + `</p></article>`
		res, err := Extract(Input{Body: []byte(page(shown + `<script id="__NEXT_DATA__" type="application/json">{"related":"` + strings.ReplaceAll(html, "bridge", "harbour") + `"}</script>`))})
		if err != nil || strings.Contains(res.Record.Text, "harbour") {
			t.Errorf("%v: %.200q", err, res.Record.Text)
		}
	})
}
