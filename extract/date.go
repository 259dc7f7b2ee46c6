package extract

import (
	"strings"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/normalize"
)

// The roles of a date that a record holds.
const (
	published = "published"
	modified  = "modified"
)

// A dated is a candidate for a date with the value that it normalises to.
type dated struct {
	candidate
	role string // published or modified
	v    normalize.DateValue
	// weight is how far the source is trusted against others; see date_choose.go.
	weight int
	// inferred says that the page does not print the date as that of the role.
	inferred bool
	// prose says that the date stands in a sentence, which stays in the text.
	prose bool
	err   error
}

// day is the calendar day of the value, shorter where only month or year are known.
func (d *dated) day() string { return d.value[:min(len("2006-01-02"), len(d.value))] }

// whole reports whether the value names a day.
func (d *dated) whole() bool { return len(d.value) >= len("2006-01-02") }

func (d *dated) clock() bool { return len(d.value) > len("2006-01-02") }

// set gives the candidate another value.
func (d *dated) set(v normalize.DateValue) { d.v, d.value = v, v.String() }

// A dateFinder gathers the dates of a page.
type dateFinder struct {
	*reading
	ds []dated
	articleSpan
	read map[int][]normalize.LabelledDate // the dates of the blocks that were read
}

// dates gathers the dates of the page, both roles. The weak sources are asked
// only where the strong ones name no day.
func dates(r *reading, choice *body.Choice) []dated {
	f := dateFinder{reading: r, articleSpan: r.articleSpan(choice), read: map[int][]normalize.LabelledDate{}}
	f.ruled()
	f.data()
	f.metas()
	f.printed()
	f.claims()
	f.settleOrder()
	f.settleZones()
	f.settleYears()
	f.weak()
	return f.ds
}

// ruled adds what the operator's selectors found.
func (f *dateFinder) ruled() {
	for _, role := range []string{published, modified} {
		for _, raw := range f.reading.ruled[role] {
			f.add(role, siteRule, siteRule, raw, false, weightRuled)
		}
	}
}

// add reads raw as a date of the role.
func (f *dateFinder) add(role, rule, family, raw string, machine bool, weight int) *dated {
	v, err := normalize.Date(raw, f.dateHints(machine))
	return f.put(role, rule, family, raw, v, err, weight)
}

// put adds a candidate that is read already.
func (f *dateFinder) put(role, rule, family, raw string, v normalize.DateValue, err error, weight int) *dated {
	d := dated{candidate: candidate{rule: rule, raw: raw, family: family}, role: role, v: v, weight: weight, err: err}
	switch {
	case err != nil:
		d.why = err.Error()
	case v.Year < firstYear:
		d.why, d.err = normalize.ErrImplausibleDate.Error(), normalize.ErrImplausibleDate
	default:
		d.value = v.String()
	}
	f.ds = append(f.ds, d)
	return &f.ds[len(f.ds)-1]
}

// firstYear is the first of the web: an article of an earlier day is an archive's,
// and what looks like its date is a day that it tells of.
const firstYear = 1990

// has reports whether a source names a day of the role.
func (f *dateFinder) has(role string) bool {
	for i := range f.ds {
		if d := &f.ds[i]; d.role == role && d.whole() {
			return true
		}
	}
	return false
}

func (r *reading) dateHints(machine bool) normalize.DateHints {
	return normalize.DateHints{
		Lang: r.lang, Country: r.country(), Zone: r.zone, ZoneSource: r.zoneSource, Now: r.in.Fetched, Machine: machine,
	}
}

// country is where the house prints: the publisher table, the domain, the region
// of the language that the page declares.
func (r *reading) country() string {
	if r.house.Country != "" {
		return r.house.Country
	}
	if c := normalize.HostCountry(r.host); c != "" {
		return c
	}
	for _, tag := range []string{r.p.Lang, r.p.Meta("og:locale")} {
		if i := strings.IndexAny(tag, "-_"); i > 0 && len(tag) == i+3 {
			return strings.ToUpper(tag[i+1:])
		}
	}
	return ""
}

// evidence is what the record says of a chosen date.
func (d *dated) evidence() *dateline.DateEvidence {
	return &dateline.DateEvidence{
		Raw: normalize.Attr(d.raw), Precision: d.v.Precision, Zone: d.v.Zone, ZoneSource: d.v.ZoneSource,
		Source: d.rule, Inferred: d.inferred || d.v.Inferred != "",
	}
}

// when sets the dates of the record.
func (b *builder) when() {
	r := &b.rec
	ds := dates(b.reading, &b.choice)
	c := chooseDates(ds)
	if p := c.published; p != nil {
		r.Published, r.Dates.Published = p.value, p.evidence()
		r.Provenance["published"] = p.rule
		b.flag("date_weak", p.weight < weakBelow)
	}
	if m := c.modified; m != nil {
		r.Modified, r.Dates.Modified = m.value, m.evidence()
		r.Provenance["modified"] = m.rule
		if c.published == nil { // a page that prints only its update was published no later
			r.Published, r.Dates.Published = m.value, m.evidence()
			r.Dates.Published.Inferred = true
			r.Provenance["published"] = m.rule + " (only an update is printed)"
		}
	}
	b.flag("date_conflict", c.conflict)
	b.flag("modified_early", c.early)
	b.flag("date_ambiguous", r.Published == "" && ambiguous(ds))
	cs := map[string][]candidate{}
	for _, d := range ds {
		if d.family == "print" && !d.prose {
			b.dateLines = append(b.dateLines, strings.ReplaceAll(d.raw, " | ", ""))
		}
		cs[d.role] = append(cs[d.role], d.candidate)
	}
	b.note(published, cs[published])
	b.note(modified, cs[modified])
}

func ambiguous(ds []dated) bool {
	for i := range ds {
		if ds[i].err == normalize.ErrAmbiguousDate {
			return true
		}
	}
	return false
}
