package normalize

import (
	"strings"
	"sync"

	"github.com/dateline-go/dateline/internal/replay"
)

// A Credit is one credited person, organization or agency.
type Credit struct {
	// Name is the name without titles, recased where it was printed in capitals. Of an
	// agency it is the name of the agency table, so that records can be counted by it.
	Name string
	// Kind is person, organization or agency; Role is writer, editor, photographer, translator or contributor.
	Kind, Role string
	// Org is the house or agency that a person was printed with ("for Harbor Daily"); Printed is the name as it stood.
	Org, Printed string
	// Known says of a person that the lexicon knows a given name in it or, in Han and
	// Hangul, the family name: evidence that words without a label are a name.
	Known bool
}

// BylineHints is what is known about a byline from elsewhere.
type BylineHints struct {
	// Lang is the language of the page. Publisher is the name of the site, Host its host.
	Lang, Publisher, Host string
	// Single says that the string is one name from structured data, not a printed line:
	// then a lone word may be a name, "Surname, Given" is turned, slugs are names, and
	// what names no person is a house.
	Single bool
}

// Byline reads a credit line. Element borders may be given as " ¦ ".
//
//	byline := [date] [label] credit (mark credit)* [outlet] [place] [date] [noise]
//	credit := label names | names label | names "for" outlet | names "," post | names "(" note ")"
//	names  := name ((mark | and-word | "with") name)*
//
// A short right list beats a long wrong one: what does not look like a name is left out.
func Byline(s string, h BylineHints) []Credit {
	if replay.Record != nil {
		replay.Record(func() { Byline(s, h) })
	}
	p := newCreditParser(h)
	p.read(s)
	out := p.result()
	p.release()
	return out
}

// A BylineStep is what one part of a line was taken for.
type BylineStep struct {
	Text string `json:"text"`
	As   string `json:"as"`
}

// ExplainByline is Byline with the steps that led to it.
func ExplainByline(s string, h BylineHints) ([]Credit, []BylineStep) {
	p := newCreditParser(h)
	p.explain = true
	p.read(s)
	out, steps := p.result(), p.steps
	p.steps = nil
	p.release()
	return out, steps
}

// A creditParser reads one line. It is reused: its buffers are most of its cost.
type creditParser struct {
	lex           *creditLexicon
	hints         BylineHints
	base          string
	lang, english int16
	line          creditLine
	dates         map[string]bool
	// houses are the compact names of the page's own house, made of publisher and host.
	houses          []string
	publisher, host string

	out []Credit
	// role is that of the last label; labelled says that a label stands before what
	// follows, named that it has got a name already, group where its names begin in out.
	role            string
	labelled, named bool
	group           int
	// owner is the role of a person behind ©, until the next label: a photographer, for such a line
	// stands under a picture, or nobody behind a year, which makes it a rights line. Else it is empty.
	owner string
	// silent says that a preposition in an element of its own stands before: what
	// follows are sections ("by ¦ Jane Doe ¦ in ¦ Travel"), until the next label.
	silent bool
	// lone is a given name that waits for the surname behind an and-word: "Jane and John Doe".
	lone    string
	explain bool
	steps   []BylineStep

	tokenBuf []creditToken
	foldBuf  []byte
}

var creditParsers = sync.Pool{New: func() any { return new(creditParser) }}

func newCreditParser(h BylineHints) *creditParser {
	p := creditParsers.Get().(*creditParser)
	p.lex = creditWords()
	p.hints = h
	p.dates = p.lex.dates
	p.base = creditLang(h.Lang)
	p.lang, p.english = -1, p.lex.lang["en"]
	if i, ok := p.lex.lang[p.base]; ok {
		p.lang = i
	}
	p.role, p.labelled, p.named, p.silent, p.group, p.lone = "writer", false, false, false, 0, ""
	p.owner, p.out, p.explain = "", nil, false
	p.publisherKeys()
	return p
}

func (p *creditParser) release() {
	p.out, p.line, p.hints = nil, creditLine{}, BylineHints{}
	clear(p.tokenBuf[:cap(p.tokenBuf)])
	creditParsers.Put(p)
}

// creditLang is the language code of the lexicon for a tag: nn and no are nb, sr-Latn is sr.
func creditLang(tag string) string {
	tag, _, _ = strings.Cut(tag, "-")
	tag, _, _ = strings.Cut(tag, "_")
	switch tag = strings.ToLower(tag); tag {
	case "no", "nn":
		return "nb"
	case "in":
		return "id"
	case "iw":
		return "he"
	case "fil":
		return "tl"
	case "sh", "cnr":
		return "sr"
	}
	return tag
}

func (p *creditParser) note(text, as string) {
	if p.explain {
		p.steps = append(p.steps, BylineStep{text, as})
	}
}

// noteWords notes what the words from i up to j were taken for.
func (p *creditParser) noteWords(i, j int, as string) {
	if p.explain {
		p.note(p.printed(i, j), as)
	}
}

// read reads the line in the grammar of its script.
func (p *creditParser) read(s string) {
	s = tidyCredit(s)
	if s == "" {
		return
	}
	if p.hints.Single {
		s = unslug(s)
	}
	if p.hints.Publisher != "" {
		s = p.unglue(s)
	}
	if !p.hints.Single {
		s = p.unglueWords(s)
	}
	if p.hanLine(s) {
		p.readHan(s)
		return
	}
	p.scanCredit(s)
	p.markDates()
	if p.readNumbered() || p.readPairs() {
		return
	}
	p.readPieces()
	p.lastResort()
}

// result is the credits, with outlets and desks left out where a person is named.
func (p *creditParser) result() []Credit {
	persons := false
	for _, c := range p.out {
		persons = persons || c.Kind == "person" && c.Role == "writer"
	}
	out := p.out[:0]
	for _, c := range p.out {
		if c.Kind == "organization" && persons && c.Role == "writer" {
			continue
		}
		if c.Kind == "agency" && persons && c.Role == "writer" {
			c.Role = "contributor"
		}
		out = append(out, c)
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// add takes a credit once: a second one with the same name adds nothing.
func (p *creditParser) add(c Credit) {
	if c.Role == "" {
		c.Role = "writer"
	}
	p.named = true
	for i := range p.out {
		if have := &p.out[i]; have.Kind == c.Kind && (have.Name == c.Name || c.Kind == "person" && SameName(have.Name, c.Name)) {
			if have.Org == "" {
				have.Org = c.Org
			}
			if c.Role == "writer" && have.Role != "writer" && c.Kind == "person" {
				have.Role = "writer"
			}
			return
		}
	}
	p.out = append(p.out, c)
	p.note(c.Printed, c.Kind+" "+c.Role)
}
