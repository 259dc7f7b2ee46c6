package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"github.com/dateline-go/dateline/normalize/lexicon"
)

// A seam is where a title may be made of two parts: one ends at left, the next begins at right.
type seam struct {
	left, right int
	// firm seams part a title by themselves; at others (a hyphen without spaces) a cut needs
	// another source that words it so.
	firm bool
}

// maxSeams bounds the parts of a title.
const maxSeams = 16

// seamsOf finds the separators of a title: bars and guillemets wherever they stand; dashes,
// dots, slashes and colons between spaces, doubled, or behind a script without spaces.
func seamsOf(s string) []seam {
	var out []seam
	quoted := strings.Contains(s, "«") && strings.Contains(s, "»") || strings.Contains(s, "‹") && strings.Contains(s, "›")
	for i := 0; i < len(s) && len(out) < maxSeams; {
		c, n := utf8.DecodeRuneInString(s[i:])
		if !separates(c) || quoted && strings.ContainsRune("«»‹›", c) {
			i += n
			continue
		}
		end := i + n
		for end < len(s) { // ">>", "--", "::", "| -"
			d, m := utf8.DecodeRuneInString(s[end:])
			if d != ' ' && !separates(d) {
				break
			}
			end += m
		}
		left := len(strings.TrimRight(s[:i], " "))
		firm := bar(c) || left < i && s[end-1] == ' ' || len(strings.TrimSpace(s[i:end])) > n
		if left > 0 && end < len(s) && (firm || c != ':' && c != '/') {
			out = append(out, seam{left, end, firm})
		}
		i = end
	}
	return out
}

func separates(c rune) bool { return bar(c) || strings.ContainsRune("-–—·:/~>*⋆", c) }

// bar reports whether c stands between the parts of a title and hardly ever inside one.
func bar(c rune) bool { return strings.ContainsRune("|｜│¦ㅣ»«_•›‹〉＞：", c) }

// cutTitles leaves of each title what is the headline: without the names of the house and of
// its sections at either end; without what a second source of the page does without; without
// what the page itself does without where it shows the headline.
func (r *reading) cutTitles(cs []candidate) {
	if len(cs) > 0 && cs[0].family == titleHeading {
		r.headingFold = normalize.Fold(cs[0].value)
	}
	whole, named := make([]string, len(cs)), make([]string, len(cs))
	for i := range cs {
		whole[i], named[i] = cs[i].value, r.cutNames(cs[i].value)
	}
	for i := range cs {
		c := &cs[i]
		c.value = named[i]
		if settled(i, cs, named) {
			continue
		}
		parts := whole[i]
		if c.rule == "h1" {
			parts = strings.ReplaceAll(normalize.Text(c.raw), page.Border, " | ")
		}
		for _, values := range [][]string{whole, named} {
			if p := longestPart(parts, func(p string) bool { return r.wordedSo(p, i, cs, values) }); p != "" {
				c.value = p
				break
			}
		}
		if c.value == named[i] && c.rule != "h1" && !r.displayed(named[i]) {
			if p := longestPart(parts, func(p string) bool { return wordy(p) && !r.isName(p) && r.displayed(p) }); p != "" {
				c.value = p
			}
		}
	}
}

// settled reports whether title i needs no further cut, because the h1 and another source
// word it so, or the data of the page do: nothing is added to those by a template.
func settled(i int, cs []candidate, named []string) bool {
	f := normalize.Fold(named[i])
	for j := range cs {
		if cs[j].family != cs[i].family && (cs[i].family == titleHeading || cs[j].family == titleHeading || cs[j].family == titleData) && normalize.Fold(named[j]) == f {
			return true
		}
	}
	return false
}

// wordedSo reports whether a source of another family than title i's is worded so. Of the
// h1 elements that are not the headline only most of a title counts: others are sections.
func (r *reading) wordedSo(part string, i int, cs []candidate, values []string) bool {
	if !wordy(part) || r.isName(part) {
		return false
	}
	f := normalize.Fold(part)
	for j := range cs {
		if cs[j].family == cs[i].family || cs[j].family == titleOther && len(part)*2 < len(cs[i].value) {
			continue
		}
		if normalize.Fold(values[j]) == f {
			return true
		}
	}
	return false
}

