package extract

import (
	"slices"
	"strings"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

const (
	maxImages   = 50
	leastSide   = 100 // pixels: what is smaller is an icon or a portrait beside the byline
	belowBody   = 1   // blocks below the body in which a picture still belongs to it
	nearRelated = 4   // elements: a picture that close to a teaser's box belongs to the teaser
)

// foreign are the hint groups whose pictures are not the article's, with the distance
// in elements up to which they claim a picture.
var foreign = []struct {
	hint int
	near uint8
}{
	{page.HintRelated, nearRelated}, {page.HintPromo, nearRelated}, {page.HintNewsletter, nearRelated}, {page.HintComment, nearRelated},
	{page.HintShare, 2}, {page.HintAuthor, 2}, {page.HintNav, nearRelated}, {page.HintFooter, nearRelated},
}

// imagesOf is the article's own pictures, each once: the one that the metadata name,
// then those between the headline and the end of the body.
func imagesOf(r *reading, c body.Choice, authors []string) []dateline.Image {
	var out album
	if u := r.p.Resolve(r.p.Meta("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")); u != "" && !namesFurniture(u) {
		out.add(dateline.Image{URL: u, Width: size(r.p.Meta("og:image:width")), Height: size(r.p.Meta("og:image:height")), Alt: normalize.Attr(r.p.Meta("og:image:alt"))})
	}
	first, last := span(c)
	if last < 0 {
		return out.images
	}
	for i := range r.p.Elems {
		e := &r.p.Elems[i]
		if (e.Tag != atom.Img && e.Name != "amp-img") || int(e.FirstBlock) < first || int(e.FirstBlock) > last+belowBody {
			continue
		}
		figure := r.figureOf(i)
		if r.foreignImage(e, figure >= 0) {
			continue
		}
		im := r.picture(i)
		if im.URL == "" || namesNothing(im.URL) || figure < 0 && namesFurniture(im.URL) {
			continue
		}
		if im.Caption, im.Credit = r.caption(i, figure); r.signs(im.Caption, authors) {
			continue // a portrait beside the byline
		}
		out.add(im)
		if im.Caption != "" && r.p.Elems[figure].Tag == atom.Figure {
			last = max(last, int(r.p.Elems[figure].EndBlock)-1) // its caption is no part of the body, but of the article
		}
	}
	return out.images
}

// signs reports whether a caption is the byline of one of the authors.
func (r *reading) signs(caption string, authors []string) bool {
	return slices.ContainsFunc(authors, func(a string) bool { return strings.Contains(caption, a) }) && r.opensByline(caption)
}

// span is the first and the last block of the article, the headline included; last is -1 where there is none.
func span(c body.Choice) (first, last int) {
	first, last = c.TitleBlock, -1
	for i, k := range c.Keep {
		if k {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

// figureOf is the element that holds a picture with its caption, or -1: a figure, or
// the nearest ancestor in which the markup marks a caption. The caption of a figure without text may stand beside it,
// where the two are alone.
func (r *reading) figureOf(img int) int {
	const up = 4
	figure := -1
	at := r.p.Elems[img].Parent
	for n := 0; n < up && at >= 0; n++ {
		e := &r.p.Elems[at]
		switch {
		case e.Tag == atom.Figure && e.Stop > e.Start:
			return int(at)
		case e.Tag == atom.Figure:
			figure = int(at)
		case e.Stop-e.Start > longestCaption || figure >= 0 && r.manyPictures(at):
			return figure
		case r.marksCaption(at):
			return int(at)
		}
		at = e.Parent
	}
	return figure
}

// marksCaption reports whether the markup marks a caption inside an element.
func (r *reading) marksCaption(at int32) bool {
	for j := at + 1; j < r.p.Elems[at].End; j++ {
		if x := &r.p.Elems[j]; (x.Tag == atom.Figcaption || x.Own.Has(page.HintCaption)) && x.Stop > x.Start {
			return true
		}
	}
	return false
}

// manyPictures reports whether an element holds more than one picture.
func (r *reading) manyPictures(at int32) bool {
	n := 0
	for j := at + 1; j < r.p.Elems[at].End; j++ {
		if r.p.Elems[j].Tag == atom.Img {
			n++
		}
	}
	return n > 1
}

// foreignImage reports whether a picture stands in something that is not the article.
func (r *reading) foreignImage(e *page.Elem, captioned bool) bool {
	if e.Anc&(page.InNav|page.InFooter|page.InButton|page.InForm) != 0 || e.Anc&page.InAside != 0 && !captioned {
		return true
	}
	for _, f := range foreign {
		if e.Dist[f.hint] < f.near && !(captioned && f.hint == page.HintAuthor) {
			return true
		}
	}
	if w, h := size(e.Attr("width")), size(e.Attr("height")); w > 0 && w < leastSide || h > 0 && h < leastSide {
		return true
	}
	return e.Anc&page.InLink != 0 && !captioned && r.leadsAway(e)
}

// leadsAway reports whether a linked picture opens another page rather than the picture itself: a teaser.
func (r *reading) leadsAway(e *page.Elem) bool {
	for at := e.Parent; at >= 0; at = r.p.Elems[at].Parent {
		if a := &r.p.Elems[at]; a.Tag == atom.A {
			return !namesPicture(a.Attr("href"))
		}
	}
	return false
}

// An album holds each picture once, whatever its sizes and crops: a later copy adds what the first lacks.
type album struct {
	images []dateline.Image
	at     map[string]int // by asset
}

func (a *album) add(im dateline.Image) {
	key := assetOf(im.URL)
	if at, ok := a.at[key]; ok {
		was := &a.images[at]
		for to, from := range map[*string]string{&was.Caption: im.Caption, &was.Credit: im.Credit, &was.Alt: im.Alt} {
			if *to == "" {
				*to = from
			}
		}
		return
	}
	if len(a.images) == maxImages {
		return
	}
	if a.at == nil {
		a.at = map[string]int{}
	}
	a.at[key] = len(a.images)
	a.images = append(a.images, im)
}
