package watch

import "math"

// A histogram counts values in buckets that grow by a tenth: bounded, and exact enough for a median
// that halved or a 95th percentile that grew fourfold.
type histogram struct {
	n       int
	buckets map[int]int
}

const finest = 10 // buckets in a factor of e

func (h *histogram) add(v int64) {
	if h.buckets == nil {
		h.buckets = map[int]int{}
	}
	h.n++
	h.buckets[int(math.Log1p(float64(max(v, 0)))*finest)]++
}

func (h *histogram) merge(o *histogram) {
	for b, n := range o.buckets {
		if h.buckets == nil {
			h.buckets = map[int]int{}
		}
		h.buckets[b] += n
		h.n += n
	}
}

// quantile is the value under which a share q of all lies, 0 of none.
func (h *histogram) quantile(q float64) int64 {
	if h.n == 0 {
		return 0
	}
	last := 0
	for b := range h.buckets {
		last = max(last, b)
	}
	seen := 0
	for b := 0; b <= last; b++ {
		if seen += h.buckets[b]; float64(seen) >= q*float64(h.n) {
			return int64(math.Expm1((float64(b) + .5) / finest))
		}
	}
	return 0
}
