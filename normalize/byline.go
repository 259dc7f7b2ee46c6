package normalize

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-go/dateline/normalize/lexicon"
)

// A Credit is one credited person, organization or agency.
type Credit struct {
	// Name is the name without titles, recased where it was printed in capitals.
	Name string
	// Kind is person, organization or agency; Role is writer, editor, photographer, translator or contributor.
	Kind, Role string
}

// BylineHints is what is known about a byline from elsewhere.
type BylineHints struct {
	// Lang is the language of the page. Publisher is the name of the site, Host its host.
	Lang, Publisher, Host string
	// Single says that the string is one name from structured data, not a printed line.
	Single bool
}

// maxByline bounds a credit line; longer texts are prose.
const maxByline = 600

// Byline reads a credit line. Element borders may be given as " ¦ ". A short right
// list beats a long wrong one: what does not look like a name is left out.
func Byline(s string, h BylineHints) []Credit {
	s = Attr(s)
	if s == "" || len(s) > maxByline {
		return nil
	}
	g := grammar{hints: h, words: bylineWords()}
	for _, segment := range splitAny(s, "|¦;•\n") {
		g.segment(segment)
	}
	return g.credits
}

// A grammar reads the segments of one line; the role of a label holds until the next.
type grammar struct {
	hints   BylineHints
	words   *bylineLexicon
	credits []Credit
}

// bylineLexicon is the byline words of all languages, folded to lower case.
type bylineLexicon struct {
	by, editor, photographer []string
	and                      map[string]map[string]bool // language → words
	staff, posts             map[string]bool
	agencies                 map[string]string // folded alias → name
}

var bylineWords = sync.OnceValue(func() *bylineLexicon {
	set := func(section string) map[string]bool {
		m := map[string]bool{}
		for _, w := range lexicon.All(section) {
			m[strings.ToLower(w)] = true
		}
		return m
	}
	longestFirst := func(section string) []string {
		ws := slices.Clone(lexicon.All(section))
		slices.SortStableFunc(ws, func(a, b string) int { return len(b) - len(a) })
		return ws
	}
	l := &bylineLexicon{
		by: longestFirst("by"), editor: longestFirst("role.editor"), photographer: longestFirst("role.photographer"),
		and: map[string]map[string]bool{}, staff: set("staff"), posts: set("posts"), agencies: map[string]string{},
	}
	for _, code := range lexicon.Codes() {
		l.and[code] = map[string]bool{}
		for _, w := range lexicon.Get(code)["and"] {
			l.and[code][w] = true
		}
	}
	for _, a := range lexicon.Agencies() {
		for _, alias := range append([]string{a.Name}, a.Forms...) {
			l.agencies[Fold(strings.TrimPrefix(alias, "="))] = a.Name
		}
	}
	return l
})

// segment reads one part of a line: label, names, noise.
func (g *grammar) segment(s string) {
	s = strings.TrimSpace(s)
	role := "writer"
	switch rest, label := g.label(s); {
	case label != "":
		s, role = rest, label
	case looksDated(s):
		return
	}
	if role == "writer" {
		s = g.cutBy(s)
	}
	s = cutBrackets(s)
	for _, name := range g.split(s) {
		g.add(name, role)
	}
}

// label takes a role label off the front.
func (g *grammar) label(s string) (rest, role string) {
	for _, r := range []struct {
		role  string
		words []string
	}{{"editor", g.words.editor}, {"photographer", g.words.photographer}} {
		for _, w := range r.words {
			if rest, ok := cutLabel(s, w); ok {
				return rest, r.role
			}
		}
	}
	return s, ""
}

// cutBy takes by-words off the front: a whole word, followed by a space or a colon.
func (g *grammar) cutBy(s string) string {
	for range 2 {
		cut := false
		for _, w := range g.words.by {
			if rest, ok := cutLabel(s, w); ok {
				s, cut = rest, true
				break
			}
		}
		if !cut {
			break
		}
	}
	return s
}

