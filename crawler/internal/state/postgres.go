package state

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	pglock "github.com/pressly/goose/v3/lock"
)

func postgresDialect() *dialect {
	return &dialect{name: "postgres", goose: goose.DialectPostgres, rebind: func(q string) string { return q },
		each: "unnest($2::bigint[]) AS j(v) JOIN", list: func(v []int64) any { return v },
		sweep: []string{"VACUUM ANALYZE"}, many: atOnce, there: `SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1`,
		// What goose takes for its steps: a backend whose client was killed, or another machine, may be at the same still.
		alone: "SELECT pg_advisory_xact_lock(" + strconv.FormatInt(pglock.DefaultLockID, 10) + ")"}
}

// openPostgres opens a database that processes of several machines may share. Leases say who works
// on which site. To write, a machine has one process: its lock makes a lease of the same machine that
// of a dead process, which a restart takes over at once (see Claim) instead of waiting it out.
func openPostgres(ctx context.Context, dsn string, o Options, write bool) (_ Store, err error) {
	d := postgresDialect()
	w, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, fmt.Errorf("open the state: %w", err)
	}
	w.SetMaxOpenConns(8)
	s := &db{conn: conn{q: w, d: d}, now: o.Now, w: writePool{w, d}, close: []func() error{w.Close}}
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
	return s, nil
}

// A writePool lends one of its connections to each transaction. All of them last: who had the latest of them may go on
// after the server, where others have seen less.
type writePool struct {
	pool *sql.DB
	d    *dialect
}

func (w writePool) lend(ctx context.Context, _ bool) (conn, func(), error) {
	c, err := w.pool.Conn(ctx)
	if err != nil {
		return conn{}, nil, err
	}
	return conn{q: c, on: c, d: w.d}, func() { _ = c.Close() }, nil
}

// rowsAtOnce bounds the memory of what was sent and is not answered yet.
const rowsAtOnce = 1000

// atOnce sends the statement with many rows before it waits for an answer.
func atOnce(ctx context.Context, c conn, q string, n int, args arguments) (changed int64, err error) {
	err = c.on.Raw(func(driver any) error {
		pg := driver.(*stdlib.Conn).Conn()
		for from := 0; from < n; from += rowsAtOnce {
			var rows pgx.Batch
			for i := from; i < min(from+rowsAtOnce, n); i++ {
				rows.Queue(q, args(nil, i)...).Exec(func(tag pgconn.CommandTag) error {
					changed += tag.RowsAffected()
					return nil
				})
			}
			if err := pg.SendBatch(ctx, &rows).Close(); err != nil {
				return err
			}
		}
		return nil
	})
	return changed, err
}
