package body

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dateline-go/dateline/extract/internal/page"
)

func TestTheSlidesOfAGalleryInAnArticleAreNoText(t *testing.T) {
	slide := func(counter string) string {
		return "<li><h2>" + counter + " The old crane</h2><p>The crane was taken down last year.</p></li>"
	}
	var slides string
	for k := range 5 {
		slides += slide(fmt.Sprintf("%d/5", k+1))
	}
	article := "<div><p>" + strings.Repeat("The council voted to rebuild the market. ", 40) + "</p></div>"
	for name, c := range map[string]struct {
		html    string
		dropped bool
	}{
		"a gallery in an article":                 {article + "<ul>" + slides + "</ul>", true},
		"counters with blanks":                    {article + "<ul>" + strings.ReplaceAll(slides, "/5", " / 5") + "</ul>", true},
		"an article made of slides":               {"<div><p>Five cranes of the harbour.</p></div><ul>" + slides + "</ul>", false},
		"counters that do not go on":              {article + "<ul>" + strings.Repeat(slide("1/5"), 5) + "</ul>", false},
		"fractions, as in a recipe":               {article + "<ul><li>1/2 cup</li><li>1/4 cup</li><li>1/8 cup</li><li>1/5 cup</li></ul>", false},
		"days":                                    {article + "<ul><li>1/5/2020</li><li>2/5/2020</li><li>3/5/2020</li><li>4/5/2020</li><li>5/5/2020</li></ul>", false},
		"three slides are too few to be told":     {article + "<ul>" + slide("1/3") + slide("2/3") + slide("3/3") + "</ul>", false},
		"counters far apart are no gallery":       {article + "<ul>" + strings.ReplaceAll(slides, "</li>", "</li>"+strings.Repeat("<li>A crane.</li>", 15)) + "</ul>", false},
		"the article's own headline among slides": {article + "<ul><li><h1>Cranes</h1></li>" + slides + "</ul>", false},
	} {
		p, err := page.Parse("<html><body>"+c.html+"</body></html>", "https://a.example/x")
		if err != nil {
			t.Fatal(err)
		}
		m := measured{p: p, toks: make([]float32, len(p.Blocks))}
		choice := Choice{Keep: make([]bool, len(p.Blocks)), Role: make([]string, len(p.Blocks)), TitleBlock: -1}
		for i := range p.Blocks {
			text := p.BlockText(i)
			m.toks[i], choice.Keep[i] = float32(len(strings.Fields(text))), true
			if text == "Cranes" {
				choice.TitleBlock = i
			}
		}
		m.dropSlides(&choice)
		for i, keep := range choice.Keep {
			if inList := !strings.HasPrefix(p.BlockText(i), "The council"); keep == (c.dropped && inList) {
				t.Errorf("%s: %q kept: %t", name, p.BlockText(i), keep)
			}
		}
	}
}