// longestPart is the longest run of parts of a title, but not all of it, that ok agrees to.
func longestPart(s string, ok func(string) bool) string {
	seams := seamsOf(s)
	best := ""
	for i := 0; i <= len(seams); i++ {
		from := 0
		if i > 0 {
			from = seams[i-1].right
		}
		for j := len(seams); j >= i; j-- {
			to := len(s)
			if j < len(seams) {
				to = seams[j].left
			}
			if to-from > len(best) && to-from < len(s) && ok(s[from:to]) {
				best = s[from:to]
			}
		}
	}
	return best
}

// wordy reports whether a part of a title is long enough to be a headline: two words, or
// four characters of a script without spaces.
func wordy(s string) bool {
	if strings.Contains(strings.TrimSpace(s), " ") {
		return true
	}
	c, _ := utf8.DecodeLastRuneInString(s)
	return utf8.RuneCountInString(s) >= 4 && spaceless(c)
}

// spaceless reports whether c is of a script that sets words or endings without spaces.
func spaceless(c rune) bool {
	return unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
}

// cutNames cuts the names of the house and its sections off both ends of a title. A name of
// two places cuts itself: "Flood in Ham - The Times | The Times".
func (r *reading) cutNames(s string) string {
	for {
		if i := strings.LastIndex(s, " ("); i > 0 && strings.HasSuffix(s, ")") && r.isHouse(s[i+2:len(s)-1]) {
			s = s[:i]
		}
		seams := seamsOf(s)
		if len(seams) == 0 {
			return s
		}
		first, last := seams[0], seams[len(seams)-1]
		switch {
		case first.firm && r.isHouse(s[:first.left]):
			s = s[first.right:]
		case last.firm && (r.isName(s[last.right:]) || strings.HasSuffix(s[:last.left], s[last.right:])):
			s = s[:last.left]
		case first.firm && hostlike(s[:first.left]):
			s = s[first.right:]
		case namesHanHouse(s[last.right:]):
			s = s[:last.left]
		default:
			return s
		}
	}
}

// maxHanHouse is how many characters the name of a house may have that is told by its last ones.
const maxHanHouse = 8

// namesHanHouse reports whether the end of a title in a script without spaces is the name of a house by its kind: a
// paper (报), a network (网), an agency (社).
func namesHanHouse(s string) bool {
	if utf8.RuneCountInString(s) > maxHanHouse || strings.ContainsFunc(s, func(c rune) bool { return !unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana) }) {
		return false
	}
	return slices.ContainsFunc(lexicon.All("house"), func(w string) bool { return strings.HasSuffix(s, w) && len(s) > len(w) })
}

// isName reports whether a part of a title names the house or one of its sections.
func (r *reading) isName(s string) bool {
	return r.isHouse(s) || r.likeHouse(s) || slices.Contains(r.sectionNames(), normalize.Fold(s))
}

// maxSectionWords is how many words the name of a section has at most: a longer item of a
// breadcrumb is the headline.
const maxSectionWords = 4

// sectionNames are the folded names of the sections that the page says it stands in: by its
// data, its breadcrumb and its address. The last item of a breadcrumb may be the headline
// itself: what opens a title or is the h1 names no section.
func (r *reading) sectionNames() []string {
	if r.branches != nil {
		return r.branches
	}
	r.branches = []string{}
	add := func(s string) {
		if f := normalize.Fold(s); f != "" && len(strings.Fields(s)) <= maxSectionWords {
			r.branches = append(r.branches, f)
		}
	}
	for _, n := range r.art {
		for _, s := range page.Strings(n.Props["articleSection"]) {
			add(normalize.Attr(s))
		}
	}
	for _, name := range sectionMetas {
		add(normalize.Attr(r.p.Meta(name)))
	}
	head, social := normalize.Fold(r.p.Title), normalize.Fold(r.p.Meta("og:title"))
	for _, s := range r.breadcrumb() {
		if f := normalize.Fold(s); f != r.headingFold && !strings.HasPrefix(head, f) && !strings.HasPrefix(social, f) {
			add(s)
		}
	}
	segs := strings.Split(strings.TrimRight(pathOf(r.in.URL), "/"), "/")
	for _, seg := range segs[:len(segs)-1] {
		add(seg)
	}
	return r.branches
}

// displayed reports whether a line of the page is exactly the text.
func (r *reading) displayed(s string) bool {
	return r.showsLine(s, func(int) bool { return true })
}
