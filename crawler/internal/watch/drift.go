package watch

import (
	"fmt"
	"strings"
)

// points is how far the share of a field must fall.
const points = .20

// layoutDrift names the fields that pages used to give and give no more.
func layoutDrift(h *History, v *Visit) Sign {
	now, ok := h.sample(v, "layout_drift")
	if !ok {
		return Sign{}
	}
	var fell []string
	known := false
	for i, f := range fields {
		was, ok := h.baseShare(v.At, func(t *Tally) int { return t.With[i] })
		known = known || ok
		if is := now.share(now.With[i]); ok && was-is >= points {
			fell = append(fell, fmt.Sprintf("%s %.0f%% → %.0f%%", f, 100*was, 100*is))
		}
	}
	if !known {
		return Sign{}
	}
	return is(len(fell) > 0, strings.Join(fell, ", "), v.evidence("layout_drift"))
}
