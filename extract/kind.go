package extract

import (
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

// isListing decides between an article and a page of links or of anything else: by the structured data
// where that names an article, by teasers in a row where there are such, else by the model of kindScore.
func (b *builder) isListing() bool {
	if b.in.Format == FormatText { // no markup, nothing to weigh
		return false
	}
	return b.teasers() || b.hollow() || b.kindScore() < refused
}

// hollow finds a page with hardly a text among its links.
func (b *builder) hollow() bool {
	if len(b.art) > 0 || b.p.Meta("og:type") == "article" || b.rec.WordCount >= 50 {
		return false
	}
	links, all := 0, 0
	for i := range b.p.Blocks {
		links += int(b.p.Blocks[i].LinkRunes)
		all += int(b.p.Blocks[i].Runes)
	}
	return links*3 > all
}

// teasers finds a list of headlines that all lead elsewhere, in the range of what was taken for the body.
func (b *builder) teasers() bool {
	if len(b.art) > 0 || b.p.Meta("og:type") == "article" {
		return false
	}
	heads, linked := 0, 0
	first, last := slices.Index(b.choice.Keep, true), len(b.choice.Keep)-1
	for last >= 0 && !b.choice.Keep[last] {
		last--
	}
	for i := max(first, 0); i <= last && i < len(b.p.Blocks); i++ {
		if k := &b.p.Blocks[i]; k.Heading > 0 {
			heads++
			if k.LinkRunes*10 >= k.Runes*8 {
				linked++
			}
		}
	}
	return linked >= 4 && linked*2 >= heads
}
