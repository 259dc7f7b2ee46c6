package crawler

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/crawler/internal/watch"
)

// watchOver holds what the run saw against what the site used to give: alarms are raised, kept and
// cleared in the transaction that ends the visit. Flapping is one alarm.
func (v *visit) watchOver(ctx context.Context, t state.Tx, now time.Time) error {
	row, _, err := t.Site(ctx, v.site.key)
	if err != nil {
		return err
	}
	m := watch.ParseMemory(row.Memo)
	found := watch.Findings(m, v.yield, v.counts.Handed(), v.counts.Outcomes[Blocked], v.walled())
	if now.Sub(v.first) < v.r.alarmGrace() {
		found = nil
	}
	if !slices.ContainsFunc(found, func(f watch.Finding) bool { return f.Kind == "layout_drift" }) {
		m.Learn(v.yield)
	}
	if err := t.PutMemo(ctx, v.lease.Site, m.String()); err != nil {
		return err
	}
	old, err := t.Alarms(ctx, v.lease.Site)
	if err != nil {
		return err
	}
	for _, f := range found {
		a := state.Alarm{Site: v.lease.Site, Kind: f.Kind, Since: now, Seen: now, URL: v.lastPage, Detail: f.Detail}
		if err := t.PutAlarm(ctx, a); err != nil {
			return err
		}
		v.counts.Alarms = append(v.counts.Alarms, fmt.Sprintf("%s: %s: %s (%s); %s", v.site.key, f.Kind, f.Detail, v.lastPage, f.Do))
	}
	return v.clearAlarms(ctx, t, old, found)
}

// clearAlarms ends alarms that two runs in a row did not see; only runs that fetched pages count.
func (v *visit) clearAlarms(ctx context.Context, t state.Tx, old []state.Alarm, found []watch.Finding) error {
	for _, a := range old {
		if v.yield.Pages == 0 || slices.ContainsFunc(found, func(f watch.Finding) bool { return f.Kind == a.Kind }) {
			continue
		}
		a.Good++
		if watch.Cleared(a.Good) {
			if err := t.DropAlarm(ctx, a.Site, a.Kind); err != nil {
				return err
			}
			continue
		}
		if err := t.PutAlarm(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) alarmGrace() time.Duration {
	if r.AlarmGrace != nil {
		return *r.AlarmGrace
	}
	return watch.Grace
}
