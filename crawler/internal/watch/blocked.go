package watch

import "fmt"

// walls is the share of refused answers that is no chance.
const walls = .20

func blocked(_ *History, v *Visit) Sign {
	bad := v.Walled || v.Fetched >= minPages && float64(v.Blocked) >= walls*float64(v.Fetched)
	if !bad && v.Fetched == 0 {
		return Sign{}
	}
	return is(bad, fmt.Sprintf("%d of %d pages were refused", v.Blocked, v.Fetched), v.evidence("blocked"))
}
