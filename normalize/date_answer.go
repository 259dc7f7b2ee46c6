package normalize

import (
	"strings"
	"time"
)

// An Answer is what `dateline normalize date` prints of one line.
type Answer struct {
	// Outcome is ok, ambiguous, partial, none or multi.
	Outcome string `json:"outcome"`
	// Value is the date, "--05-12" where the year is missing; null where there is none or more than one.
	Value *string `json:"value"`
	// Readings are the values an ambiguous date can have, sorted.
	Readings []string `json:"readings"`
	// Precision is year, month, day, hour, minute or second.
	Precision *string `json:"precision"`
	// Zone is an IANA name or an offset; ZoneSource says where it came from.
	Zone       *string `json:"zone"`
	ZoneSource *string `json:"zone_source"`
	// Inferred is year, day or order where that was not printed.
	Inferred *string `json:"inferred"`
	// Role is published, modified or other.
	Role *string `json:"role"`
	// Dates are the dates of a line with several.
	Dates []AnswerDate `json:"dates"`
	// Explain says which rule and which hint made the answer.
	Explain string `json:"-"`
}

// An AnswerDate is one date of a line with several.
type AnswerDate struct {
	Role  string `json:"role"`
	Value string `json:"value"`
}

// DateAnswer reads a line as the command does: everything that Date and Dates know, in one answer. Where the country is given and
// its press keeps one zone, a time without a zone gets that zone, named as such.
func DateAnswer(s string, h DateHints) Answer {
	if h.Zone == nil && h.Country != "" {
		if name := CountryZone(h.Country); name != "" {
			if loc, err := Location(name); err == nil {
				h.Zone, h.ZoneSource = loc, "country"
			}
		}
	}
	a := Answer{Outcome: "none", Readings: []string{}, Dates: []AnswerDate{}}
	all := readDates(s, h)
	good := 0
	for _, f := range all {
		if f.err == nil {
			good++
		}
	}
	if good > 1 {
		a.several(all)
		return a
	}
	if len(all) == 0 {
		a.Explain = "no rule found a date"
		return a
	}
	best := all[0]
	for _, f := range all[1:] {
		if rank(f) > rank(best) {
			best = f
		}
	}
	a.one(best, h)
	return a
}

func (a *Answer) several(all []found) {
	a.Outcome = "multi"
	var rules []string
	for _, f := range all {
		if f.err == nil {
			a.Dates = append(a.Dates, AnswerDate{f.role, f.value.String()})
			rules = append(rules, f.role+" by "+f.rule)
		}
	}
	a.Explain = strings.Join(rules, ", ")
}

func (a *Answer) one(f found, h DateHints) {
	a.Explain = "rule " + f.rule
	switch f.err {
	case nil:
		a.Outcome = "ok"
	case ErrAmbiguousDate:
		a.Outcome = "ambiguous"
		for _, r := range f.value.Readings {
			a.Readings = append(a.Readings, r.String())
		}
		if len(f.value.Readings) > 0 {
			a.Precision = &f.value.Readings[0].Precision
		}
		a.Role = &f.role
		a.Explain += ": day and month can be read both ways and no hint decides"
		return
	case ErrPartialDate:
		a.Outcome = "partial"
	default:
		a.Explain += ": " + f.err.Error()
		return
	}
	v := f.value
	text := v.String()
	a.Value, a.Precision, a.Role = &text, &v.Precision, &f.role
	if v.Zone != "" {
		a.Zone = &v.Zone
	}
	source := v.ZoneSource
	if source == "" {
		source = "none"
	}
	a.ZoneSource = &source
	if v.Inferred != "" {
		kind, why, _ := strings.Cut(v.Inferred, ":")
		a.Inferred = &kind
		if why != "" {
			a.Explain += ", order by " + why
		}
	}
	if f.rule == "relative" || v.Inferred == "year" || v.Inferred == "day" {
		a.Explain += ", reference " + h.Now.Format(time.RFC3339)
	}
	if source != "none" {
		a.Explain += ", zone " + source
	}
	for _, flag := range v.Flags {
		a.Explain += ", " + flag
	}
}
