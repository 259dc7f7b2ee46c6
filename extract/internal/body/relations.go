package body

import (
	"github.com/dateline-go/dateline/extract/internal/page"
	"golang.org/x/net/html/atom"
)

// maxLevels bounds the levels that are counted between two elements.
const maxLevels = 15

// A relations is where the elements of a page stand to the headline, to the container
// that the rules chose and to the articles of the page; and what without text stands
// before each block.
type relations struct {
	toTitle, toContainer []uint8 // levels up to the nearest element that holds it too
	article              []uint8 // which of the page's <article> elements the element stands in, 0 for none
	articles             float32 // how many there are
	before               []uint8 // of each block, and of the end
}

// What stands before a block.
const (
	picture uint8 = 1 << iota
	embedded
	rule
)

func (r *relations) relate(p *page.Page, rules *Choice) {
	n := len(p.Elems)
	r.toTitle, r.toContainer, r.article, r.before = room(r.toTitle, n), room(r.toContainer, n), room(r.article, n), room(r.before, len(p.Blocks)+1)
	clear(r.before)
	title, container := int32(rules.TitleBlock), rules.container
	count := uint8(0)
	for i := range p.Elems {
		e := &p.Elems[i]
		r.article[i] = 0
		if e.Parent >= 0 {
			r.article[i] = r.article[e.Parent]
		}
		mark := uint8(0)
		switch e.Tag {
		case atom.Article:
			count = min(count+1, 20)
			r.article[i] = count
		case atom.Img:
			mark = picture
		case atom.Iframe, atom.Video, atom.Audio, atom.Object, atom.Embed:
			mark = embedded
		case atom.Hr:
			mark = rule
		}
		if mark != 0 && int(e.FirstBlock) < len(r.before) {
			r.before[e.FirstBlock] |= mark
		}
		r.toTitle[i] = below(r.toTitle, e, title >= e.FirstBlock && title < e.EndBlock)
		r.toContainer[i] = below(r.toContainer, e, container >= int32(i) && container < e.End)
	}
	r.articles = float32(count)
}

// below is one level more than the parent's, 0 where the element holds what is meant.
func below(levels []uint8, e *page.Elem, holds bool) uint8 {
	switch {
	case holds:
		return 0
	case e.Parent < 0:
		return maxLevels
	}
	return min(levels[e.Parent]+1, maxLevels)
}
