package watch

import (
	"strings"
	"testing"
	"time"
)

func TestRecallIsTheShareOfClaimsThatCameOutInTime(t *testing.T) {
	first := noon.AddDate(0, 0, -5)
	at := func(ago time.Duration) time.Time { return noon.Add(-ago) }
	seen := []Sighting{
		{By: ByFeed | BySitemap, Published: at(50 * time.Hour), Seen: at(49 * time.Hour), Emitted: at(49*time.Hour - 10*time.Minute)},
		{By: ByFeed | BySitemap, Published: at(48 * time.Hour), Seen: at(47 * time.Hour), Emitted: at(44 * time.Hour)},
		{By: ByFeed, Seen: at(46 * time.Hour)},
		{By: BySitemap, Seen: at(2 * time.Hour), Emitted: at(2 * time.Hour)},
		{By: ByFeed, Seen: at(10 * time.Minute)}, // too young to be late
	}
	r := Measure(seen, first, noon)
	if r.Claimed1h != 4 || r.Within1h != 2 || r.Claimed24h != 3 || r.Within24h != 2 {
		t.Errorf("%+v", r)
	}
	// Chapman: four by the feed, three by the sitemap, two by both.
	if r.Known != 5 || r.Estimated != 5*4/3-1 {
		t.Errorf("known %d, estimated %d", r.Known, r.Estimated)
	}
	if r.Found.P50 < 3200 || r.Found.P50 > 4000 || r.Lag.P95 < 13000 || r.Lag.P95 > 16000 {
		t.Errorf("found %+v, lag %+v", r.Found, r.Lag)
	}
	if s := r.String(); !strings.Contains(s, "recall 1h 50.0% of 4, recall 24h 66.7% of 3") {
		t.Error(s)
	}
}

func TestWhatCameOutBeforeAnybodyLookedSaysNothingOfLags(t *testing.T) {
	r := Measure([]Sighting{{By: ByFeed, Published: noon.AddDate(0, 0, -3), Seen: noon, Emitted: noon.Add(time.Hour)}}, noon, noon.Add(2*time.Hour))
	if r.Lag.P95 != 0 || r.Emitted.P95 != 0 || r.Within1h != 1 {
		t.Errorf("%+v", r)
	}
}

func TestRecallsOfSitesAddUp(t *testing.T) {
	one := Measure([]Sighting{{Published: noon, Seen: noon.Add(time.Minute), Emitted: noon.Add(2 * time.Minute)}}, noon.AddDate(0, 0, -9), noon.Add(3*time.Hour))
	var all Recall
	all.Add(&one)
	all.Add(&one)
	if all.Claimed1h != 2 || all.Within1h != 2 || all.Lag.P50 != one.Lag.P50 {
		t.Errorf("%+v of %+v", all, one)
	}
}

func TestAnEmptyRecallSaysNothing(t *testing.T) {
	r := Measure(nil, noon, noon)
	if r.String() != "" {
		t.Errorf("%q", r.String())
	}
}

func TestQuantilesOfAHistogramAreWithinATenth(t *testing.T) {
	var h histogram
	for i := range 1000 {
		h.add(int64(i))
	}
	for q, want := range map[float64]float64{.5: 500, .95: 950} {
		if got := float64(h.quantile(q)); got < .9*want || got > 1.1*want {
			t.Errorf("quantile %v is %v", q, got)
		}
	}
}

func TestTheMachineHasAlarmsToo(t *testing.T) {
	var c Commits
	for range slowCommits {
		c.Add(3 * time.Second)
	}
	for name, tc := range map[string]struct {
		found []Finding
		want  int
	}{
		"room enough":                {DiskLow("/data", 10<<30, 100<<30, 2<<30), 0},
		"a twentieth is left":        {DiskLow("/data", 10<<30, 300<<30, 2<<30), 1},
		"a gigabyte is left":         {DiskLow("/data", 1<<30, 4<<30, 2<<30), 1},
		"a disk nothing is known of": {DiskLow("/data", 0, 0, 2<<30), 0},
		"slow commits":               {c.StateSlow("news.db"), 1},
		"no commits":                 {(&Commits{}).StateSlow("news.db"), 0},
		"turned away twice":          {LockHeld("news.db", 2, noon), 0},
		"turned away three times":    {LockHeld("news.db", 3, noon), 1},
	} {
		if len(tc.found) != tc.want || tc.want == 1 && Do(tc.found[0].Kind) == "" {
			t.Errorf("%s: %v", name, tc.found)
		}
	}
}
