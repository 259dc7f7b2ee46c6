package extract

import (
	"strings"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
)

// kickerWords are what markup calls the line above a headline, in the press's own words.
var kickerWords = []string{
	"kicker", "eyebrow", "overline", "topline", "roofline", "dachzeile", "spitzmarke", "pretitle", "pre-title", "pretitel",
	"supertitle", "suptitle", "overtitle", "surtitre", "sur-titre", "antetitulo", "volanta", "epigrafe", "chapeu",
	"occhiello", "nadtytul", "nadtitulek", "headline-prefix", "headline__prefix",
}

// maxKickerWords and maxKickerRunes bound a kicker: a longer line is a sentence.
const (
	maxKickerWords = 9
	maxKickerRunes = 80
)

// kickerReach is how many blocks before the headline its kicker may stand.
const kickerReach = 3

// isKicker reports whether the element's class calls it a kicker.
func isKicker(e *page.Elem) bool {
	class := strings.ToLower(e.Attr("class"))
	if class == "" {
		return false
	}
	for _, w := range kickerWords {
		if strings.Contains(class, w) {
			return true
		}
	}
	return false
}

// kickers gathers the label above the headline: what the h1 holds before it, what other
// wordings of the title set before it, the line before the h1 that is marked as one.
func (r *reading) kickers(titles []candidate, title *candidate) []candidate {
	var cs []candidate
	add := func(rule, raw string) {
		v := strings.TrimRight(normalize.Attr(raw), " :|-–—·/•")
		switch {
		case v == "" || r.isTitle(v):
			return
		case strings.HasPrefix(normalize.Fold(title.value), normalize.Fold(v)):
			cs = append(cs, candidate{rule: rule, raw: raw, why: "the title opens with it"})
		case len(normalize.Dates(v, r.dateHints(false))) > 0:
			cs = append(cs, candidate{rule: rule, raw: raw, why: "a date"})
		case len(strings.Fields(v)) > maxKickerWords || len([]rune(v)) > maxKickerRunes:
			cs = append(cs, candidate{rule: rule, raw: raw, why: "too long for a kicker"})
		case r.isHouse(v) || r.likeHouse(v):
			cs = append(cs, candidate{rule: rule, raw: raw, why: "a name of the house"})
		default:
			cs = append(cs, candidate{rule: rule, raw: raw, value: v})
		}
	}
	if title == nil || r.p.Plain {
		return nil
	}
	for i := range titles {
		if c := &titles[i]; c.rule == "h1" && (c == title || c.value == title.value) {
			if e := r.kickerIn(c.elem); e >= 0 {
				add("h1", r.p.ElemText(e))
			}
		}
	}
	for i := range titles {
		switch titles[i].family {
		case titleHeading, titleData, titleSocial, titleTwitter: // others are templates, which add the house
			if head, ok := before(plainText(titles[i].raw), title.value); ok {
				add(titles[i].rule, head)
			}
		}
	}
	if titles[0].rule == "h1" {
		at := r.p.Elems[titles[0].elem].FirstBlock
		for i := at - 1; i >= 0 && i >= at-kickerReach; i-- {
			if e := r.kickerAt(r.p.Blocks[i].Elem); e >= 0 {
				add("kicker", strings.ReplaceAll(r.p.Printed(e), page.Border, " "))
				break
			}
		}
	}
	return cs
}

// plainText is a printed title on one line.
func plainText(raw string) string {
	return withoutMarkup(normalize.Attr(strings.ReplaceAll(raw, page.Border, " ")))
}

// before is what stands before title in whole, where whole ends with it behind a colon, a
// dash or a border of elements.
func before(whole, title string) (string, bool) {
	head, ok := strings.CutSuffix(whole, title)
	if head = strings.TrimSpace(head); !ok || head == "" {
		return "", false
	}
	return head, strings.ContainsAny(head[len(head)-1:], ":-|") || strings.HasSuffix(head, "–") || strings.HasSuffix(head, "—") || strings.HasSuffix(head, "·")
}

// kickerIn is the first element inside heading h that is marked as a kicker and holds part
// of its text, -1 where there is none.
func (r *reading) kickerIn(h int) int {
	e := &r.p.Elems[h]
	for i := h + 1; i < int(e.End); i++ {
		if c := &r.p.Elems[i]; c.Start < c.Stop && c.Stop-c.Start < e.Stop-e.Start && isKicker(c) {
			return i
		}
	}
	return -1
}

// kickerAt is the element or the first of the two around it that is marked as a kicker and
// holds little else, -1 where none is.
func (r *reading) kickerAt(e int32) int {
	for n := 0; e >= 0 && n < 3; n++ {
		el := &r.p.Elems[e]
		if el.Anc&(page.InNav|page.InFooter) != 0 || el.EndBlock-el.FirstBlock > kickerReach {
			return -1
		}
		if isKicker(el) {
			return int(e)
		}
		e = el.Parent
	}
	return -1
}
