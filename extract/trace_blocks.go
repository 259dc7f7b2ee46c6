package extract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
)

// traceBlocks says what became of each block of the page: what the model thought of
// it, and what the steps after the model made of it.
func (b *builder) traceBlocks() {
	b.trace.Cut = float64(b.choice.Cut)
	printed := b.printedTexts()
	for i := range b.p.Blocks {
		x := BlockTrace{
			Text: b.p.BlockText(i), Level: int(b.p.Blocks[i].Heading), Kept: b.choice.Keep[i], Role: b.choice.Role[i], Probability: float64(b.choice.Prob[i]),
			Links: float64(b.p.Blocks[i].LinkRunes) / float64(max(1, b.p.Blocks[i].Runes)),
		}
		if e := b.p.Blocks[i].Elem; e >= 0 {
			x.Path = wayTo(b.p, e)
		}
		if b.choice.Weights != nil {
			x.First = float64(b.choice.First[i])
			for _, w := range b.choice.Weights[i] {
				x.Weights = append(x.Weights, WeightTrace(w))
			}
		}
		x.Why = b.whyBlock(&x)
		if r, ok := b.choice.Repeats[i]; ok {
			x.Why = fmt.Sprintf("seen on %d of %d other articles of the site", r.Seen, r.Of)
		}
		text := normalize.Text(x.Text)
		switch field := b.fieldOf(text); {
		case x.Kept && allPrinted(printed, text):
		case field != "":
			x.Kept, x.Field, x.Why = false, field, "the field "+field+" holds it"
		case x.Kept && b.choice.Model == "script":
			x.Kept, x.Role, x.Why = false, "", "the body that a script holds was taken instead"
		case x.Kept && b.isLive() && isStamp(text, b.p.Blocks[i].HasTime):
			x.Kept, x.Role, x.Why = false, "", "it is the time of an entry"
		case x.Kept:
			x.Kept, x.Field, x.Why = false, "byline", "the fields byline and dates hold it"
		}
		b.trace.Blocks = append(b.trace.Blocks, x)
	}
}

// printedTexts is the texts that the record's blocks are made of, whole and line by line.
func (b *builder) printedTexts() map[string]bool {
	out := map[string]bool{}
	for _, x := range b.rec.Blocks {
		out[x.Text] = true
		for line := range strings.SplitSeq(x.Text, "\n") {
			out[line] = true
		}
	}
	return out
}

// allPrinted reports whether a text is printed, as one text or as the lines of a block that holds others too.
func allPrinted(printed map[string]bool, text string) bool {
	if printed[text] {
		return true
	}
	for line := range strings.SplitSeq(text, "\n") {
		if line != "" && !printed[line] {
			return false
		}
	}
	return true
}

// fieldOf is the field whose value a text is, "" where there is none.
func (b *builder) fieldOf(text string) string {
	folded := normalize.Fold(text)
	for _, f := range []struct{ name, value string }{{"title", b.rec.Title}, {"standfirst", b.rec.Standfirst}, {"byline", b.rec.Byline}} {
		if f.value != "" && folded == normalize.Fold(f.value) {
			return f.name
		}
	}
	return ""
}

// taken is why a step after the model, or the rules, took a block of a role out.
var taken = map[string]string{
	"title": "it is the headline", "copy": "its words stand in the body already", "heading": "no body follows before the next heading",
	"comment": "it stands behind the line that heads the comments", "slide": "it is of a gallery within the article",
	"share": "it is nothing but links for sharing",
}

// whyBlock is the fate of a block in words.
func (b *builder) whyBlock(x *BlockTrace) string {
	ruled, under := b.choice.Cut == 0, x.Probability < b.trace.Cut
	switch {
	case taken[x.Role] != "":
		return taken[x.Role]
	case ruled && x.Kept:
		return "the rules take it for prose of the article"
	case ruled && x.Role != "":
		return "the rules take it for " + x.Role
	case ruled:
		return "the rules find no prose of the article in it"
	case x.Kept && under:
		return "preformatted, between blocks that are kept"
	case x.Kept:
		return "over the cut"
	case under && x.Role != "":
		return "under the cut; the rules take it for " + x.Role
	case under:
		return "under the cut"
	}
	return "taken out after the model"
}

// wayTo is the way from the root to element e, as tag.class > tag.class.
func wayTo(p *page.Page, e int32) string {
	var parts []string
	for ; e >= 0 && len(parts) < 12; e = p.Elems[e].Parent {
		part := p.Elems[e].Name
		if class, _, _ := strings.Cut(strings.TrimSpace(p.Elems[e].Attr("class")), " "); class != "" {
			part += "." + class
		}
		parts = append(parts, part)
	}
	slices.Reverse(parts)
	return strings.Join(parts, " > ")
}
