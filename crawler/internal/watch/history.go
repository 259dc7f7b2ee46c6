// Package watch tells when a site broke: it holds what a run saw of the site against what the site used
// to give. A check is a pure function of a History and a Visit; what it needs to remember is in the
// History, which is bounded whatever the site does.
package watch

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"github.com/dateline-go/dateline"
)

// Bounds of what is kept of a site.
const (
	keepDays   = 35 // a baseline looks back 30; the rest is slack
	baseDays   = 30
	keepTimes  = 64 // moments at which new articles came
	splitDays  = 14 // of history before the days of the week are told apart
	minBase    = 20 // earlier pages that make a baseline
	minPages   = 10 // pages that can speak against it
	goodRuns   = 2  // after which an alarm clears
	weekdayMin = 3  // days of one weekday that make a baseline of their own
	// ahead is how far a date may lie after the fetch: clocks differ.
	ahead = 15 * time.Minute
)

// Grace is how long a new site raises no alarm but no_articles.
const Grace = 3 * 24 * time.Hour

// A History is what earlier runs saw of a site; it is kept in the state as JSON.
type History struct {
	// Days are the last days on which something was fetched, oldest first.
	Days []Day `json:"days,omitempty"`
	// Times are the unix minutes at which the last new articles came in, oldest first.
	Times []int64 `json:"times,omitempty"`
	// Fresh are pages too few to be judged: they wait for the next run's.
	Fresh Tally `json:"fresh,omitzero"`
	// Articles counts the articles that the site ever gave.
	Articles int `json:"articles,omitempty"`
	// Total are the counters of the metrics file.
	Total Totals `json:"total,omitzero"`
}

// A Day is one day of a site, in UTC.
type Day struct {
	Day int64 `json:"day"` // since 1970
	Tally
	// New counts new articles; Requests what went over the wire, with the 95th percentile of its time.
	New      int   `json:"new,omitempty"`
	Requests int   `json:"req,omitempty"`
	P95      int64 `json:"p95,omitempty"` // ms
}

// Totals count since the site is known; they only grow.
type Totals struct {
	Pages    int64            `json:"pages,omitempty"`
	Records  int64            `json:"records,omitempty"`
	Requests int64            `json:"requests,omitempty"`
	Bytes    int64            `json:"bytes,omitempty"`
	Errors   map[string]int64 `json:"errors,omitempty"` // by outcome
}

// The fields that a Tally counts.
var fields = [...]string{"title", "date", "body", "author"}

// A Tally counts pages that a source claimed as articles, whatever kind came out.
type Tally struct {
	Pages int              `json:"n,omitempty"`
	With  [len(fields)]int `json:"with,omitzero"` // by field
	Paid  int              `json:"paid,omitempty"`
	// Midnight counts pages dated to the minute 00:00 of Dated, those with a time of day.
	Dated    int `json:"dated,omitempty"`
	Midnight int `json:"midnight,omitempty"`
	// Future counts dates that lie after the fetch; Date is the one that all pages have, or several.
	Future int    `json:"future,omitempty"`
	Date   string `json:"date,omitempty"`
	// Words is the median length of the bodies.
	Words int `json:"words,omitempty"`
}

// several, in the place of a date, says that pages have different ones.
const several = "several"

func (t Tally) share(n int) float64 { return float64(n) / float64(max(t.Pages, 1)) }

func (t Tally) plus(o Tally) Tally {
	if n := t.With[2] + o.With[2]; n > 0 { // the mean of medians, by their weight
		t.Words = (t.Words*t.With[2] + o.Words*o.With[2]) / n
	}
	t.Pages, t.Paid, t.Dated, t.Midnight = t.Pages+o.Pages, t.Paid+o.Paid, t.Dated+o.Dated, t.Midnight+o.Midnight
	for i := range t.With {
		t.With[i] += o.With[i]
	}
	t.Future += o.Future
	t.date(o.Date)
	return t
}

// date takes the date of a page, or of several.
func (t *Tally) date(d string) {
	switch {
	case d == "" || d == t.Date:
	case t.Date == "":
		t.Date = d
	default:
		t.Date = several
	}
}

