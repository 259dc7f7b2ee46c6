package crawler

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
)

// A PlanReport says what a run would do now, and why.
type PlanReport struct {
	At time.Time `json:"at"`
	// Sites are those of the configuration, the due ones first, in the order of the run.
	Sites []SitePlan `json:"sites"`
	// Due are the sites to visit, Requests what they would cost at least.
	Due      int `json:"due"`
	Requests int `json:"requests"`
	// Takes is how long that would last by politeness, the sites worked beside each other.
	Takes Seconds `json:"takes_seconds"`
}

// Seconds is a duration that JSON shows in seconds: whole ones from ten on, below to the millisecond, for
// that is the size of a gap between two requests.
type Seconds time.Duration

// MarshalJSON shows it as a number of seconds.
func (s Seconds) MarshalJSON() ([]byte, error) {
	return json.Marshal(float64(s.rounded().Milliseconds()) / 1000)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *Seconds) UnmarshalJSON(b []byte) error {
	var n float64
	err := json.Unmarshal(b, &n)
	*s = Seconds(n * float64(time.Second))
	return err
}

func (s Seconds) String() string { return s.rounded().String() }

func (s Seconds) rounded() time.Duration {
	if d := time.Duration(s).Round(time.Millisecond); d < 10*time.Second {
		return d
	}
	return time.Duration(s).Round(time.Second)
}

// A SitePlan is what a run would do on one site.
type SitePlan struct {
	Site string `json:"site"`
	Name string `json:"name"`
	Due  bool   `json:"due"`
	// Why says what makes it due; of a site that is not, since when it is to wait for what.
	Why     string       `json:"why"`
	NextDue time.Time    `json:"next_due,omitzero"`
	Served  time.Time    `json:"served,omitzero"`
	Sources []SourcePlan `json:"sources"`
	// New, Retries, Rechecks and Past are the pages to fetch: never answered, failed before, looked at
	// again, and asked for by a backfill.
	New      int `json:"new"`
	Retries  int `json:"retries"`
	Rechecks int `json:"rechecks"`
	Past     int `json:"past"`
	// Requests is what the visit would cost at least: what its sources will name is not known. Gap is the
	// time between two of them, Wait the time before the first, and WaitWhy the reason.
	Requests int     `json:"requests"`
	Gap      Seconds `json:"gap_seconds"`
	Wait     Seconds `json:"wait_seconds,omitzero"`
	WaitWhy  string  `json:"wait_why,omitempty"`
	Takes    Seconds `json:"takes_seconds"`
	// Refusals are addresses that are not fetched, by reason: of the last run those refused by their form,
	// and all that robots.txt or the site's scope denies.
	Refusals map[string]int `json:"refusals,omitempty"`
}

// A SourcePlan is a feed, a sitemap or a section, and whether it would be read.
type SourcePlan struct {
	URL     string    `json:"url"`
	Kind    string    `json:"kind"`
	Due     bool      `json:"due"`
	Why     string    `json:"why"`
	NextDue time.Time `json:"next_due,omitzero"`
	Every   Seconds   `json:"every_seconds"`
}

// Pages is the number of pages to fetch.
func (p *SitePlan) Pages() int { return p.New + p.Retries + p.Rechecks + p.Past }

// Plan says what Run would do with c, from the state alone: nothing is fetched, and a run may be under
// way. Without sites in c they are all that the state knows.
func Plan(ctx context.Context, c Config) (PlanReport, error) {
	o, err := openOffline(ctx, c)
	if err != nil {
		return PlanReport{}, err
	}
	defer o.close()
	rep := PlanReport{At: o.r.started, Sites: []SitePlan{}}
	var longest, sum time.Duration
	for i := range o.sites {
		p, err := o.plan(ctx, &o.sites[i])
		if err != nil {
			return rep, fmt.Errorf("read the state of %s: %w", o.sites[i].key, err)
		}
		rep.Sites = append(rep.Sites, p)
		if p.Due {
			rep.Due++
			rep.Requests += p.Requests
			longest, sum = max(longest, time.Duration(p.Takes)), sum+time.Duration(p.Takes)
		}
	}
	rep.Takes = Seconds(max(longest, sum/time.Duration(o.r.Workers)))
	slices.SortStableFunc(rep.Sites, func(a, b SitePlan) int {
		if a.Due != b.Due {
			return map[bool]int{true: -1, false: 1}[a.Due]
		}
		if a.Due {
			return a.Served.Compare(b.Served)
		}
		return a.NextDue.Compare(b.NextDue)
	})
	return rep, nil
}

func (o *offline) plan(ctx context.Context, s *site) (SitePlan, error) {
	p := SitePlan{Site: s.key, Name: s.conf.Name, Sources: []SourcePlan{}, Refusals: map[string]int{}}
	id := state.Hash(s.key)
	row, known, err := o.r.store.Site(ctx, s.key)
	if err != nil {
		return p, err
	}
	p.NextDue, p.Served = row.NextDue, row.Served
	if err := o.planSources(ctx, s, id, &p); err != nil {
		return p, err
	}
	if err := o.planPages(ctx, id, &p); err != nil {
		return p, err
	}
	if err := o.lastRefusals(ctx, id, &p); err != nil {
		return p, err
	}
	o.planVisit(s, known, &p)
	return p, o.planTime(s, &p)
}

