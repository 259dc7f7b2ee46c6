package extract

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"

	"github.com/dateline-go/dateline/normalize"
)

// kindTable holds the weights of a logistic regression over kindFeatures, and its bias; make train
// writes it. docs/accuracy.md has its figures, cross-validated by publisher.
//
//go:embed kind.tsv
var kindTable string

// kindBias is the name of the bias in kindTable.
const kindBias = "bias"

var kindWeights = sync.OnceValue(func() map[string]float64 {
	w := map[string]float64{}
	for line := range strings.Lines(kindTable) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if x, err := strconv.ParseFloat(value, 64); ok && err == nil {
			w[name] = x
		}
	}
	return w
})

// RefusedKind is the score, in log odds, under which a page is no article. Losing an article costs more
// than keeping a page that is none, so it lies well under even.
const RefusedKind = -3

// kindScore is how much speaks for an article.
func kindScore(features []KindTrace) float64 {
	sum := kindWeights()[kindBias]
	for _, f := range features {
		sum += f.Value * f.Weight
	}
	return sum
}

// kindFeatures are what tells an article from a page of links, a product, a forum or a service page. None
// knows a site or a language.
func (b *builder) kindFeatures(t *blockTally) []KindTrace {
	r := &b.rec
	og := strings.ToLower(b.p.Meta("og:type"))
	segs := strings.FieldsFunc(pathOf(r.URL), func(c rune) bool { return c == '/' })
	slugWords, slugDigits := 0.0, 0.0
	if len(segs) > 0 {
		slug := segs[len(segs)-1]
		slugWords = float64(len(strings.FieldsFunc(slug, func(c rune) bool { return c == '-' || c == '_' })))
		slugDigits = float64(len(slug) - len(strings.Map(notDigit, slug)))
	}
	titleWords := float64(normalize.Words(r.Title))
	var out []KindTrace
	put := func(name string, value float64) { out = append(out, KindTrace{name, value, kindWeights()[name]}) }
	is := func(name string, v bool) {
		if v {
			put(name, 1)
		} else {
			put(name, 0)
		}
	}
	share := func(a, b int) float64 { return float64(a) / float64(max(b, 1)) }

	is("structured data of an article", len(b.art) > 0)
	is("og:type article", strings.HasPrefix(og, "article"))
	is("og:type website", og == "website")
	is("data of a product", b.hasType("Product") || b.hasType("Offer") || strings.Contains(og, "product"))
	is("data of a forum or a service", b.hasType("DiscussionForumPosting") || b.hasType("QAPage") || b.hasType("FAQPage") || b.hasType("Service") || b.hasType("LocalBusiness"))
	is("article:published_time", b.p.Meta("article:published_time") != "")
	is("a published date", r.Published != "")
	is("an inferred date", r.Dates.Published != nil && r.Dates.Published.Inferred)
	is("authors", len(r.Authors) > 0)
	is("a standfirst", r.Standfirst != "")
	is("a dateline or an agency", r.Dateline != "" || r.Agency != "")
	is("a title of six words", titleWords >= 6)
	put("words of the title", math.Min(titleWords, 12))
	put("log words of the body", math.Log1p(float64(r.WordCount)))
	is("under 60 words", r.WordCount < 60)
	put("confidence in the body", b.choice.Confidence)
	put("link share of the page", share(t.linkRunes, t.runes))
	put("link share of the body", share(t.keptLinkRunes, t.keptRunes))
	put("body share of the page", share(t.keptRunes, t.runes))
	put("linked headings", math.Min(float64(t.linkedHeadings), 10))
	put("share of linked headings", share(t.linkedHeadings, t.headings))
	put("share of headings", share(t.headings, t.paragraphs+t.headings))
	put("linked lines", math.Min(float64(t.linkedLines), 10))
	put("linked lines a paragraph", share(t.linkedLines, t.paragraphs))
	put("log long paragraphs", math.Log1p(float64(t.long)))
	put("share of long paragraphs", share(t.long, t.paragraphs))
	put("log buttons", math.Log1p(float64(t.buttons)))
	put("log blocks", math.Log1p(float64(t.blocks)))
	is("an address", r.URL != "")
	is("the front page", len(segs) == 0)
	is("a path of one segment", len(segs) == 1)
	put("words of the slug", math.Min(slugWords, 8))
	put("digits of the slug", math.Min(slugDigits, 8))
	return out
}

// notDigit is for strings.Map: it drops digits.
func notDigit(c rune) rune {
	if c >= '0' && c <= '9' {
		return -1
	}
	return c
}

// pathOf is the path of an address, without query.
func pathOf(u string) string {
	_, rest, _ := strings.Cut(u, "://")
	_, path, _ := strings.Cut(rest, "/")
	path, _, _ = strings.Cut(path, "?")
	return path
}
