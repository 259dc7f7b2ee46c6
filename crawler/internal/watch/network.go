package watch

import (
	"fmt"
	"time"
)

const (
	slowTimes = 4
	slowFloor = 2 * time.Second // no site is slow below it, however fast it was
)

// slow finds a site whose slowest answers take far longer than they did.
func slow(h *History, v *Visit) Sign {
	was, known := h.base(v.At, func(d *Day) (float64, int) { return float64(d.P95), d.Requests })
	if !known || v.took.n < minPages {
		return Sign{}
	}
	p95 := time.Duration(v.took.quantile(.95)) * time.Millisecond
	usual := time.Duration(was) * time.Millisecond
	return is(p95 > slowTimes*usual && p95 >= slowFloor,
		fmt.Sprintf("one answer in twenty takes %s, usually %s", p95.Round(100*time.Millisecond), usual.Round(10*time.Millisecond)), v.evidence("slow"))
}

// fault finds a site that cannot be reached for one reason. A certificate that is wrong once is wrong; a
// name that is not found is where nothing else of the site was.
func fault(kind string) func(*History, *Visit) Sign {
	return func(_ *History, v *Visit) Sign {
		n := v.faults[kind]
		if n == 0 && v.took.n == 0 {
			return Sign{}
		}
		return is(n > 0 && (kind == "tls" || v.took.n == 0), fmt.Sprintf("%d requests failed", n), v.evidence(kind))
	}
}
