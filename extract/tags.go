package extract

import (
	"strings"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// maxVisibleTags bounds a printed list of tags: a longer one is an index of topics.
const maxVisibleTags = 20

// tagsOf is the page's own keywords: the list of the strongest source that has one.
func tagsOf(r *reading) (tags []string, rule string) {
	for _, n := range r.art {
		if tags = r.cleanTags(page.Strings(n.Props["keywords"])); len(tags) > 0 {
			return tags, "jsonld"
		}
	}
	for _, name := range []string{"news_keywords", "keywords", "article:tag", "parsely-tags"} {
		if tags = r.cleanTags(r.metas(name)); len(tags) > 0 {
			return tags, "meta:" + name
		}
	}
	if tags = r.cleanTags(r.visibleTags()); len(tags) > 0 {
		return tags, "rel:tag"
	}
	return nil, ""
}

// metas is every content of the metas of one name, in order.
func (r *reading) metas(name string) []string {
	var out []string
	for _, m := range r.p.Metas {
		if m.Name == name {
			out = append(out, m.Content)
		}
	}
	return out
}

// visibleTags is the text of the links that the page marks as its tags (HTML,
// section 4.6.7.21: rel=tag).
func (r *reading) visibleTags() []string {
	var out []string
	seen := map[string]bool{}
	for i := range r.p.Elems {
		e := &r.p.Elems[i]
		if e.Tag != atom.A || e.Anc&page.InNav != 0 {
			continue
		}
		for rel := range strings.FieldsSeq(e.Attr("rel")) {
			if strings.EqualFold(rel, "tag") {
				if text := r.p.ElemText(i); !seen[text] {
					seen[text] = true
					out = append(out, text)
				}
				break
			}
		}
		if len(out) > maxVisibleTags {
			return nil
		}
	}
	return out
}

// cleanTags parts a list that came as one string, and drops what says nothing of
// the article: the house's own name, identifiers, and the labels of an advertising
// system ("Category: Travel").
func (r *reading) cleanTags(raw []string) []string {
	if len(raw) == 1 {
		raw = strings.FieldsFunc(raw[0], func(c rune) bool { return strings.ContainsRune(",;、，", c) })
	}
	labelled := 0
	for _, x := range raw {
		if strings.Contains(x, ": ") {
			labelled++
		}
	}
	if labelled > 2 && labelled*2 > len(raw) {
		return nil
	}
	var out []string
	seen := map[string]bool{}
	for _, x := range raw {
		if labelled > 1 && strings.Contains(x, ": ") {
			continue
		}
		x = normalize.Attr(withoutBranch(x))
		f := normalize.Fold(x)
		if f == "" || seen[f] || len(x) >= 100 || r.isHouse(x) || identifier(x) || strings.EqualFold(x, strings.TrimPrefix(r.host, "www.")) {
			continue
		}
		seen[f] = true
		out = append(out, x)
	}
	return out
}

// withoutBranch takes the branch of a taxonomy from a tag: "topic/rivers" is "rivers".
func withoutBranch(s string) string {
	i := strings.LastIndexByte(s, '/')
	if i < 5 || i+1 == len(s) {
		return s
	}
	for _, c := range s[:i] {
		if (c < 'a' || c > 'z') && c != '-' && c != '/' {
			return s
		}
	}
	return s[i+1:]
}

// identifier reports whether s is a UUID (RFC 9562, section 4).
func identifier(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (s[i] == '-') {
			return false
		}
		if c := s[i] | 0x20; s[i] != '-' && !digit(s[i]) && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
