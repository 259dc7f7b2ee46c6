package state

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// KB of pages that a connection keeps: most of a run's memory, and no more where the file is large.
const writeCache, readCache = 64 << 10, 8 << 10

func sqliteDialect() *dialect {
	return &dialect{name: "sqlite", goose: goose.DialectSQLite3, whole: sqliteWhole, rebind: numbered, list: jsonList,
		each: "(SELECT value AS v FROM json_each($2)) AS j CROSS JOIN", takeall: true, byDue: "INDEXED BY urls_due",
		sweep: []string{"VACUUM", "PRAGMA optimize"}, many: oneByOne, there: `SELECT count(*) FROM sqlite_schema WHERE name = $1`,
		holds: `SELECT count(*) FROM sqlite_schema`}
}

// openSQLite opens a file. The writer has one connection and takes the write lock when a
// transaction begins: a deferred one that turns into a writer is refused at once by a busy
// database, whatever the timeout.
func openSQLite(ctx context.Context, name string, o Options, write bool) (_ Store, err error) {
	d := sqliteDialect()
	s := &db{now: o.Now}
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
	fresh := err != nil || info.Size() == 0
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
	first := func(f func() error) { s.close = append([]func() error{f}, s.close...) } // connections before the lock
	if write {
		pool, err := openPool(name, 1, pragmas(writeCache, fresh), "&_txlock=immediate")
		if err != nil {
			return nil, err
		}
		first(pool.Close)
		w, err := newWriteConn(ctx, d, pool, o, fresh)
		if err != nil {
			return nil, fmt.Errorf("state %s: %w", name, err)
		}
		first(w.close)
		s.w = w
	}
	r, err := openReaders(ctx, d, name, write)
	if err != nil {
		return nil, fmt.Errorf("state %s: %w", name, err)
	}
	first(r.Close)
	s.conn = conn{q: r, d: d, p: newPrepared(r)}
	return s, nil
}

// openReaders opens the connections that only read. Where nothing can be written beside the file and no log stands
// there, as of a copy in a folder of somebody else's, the file is all there is, and is read as it stands.
func openReaders(ctx context.Context, d *dialect, name string, written bool) (*sql.DB, error) {
	r, err := openPool(name, 2, append(pragmas(readCache, false), "query_only(1)"), "")
	if err != nil || written {
		return r, err
	}
	if err = sameSchema(ctx, d, r); err == nil {
		return r, nil
	}
	_ = r.Close() // it was only read
	if !unwritable(err) || hasLog(name) {
		return nil, err
	}
	alone, again := openPool(name, 2, []string{"query_only(1)"}, "&immutable=1")
	if again == nil {
		if again = sameSchema(ctx, d, alone); again == nil {
			return alone, nil
		}
		_ = alone.Close()
	}
	return nil, err
}

// hasLog reports whether a file may have commits that stand in its log alone.
func hasLog(name string) bool {
	log, err := os.Stat(name + "-wal")
	return err != nil && !errors.Is(err, fs.ErrNotExist) || err == nil && log.Size() > 0
}

// unwritable reports whether SQLite could not write what a reader, too, keeps beside a file.
func unwritable(err error) bool {
	var own *sqlite.Error
	if !errors.As(err, &own) {
		return false
	}
	code := own.Code() & 0xff
	return code == sqlite3.SQLITE_CANTOPEN || code == sqlite3.SQLITE_READONLY
}

// pragmas are what every connection begins with. A file that is made anew keeps the journal of its first page in memory:
// before that there is nothing to go back to, and a journal on the disk costs more than the page.
func pragmas(cacheKB int, fresh bool) []string {
	all := []string{"journal_mode(WAL)", "busy_timeout(5000)", "wal_autocheckpoint(4000)", fmt.Sprintf("cache_size(-%d)", cacheKB), "journal_size_limit(67108864)"}
	if fresh {
		all = append([]string{"journal_mode(MEMORY)"}, all...)
	}
	return all
}