// planSources asks the queue of a run which sources it would read.
func (o *offline) planSources(ctx context.Context, s *site, id int64, p *SitePlan) error {
	all, err := o.r.store.Sources(ctx, id)
	if err != nil {
		return err
	}
	v := newVisit(o.r, *s)
	v.lease.Site = id
	v.openSources(all)
	for _, src := range v.sources.all {
		one := sourcePlan(src, v.sources.wants(src), s.scheduled, o.r.started)
		if v.sources.replaced(src) {
			one.Why = "moved from " + src.Was + " to where another source stands, which is read"
		}
		p.Sources = append(p.Sources, one)
	}
	slices.SortFunc(p.Sources, func(a, b SourcePlan) int {
		return cmp.Or(cmp.Compare(kindOrder[a.Kind], kindOrder[b.Kind]), cmp.Compare(a.URL, b.URL))
	})
	return nil
}

func sourcePlan(s *state.Source, wanted, scheduled bool, now time.Time) SourcePlan {
	p := SourcePlan{URL: s.URL, Kind: s.Kind, Due: wanted, NextDue: s.NextDue, Every: Seconds(s.Interval)}
	switch {
	case s.Fails == state.Denied:
		p.Why = fmt.Sprintf("robots.txt denies it since %s; asked again when robots.txt was, or %s", s.FailedSince.Format(time.RFC3339), s.NextDue.Format(time.RFC3339))
	case s.Gone() && !wanted:
		p.Why = fmt.Sprintf("gone since %s, looked at again %s", s.FailedSince.Format(time.RFC3339), s.NextDue.Format(time.RFC3339))
	case s.LastRead.IsZero() && s.Fails == 0:
		p.Why = "never read"
	case s.Fails > 0 && !wanted:
		p.Why = fmt.Sprintf("failed %d times, tried again %s", s.Fails, s.NextDue.Format(time.RFC3339))
	case s.Fails > 0:
		p.Why = fmt.Sprintf("failed %d times, to be tried again", s.Fails)
	case wanted && s.NextDue.After(now) && scheduled:
		p.Why = "due before the next run, " + s.NextDue.Format(time.RFC3339)
	case wanted && s.NextDue.After(now):
		p.Why = "read in every run"
	case wanted:
		p.Why = "due since " + s.NextDue.Format(time.RFC3339)
	case s.NextDue.After(now):
		p.Why = fmt.Sprintf("read every %v, next %s", s.Interval.Round(time.Second), s.NextDue.Format(time.RFC3339))
	default:
		p.Why = "nothing speaks for a change since it was read"
	}
	return p
}

func (o *offline) planPages(ctx context.Context, id int64, p *SitePlan) error {
	all, err := o.r.store.Tally(ctx, id, o.r.started, pastRank/2)
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.State == state.Refused {
			p.Refusals["denied by robots.txt or outside the site"] += t.N
		}
		switch {
		case !t.Due:
		case t.Past:
			p.Past += t.N
		case t.Tried:
			p.Retries += t.N
		case t.State == state.Pending:
			p.New += t.N
		default:
			p.Rechecks += t.N
		}
	}
	return nil
}

func (o *offline) lastRefusals(ctx context.Context, id int64, p *SitePlan) error {
	runs, err := o.r.store.Runs(ctx, id, o.r.started.AddDate(0, 0, -30))
	if err != nil || len(runs) == 0 {
		return err
	}
	var last Counts
	if err := json.Unmarshal([]byte(runs[len(runs)-1].Counts), &last); err != nil {
		return nil // of another version of the program
	}
	for why, n := range last.Refusals {
		p.Refusals[why] += n
	}
	return nil
}

// planVisit says whether the site would be visited, and why.
func (o *offline) planVisit(s *site, known bool, p *SitePlan) {
	_, past := o.r.window()
	switch {
	case !s.scheduled:
		p.Due, p.Why = true, "its sources are read in every run"
	case past:
		p.Due, p.Why = true, "a backfill visits every site"
	case !known || p.Served.IsZero() && p.NextDue.IsZero():
		p.Due, p.Why = true, "never visited"
	case p.NextDue.After(o.r.started) && slices.ContainsFunc(p.Sources, func(x SourcePlan) bool { return x.Due && x.NextDue.After(o.r.started) }):
		p.Due, p.Why = true, "a source is due before the next run"
	case p.NextDue.After(o.r.started):
		p.Why = "not due before " + p.NextDue.Format(time.RFC3339)
	case p.Served.IsZero():
		p.Due, p.Why = true, "never visited"
	default:
		p.Due, p.Why = true, "due since "+p.NextDue.Format(time.RFC3339)
	}
}

// planTime says what the visit costs and how long it lasts.
func (o *offline) planTime(s *site, p *SitePlan) error {
	slice, err := o.slice(s)
	if err != nil {
		return err
	}
	for _, src := range p.Sources {
		if src.Due {
			p.Requests++
		}
	}
	p.Requests += p.Pages()
	first := s.conf.First().URL
	p.Gap = Seconds(slice.Gap(first))
	if at, why := slice.Ready(first); at.After(o.r.started) {
		p.Wait, p.WaitWhy = Seconds(at.Sub(o.r.started)), why
	}
	p.Takes = p.Wait + Seconds(p.Requests)*p.Gap
	return nil
}
