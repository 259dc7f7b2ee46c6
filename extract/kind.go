package extract

import (
	"strings"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/normalize"
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
	switch {
	case !long && b.walled():
		r.PageKind = dateline.KindBlocked
		b.flags["blocked"] = true
	case !long && hasAny(strings.ToLower(r.Title), "notfound"):
		r.PageKind = dateline.KindOther
		b.flags["not_found"] = true
	case b.hasType("LiveBlogPosting"):
		r.PageKind = dateline.KindLive
	case b.hasType("ImageGallery"):
		r.PageKind = dateline.KindGallery
	case b.isListing():
		r.PageKind = dateline.KindListing
		if strings.Count(strings.Trim(strings.TrimPrefix(strings.TrimPrefix(r.URL, "https://"), "http://"), "/"), "/") <= 1 {
			r.PageKind = dateline.KindSection
		}
	case r.Text == "" && b.hasType("VideoObject"):
		r.PageKind = dateline.KindVideo
	case r.Text == "":
		r.PageKind = dateline.KindOther
	default:
		r.PageKind = dateline.KindArticle
	}
}

func (b *builder) walled() bool {
	for _, m := range wallMarks {
		if strings.Contains(string(b.in.Body[:min(len(b.in.Body), 512<<10)]), m) {
			return true
		}
	}
	return false
}

func (b *builder) hasType(t string) bool {
	for _, n := range b.data.Nodes {
		if n.Is(t) {
			return true
		}
	}
	return false
}

// isListing weighs links against prose: a page of teasers has most of its text in
// links and says nowhere that it is an article.
func (b *builder) isListing() bool {
	if len(b.art) > 0 || b.p.Meta("og:type") == "article" || b.rec.Published != "" && b.rec.WordCount > 150 {
		return false
	}
	links, all := 0, 0
	for i := range b.p.Blocks {
		links += int(b.p.Blocks[i].LinkRunes)
		all += int(b.p.Blocks[i].Runes)
	}
	if b.rec.WordCount > 250 && normalize.Words(b.rec.Text)*8 > all/6 {
		return false
	}
	return links*2 > all && len(b.p.Blocks) > 20 || b.rec.WordCount < 50 && links*3 > all
}