// cutLabel cuts the label w and the colon, slash or space behind it. A label that
// is not followed by a colon must be lower case or first of several words.
func cutLabel(s, w string) (string, bool) {
	if len(s) <= len(w) || !strings.EqualFold(s[:len(w)], w) {
		return s, false
	}
	rest := s[len(w):]
	trimmed := strings.TrimLeft(rest, " :：/／.")
	if trimmed == rest && !hanText(w) || trimmed == "" {
		return s, false
	}
	return trimmed, true
}

// split parts a list of names.
func (g *grammar) split(s string) []string {
	var out []string
	for _, part := range splitAny(s, ",，、/／・·") {
		words := strings.Fields(part)
		start := 0
		for i, w := range words {
			if i > start && i+1 < len(words) && g.isAnd(w) {
				out = append(out, strings.Join(words[start:i], " "))
				start = i + 1
			} else if i == start && g.isAnd(w) && len(out) > 0 {
				start = i + 1
			}
		}
		if start < len(words) {
			out = append(out, strings.Join(words[start:], " "))
		}
	}
	return out
}

// isAnd reports whether a word joins names: in the language of the page, or in
// English where that is not known.
func (g *grammar) isAnd(w string) bool {
	lang, _, _ := strings.Cut(g.hints.Lang, "-")
	if lang == "" {
		lang = "en"
	}
	return w == "&" || g.words.and[lang][w] || g.words.and["en"][w]
}

func (g *grammar) add(name, role string) {
	name = strings.Trim(name, " .,:;-–—*\"“”()[]【】〔〕")
	name = g.cutPost(name)
	if name == "" {
		return
	}
	low := strings.ToLower(name)
	if agency, ok := g.words.agencies[Fold(name)]; ok {
		g.put(Credit{agency, "agency", role})
		return
	}
	if g.words.staff[low] || g.isHouse(name) {
		g.put(Credit{name, "organization", role})
		return
	}
	if g.words.posts[low] || !namelike(name) {
		return
	}
	g.put(Credit{recase(name), "person", role})
}

func (g *grammar) put(c Credit) {
	for _, have := range g.credits {
		if SameName(have.Name, c.Name) {
			return
		}
	}
	g.credits = append(g.credits, c)
}

func (g *grammar) isHouse(name string) bool {
	f := Fold(name)
	if f == Fold(g.hints.Publisher) || f == Fold(g.hints.Host) || f == Fold(strings.TrimPrefix(g.hints.Host, "www.")) {
		return true
	}
	_, known := PublisherNamed(name)
	return known && !g.hints.Single
}

// cutPost takes a post off the end (English order) or, in Han and Hangul, off either end.
func (g *grammar) cutPost(name string) string {
	words := strings.Fields(name)
	for len(words) > 1 && g.words.posts[strings.ToLower(words[len(words)-1])] {
		words = words[:len(words)-1]
	}
	for len(words) > 1 && g.words.posts[words[0]] {
		words = words[1:]
	}
	name = strings.Join(words, " ")
	if hanText(name) {
		for p := range g.words.posts {
			if hanText(p) {
				name = strings.TrimSuffix(strings.TrimPrefix(name, p), p)
			}
		}
	}
	return name
}

func hanText(s string) bool {
	for _, r := range s {
		return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
	}
	return false
}

// looksDated reports whether a segment is a date, a time or a reading time.
func looksDated(s string) bool {
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits >= 3 || digits > 0 && strings.ContainsAny(s, ":")
}

// cutBrackets drops what stands in round brackets: initials, notes, posts.
func cutBrackets(s string) string {
	for {
		i := strings.IndexAny(s, "(（")
		if i < 0 {
			return s
		}
		rest := s[i:]
		j := strings.IndexAny(rest, ")）")
		if j < 0 {
			return s[:i]
		}
		_, n := utf8.DecodeRuneInString(rest[j:])
		s = s[:i] + " " + rest[j+n:]
	}
}

func splitAny(s, seps string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(seps, r) })
}
