package watch

import "fmt"

const (
	futureShare   = .20
	midnightUsual = .80 // a site whose dates never had a time of day says so from the start
)

// datesOdd finds dates that cannot be: in the future, one for all, or all at midnight where they were not before.
func datesOdd(h *History, v *Visit) Sign {
	t, _ := h.sample(v, "dates_odd")
	if t.Dated < minPages {
		// A site that publishes little clears what stands once its dates differ from those before.
		mended := t.Dated > 0 && t.Future == 0 && t.Midnight < t.Dated && h.Fresh.plus(t).Date == several
		if v.Standing["dates_odd"] && mended {
			return Sign{Verdict: Good}
		}
		return Sign{}
	}
	url := v.evidence("dates_odd")
	was, known := h.base(v.At, func(d *Day) (float64, int) {
		return float64(d.Midnight) / float64(max(d.Dated, 1)), d.Dated
	})
	switch {
	case float64(t.Future) >= futureShare*float64(t.Dated):
		return Sign{Bad, fmt.Sprintf("%d of %d dates lie in the future", t.Future, t.Dated), url}
	case t.Date != several:
		return Sign{Bad, fmt.Sprintf("all %d pages have the same date", t.Dated), url}
	case t.Midnight == t.Dated && known && was < midnightUsual:
		return Sign{Bad, fmt.Sprintf("all %d dates are at 00:00", t.Dated), url}
	}
	return Sign{Verdict: Good}
}
