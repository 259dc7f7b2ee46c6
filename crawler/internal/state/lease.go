package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Whether a transaction lasts, whatever happens to the machine, or may be lost with its power until the next one that
// lasts: SQLite's log keeps them in order, so what is lost then is the latest, and the process that counted on it is too.
const (
	lasting = true
	brief   = false
)

// Claim starts a new epoch. With the file lock held every other owner on the file is dead and
// its lease is taken over at once; PostgreSQL waits for the lease to run out. A site that was never served to the
// end is met now, whenever the file of sites began to name it.
func (s *db) Claim(ctx context.Context, key, owner string, ttl time.Duration) (Lease, error) {
	l := Lease{Site: Hash(key), Key: key, Owner: owner, TTL: ttl}
	now := s.now()
	err := s.tx(ctx, brief, func(c conn) error {
		err := c.exec(ctx, `INSERT INTO sites(site, key, first_seen) VALUES ($1, $2, $3) ON CONFLICT (site) DO NOTHING`, l.Site, key, ms(now))
		if err != nil {
			return err
		}
		var before string
		if _, err := c.row(ctx, []any{&before}, `SELECT owner FROM sites WHERE site = $1`, l.Site); err != nil {
			return err
		}
		l.Broken = before != ""
		over := ms(now)
		if s.d.takeall {
			over = 1<<62 - 1
		}
		ok, err := c.row(ctx, []any{&l.Epoch}, `UPDATE sites SET epoch = epoch + 1, owner = $2, lease_until = $3,
			first_seen = CASE WHEN served = 0 THEN $5 ELSE first_seen END
			WHERE site = $1 AND (owner = '' OR owner = $2 OR lease_until <= $4) RETURNING epoch`, l.Site, owner, ms(now.Add(ttl)), over, ms(now))
		if err == nil && !ok {
			err = ErrHeld
		}
		return err
	})
	if err != nil {
		return Lease{}, fmt.Errorf("claim %s: %w", key, err)
	}
	return l, nil
}

func (s *db) Commit(ctx context.Context, l Lease, f func(Tx) error) error {
	return s.proved(ctx, l, lasting, f)
}

func (s *db) Note(ctx context.Context, l Lease, f func(Tx) error) error {
	return s.proved(ctx, l, brief, f)
}

func (s *db) proved(ctx context.Context, l Lease, lasting bool, f func(Tx) error) error {
	return s.tx(ctx, lasting, func(c conn) error {
		if err := s.prove(ctx, c, l); err != nil {
			return err
		}
		return f(c)
	})
}

func (s *db) Alone(ctx context.Context, f func(Tx) error) error {
	return s.tx(ctx, brief, func(c conn) error { return f(c) })
}

// prove is the first statement of every transaction: in PostgreSQL it also takes the row's
// lock, so that a new claimant waits for the commit, or sees it.
func (s *db) prove(ctx context.Context, c conn, l Lease) error {
	n, err := c.changed(ctx, `UPDATE sites SET lease_until = $1 WHERE site = $2 AND epoch = $3`, ms(s.now().Add(l.TTL)), l.Site, l.Epoch)
	if err == nil && n == 0 {
		err = ErrFenced
	}
	return err
}

func (s *db) Release(ctx context.Context, l Lease, next time.Time, f func(Tx) error) error {
	return s.Note(ctx, l, func(t Tx) error {
		if f != nil {
			if err := f(t); err != nil {
				return err
			}
		}
		return t.(conn).exec(ctx, `UPDATE sites SET owner = '', lease_until = 0, next_due = $1, served = $2 WHERE site = $3`, due(next), ms(s.now()), l.Site)
	})
}

// tx runs f in a transaction. The context's end does not tear a commit apart: what f wrote is
// kept whole or not at all.
func (s *db) tx(ctx context.Context, lasting bool, f func(conn) error) (err error) {
	on, back, err := s.w.lend(ctx, lasting)
	if err != nil {
		return err
	}
	defer back()
	t, err := on.on.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			if back := t.Rollback(); back != nil && !errors.Is(back, sql.ErrTxDone) {
				err = errors.Join(err, back)
			}
		}
	}()
	on.q, on.brief = t, !lasting
	if err := f(on); err != nil {
		return err
	}
	return t.Commit()
}

const siteCols = `site, key, epoch, COALESCE(next_due, 0), first_seen, served, memo, absent`

func scanSite(scan func(...any) error) (s Site, err error) {
	var due, first, served int64
	err = scan(&s.ID, &s.Key, &s.Epoch, &due, &first, &served, &s.Memo, &s.Absent)
	s.NextDue, s.FirstSeen, s.Served = at(due), at(first), at(served)
	return s, err
}

func (c conn) Site(ctx context.Context, key string) (Site, bool, error) {
	s, err := scanSite(c.doRow(ctx, `SELECT `+siteCols+` FROM sites WHERE site = $1`, Hash(key)).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return Site{}, false, nil
	}
	return s, err == nil, err
}

func (s *db) AllSites(ctx context.Context) ([]Site, error) {
	return query(ctx, s.conn, func(r *sql.Rows) (Site, error) { return scanSite(r.Scan) }, `SELECT `+siteCols+` FROM sites ORDER BY key`)
}

func (s *db) DueSites(ctx context.Context, by time.Time, limit int) ([]string, error) {
	if limit <= 0 {
		limit = 1 << 40
	}
	return query(ctx, s.conn, func(r *sql.Rows) (k string, err error) { return k, r.Scan(&k) },
		`SELECT key FROM sites WHERE next_due <= $1 ORDER BY served, key LIMIT $2`, ms(by), limit)
}

func (s *db) AddSites(ctx context.Context, keys []string, first func(key string, n int) time.Time) error {
	due, err := query(ctx, s.conn, func(r *sql.Rows) (k string, err error) { return k, r.Scan(&k) }, `SELECT key FROM sites WHERE next_due IS NOT NULL`)
	if err != nil {
		return err
	}
	has := make(map[string]bool, len(due))
	for _, k := range due {
		has[k] = true
	}
	keys = slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return has[k] })
	if len(keys) == 0 {
		return nil
	}
	now := s.now()
	return s.tx(ctx, brief, func(c conn) error {
		_, err := c.many(ctx, `INSERT INTO sites(site, key, first_seen, next_due) VALUES ($1, $2, $3, $4)
			ON CONFLICT (site) DO UPDATE SET next_due = COALESCE(sites.next_due, excluded.next_due)`, len(keys), func(to []any, i int) []any {
			return append(to, Hash(keys[i]), keys[i], ms(now), ms(first(keys[i], len(keys))))
		})
		return err
	})
}

func (c conn) PutAbsent(ctx context.Context, key, fingerprint string) error {
	return c.exec(ctx, `INSERT INTO sites(site, key, absent) VALUES ($1, $2, $3) ON CONFLICT (site) DO UPDATE SET absent = excluded.absent`,
		Hash(key), key, fingerprint)
}

func (c conn) PutMemo(ctx context.Context, site int64, memo string) error {
	return c.exec(ctx, `UPDATE sites SET memo = $1 WHERE site = $2`, memo, site)
}