// add takes a page that was fetched at a moment.
func (t *Tally) add(r *dateline.Record, at time.Time) {
	t.Pages++
	for i, ok := range [...]bool{r.Title != "", r.Published != "", r.PageKind.IsArticle() && r.Text != "", len(r.Authors) > 0} {
		if ok {
			t.With[i]++
		}
	}
	if slices.Contains(r.Quality.Flags, "paywalled") {
		t.Paid++
	}
	if day, clock, ok := cutTime(r.Published); ok {
		t.Dated++
		if clock == "00:00" {
			t.Midnight++
		}
		t.date(day + " " + clock)
	}
	if pub, err := time.Parse(time.RFC3339, r.Published); err == nil && pub.Sub(at) > ahead {
		t.Future++
	}
}

// Parse reads what String wrote; what cannot be read is a site met for the first time.
func Parse(s string) (h History) {
	if json.Unmarshal([]byte(s), &h) != nil {
		return History{}
	}
	return h
}

func (h *History) String() string {
	b, err := json.Marshal(h)
	if err != nil {
		return "" // numbers cannot fail
	}
	return string(b)
}

func dayOf(t time.Time) int64 { return t.Unix() / (24 * 3600) }

// old reports whether there is enough history to tell the days of the week apart.
func (h *History) old(now time.Time) bool {
	return len(h.Days) > 0 && dayOf(now)-h.Days[0].Day >= splitDays
}

// base is the median over earlier days of what value gives, each day by its weight: of this weekday where
// there is enough of it, else of all days. It is false where too little is known.
func (h *History) base(now time.Time, value func(*Day) (v float64, weight int)) (float64, bool) {
	type point struct {
		v float64
		w int
	}
	var all, same []point
	days, sum, sameSum, today := 0, 0, 0, dayOf(now)
	for i := range h.Days {
		d := &h.Days[i]
		v, w := value(d)
		if w <= 0 || d.Day < today-baseDays {
			continue
		}
		all, sum = append(all, point{v, w}), sum+w
		if (today-d.Day)%7 == 0 {
			same, sameSum, days = append(same, point{v, w}), sameSum+w, days+1
		}
	}
	if h.old(now) && days >= weekdayMin && sameSum >= minBase {
		all, sum = same, sameSum
	}
	if sum < minBase {
		return 0, false
	}
	slices.SortFunc(all, func(a, b point) int { return cmp.Compare(a.v, b.v) })
	half := 0
	for _, p := range all {
		if half += p.w; 2*half >= sum {
			return p.v, true
		}
	}
	return 0, false
}

// baseShare is the usual share of pages that n counts.
func (h *History) baseShare(now time.Time, n func(*Tally) int) (float64, bool) {
	return h.base(now, func(d *Day) (float64, int) { return d.share(n(&d.Tally)), d.Pages })
}

// sample are the pages to judge by: those of this run, with earlier ones that were too few. An alarm
// that stands is judged by what there is, so that a mended site that publishes little can clear it.
func (h *History) sample(v *Visit, kind string) (Tally, bool) {
	if v.Standing[kind] {
		return v.tally(), v.pages.Pages > 0
	}
	t := h.Fresh.plus(v.tally())
	return t, t.Pages >= minPages
}

// Learn takes a run into the history. Pages of a run whose layout had drifted are left out while the
// history is short: they would be half of it. Later a median bears them, and follows a site that changed for good.
func (h *History) Learn(v *Visit, drifted bool) {
	t := v.tally()
	if sum := h.Fresh.plus(t); sum.Pages < minPages && !drifted {
		h.Fresh = sum
	} else {
		h.Fresh = Tally{}
	}
	day := dayOf(v.At)
	if len(h.Days) == 0 || h.Days[len(h.Days)-1].Day < day {
		h.Days = append(h.Days, Day{Day: day})
	}
	d := &h.Days[len(h.Days)-1]
	if !drifted || h.old(v.At) {
		d.Tally = d.plus(t)
	}
	if n := v.took.n; n > 0 {
		d.P95 = (d.P95*int64(d.Requests) + v.took.quantile(.95)*int64(n)) / int64(d.Requests+n)
		d.Requests += n
	}
	d.New += v.New
	h.Articles += v.New
	h.Days = h.Days[max(0, len(h.Days)-keepDays):]
	for range min(v.New, keepTimes) {
		h.Times = append(h.Times, v.At.Unix()/60)
	}
	h.Times = h.Times[max(0, len(h.Times)-keepTimes):]
}
