package extract

import (
	"slices"
	"strings"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"github.com/dateline-go/dateline/normalize/lexicon"
)

// A credited is a source of credits: the string as found, where it stood, what it says.
type credited struct {
	candidate
	credits []normalize.Credit
	// exact says that the string is a name from structured data, not a printed line.
	exact bool
	// marked says that markup calls the element a byline, labelled that a by-word opens it.
	marked, labelled bool
	// place is where a printed line stands.
	place place
	read  bool
}

// credits fills the fields that say who made the article.
func (b *builder) credits() {
	r := &b.rec
	z := b.zones()
	cs := b.bylines(z)
	won := b.chooseAuthors(cs)
	if won != nil {
		r.Authors = names(won.credits)
		r.Provenance["authors"] = won.rule
	}
	r.Contributors = b.contributors(won, cs)
	for _, c := range r.Contributors {
		if c.Kind == "agency" && c.Role != "photographer" && r.Agency == "" {
			r.Agency = c.Name
			r.Provenance["agency"] = "byline"
			if slices.ContainsFunc(won.credits, func(cr normalize.Credit) bool { return cr.Name == c.Name }) {
				r.Provenance["agency"] = won.rule
			}
		}
	}
	if line := b.rule("byline"); line != nil {
		b.put("byline", &r.Byline, &line[0])
	} else if r.Byline = b.printedByline(cs, won); r.Byline != "" {
		r.Provenance["byline"] = "byline"
	}
	r.Publisher = b.publisherName
	if r.Publisher != "" {
		r.Provenance["publisher"] = b.publisherRule
	}
	if b.trace != nil {
		b.noteAuthors(cs, won)
	}
}

// bylineHints is what the page tells about its credit lines. The name of a site that is
// a person's own names no house.
func (r *reading) bylineHints() normalize.BylineHints {
	if r.credit == nil {
		h := normalize.BylineHints{Lang: r.lang, Publisher: r.publisherName, Host: r.host}
		if r.ownerName() != "" {
			h.Publisher, h.Host = "", ""
		}
		r.credit = &h
	}
	return *r.credit
}

// ownerName is the name of the site where it is a person's.
func (r *reading) ownerName() string {
	if strings.Count(r.publisherName, " ") == 0 || len(r.publisherName) > 40 {
		return ""
	}
	cs := normalize.Byline(r.publisherName, normalize.BylineHints{Lang: r.lang})
	if len(cs) == 1 && cs[0].Kind == "person" && cs[0].Known && cs[0].Name == r.publisherName {
		return cs[0].Name
	}
	return ""
}

// creditsOf says what a source credits; each source is read once, when it is asked for.
func (r *reading) creditsOf(c *credited) []normalize.Credit {
	if !c.read {
		c.read = true
		if c.credits == nil {
			h := r.bylineHints()
			h.Single = c.exact
			c.credits = normalize.Byline(c.raw, h)
		}
	}
	return c.credits
}

// printedByline is the credit line as printed: the first printed source that credits
// somebody, or the line under the headline that holds a date between bars.
func (b *builder) printedByline(cs []*credited, won *credited) string {
	for _, c := range cs {
		if c.place != placeHead && c.place != placeFoot || c.rule == "text" && c != won || len(b.creditsOf(c)) == 0 {
			continue
		}
		if won != nil && !c.labelled && len(people(won.credits)) > 0 && !b.namesAny(c, people(won.credits)) {
			continue // a teaser, or a list of tags that holds a by-word
		}
		s := c.raw
		if line, _, ok := strings.Cut(s, page.Border); ok && strings.Contains(line, "|") {
			s = line // a whole line stands in the first element; share buttons follow
		}
		parts := slices.Compact(strings.Split(s, page.Border)) // a picture's name beside it says the same
		return normalize.Text(strings.ReplaceAll(strings.Join(parts, " "), " , ", ", "))
	}
	at := b.titleBlock()
	for i := at + 1; at >= 0 && i < len(b.p.Blocks) && i <= at+3; i++ {
		s := b.lines(i)[0]
		if len(s) < 200 && strings.ContainsAny(s, "|") && len(normalize.Dates(s, b.dateHints(false))) > 0 {
			return normalize.Text(s)
		}
	}
	return ""
}

// namesAny reports whether a printed source names one of the authors.
func (b *builder) namesAny(c *credited, authors []string) bool {
	return slices.ContainsFunc(authors, func(a string) bool {
		return strings.Contains(c.raw, a) || slices.ContainsFunc(people(b.creditsOf(c)), func(p string) bool { return normalize.SameName(a, p) })
	})
}

// opensByline reports whether a short line begins with a by-word of the page's
// language and names somebody.
func (r *reading) opensByline(text string) bool {
	return len(text) <= 160 && bracketed(text) == text && r.beginsWithBy(text) && len(people(normalize.Byline(text, r.bylineHints()))) > 0
}

// beginsWithBy reports whether a line begins with a by-word of the page's language.
func (r *reading) beginsWithBy(text string) bool {
	return beginsWith(text, lexicon.Get(r.lang)["by"])
}

// beginsWithRole reports whether a line begins with the label of an editor or a translator.
func (r *reading) beginsWithRole(text string) bool {
	words := lexicon.Get(r.lang)
	return beginsWith(text, words["role.editor"]) || beginsWith(text, words["role.translator"])
}

// beginsWith reports whether a line begins, behind a bracket, with one of the words as a whole word.
func beginsWith(text string, words []string) bool {
	text = strings.TrimLeft(text, "([（【〔 ")
	for _, w := range words {
		if len(text) <= len(w) || !strings.EqualFold(text[:len(w)], w) {
			continue
		}
		if rest := text[len(w):]; strings.ContainsAny(rest[:1], " :/") || rest[0] >= 0x80 {
			return true
		}
	}
	return false
}

func people(cs []normalize.Credit) []string {
	var out []string
	for _, c := range cs {
		if c.Kind == "person" && c.Role == "writer" {
			out = append(out, c.Name)
		}
	}
	return out
}

// names is the list of authors that credits make: the people, or where there are none
// the houses and agencies, as they are printed.
func names(cs []normalize.Credit) []string {
	if p := people(cs); len(p) > 0 {
		return p
	}
	var out []string
	for _, c := range cs {
		if c.Role != "writer" {
			continue
		}
		if c.Printed != "" {
			out = append(out, c.Printed)
		} else {
			out = append(out, c.Name)
		}
	}
	return out
}
