package extract

import (
	"slices"
	"strings"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// maxHeadings bounds the h1 elements looked at: a page with more of them sets teasers so.
const maxHeadings = 40

// likeHeading is how like what the page says elsewhere an h1 among several must be.
const likeHeading = .5

// headings are the h1 elements that may be the headline. The one most like what the page
// says elsewhere comes first and is the one that the reader takes for it; where none is,
// they are the headings of teasers, boxes and sections.
func (r *reading) headings(stated []candidate) []candidate {
	var cs, logos []candidate
	var likes []float64
	for i := range r.p.Elems {
		e := &r.p.Elems[i]
		if e.Tag != atom.H1 || len(cs) == maxHeadings {
			continue
		}
		raw := r.p.Printed(i)
		if k := r.kickerIn(i); k >= 0 && !opensOne(stated, raw) {
			raw = withoutPart(raw, r.p.Printed(k))
		}
		value := worded(normalize.Text(raw), stated)
		if value == "" || r.isHouse(value) {
			continue
		}
		like := 0.0
		for _, m := range stated {
			like = max(like, alike(value, m.value))
		}
		logo := r.leadsHome(i)
		if (e.Hidden || e.Anc&(page.InNav|page.InFooter|page.InAside) != 0 || logo) && like < .7 {
			continue
		}
		c := candidate{rule: "h1", raw: raw, value: value, family: titleOther, elem: i}
		if logo {
			logos = append(logos, c)
			continue
		}
		cs, likes = append(cs, c), append(likes, like)
	}
	if len(cs) == 0 && len(logos) > 0 { // of a page whose headline leads to the front page, or the front page
		cs, likes = logos[:1], []float64{1}
	}
	if at := mostLike(likes); at >= 0 && (likes[at] >= likeHeading || len(cs) == 1 || len(stated) == 0) {
		cs[0], cs[at] = cs[at], cs[0]
		cs[0].family = titleHeading
	}
	return cs
}

// mostLike is the place of the heading that is most like the stated titles, the first of several; -1 where there is none.
func mostLike(likes []float64) int {
	if len(likes) == 0 {
		return -1
	}
	return slices.Index(likes, slices.Max(likes))
}

// leadsHome reports whether the link of element i is that of a logo: it leads to the front page.
func (r *reading) leadsHome(i int) bool {
	e := &r.p.Elems[i]
	link := r.linkOf(int32(i), e.Start, e.Stop)
	if link == nil {
		return false
	}
	return r.isFrontPage(link.Attr("href"))
}

// isFrontPage reports whether an address is that of the front page of the site.
func (r *reading) isFrontPage(href string) bool {
	if u := normalize.URL(href, r.p.Base); u != "" {
		return strings.Trim(pathOf(u), "/") == "" && normalize.Site(u) == normalize.Site(normalize.URL(r.in.URL, ""))
	}
	return href == "/" // the page's own address is not known
}

// worded is a printed heading on one line. Where it has parts, a stated title of the same words shows what stands
// between them: "Climate: Two years left" of a kicker and a headline.
func worded(raw string, stated []candidate) string {
	value := strings.ReplaceAll(raw, page.Border, " ")
	if value == raw {
		return value
	}
	f := normalize.Fold(value)
	if i := slices.IndexFunc(stated, func(c candidate) bool { return normalize.Fold(c.value) == f }); i >= 0 {
		return stated[i].value
	}
	return value
}

// opensOne reports whether a stated title opens with the printed heading: the publisher
// then counts all of it to the headline.
func opensOne(stated []candidate, raw string) bool {
	f := normalize.Fold(raw)
	return slices.ContainsFunc(stated, func(c candidate) bool { return strings.HasPrefix(normalize.Fold(c.value), f) })
}

// withoutPart is a printed heading without one of its parts, unless that is all of it.
func withoutPart(raw, part string) string {
	rest := strings.Replace(page.Border+raw+page.Border, page.Border+part+page.Border, page.Border, 1)
	if rest = strings.TrimSuffix(strings.TrimPrefix(rest, page.Border), page.Border); rest == "" || rest == strings.TrimSpace(page.Border) {
		return raw
	}
	return rest
}
