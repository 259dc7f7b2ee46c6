package state

import (
	"context"
	"database/sql"
	"time"
)

func (c conn) Sources(ctx context.Context, site int64) ([]Source, error) {
	return query(ctx, c, func(r *sql.Rows) (s Source, err error) {
		var due, interval, since, newest, first, read, least int64
		err = r.Scan(&s.ID, &s.Site, &s.Kind, &s.URL, &s.Parent, &due, &interval, &s.ETag, &s.LastModified, &s.Digest,
			&s.Fails, &since, &s.Polls, &s.Found, &newest, &first, &read, &s.Note, &s.Items, &s.Status, &s.MovedTo, &s.Moves, &s.Was, &least, &s.Quiet, &s.Answered)
		s.NextDue, s.Interval, s.FailedSince = at(due), time.Duration(interval)*time.Second, at(since)
		s.Least = time.Duration(least) * time.Second
		s.Newest, s.FirstSeen, s.LastRead = at(newest), at(first), at(read)
		return s, err
	}, `SELECT source, site, kind, url, parent, COALESCE(next_due, 0), interval_s, etag, last_modified, digest, fails, failed_since,
		polls, found, newest, first_seen, last_read, note, items, status, moved_to, moves, was, least_s, quiet, answered FROM sources WHERE site = $1 ORDER BY first_seen, url`, site)
}

func (c conn) PutSources(ctx context.Context, ss []Source) error {
	_, err := c.many(ctx, `INSERT INTO sources(source, site, kind, url, parent, next_due, interval_s, etag, last_modified, digest, fails, failed_since,
		polls, found, newest, first_seen, last_read, note, items, status, moved_to, moves, was, least_s, quiet, answered) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26)
		ON CONFLICT (source) DO UPDATE SET kind = excluded.kind, url = excluded.url, next_due = excluded.next_due, interval_s = excluded.interval_s,
		etag = excluded.etag, last_modified = excluded.last_modified, digest = excluded.digest, fails = excluded.fails, failed_since = excluded.failed_since,
		polls = excluded.polls, found = excluded.found, newest = excluded.newest, last_read = excluded.last_read, note = excluded.note, items = excluded.items,
		status = excluded.status, moved_to = excluded.moved_to, moves = excluded.moves, was = excluded.was,
		least_s = excluded.least_s, quiet = excluded.quiet, answered = excluded.answered`,
		len(ss), func(to []any, i int) []any {
			s := &ss[i]
			return append(to, s.ID, s.Site, s.Kind, s.URL, s.Parent, due(s.NextDue), int64(s.Interval/time.Second), s.ETag, s.LastModified, s.Digest,
				s.Fails, ms(s.FailedSince), s.Polls, s.Found, ms(s.Newest), ms(s.FirstSeen), ms(s.LastRead), s.Note, s.Items, s.Status, s.MovedTo, s.Moves, s.Was,
				int64(s.Least/time.Second), s.Quiet, s.Answered)
		})
	return err
}

func (c conn) DropSource(ctx context.Context, id int64) error {
	return c.exec(ctx, `DELETE FROM sources WHERE source = $1`, id)
}

func (s *db) Saved(ctx context.Context, now time.Time) ([]Saved, error) {
	return query(ctx, s.conn, func(r *sql.Rows) (v Saved, err error) {
		var until int64
		err = r.Scan(&v.Kind, &v.Key, &until, &v.Data)
		v.Until = at(until)
		return v, err
	}, `SELECT kind, key, until, data FROM saved WHERE until = 0 OR until > $1 ORDER BY kind, key`, ms(now))
}

func (c conn) PutSaved(ctx context.Context, vs []Saved) error {
	_, err := c.many(ctx, `INSERT INTO saved(kind, key, until, data) VALUES ($1,$2,$3,$4)
		ON CONFLICT (kind, key) DO UPDATE SET until = excluded.until, data = excluded.data`,
		len(vs), func(to []any, i int) []any { return append(to, vs[i].Kind, vs[i].Key, ms(vs[i].Until), vs[i].Data) })
	return err
}

func (c conn) PutHost(ctx context.Context, site int64, name string) error {
	return c.exec(ctx, `INSERT INTO hosts(host, site, name) VALUES ($1,$2,$3) ON CONFLICT (host) DO NOTHING`, Hash(name), site, name)
}