func openPool(name string, conns int, pragmas []string, extra string) (*sql.DB, error) {
	// What SQLite itself takes wherever there is one: it leaves only the time of the file to be written later.
	_, _ = sqlite.Fdatasync(true)
	p, err := sql.Open("sqlite", "file:"+(&url.URL{Path: name}).EscapedPath()+"?"+url.Values{"_pragma": pragmas}.Encode()+extra)
	if err == nil {
		p.SetMaxOpenConns(conns)
	}
	return p, err
}

// migrateAtOnce brings the schema up to date without waiting for the disk after each of its steps. The
// log keeps them in order, so that a loss of power leaves a state that is older and whole; the first
// commit of the crawl makes them durable with itself. Of a fresh file not even the log's beginning needs to last.
func migrateAtOnce(ctx context.Context, d *dialect, w *sql.DB, fresh bool) error {
	level := "NORMAL"
	if fresh {
		level = "OFF"
	}
	if _, err := w.ExecContext(ctx, "PRAGMA synchronous="+level); err != nil {
		return err
	}
	return migrate(ctx, d, w)
}

// A writeConn is the one connection that writes, lent to one at a time.
type writeConn struct {
	mu   sync.Mutex
	one  conn
	full string // the level of synchronous of what lasts
	set  string // the level that is set
}

// newWriteConn takes the connection of a pool of one, with the schema up to date.
func newWriteConn(ctx context.Context, d *dialect, pool *sql.DB, o Options, fresh bool) (*writeConn, error) {
	if err := migrateAtOnce(ctx, d, pool, fresh); err != nil {
		return nil, err
	}
	on, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writeConn{one: conn{q: on, on: on, d: d, p: newPrepared(on)}, full: "FULL"}
	if o.Fast {
		w.full = "OFF"
	}
	return w, nil
}

func (w *writeConn) close() error { return errors.Join(checkpoint(w.one.on), w.one.on.Close()) }

func (w *writeConn) lend(ctx context.Context, lasting bool) (conn, func(), error) {
	w.mu.Lock()
	level := w.full
	if !lasting && level == "FULL" {
		level = "NORMAL"
	}
	if level != w.set {
		if _, err := w.one.on.ExecContext(ctx, "PRAGMA synchronous="+level); err != nil {
			w.mu.Unlock()
			return conn{}, nil, err
		}
		w.set = level
	}
	return w.one, w.mu.Unlock, nil
}

// fewRows are so few that a statement that is prepared already is better than what a row costs less without it.
const fewRows = 16

// oneByOne runs a statement for each row; for many rows below database/sql, which would make a list of its own for the
// arguments of each, and check every one.
func oneByOne(ctx context.Context, c conn, q string, n int, args arguments) (changed int64, err error) {
	run := func(st execer) error {
		var row []any
		for i := range n {
			row = args(row[:0], i)
			res, err := st.ExecContext(ctx, row...)
			if err != nil {
				return err
			}
			k, err := res.RowsAffected()
			if err != nil {
				return err
			}
			changed += k
		}
		return nil
	}
	if n < fewRows {
		if st := c.p.stmt(ctx, q); st != nil {
			err = run(st)
			return changed, err
		}
	}
	err = c.on.Raw(func(on any) (err error) {
		st, err := on.(driver.ConnPrepareContext).PrepareContext(ctx, q)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, st.Close()) }()
		return run(&bareStmt{st: st.(driver.StmtExecContext)})
	})
	return changed, err
}

// execer is *sql.Stmt or *bareStmt.
type execer interface {
	ExecContext(ctx context.Context, args ...any) (sql.Result, error)
}

// A bareStmt is a statement of the driver, whose list of arguments is made once.
type bareStmt struct {
	st   driver.StmtExecContext
	list []driver.NamedValue
}

func (s *bareStmt) ExecContext(ctx context.Context, args ...any) (sql.Result, error) {
	s.list = s.list[:0]
	for i, a := range args {
		switch a.(type) {
		case nil, int64, string:
		default:
			var err error
			if a, err = driver.DefaultParameterConverter.ConvertValue(a); err != nil {
				return nil, err
			}
		}
		s.list = append(s.list, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	return s.st.ExecContext(ctx, s.list)
}

// checkpoint folds the log into the file, so that a copy of the file alone is a backup.
func checkpoint(w *sql.Conn) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	_, err := w.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	if errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}
