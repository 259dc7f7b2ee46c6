package extract

import (
	"slices"
	"strings"
	"unicode"

	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
)

// tagMetas are the metas that hold keywords, strongest first.
var tagMetas = []string{"news_keywords", "keywords", "article:tag", "parsely-tags", "dc.subject"}

// tags gathers the lists of keywords of the page, strongest first: those of the data, of the
// metas, the one that the page shows; last what may be no list of tags at all.
func (r *reading) tags(c body.Choice, text func() string) []tagList {
	var out []tagList
	for _, n := range r.art {
		if raw := page.Strings(n.Props["keywords"]); len(raw) > 0 {
			out = append(out, r.tagList("jsonld", raw))
		}
	}
	for _, name := range tagMetas {
		if raw := r.metas(name); len(raw) > 0 {
			out = append(out, r.tagList("meta:"+name, raw))
		}
	}
	if rule, raw := r.shownTags(c, text); len(raw) > 0 {
		out = append(out, tagList{rule: rule, raw: strings.Join(raw, ", "), tags: r.cleanTags(raw)})
	}
	for i := range out {
		if out[i].rule == "meta:keywords" && !anyNamed(out[i].tags, text) {
			out[i].weak = "none of them stands in the article"
		}
	}
	preferPlain(out)
	slices.SortStableFunc(out, func(a, b tagList) int { return len(a.weak) - len(b.weak) })
	return out
}

// preferPlain puts the keywords for news before those of the data where these hold all of
// them: what they have beside is marks of the system.
func preferPlain(ls []tagList) {
	at := slices.IndexFunc(ls, func(l tagList) bool { return l.rule == "meta:news_keywords" && len(l.tags) > 1 })
	if at < 1 || ls[0].rule != "jsonld" || len(ls[0].tags) <= len(ls[at].tags) {
		return
	}
	for _, tag := range ls[at].tags {
		if !slices.ContainsFunc(ls[0].tags, func(s string) bool { return normalize.Fold(s) == normalize.Fold(tag) }) {
			return
		}
	}
	ls[0], ls[at] = ls[at], ls[0]
}

// A tagList is what one source says the tags are.
type tagList struct {
	rule, raw string
	tags      []string
	// weak says why the list counts only where there is no other, "" for a strong one.
	weak string
}

func (r *reading) tagList(rule string, raw []string) tagList {
	l := tagList{rule: rule, raw: strings.Join(raw, ", ")}
	l.tags = r.cleanTags(partTags(raw))
	if len(l.tags) == 1 && len(strings.Fields(l.tags[0])) > maxTagWords {
		l.weak = "words that nothing parts"
	}
	return l
}

// maxTagWords is how many words a tag that stands alone may have.
const maxTagWords = 3

// maxTags bounds the tags of one source; a page has a score of them at most.
const maxTags = 200

// metas is the contents of the metas of one name, in order, each once.
func (r *reading) metas(name string) []string {
	var out []string
	for _, m := range r.p.Metas {
		if len(out) < maxTags && m.Name == name && !slices.Contains(out, m.Content) {
			out = append(out, m.Content)
		}
	}
	return out
}

// partTags parts a list that came as one string: at commas and their like, else, in scripts
// without spaces, at spaces.
func partTags(raw []string) []string {
	if len(raw) != 1 {
		return raw
	}
	s := normalize.Attr(raw[0])
	out := strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(",;、，|", c) })
	if len(out) == 1 && strings.IndexFunc(s, func(c rune) bool { return !unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana) && c != ' ' }) < 0 {
		out = strings.Fields(s)
	}
	return out[:min(len(out), maxTags)]
}

// anyNamed reports whether one of the tags stands in the text, or there are too few to tell
// a template's list.
func anyNamed(tags []string, text func() string) bool {
	const few = 3
	return len(tags) <= few || slices.ContainsFunc(tags, func(s string) bool { return named(s, text) })
}

// named reports whether the text, in small letters, holds the tag, whatever its case.
func named(tag string, small func() string) bool {
	return strings.Contains(small(), strings.ToLower(tag))
}

// topical are the labels of an advertising or content system that stand before what an
// article is about: "Subject: Justice". What other labels mark ("Day: Friday") is no tag.
var topical = []string{"subject", "category", "topic", "tag", "keyword"}

// cleanTags drops what says nothing of the article: the house's own name, identifiers, and
// the labels of an advertising system.
func (r *reading) cleanTags(raw []string) []string {
	n := 0
	for _, x := range raw {
		if _, _, ok := labelled(x); ok {
			n++
		}
	}
	var out []string
	seen := map[string]bool{}
	for _, x := range raw {
		x = normalize.Attr(x)
		if label, rest, ok := labelled(x); ok && n > 1 {
			if !slices.Contains(topical, strings.ToLower(label)) {
				continue
			}
			x = rest
		}
		x = strings.TrimLeft(withoutBranch(x), "#")
		f := normalize.Fold(x)
		if f == "" || seen[f] || len(x) >= 100 || r.isHouse(x) || len(strings.Fields(x)) > maxTagWords && r.isTitle(x) || technical(x) || strings.EqualFold(x, strings.TrimPrefix(r.host, "www.")) {
			continue
		}
		seen[f] = true
		out = append(out, x)
	}
	return out
}

// labelled parts a label from what it marks: "Subject: Justice", "tag:Justice".
func labelled(s string) (label, rest string, ok bool) {
	label, rest, ok = strings.Cut(s, ":")
	rest = strings.TrimLeft(rest, " ")
	return label, rest, ok && rest != "" && len(label) < 30
}

// technical reports whether a tag is for machines: a number, a UUID (RFC 9562, section 4), a
// key with its value ("source:wire"), a name with a leading underscore.
func technical(s string) bool {
	return identifier(s) || s[0] == '_' || strings.IndexFunc(s, unicode.IsLetter) < 0 && len(s) > 4 || strings.Count(s, ":") > 1 && !strings.Contains(s, ": ")
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
