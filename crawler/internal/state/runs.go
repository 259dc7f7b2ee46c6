package state

import (
	"context"
	"database/sql"
	"time"
)

func (c conn) PutRun(ctx context.Context, r Run) error {
	return c.exec(ctx, `INSERT INTO runs(run, site, epoch, started, ended, outcome, counts) VALUES ($1,$2,$3,$4,$5,$6,$7)
		ON CONFLICT (site, run) DO UPDATE SET epoch = excluded.epoch, ended = excluded.ended, outcome = excluded.outcome, counts = excluded.counts`,
		r.Run, r.Site, r.Epoch, ms(r.Started), ms(r.Ended), r.Outcome, r.Counts)
}

func scanRun(r *sql.Rows) (v Run, err error) {
	var started, ended int64
	err = r.Scan(&v.Run, &v.Site, &v.Epoch, &started, &ended, &v.Outcome, &v.Counts)
	v.Started, v.Ended = at(started), at(ended)
	return v, err
}

func (c conn) LastRun(ctx context.Context, site int64) (Run, bool, error) {
	runs, err := query(ctx, c, scanRun, `SELECT run, site, epoch, started, ended, outcome, counts FROM runs WHERE site = $1 ORDER BY run DESC LIMIT 1`, site)
	if err != nil || len(runs) == 0 {
		return Run{}, false, err
	}
	return runs[0], true, nil
}

func (c conn) Runs(ctx context.Context, site int64, since time.Time) ([]Run, error) {
	return query(ctx, c, scanRun, `SELECT run, site, epoch, started, ended, outcome, counts FROM runs WHERE site = $1 AND started >= $2 ORDER BY run`, site, ms(since))
}

func (c conn) Alarms(ctx context.Context, site int64) ([]Alarm, error) {
	return query(ctx, c, func(r *sql.Rows) (a Alarm, err error) {
		var since, seen int64
		err = r.Scan(&a.Site, &a.Kind, &since, &seen, &a.Good, &a.URL, &a.Detail)
		a.Since, a.Seen = at(since), at(seen)
		return a, err
	}, `SELECT site, kind, since, seen, good, url, detail FROM alarms WHERE site = $1 ORDER BY kind`, site)
}

func (c conn) PutAlarm(ctx context.Context, a Alarm) error {
	return c.exec(ctx, `INSERT INTO alarms(site, kind, since, seen, good, url, detail) VALUES ($1,$2,$3,$4,$5,$6,$7)
		ON CONFLICT (site, kind) DO UPDATE SET seen = excluded.seen, good = excluded.good, url = excluded.url, detail = excluded.detail`,
		a.Site, a.Kind, ms(a.Since), ms(a.Seen), a.Good, a.URL, a.Detail)
}

func (c conn) DropAlarm(ctx context.Context, site int64, kind string) error {
	return c.exec(ctx, `DELETE FROM alarms WHERE site = $1 AND kind = $2`, site, kind)
}
