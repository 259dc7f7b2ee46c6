package watch

import "fmt"

// paywallPoints is how far the share of pages behind a paywall must rise.
const paywallPoints = .30

func paywallUp(h *History, v *Visit) Sign {
	now, ok := h.sample(v, "paywall_up")
	was, known := h.baseShare(v.At, func(t *Tally) int { return t.Paid })
	if !ok || !known {
		return Sign{}
	}
	share := now.share(now.Paid)
	return is(share-was >= paywallPoints, fmt.Sprintf("%.0f%% of pages behind a paywall, %.0f%% before", 100*share, 100*was), v.evidence("paywall_up"))
}
