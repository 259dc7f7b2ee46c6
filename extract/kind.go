package extract

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/dateline-go/dateline"
)

// wallMarks are what the pages of bot walls hold, whatever their status
// (public documentation of the services).
var wallMarks = []string{
	"/cdn-cgi/challenge-platform/", "_Incapsula_Resource", "captcha-delivery.com", "px-captcha", "awswaf", "cf-challenge",
}

// kind decides what sort of page it is: a wall, an article or one of its kinds, or a page of links.
func (b *builder) kind() {
	r := &b.rec
	long := r.WordCount >= 60
	article, list := b.isArticle()
	switch {
	case !long && b.walled():
		r.PageKind = dateline.KindBlocked
		b.flags["blocked"] = true
	case !long && (hasAny(strings.ToLower(r.Title), "notfound") || hasAny(strings.ToLower(b.p.Title), "notfound")):
		r.PageKind = dateline.KindOther
		b.flags["not_found"] = true
	case b.isLive():
		r.PageKind = dateline.KindLive
	case b.hasType("ImageGallery"):
		r.PageKind = dateline.KindGallery
	case b.isVideo():
		r.PageKind = dateline.KindVideo
	case list:
		r.PageKind = dateline.KindListing
		if strings.Count(strings.Trim(pathOf(r.URL), "/"), "/") == 0 {
			r.PageKind = dateline.KindSection
		}
	case !article:
		r.PageKind = dateline.KindOther
	case r.Text == "" && b.hasType("VideoObject"):
		r.PageKind = dateline.KindVideo
	case r.Text == "":
		r.PageKind = dateline.KindOther
	default:
		r.PageKind = dateline.KindArticle
	}
}

func (b *builder) walled() bool {
	head := b.in.Body[:min(len(b.in.Body), 512<<10)]
	return slices.ContainsFunc(wallMarks, func(m string) bool { return bytes.Contains(head, []byte(m)) })
}

// isLive reports whether the page says that it is a live blog.
func (b *builder) isLive() bool { return b.hasType("LiveBlogPosting") }

// isVideo reports whether a page that its data do not call an article calls itself a video (https://ogp.me, og:type),
// and has no text to be an article by.
func (b *builder) isVideo() bool {
	return len(b.art) == 0 && b.rec.WordCount < scriptWords && strings.HasPrefix(strings.ToLower(b.p.Meta("og:type")), "video")
}

func (b *builder) hasType(types ...string) bool {
	for _, n := range b.data.Nodes {
		if n.Is(types...) {
			return true
		}
	}
	return false
}

// isArticle decides between an article and a page of links or of anything else: by rows of headlines that
// lead elsewhere and by pages with hardly a text among their links, unless the structured data names an
// article; else by the model of kindScore.
func (b *builder) isArticle() (article, list bool) {
	if b.in.Format == FormatText { // no markup, nothing to weigh
		return true, false
	}
	t := b.tally()
	features := b.kindFeatures(&t)
	named := b.choice.Model == siteRule || len(b.art) > 0 || b.p.Meta("og:type") == "article"
	score := kindScore(features)
	why := fmt.Sprintf("score %.1f", score)
	switch {
	case len(b.art) == 0 && b.hasType("CollectionPage", "SearchResultsPage", "ProfilePage"):
		list, why = true, RuleStated
	case !named && t.teasers():
		list, why = true, RuleTeasers
	case !named && b.rec.WordCount < 50 && t.linkRunes*3 > t.runes:
		list, why = true, RuleHollow
	case score < RefusedKind:
		list = t.linkRunes*2 > t.runes && t.blocks > 20
	default:
		article = true
	}
	if b.trace != nil {
		b.trace.Kind, b.trace.KindBias, b.trace.KindWhy = features, kindWeights()[kindBias], why
	}
	return article, list
}
