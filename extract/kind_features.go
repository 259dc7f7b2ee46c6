package extract

import (
	"math"
	"strings"

	"github.com/dateline-go/dateline/normalize"
)

// kindBias and kindWeights are a logistic regression, trained on the articles of fundus, wcxb, misinfo,
// scrapinghub and fundus_eval against the pages of wcxb_other (documentation aside), each page once with
// and once without its address; docs/accuracy.md has its figures, cross-validated by publisher.
const kindBias = -7.677

var kindWeights = []float64{
	3.223,  // has structured data of an article
	0.896,  // og:type article
	0.096,  // og:type website
	-4.158, // structured data of a product
	-1.892, // of a forum, a service, questions
	0.856,  // a published date
	1.359,  // authors
	0.725,  // a standfirst
	0.313,  // log of the words of the body
	0.879,  // fewer than 60 words
	1.756,  // share of links in the page's text
	1.34,   // and in the body's
	0.518,  // share of the body in the page's text
	-0.183, // linked headings inside the body's range, to 10
	-0.738, // their share of its headings
	0.429,  // share of headings in the body
	0.023,  // paragraphs that are all link, to 10
	-0.485, // their share
	0.18,   // log of the long paragraphs
	0.76,   // their share
	-0.164, // log of the buttons
	-0.354, // log of the blocks
	5.81,   // the body model's confidence
	-1.011, // the front page
	-0.639, // a path of one segment
	0.206,  // words of the last segment, to 8
	-0.005, // its digits, to 8
	-0.495, // the address is known
	1.785,  // a dateline or an agency
	0.87,   // a title of six words or more
	0.045,  // its words, to 12
	1.646,  // meta article:published_time
	-0.499, // the date was inferred
}

// refused is the score, in log odds, under which a page is no article. Losing an article costs more than
// keeping a page that is none, so it lies well under even.
const refused = -3

// kindScore is how much speaks for an article.
func (b *builder) kindScore() float64 {
	sum := kindBias
	for i, f := range b.kindFeatures() {
		sum += f * kindWeights[i]
	}
	return sum
}

// kindFeatures are what tells an article from a page of links, a product, a forum or a service page. All but
// the address are of the page itself; none knows a site or a language.
func (b *builder) kindFeatures() []float64 {
	r := &b.rec
	links, all, kept, keptLinks, heads, linkedHeads, paras, long := 0, 0, 0, 0, 0, 0, 0, 0
	first, last := -1, -1
	keep := b.choice.Keep
	for i := range keep {
		if keep[i] {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	buttons, teaserLinks := 0, 0
	for i := range b.p.Blocks {
		k := &b.p.Blocks[i]
		links += int(k.LinkRunes)
		all += int(k.Runes)
		if k.Button {
			buttons++
		}
		inside := i >= first && i <= last && first >= 0
		if inside && k.Heading == 0 && k.Links > 0 && k.LinkRunes*10 >= k.Runes*9 {
			teaserLinks++
		}
		if inside && k.Heading > 0 {
			heads++
			if k.LinkRunes*10 >= k.Runes*8 {
				linkedHeads++
			}
		}
		if i < len(keep) && keep[i] {
			kept += int(k.Runes)
			keptLinks += int(k.LinkRunes)
			if k.Heading == 0 {
				paras++
				if k.Runes > 200 {
					long++
				}
			}
		}
	}
	flag := func(v bool) float64 {
		if v {
			return 1
		}
		return 0
	}
	ratio := func(a, b int) float64 { return float64(a) / float64(max(b, 1)) }
	og := strings.ToLower(b.p.Meta("og:type"))
	segs := strings.FieldsFunc(pathOf(r.URL), func(c rune) bool { return c == '/' })
	words, digits := 0, 0
	if len(segs) > 0 {
		l := segs[len(segs)-1]
		words = len(strings.FieldsFunc(l, func(c rune) bool { return c == '-' || c == '_' }))
		for _, c := range l {
			if c >= '0' && c <= '9' {
				digits++
			}
		}
	}
	return []float64{
		flag(len(b.art) > 0), flag(og == "article" || strings.HasPrefix(og, "article")), flag(og == "website"),
		flag(b.hasType("Product") || b.hasType("Offer") || strings.Contains(og, "product")),
		flag(b.hasType("DiscussionForumPosting") || b.hasType("QAPage") || b.hasType("FAQPage") || b.hasType("Service") || b.hasType("LocalBusiness")),
		flag(r.Published != ""), flag(len(r.Authors) > 0), flag(r.Standfirst != ""),
		math.Log1p(float64(r.WordCount)), flag(r.WordCount < 60), ratio(links, all), ratio(keptLinks, kept), ratio(kept, all),
		math.Min(float64(linkedHeads), 10), ratio(linkedHeads, heads), ratio(heads, paras+heads), math.Min(float64(teaserLinks), 10), ratio(teaserLinks, paras),
		math.Log1p(float64(long)), ratio(long, paras), math.Log1p(float64(buttons)), math.Log1p(float64(len(b.p.Blocks))),
		b.choice.Confidence, flag(len(segs) == 0), flag(len(segs) == 1), math.Min(float64(words), 8), math.Min(float64(digits), 8), flag(r.URL != ""),
		flag(r.Dateline != "" || r.Agency != ""), flag(normalize.Words(r.Title) >= 6), math.Min(float64(normalize.Words(r.Title)), 12),
		flag(b.p.Meta("article:published_time") != ""), flag(r.Dates.Published != nil && r.Dates.Published.Inferred),
	}
}

// pathOf is the path of an address, without query.
func pathOf(u string) string {
	_, rest, ok := strings.Cut(u, "://")
	if !ok {
		return ""
	}
	_, path, _ := strings.Cut(rest, "/")
	path, _, _ = strings.Cut(path, "?")
	return path
}
