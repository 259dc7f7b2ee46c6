package extract

import (
	"slices"
	"strings"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// titledHouse is the part at the end or the start of the page's title that names the house, where the data and metas
// of the page name none: systems put the name of the site there. The address must say the same, a link to the
// front page or the line of rights. It is "" where none does.
func (r *reading) titledHouse(label string) string {
	s := normalize.Attr(r.p.Title)
	var parts []string
	if seams := seamsOf(s); len(seams) > 0 {
		parts = append(parts, s[seams[len(seams)-1].right:], s[:seams[0].left])
	}
	head, _, colon := strings.Cut(s, ": ")
	if parts == nil && !colon {
		return ""
	}
	home := r.frontPageNames()
	if colon && home[normalize.Fold(head)] { // as blog systems put it; headlines have colons too
		parts = append(parts, head)
	}
	for _, part := range parts {
		part = strings.Trim(part, " :")
		if words := strings.Fields(part); len(words) == 0 || len(words) > maxHouseWords || isHome(part) || hostlike(part) {
			continue
		}
		if namesHost(part, label) && aboutAsLong(part, label) || len(label) > 1 && initials(strings.Fields(part)) == label ||
			home[normalize.Fold(part)] || r.holdsRights(normalize.Fold(part)) {
			return part
		}
	}
	return ""
}

// holdsRights reports whether a line of rights names a house.
func (r *reading) holdsRights(folded string) bool {
	const least = 5 // bytes: shorter words stand in other names
	return len(folded) >= least && slices.ContainsFunc(r.p.Blocks, func(b page.Block) bool {
		text := r.p.Text[b.Start:b.Stop]
		return strings.Contains(text, "©") && strings.Contains(normalize.Fold(text), folded)
	})
}

// aboutAsLong reports whether a name and the label of a domain are of about one length: a headline may hold the label too,
// and a domain may begin with the name of a section.
func aboutAsLong(name, label string) bool {
	n, l := len(normalize.FoldAccents(name)), len(normalize.FoldAccents(label))
	return l*5 >= n*2 && n*3 >= l
}

// namesHost reports whether a name holds the label of a domain or is a part of it.
func namesHost(name, label string) bool {
	f := normalize.FoldAccents(name)
	label = normalize.FoldAccents(label)
	return len(label) > 2 && (strings.Contains(f, label) || len(f) > 3 && strings.Contains(label, f))
}

// frontPageNames are the texts of the links that lead to the front page of the site, and of the pictures in them, folded.
func (r *reading) frontPageNames() map[string]bool {
	names := map[string]bool{}
	add := func(s string) {
		if f := normalize.Fold(s); f != "" && !isHome(s) {
			names[f] = true
		}
	}
	for i := range r.p.Elems {
		e := &r.p.Elems[i]
		if e.Tag != atom.A || !mayBeFrontPage(e.Attr("href")) || !r.isFrontPage(e.Attr("href")) {
			continue
		}
		add(r.p.ElemText(i))
		for j := int32(i) + 1; j < e.End; j++ {
			if r.p.Elems[j].Tag == atom.Img {
				add(r.p.Elems[j].Attr("alt"))
			}
		}
	}
	return names
}

// mayBeFrontPage reports whether an address has no path, or hardly one: the others need not be resolved.
func mayBeFrontPage(href string) bool {
	const short = len("/index.html")
	return href != "" && href[0] != '#' && len(strings.Trim(pathOf(href), "/")) == 0 && (len(href) <= short || strings.Contains(href, "://"))
}
