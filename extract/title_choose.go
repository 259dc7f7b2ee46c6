package extract

import (
	"slices"
	"strings"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// titleOrder is which family is taken where there is no h1 and nothing else decides: what the reader sees, the
// data, what is made for networks and machines, the title of the window.
var titleOrder = []string{titleText, titleData, titleSocial, titleMeta, titleHead, titleClaim, titleTwitter, titleOther}

// strayHeading is how like the other titles of the page an h1 must be to be its headline,
// where two of them agree.
const strayHeading = .25

// A titleChoice is the first title of each family, and what each shares with the others.
type titleChoice struct {
	r     *reading
	first map[string]*candidate
	folds map[string]string
}

// chooseTitle takes the h1, but for four cases in which it is not the headline, or not the
// one that the publisher gives the article. docs/accuracy.md has the count of each.
func (r *reading) chooseTitle(cs []candidate) *candidate {
	if byRule(cs) {
		return strongest(cs)
	}
	t := titleChoice{r, map[string]*candidate{}, map[string]string{}}
	for i := range cs {
		c := &cs[i]
		if f := normalize.Fold(c.value); f != "" && t.first[c.family] == nil {
			t.first[c.family], t.folds[c.family] = c, f
		}
	}
	won, why := t.choose()
	if won == nil {
		return nil
	}
	for i := range cs {
		c := &cs[i]
		switch {
		case c == won:
			c.chosen, c.why = true, why
		case normalize.Fold(c.value) == normalize.Fold(won.value):
			c.why = "agrees"
		default:
			c.why = won.rule + " was taken: " + why
		}
	}
	return won
}

func (t *titleChoice) choose() (*candidate, string) {
	h := t.first[titleHeading]
	if h == nil {
		for _, f := range []string{titleText, titleData, titleSocial, titleHead, titleMeta} {
			if c := t.first[f]; c != nil && t.r.headlined(c.value) {
				return c, "without an h1, what the page shows"
			}
		}
	} else if c, why := t.instead(h); c != nil {
		return c, why
	}
	if h != nil {
		return h, "nothing on the page speaks against it"
	}
	for _, f := range titleOrder {
		if c := t.first[f]; c != nil {
			return c, "without an h1, the first of " + strings.Join(titleOrder, ", ")
		}
	}
	return nil, ""
}

// instead is the title to take in place of the h1, if any.
func (t *titleChoice) instead(h *candidate) (*candidate, string) {
	data, social := t.other(titleData), t.other(titleSocial)
	if data != nil && t.r.headlined(data.value) {
		return data, "the data's headline, which the page shows apart from the h1"
	}
	lone := len(t.sides(titleHeading)) == 0
	for _, f := range []string{titleSocial, titleHead, titleMeta} {
		if c := t.other(f); c != nil && lone && t.r.headlined(c.value) {
			return c, "what the page shows as its headline beside an h1 of its own"
		}
	}
	if c := t.agreed(); c != nil && lone && t.strays(h) {
		return c, "the h1 is unlike what other sources agree on"
	}
	if t.r.isNews() && social != nil && (data != nil || t.first[titleData] == nil || t.folds[titleHead] != t.folds[titleSocial]) {
		return social, "the headline that a news page gives to networks"
	}
	return nil, ""
}

// other is the title of a family where it is worded otherwise than the h1.
func (t *titleChoice) other(family string) *candidate {
	if t.folds[family] == t.folds[titleHeading] {
		return nil
	}
	return t.first[family]
}

// stated are the families that word a title apart from the h1.
var stated = []string{titleData, titleSocial, titleHead, titleMeta}

// sides are the stated families worded as the family given, itself left out.
func (t *titleChoice) sides(family string) []string {
	var out []string
	for _, f := range stated {
		if f != family && t.first[f] != nil && t.folds[f] == t.folds[family] {
			out = append(out, f)
		}
	}
	return out
}

// agreed is the first title that two stated families share, but for the name of the house.
func (t *titleChoice) agreed() *candidate {
	for _, f := range stated {
		if c := t.first[f]; c != nil && len(t.sides(f)) > 0 && !t.r.isHouse(c.value) {
			return t.first[f]
		}
	}
	return nil
}

// strays reports whether the h1 shares hardly a word with any stated title.
func (t *titleChoice) strays(h *candidate) bool {
	return !slices.ContainsFunc(stated, func(f string) bool {
		return t.first[f] != nil && alike(t.first[f].value, h.value) >= strayHeading
	})
}

// isNews reports whether the data of the page call it a news article.
func (r *reading) isNews() bool {
	return slices.ContainsFunc(r.art, func(n page.Node) bool {
		return slices.ContainsFunc(n.Types, func(s string) bool { return strings.HasSuffix(s, "NewsArticle") || s == "LiveBlogPosting" })
	})
}

// headlined reports whether the page shows the text as a line of its own: not in its
// navigation, and not as a link to another page, which shows that page's title.
func (r *reading) headlined(s string) bool {
	return r.showsLine(s, func(at int) bool {
		b := r.p.BlockOf(at)
		return b < len(r.p.Blocks) && r.ownLine(b)
	})
}

// showsLine reports whether the text is a whole line of the page at a place that ok agrees to.
func (r *reading) showsLine(s string, ok func(at int) bool) bool {
	t := r.p.Text
	for from := 0; s != ""; {
		i := strings.Index(t[from:], s)
		if i < 0 {
			break
		}
		i += from
		from = i + len(s)
		if (i == 0 || t[i-1] == '\n') && (from == len(t) || t[from] == '\n') && ok(i) {
			return true
		}
	}
	return false
}

func (r *reading) ownLine(i int) bool {
	b := &r.p.Blocks[i]
	if b.Elem < 0 {
		return true
	}
	return r.p.Elems[b.Elem].Anc&(page.InNav|page.InFooter|page.InAside) == 0 && (b.LinkRunes == 0 || r.linksHere(i))
}

// linksHere reports whether the link around or in block i leads to the page itself. Where
// the page's address is not known, any may.
func (r *reading) linksHere(i int) bool {
	if r.in.URL == "" {
		return true
	}
	b := &r.p.Blocks[i]
	link := r.linkOf(b.Elem, b.Start, b.Stop)
	return link != nil && pathOf(r.p.Resolve(link.Attr("href"))) == pathOf(r.in.URL)
}

// linkOf is the link around element e or, where there is none, the first in it that holds some of the text from
// start to stop; nil without one.
func (r *reading) linkOf(e, start, stop int32) *page.Elem {
	for at := e; at >= 0 && r.p.Elems[at].Anc&page.InLink != 0; at = r.p.Elems[at].Parent {
		if x := &r.p.Elems[at]; x.Tag == atom.A {
			return x
		}
	}
	for j := e; j < r.p.Elems[e].End; j++ {
		if x := &r.p.Elems[j]; x.Tag == atom.A && x.Stop > start && x.Start < stop {
			return x
		}
	}
	return nil
}
