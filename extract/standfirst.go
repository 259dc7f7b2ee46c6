package extract

import (
	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
)

// standfirsts gathers the summary under the headline: a block marked as one near
// the headline, or one that repeats the page's own summary.
func standfirsts(r *reading, c body.Choice) []candidate {
	var cs []candidate
	summaries := []string{r.p.Meta("og:description"), r.p.Meta("description")}
	for _, n := range r.art {
		summaries = append(summaries, n.Text("description"))
	}
	from := max(0, c.TitleBlock-2)
	for i := from; i < len(r.p.Blocks) && i <= c.TitleBlock+8 && c.TitleBlock >= 0; i++ {
		b := &r.p.Blocks[i]
		if i == c.TitleBlock || b.Elem < 0 || b.Runes < 30 || b.Runes > 700 || b.LinkRunes*2 > b.Runes {
			continue
		}
		e := &r.p.Elems[b.Elem]
		if e.Hidden || e.Anc&(page.InNav|page.InAside|page.InFooter|page.InFigure) != 0 {
			continue
		}
		text := normalize.Text(r.p.BlockText(i))
		if e.Dist[page.HintLead] <= 2 && e.Dist[page.HintRelated] > 3 && normalize.Fold(text) != normalize.Fold(r.titleText) {
			cs = append(cs, candidate{rule: "standfirst", raw: text, value: text})
			continue
		}
		for _, s := range summaries {
			if s != "" && !c.Keep[i] && body.Similar(text, s) > .8 {
				cs = append(cs, candidate{rule: "description", raw: text, value: text})
				break
			}
		}
	}
	return cs
}
