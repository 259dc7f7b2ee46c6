package watch

import "fmt"

const (
	shortShare = .5 // of the usual length of a text
	sameBodies = 3  // addresses with one text
)

// shortBodies looks at pages that have a body at all; that they have none is layoutDrift's.
func shortBodies(h *History, v *Visit) Sign {
	now, ok := h.sample(v, "short_bodies")
	was, known := h.base(v.At, func(d *Day) (float64, int) { return float64(d.Words), d.With[2] })
	if !ok || !known || now.With[2] < min(minPages, now.Pages) || now.With[2] == 0 {
		return Sign{}
	}
	return is(float64(now.Words) <= shortShare*was, fmt.Sprintf("a text has %d words, %.0f before", now.Words, was), v.evidence("short_bodies"))
}

// sameBody finds articles that show one text: a page that asks for consent, a wall, a soft 404. Where the
// layout drifted, what is left of the pages may well be alike: one cause is one alarm.
func sameBody(h *History, v *Visit) Sign {
	if v.same == nil || layoutDrift(h, v).Verdict == Bad {
		return Sign{}
	}
	n := len(v.same.urls)
	return is(n >= sameBodies, fmt.Sprintf("%d addresses show the same text", n), v.evidence("same_body"))
}
