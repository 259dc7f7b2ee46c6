package state

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver
	"github.com/pressly/goose/v3"
	pglock "github.com/pressly/goose/v3/lock"
)

// openPostgres opens a database that processes of several machines may share. Leases say who works
// on which site. To write, a machine has one process: its lock makes a lease of the same machine that
// of a dead process, which a restart takes over at once (see Claim) instead of waiting it out.
func openPostgres(ctx context.Context, dsn string, o Options, write bool) (_ Store, err error) {
	d := &dialect{name: "postgres", goose: goose.DialectPostgres, rebind: func(q string) string { return q },
		each: "unnest($2::bigint[]) AS j(v) JOIN", list: func(v []int64) any { return v },
		sweep: []string{"VACUUM ANALYZE"}}
	w, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, fmt.Errorf("open the state: %w", err)
	}
	w.SetMaxOpenConns(8)
	s := &db{d: d, p: newPrepared(), now: o.Now, w: w, r: w, close: []func() error{w.Close}}
	if write {
		unlock, err := lock(filepath.Join(os.TempDir(), fmt.Sprintf("dateline-%d-%016x.lock", os.Getuid(), uint64(Hash(dsn)))), &o)
		if err != nil {
			_ = s.Close()
			return nil, err
		}
		s.close = append(s.close, unlock)
	}
	ready := sameSchema
	if write {
		// A backend whose client was killed, or another machine, may be at the same step still.
		one, err := pglock.NewPostgresSessionLocker(pglock.WithLockTimeout(1, 60))
		if err != nil {
			_ = s.Close()
			return nil, fmt.Errorf("state: %w", err)
		}
		d.migrating, ready = []goose.ProviderOption{goose.WithSessionLocker(one)}, migrate
	}
	if err := ready(ctx, d, w); err != nil {
		_ = s.Close()
		return nil, fmt.Errorf("state: %w", err)
	}
	s.conn = conn{w, d, s.p}
	return s, nil
}
