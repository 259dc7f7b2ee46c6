package extract

import (
	"strconv"
	"strings"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// imagesOf is the article's own pictures: the one that the metadata name, then
// those between the headline and the end of the body.
func imagesOf(r *reading, c body.Choice) []dateline.Image {
	var out []dateline.Image
	seen := map[string]bool{}
	add := func(im dateline.Image) {
		if key := normalize.URLKey(im.URL); key != "" && !seen[key] && len(out) < 50 {
			seen[key] = true
			out = append(out, im)
		}
	}
	first, last := c.TitleBlock, -1
	for i, k := range c.Keep {
		if k {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if u := r.p.Resolve(r.p.Meta("og:image", "og:image:url", "twitter:image")); u != "" {
		add(dateline.Image{URL: u, Width: size(r.p.Meta("og:image:width")), Height: size(r.p.Meta("og:image:height")), Alt: normalize.Attr(r.p.Meta("og:image:alt"))})
	}
	if last < 0 {
		return out
	}
	for i := range r.p.Elems {
		e := &r.p.Elems[i]
		if e.Tag != atom.Img || int(e.FirstBlock) < first || int(e.FirstBlock) > last+1 || e.Anc&(page.InAside|page.InNav|page.InFooter) != 0 || e.Dist[page.HintRelated] < 4 {
			continue
		}
		src := e.Attr("src")
		for _, lazy := range []string{"data-src", "data-original", "data-lazy-src"} {
			if v := e.Attr(lazy); v != "" {
				src = v
			}
		}
		w, h := size(e.Attr("width")), size(e.Attr("height"))
		if u := r.p.Resolve(src); u != "" && (w == 0 || w >= 150) && !strings.Contains(u, "pixel") {
			im := dateline.Image{URL: u, Alt: normalize.Attr(e.Attr("alt")), Width: w, Height: h}
			im.Caption = r.caption(i)
			add(im)
		}
	}
	return out
}

// caption is the text of the figure around an image.
func (r *reading) caption(img int) string {
	for up := r.p.Elems[img].Parent; up >= 0; up = r.p.Elems[up].Parent {
		if r.p.Elems[up].Tag != atom.Figure {
			continue
		}
		if s := normalize.Text(r.p.ElemText(int(up))); len(s) < 600 {
			return strings.ReplaceAll(s, "\n", " ")
		}
		return ""
	}
	return ""
}

func size(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), "px"))
	if err != nil || n < 0 || n > 100000 {
		return 0
	}
	return n
}
