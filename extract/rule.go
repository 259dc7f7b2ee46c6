package extract

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
)

// siteRule is the rule of a candidate that an operator's selector found, and the word that reaches
// Record.Provenance.
const siteRule = "site-rule"

// RuleFields are the fields for which an operator may write a rule. body names the elements that hold
// the article, remove what is taken out of the page before anything else is read; the others name the
// elements that hold the value.
var RuleFields = []string{"title", "byline", "published", "modified", "section", "standfirst", "body", "remove"}

// Rules are an operator's CSS selectors for the pages of one site, by field. What they find goes before
// all that extraction finds by itself; where they find nothing, extraction decides as ever.
type Rules struct{ selectors page.Selectors }

// NewRules compiles selectors by field: the first one of a field that finds something is asked no
// further; those of remove all hold. The error joins all that is wrong, each with field and selector.
func NewRules(css map[string][]string) (*Rules, error) {
	r := &Rules{page.Selectors{Fields: map[string][]page.Selector{}}}
	var errs []error
	for field, all := range css {
		if !slices.Contains(RuleFields, field) {
			errs = append(errs, fmt.Errorf("no rule can be written for %q", field))
			continue
		}
		for _, one := range all {
			m, err := page.CompileSelector(one)
			if err != nil {
				errs = append(errs, fmt.Errorf("rule for %s: %w", field, err))
				continue
			}
			switch field {
			case "body":
				r.selectors.Body = append(r.selectors.Body, m)
			case "remove":
				r.selectors.Remove = append(r.selectors.Remove, m)
			default:
				r.selectors.Fields[field] = append(r.selectors.Fields[field], m)
			}
		}
	}
	return r, errors.Join(errs...)
}

// rule is the candidate that the operator's selectors found for a field of text, nil where there is none.
func (r *reading) rule(field string) []candidate {
	raw := r.ruled[field]
	if len(raw) == 0 {
		return nil
	}
	value := normalize.Attr(raw[0])
	if field == "byline" {
		value = normalize.Attr(strings.Join(raw, ", "))
	}
	if value == "" {
		return nil
	}
	return []candidate{{rule: siteRule, raw: raw[0], value: value, family: siteRule}}
}

// byRule reports whether the operator's rule stands in front.
func byRule(cs []candidate) bool { return len(cs) > 0 && cs[0].rule == siteRule && cs[0].value != "" }

// ruleBody makes the elements that the operator names the article, where they hold any text.
func (r *reading) ruleBody(c *body.Choice) {
	keep := make([]bool, len(r.p.Blocks))
	held := false
	for _, e := range r.p.Selected {
		for i := r.p.Elems[e].FirstBlock; i < r.p.Elems[e].EndBlock; i++ {
			keep[i] = int(i) != c.TitleBlock
			held = held || keep[i]
		}
	}
	if held {
		c.Keep, c.Model, c.Confidence = keep, siteRule, 1
		c.Repeats, c.Alone = nil, nil // the operator's word goes before the site's habits
	}
}

// CheckSelector says what is wrong with a CSS selector, nil where it compiles.
func CheckSelector(css string) error {
	_, err := page.CompileSelector(css)
	return err
}
