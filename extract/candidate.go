package extract

import (
	"time"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
)

// A candidate is one possible value of a field: as printed, as normalised, and the
// rule that found it. A rule's name is the word that reaches Record.Provenance.
type candidate struct {
	rule  string
	raw   string
	value string
	// family names sources that are filled from one field of the publisher's
	// system: they count as one witness.
	family string
	// why is what the chooser says of it, for the trace.
	why    string
	chosen bool

	// elem is the element that a heading stands in.
	elem int
	// block is the block that a standfirst begins with.
	block int
}

// A reading is what the gatherers of all fields read: the page, its structured
// data, what is known from elsewhere, and what was found before.
type reading struct {
	in    Input
	p     *page.Page
	data  *page.Data
	art   []page.Node // article nodes, this page's first
	host  string
	lang  string
	names []string // names of the house, folded
	trace *Trace
	flags map[string]bool
	ruled map[string][]string // what the operator's selectors found, by field

	house         normalize.Publisher // what the publisher table knows of the house
	houses        []candidate         // the names that sources give the house
	publisherName string
	publisherRule string
	zone          *time.Location
	zoneSource    string
	// shownTitle is the headline as the page shows it, of which place byline, date and
	// standfirst are sought: that of the h1 where it has one, else the title.
	shownTitle string
	titleFolds []string // all wordings of the title, folded

	headingFold string                 // the h1 taken for the headline, folded
	branches    []string               // names of sections, folded; see sectionNames
	initials    []string               // of the house's names
	credit      *normalize.BylineHints // what bylineHints found
}

// note records the candidates of a field for the trace.
func (r *reading) note(field string, cs []candidate) {
	if r.trace == nil {
		return
	}
	ft := FieldTrace{Field: field}
	for _, c := range cs {
		if c.why == "" {
			c.why = whyLost(c, cs)
		}
		ft.Candidates = append(ft.Candidates, CandidateTrace{Rule: c.rule, Raw: c.raw, Value: c.value, Chosen: c.chosen, Why: c.why})
	}
	r.trace.Fields = append(r.trace.Fields, ft)
}
