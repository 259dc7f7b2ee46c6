package crawler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/crawler/internal/watch"
)

// An Alarm is one thing wrong with a site, or with the crawl as a whole.
type Alarm struct {
	// Site is empty where it concerns all of them.
	Site string `json:"site"`
	// Kind is one of docs/operations.md.
	Kind   string    `json:"kind"`
	Since  time.Time `json:"since"`
	Detail string    `json:"detail"`
	// URL is what to look at: a page, or a folder.
	URL string `json:"url"`
	Do  string `json:"do"`
}

func (a Alarm) String() string {
	return fmt.Sprintf("%s: %s since %s: %s (%s); %s", cmp.Or(a.Site, "the crawl"), a.Kind, a.Since.Format(time.DateOnly+" 15:04"), a.Detail, a.URL, a.Do)
}

// recentArticles are asked of a robots.txt that is new.
const recentArticles = 50

// watchOver holds what the run saw against what the site used to give: alarms are raised, kept and
// cleared in the transaction that ends the visit.
func (v *visit) watchOver(ctx context.Context, t state.Tx, now time.Time) error {
	row, _, err := t.Site(ctx, v.site.key)
	if err != nil {
		return err
	}
	old, err := t.Alarms(ctx, v.lease.Site)
	if err != nil {
		return err
	}
	h := watch.Parse(row.Memo)
	if err := v.observe(ctx, t, now, old); err != nil {
		return err
	}
	missed, err := v.missed(ctx, t, row.Served)
	if err != nil {
		return err
	}
	h.Total.Records += int64(missed.versions)
	v.saw.New += missed.articles
	bad, good := watch.Judge(&h, &v.saw, now.Sub(v.first) < v.r.alarmGrace())
	h.Learn(&v.saw, slices.ContainsFunc(bad, func(f watch.Finding) bool { return f.Kind == "layout_drift" }))
	v.counts.tally(&h.Total)
	if err := t.PutMemo(ctx, v.lease.Site, h.String()); err != nil {
		return err
	}
	s := settling{site: v.lease.Site, key: v.site.key, old: old, bad: bad, good: good}
	if v.counts.Alarms, err = settleAlarms(ctx, t, now, &s); err != nil {
		return err
	}
	for _, a := range s.cleared {
		if a.Kind == "layout_drift" { // what was no article in the broken markup is looked at once more
			err = t.Reconsider(ctx, v.lease.Site, a.Since, now)
		}
	}
	return err
}

// cameOut is what a site gave.
type cameOut struct{ articles, versions int }

// missed is what came out in runs that were killed after the site was last served: their lines are written, but
// no history learned of them, and a site would seem to have been silent.
func (v *visit) missed(ctx context.Context, t state.Tx, served time.Time) (m cameOut, err error) {
	if !v.lease.Broken {
		return m, nil
	}
	m.articles, m.versions, err = t.Since(ctx, v.lease.Site, served)
	m.articles -= v.counts.Outcomes[New]
	m.versions -= v.counts.Records
	return m, err
}

// observe completes what the run saw with what the state knows at its end.
func (v *visit) observe(ctx context.Context, t state.Tx, now time.Time, standing []state.Alarm) (err error) {
	v.saw.At, v.saw.Home = now, v.site.conf.First().URL
	v.saw.Fetched, v.saw.Blocked, v.saw.Walled = v.counts.Handed(), v.counts.Outcomes[Blocked], v.walled()
	v.saw.New = v.counts.Outcomes[New]
	v.saw.Whole = !v.cut && v.counts.Left == 0
	v.saw.Sources, v.saw.SourcesRead = v.watched(), v.counts.SourcesRead
	v.saw.Standing = map[string]bool{}
	for _, a := range standing {
		v.saw.Standing[a.Kind] = true
	}
	if v.newRobots {
		recent, err := t.Recent(ctx, v.lease.Site, recentArticles)
		if err != nil {
			return err
		}
		for _, u := range recent {
			if allowed, _, known := v.slices.Explain(u.URL); known {
				v.saw.Recent++
				if !allowed {
					v.saw.Denied++
				}
			}
		}
	}
	v.saw.Recall, err = v.recall(ctx, t, now)
	v.counts.Recall = v.saw.Recall
	return err
}

// A settling is what was found of one site, or of the crawl, and the alarms that stood before.
type settling struct {
	site int64
	key  string
	old  []state.Alarm
	bad  []watch.Finding
	good map[string]bool

	cleared []state.Alarm // by settleAlarms
}

// settleAlarms raises what was found and clears what two runs in a row found nothing of. An alarm that
// comes and goes before that is one alarm, and keeps its beginning.
func settleAlarms(ctx context.Context, t state.Tx, now time.Time, s *settling) (raised []Alarm, err error) {
	for _, f := range s.bad {
		a := state.Alarm{Site: s.site, Kind: f.Kind, Since: now, Seen: now, URL: f.URL, Detail: f.Detail}
		if i := slices.IndexFunc(s.old, func(o state.Alarm) bool { return o.Kind == f.Kind }); i >= 0 {
			a.Since = s.old[i].Since
		}
		if err := t.PutAlarm(ctx, a); err != nil {
			return nil, err
		}
		raised = append(raised, shown(s.key, a))
	}
	for _, a := range s.old {
		if !s.good[a.Kind] {
			continue
		}
		if a.Good++; watch.Cleared(a.Good) {
			s.cleared = append(s.cleared, a)
			err = t.DropAlarm(ctx, a.Site, a.Kind)
		} else {
			err = t.PutAlarm(ctx, a)
		}
		if err != nil {
			return nil, err
		}
	}
	return raised, nil
}

func shown(site string, a state.Alarm) Alarm {
	return Alarm{Site: site, Kind: a.Kind, Since: a.Since, Detail: a.Detail, URL: a.URL, Do: watch.Do(a.Kind)}
}

func (r *run) alarmGrace() time.Duration {
	if r.AlarmGrace != nil {
		return *r.AlarmGrace
	}
	return watch.Grace
}

// watchMachine raises and clears the alarms that concern no site, at the end of a run.
func (r *run) watchMachine(ctx context.Context) error {
	bad := append(r.diskLow(), r.commits.StateSlow(r.place())...)
	now := r.clock.Now()
	return r.store.Alone(ctx, func(t state.Tx) error {
		old, err := t.Alarms(ctx, 0)
		if err != nil || len(old)+len(bad) == 0 {
			return err
		}
		good := map[string]bool{"disk_low": true, "state_slow": true}
		for _, f := range bad {
			delete(good, f.Kind)
		}
		raised, err := settleAlarms(ctx, t, now, &settling{old: old, bad: bad, good: good})
		r.summary.Alarms = append(r.summary.Alarms, raised...)
		return err
	})
}

// place is the state as an alarm names it: a database's address may hold a password.
func (r *run) place() string {
	if r.shared() {
		return "the database of the state"
	}
	return r.State
}

// shared reports whether the state is a database, which other machines may use too.
func (r *run) shared() bool { return state.IsDatabase(r.State) }

// lockHeld is the alarm of a run that was turned away once more; it has no state to keep it in.
func lockHeld(err error) []Alarm {
	var held *state.LockedError
	if !errors.As(err, &held) {
		return nil
	}
	var out []Alarm
	for _, f := range watch.LockHeld(held.Lock, held.Times, held.Since) {
		out = append(out, Alarm{Kind: f.Kind, Since: held.Since, Detail: f.Detail, URL: f.URL, Do: watch.Do(f.Kind)})
	}
	return out
}
