package watch

import (
	"fmt"
	"time"
)

const (
	// Window is how far back recall looks.
	Window      = 8 * 24 * time.Hour
	recallLeast = .95
	recallMin   = 20 // claims that make a share
)

// The ways in which a source names an article, as bits of Sighting.By.
const (
	ByFeed = 1 << iota
	ByNews
	BySitemap
	BySection
)

// A Sighting is one address that a source claimed as an article.
type Sighting struct {
	// By are all ways in which it was named.
	By int
	// Published is what its source says, zero for nothing; Seen when it was first named; Emitted when its
	// record came out, zero if it did not.
	Published, Seen, Emitted time.Time
}

// Recall is the share of claimed articles that came out in time, and how late they came.
type Recall struct {
	// Claimed1h counts the articles claimed in the last seven days and at least an hour ago, Within1h those of
	// them whose record came out within the hour; the same for a day.
	Claimed1h  int `json:"claimed_1h"`
	Within1h   int `json:"within_1h"`
	Claimed24h int `json:"claimed_24h"`
	Within24h  int `json:"within_24h"`
	// Known counts the articles that the two sources which name most have named, Estimated how many there are
	// by Chapman's estimate from their overlap; both 0 where there are no two.
	Known     int `json:"known"`
	Estimated int `json:"estimated"`
	// Found is the time from publishing to the first sight, Emitted from there to the record, Lag both.
	Found   Lag `json:"published_to_seen"`
	Emitted Lag `json:"seen_to_emitted"`
	Lag     Lag `json:"published_to_emitted"`
}

// A Lag is a time in seconds, at the median and in the worst twentieth.
type Lag struct {
	Articles int   `json:"articles"`
	P50      int64 `json:"p50"`
	P95      int64 `json:"p95"`

	all histogram
}

func (l *Lag) add(d time.Duration) { l.all.add(int64(max(d, 0) / time.Second)) }

func (l *Lag) settle() { l.Articles, l.P50, l.P95 = l.all.n, l.all.quantile(.5), l.all.quantile(.95) }

// Measure gives the recall over what was seen of a site that is known since first. What
// had come out before anybody looked says nothing of lags.
func Measure(seen []Sighting, first, now time.Time) (r Recall) {
	from := now.Add(-Window + 24*time.Hour)
	var by [4]int
	var both [4][4]int
	for _, s := range seen {
		in := func(d time.Duration) bool { return !s.Emitted.IsZero() && s.Emitted.Sub(s.Seen) <= d }
		if s.Seen.After(from) && now.Sub(s.Seen) >= time.Hour {
			r.Claimed1h++
			if in(time.Hour) {
				r.Within1h++
			}
		}
		if now.Sub(s.Seen) >= 24*time.Hour {
			r.Claimed24h++
			if in(24 * time.Hour) {
				r.Within24h++
			}
		}
		for a := range by {
			if s.By&(1<<a) == 0 {
				continue
			}
			by[a]++
			for b := range a {
				if s.By&(1<<b) != 0 {
					both[a][b]++
				}
			}
		}
		if s.Seen.Sub(first) < time.Minute || s.Emitted.IsZero() {
			continue
		}
		r.Emitted.add(s.Emitted.Sub(s.Seen))
		if s.Published.After(first) {
			r.Found.add(s.Seen.Sub(s.Published))
			r.Lag.add(s.Emitted.Sub(s.Published))
		}
	}
	r.Known, r.Estimated = chapman(by, both)
	r.settle()
	return r
}

func (r *Recall) settle() { r.Found.settle(); r.Emitted.settle(); r.Lag.settle() }

// Add takes the recall of another site in.
func (r *Recall) Add(o *Recall) {
	r.Claimed1h, r.Within1h = r.Claimed1h+o.Claimed1h, r.Within1h+o.Within1h
	r.Claimed24h, r.Within24h = r.Claimed24h+o.Claimed24h, r.Within24h+o.Within24h
	r.Known, r.Estimated = r.Known+o.Known, r.Estimated+o.Estimated
	r.Found.all.merge(&o.Found.all)
	r.Emitted.all.merge(&o.Emitted.all)
	r.Lag.all.merge(&o.Lag.all)
	r.settle()
}

// String says it in words, empty where there is nothing to say.
func (r *Recall) String() string {
	s := ""
	share := func(name string, in, of int) {
		if of > 0 {
			s += fmt.Sprintf("recall %s %.1f%% of %d, ", name, 100*float64(in)/float64(of), of)
		}
	}
	share("1h", r.Within1h, r.Claimed1h)
	share("24h", r.Within24h, r.Claimed24h)
	if r.Estimated > 0 {
		s += fmt.Sprintf("%d of about %d articles seen, ", r.Known, r.Estimated)
	}
	if r.Emitted.Articles > 0 {
		sec := func(n int64) time.Duration { return time.Duration(n) * time.Second }
		s += fmt.Sprintf("published to emitted p50 %s p95 %s, seen to emitted p50 %s p95 %s, ", sec(r.Lag.P50), sec(r.Lag.P95), sec(r.Emitted.P50), sec(r.Emitted.P95))
	}
	return s[:max(0, len(s)-2)]
}

// chapman estimates how many articles there are from two lists of them, as one counts fish: by how many of
// the second catch are marked. The two lists are those that name most.
func chapman(by [4]int, both [4][4]int) (known, estimated int) {
	a, b := -1, -1
	for i, n := range by {
		switch {
		case n == 0:
		case a < 0 || n > by[a]:
			a, b = i, a
		case b < 0 || n > by[b]:
			b = i
		}
	}
	if b < 0 {
		return 0, 0
	}
	m := both[max(a, b)][min(a, b)]
	known = by[a] + by[b] - m
	return known, max(known, (by[a]+1)*(by[b]+1)/(m+1)-1)
}

func recallLow(_ *History, v *Visit) Sign {
	r := v.Recall
	if r.Claimed24h < recallMin {
		return Sign{}
	}
	share := float64(r.Within24h) / float64(r.Claimed24h)
	return is(share < recallLeast, fmt.Sprintf("of %d articles that sources named, %.1f%% came out within a day", r.Claimed24h, 100*share), v.Home)
}
