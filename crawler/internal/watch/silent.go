package watch

import (
	"fmt"
	"slices"
	"time"
)

const (
	silentAtLeast = 24 * time.Hour
	silentGaps    = 6 // times the usual gap between two articles
	minGaps       = 3
)

// silent finds a site that came to say nothing new. Days of the week on which it usually says nothing do not count.
func silent(h *History, v *Visit) Sign {
	if v.New > 0 {
		return Sign{Verdict: Good}
	}
	if len(h.Times) <= minGaps {
		return Sign{}
	}
	last := time.Unix(h.Times[len(h.Times)-1]*60, 0).UTC()
	limit := max(silentAtLeast, silentGaps*h.gap(last))
	since := v.At.Sub(last) - h.quiet(last, v.At)
	return is(since > limit, fmt.Sprintf("nothing new since %s, which is longer than %s", last.Format(time.DateOnly+" 15:04"), limit.Round(time.Minute)), v.Home)
}

// gap is the median time between two new articles in the thirty days before the last of them.
func (h *History) gap(last time.Time) time.Duration {
	var gaps []int64
	for i := 1; i < len(h.Times); i++ {
		if h.Times[i-1]*60 > last.Unix()-baseDays*24*3600 {
			gaps = append(gaps, h.Times[i]-h.Times[i-1])
		}
	}
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	return time.Duration(gaps[len(gaps)/2]) * time.Minute
}

// quiet is how much of the time between two moments fell on weekdays without news, once those are known.
func (h *History) quiet(from, to time.Time) (sum time.Duration) {
	if !h.old(from) {
		return 0
	}
	news, days := [7]int{}, [7]int{}
	for _, d := range h.Days {
		if d.Day <= dayOf(from) {
			days[d.Day%7]++
			if d.New > 0 {
				news[d.Day%7]++
			}
		}
	}
	for at := from; at.Before(to); {
		next := time.Unix((dayOf(at)+1)*24*3600, 0)
		if w := dayOf(at) % 7; days[w] > 1 && 2*news[w] < days[w] {
			sum += min(next.Sub(at), to.Sub(at))
		}
		at = next
	}
	return sum
}

// noArticles finds a site that never gave any: the one alarm that a new site raises at once.
func noArticles(h *History, v *Visit) Sign {
	if h.Articles+v.New > 0 {
		return Sign{Verdict: Good}
	}
	if !v.Whole || v.SourcesRead == 0 {
		return Sign{}
	}
	return Sign{Bad, "its sources were read, and named no article that could be fetched", v.Home}
}
