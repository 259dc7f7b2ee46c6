package state

import (
	"context"
	"database/sql"
	"fmt"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver
	"github.com/pressly/goose/v3"
)

// openPostgres opens a database that several processes may share. Leases say who works on which site.
func openPostgres(ctx context.Context, dsn string, o Options) (_ Store, err error) {
	d := &dialect{name: "postgres", goose: goose.DialectPostgres, rebind: func(q string) string { return q },
		each: "unnest($2::bigint[]) AS j(v) JOIN", list: func(v []int64) any { return v },
		sweep: []string{"VACUUM ANALYZE"}}
	w, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, fmt.Errorf("open the state: %w", err)
	}
	w.SetMaxOpenConns(8)
	s := &db{d: d, now: o.Now, w: w, r: w, close: []func() error{w.Close}}
	if err := migrate(ctx, d, w); err != nil {
		_ = s.Close()
		return nil, fmt.Errorf("state: %w", err)
	}
	s.conn = conn{w, d}
	return s, nil
}
