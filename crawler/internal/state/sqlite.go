package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver; nothing else of it is used
)

// KB of pages that a connection keeps: most of a run's memory, and no more where the file is large.
const writeCache, readCache = 64 << 10, 8 << 10

// openSQLite opens a file. The writer has one connection and takes the write lock when a
// transaction begins: a deferred one that turns into a writer is refused at once by a busy
// database, whatever the timeout.
func openSQLite(ctx context.Context, name string, o Options, write bool) (_ Store, err error) {
	d := &dialect{name: "sqlite", goose: goose.DialectSQLite3, rebind: numbered, list: jsonList,
		each: "(SELECT value AS v FROM json_each($2)) AS j CROSS JOIN", takeall: true, byDue: "INDEXED BY urls_due",
		sweep: []string{"VACUUM", "PRAGMA optimize"}}
	s := &db{d: d, p: newPrepared(), now: o.Now}
	defer func() {
		if err != nil {
			_ = s.Close()
		}
	}()
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("open the state: %s is a folder", name)
	case err != nil && (!write || o.There):
		return nil, fmt.Errorf("open the state: %w", err)
	}
	if write {
		if dir := filepath.Dir(name); dir != "." {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return nil, err
			}
		}
		unlock, err := lock(name+".lock", &o)
		if err != nil {
			return nil, err
		}
		s.close = append(s.close, unlock)
	}
	sync := "FULL"
	if o.Fast {
		sync = "OFF"
	}
	open := func(conns, cacheKB int, extra string) (*sql.DB, error) {
		q := url.Values{"_pragma": {"journal_mode(WAL)", "synchronous(" + sync + ")", "busy_timeout(5000)", "wal_autocheckpoint(4000)",
			fmt.Sprintf("cache_size(-%d)", cacheKB), "journal_size_limit(67108864)"}}
		p, err := sql.Open("sqlite", "file:"+(&url.URL{Path: name}).EscapedPath()+"?"+q.Encode()+extra)
		if err != nil {
			return nil, err
		}
		p.SetMaxOpenConns(conns)
		s.close = append([]func() error{p.Close}, s.close...) // pools before the lock
		return p, nil
	}
	if s.r, err = open(2, readCache, "&_pragma=query_only(1)"); err != nil {
		return nil, err
	}
	s.w = s.r
	if write {
		if s.w, err = open(1, writeCache, "&_txlock=immediate"); err != nil {
			return nil, err
		}
		s.w.SetConnMaxLifetime(0)
		d.after = checkpoint
		if err := migrateAtOnce(ctx, d, s.w, sync); err != nil {
			return nil, fmt.Errorf("state %s: %w", name, err)
		}
	}
	if !write {
		if err := sameSchema(ctx, d, s.r); err != nil {
			return nil, fmt.Errorf("state %s: %w", name, err)
		}
	}
	s.conn = conn{s.r, d, newPrepared()}
	return s, nil
}

// migrateAtOnce brings the schema up to date without waiting for the disk after each of its steps. The
// log keeps them in order, so that a loss of power leaves a state that is older and whole; the first
// commit of the crawl makes them durable with itself.
func migrateAtOnce(ctx context.Context, d *dialect, w *sql.DB, sync string) error {
	if _, err := w.ExecContext(ctx, "PRAGMA synchronous=NORMAL"); err != nil {
		return err
	}
	if err := migrate(ctx, d, w); err != nil {
		return err
	}
	_, err := w.ExecContext(ctx, "PRAGMA synchronous="+sync)
	return err
}

// checkpoint folds the log into the file, so that a copy of the file alone is a backup.
func checkpoint(w *sql.DB) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	_, err := w.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	if errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}
