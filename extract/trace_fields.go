package extract

import (
	"strings"

	"github.com/dateline-go/dateline/normalize"
)

// whyLost says why a candidate was not chosen, where its chooser did not.
func whyLost(c candidate, cs []candidate) string {
	if c.value == "" {
		return "gives no value"
	}
	const day = len("2006-01-02")
	for _, won := range cs {
		switch {
		case !won.chosen:
		case normalize.Fold(c.value) == normalize.Fold(won.value):
			return "agrees with " + won.rule
		case len(c.value) >= day && len(won.value) >= day && c.value[:day] == won.value[:day] && c.value[4] == '-':
			return "agrees with " + won.rule + " on the day"
		default:
			return won.rule + " was preferred"
		}
	}
	return "not believed"
}

func anyChosen(cs []candidate) bool {
	for _, c := range cs {
		if c.chosen {
			return true
		}
	}
	return false
}

// traceFields records the sources of the publisher, and of the fields that take the first source there is.
func (b *builder) traceFields() {
	b.note("publisher", b.houses)
	b.noteFirst("language", []candidate{
		asPrinted("operator", b.in.Language), asPrinted("html:lang", b.p.Lang), asPrinted("meta:og:locale", b.p.Meta("og:locale")),
		asPrinted("meta:content-language", b.p.Meta("content-language")), asPrinted("text", b.rec.Language), asPrinted("publisher table", b.house.Lang),
	}, b.rec.Language)
	var canonical []candidate
	for _, l := range b.p.Links {
		if l.Rel == "canonical" {
			canonical = append(canonical, candidate{rule: "link:canonical", raw: l.Href, value: normalize.URL(l.Href, b.p.Base)})
		}
	}
	b.noteFirst("canonical_url", append(canonical, candidate{rule: "url", raw: b.in.URL, value: b.rec.URL}), b.rec.CanonicalURL)
	b.noteFirst("copyright", []candidate{asPrinted("text", b.rec.Copyright)}, b.rec.Copyright)
}

// noteFirst records sources of which the first that gives the value of the record was chosen.
func (b *builder) noteFirst(field string, cs []candidate, value string) {
	var out []candidate
	for _, c := range cs {
		if c.raw == "" {
			continue
		}
		if value != "" && !anyChosen(out) && sameValue(c.value, value) {
			c.chosen, c.why = true, "first source with a value"
		}
		out = append(out, c)
	}
	b.note(field, out)
}

// sameValue compares a source's value with the record's, which may be a language tag worked out further.
func sameValue(source, value string) bool {
	s, v := strings.ToLower(strings.ReplaceAll(source, "_", "-")), strings.ToLower(value)
	return s == v || strings.HasPrefix(s, v+"-") || strings.HasPrefix(v, s+"-")
}

// asPrinted is a source whose value is what it prints.
func asPrinted(rule, s string) candidate { return candidate{rule: rule, raw: s, value: s} }
