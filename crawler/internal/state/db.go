package state

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pressly/goose/v3"
)

// A dialect is what differs between the two databases.
type dialect struct {
	name  string
	goose goose.Dialect
	// migrating is what goose must know beside.
	migrating []goose.ProviderOption
	rebind    func(string) string
	each      string              // a table j(v) of the numbers in parameter 2
	list      func([]int64) any   // the parameter for each
	byDue     string              // makes the planner take the index of due URLs, not all of a host's
	sweep     []string            // statements that give space back
	takeall   bool                // a held lease is dead: the file lock says so
	after     func(*sql.DB) error // at the end of a run
}

// db is a Store on database/sql.
type db struct {
	conn
	w     *sql.DB // one connection on SQLite: there is one writer
	r     *sql.DB
	d     *dialect
	now   func() time.Time
	close []func() error
	p     *prepared // of the writer
}

var _ Store = (*db)(nil)

// Options of Open.
type Options struct {
	// Now is the clock; nil means the machine's.
	Now func() time.Time
	// Fast gives up durability on power loss (synchronous=NORMAL on SQLite).
	Fast bool
	// Cron says that this is one of the runs of a timetable: where the lock is taken, it counts among those that
	// were turned away (LockedError.Times).
	Cron bool
	// There makes Open fail with fs.ErrNotExist where there is no file yet, which is made else.
	There bool
}

// IsDatabase reports whether the state of that name is a database, which other machines may use too, and not a file.
func IsDatabase(name string) bool {
	return strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://")
}

// Open opens the state at a file name or a postgres:// address and brings its schema up to date.
// It is locked for this process: a file for all others, a database for others of this machine (ErrLocked).
func Open(ctx context.Context, name string, o Options) (Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if IsDatabase(name) {
		return openPostgres(ctx, name, o, true)
	}
	return openSQLite(ctx, name, o, true)
}

// OpenRead opens a state file beside a running crawl, for questions only.
func OpenRead(ctx context.Context, name string, o Options) (Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if IsDatabase(name) {
		return openPostgres(ctx, name, o, false)
	}
	return openSQLite(ctx, name, o, false)
}

func (s *db) Close() error {
	var errs []error
	if s.d.after != nil {
		errs = append(errs, s.d.after(s.w))
	}
	for _, f := range s.close {
		errs = append(errs, f())
	}
	return errors.Join(errs...)
}

// querier is *sql.DB or *sql.Tx.
type querier interface {
	ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, q string, args ...any) *sql.Row
	PrepareContext(ctx context.Context, q string) (*sql.Stmt, error)
}

// conn holds the queries; it serves as Reader on a pool and as Tx in a transaction.
type conn struct {
	q querier
	d *dialect
	p *prepared
}

var _ Tx = conn{}

// prepared are statements that were parsed already: a crawl runs the same few hundreds of times, and
// SQLite's parser would cost as much as its work. In a transaction the only connection is taken, so a
// statement is prepared after the one that first used it; on the pool of the readers at once.
type prepared struct {
	mu    sync.Mutex
	known map[string]*sql.Stmt
	asked map[string]bool
}

func newPrepared() *prepared {
	return &prepared{known: map[string]*sql.Stmt{}, asked: map[string]bool{}}
}

// in is the statement for q in the transaction t, nil where there is none yet.
func (p *prepared) in(ctx context.Context, t *sql.Tx, q string) *sql.Stmt {
	p.mu.Lock()
	st := p.known[q]
	if st == nil {
		p.asked[q] = true
	}
	p.mu.Unlock()
	if st == nil {
		return nil
	}
	return t.StmtContext(ctx, st)
}

// catchUp prepares what was asked for; what cannot be prepared is run as text for ever. It waits for the
// connection, so it must not hold the lock meanwhile: who has the connection may be waiting for that.
func (p *prepared) catchUp(ctx context.Context, w *sql.DB) {
	p.mu.Lock()
	asked := slices.Collect(maps.Keys(p.asked))
	clear(p.asked)
	p.mu.Unlock()
	for _, q := range asked {
		p.prepare(ctx, w, q)
	}
}

// prepare parses q on a connection of the pool; nil where that fails.
func (p *prepared) prepare(ctx context.Context, pool *sql.DB, q string) *sql.Stmt {
	st, err := pool.PrepareContext(ctx, q)
	if err != nil {
		return nil
	}
	p.mu.Lock()
	known := p.known[q]
	if known == nil {
		p.known[q] = st
	}
	p.mu.Unlock()
	if known != nil { // another asked for it too
		_ = st.Close()
		return known
	}
	return st
}

// stmt is the prepared statement for q, nil where it is run as text.
func (c conn) stmt(ctx context.Context, q string) *sql.Stmt {
	switch on := c.q.(type) {
	case *sql.Tx:
		return c.p.in(ctx, on, q)
	case *sql.DB:
		c.p.mu.Lock()
		st := c.p.known[q]
		c.p.mu.Unlock()
		if st == nil {
			st = c.p.prepare(ctx, on, q)
		}
		return st
	}
	return nil
}

func (c conn) doExec(ctx context.Context, q string, args []any) (sql.Result, error) {
	q = c.d.rebind(q)
	if st := c.stmt(ctx, q); st != nil {
		return st.ExecContext(ctx, args...)
	}
	return c.q.ExecContext(ctx, q, args...)
}

func (c conn) doQuery(ctx context.Context, q string, args []any) (*sql.Rows, error) {
	q = c.d.rebind(q)
	if st := c.stmt(ctx, q); st != nil {
		return st.QueryContext(ctx, args...)
	}
	return c.q.QueryContext(ctx, q, args...)
}

func (c conn) doRow(ctx context.Context, q string, args ...any) *sql.Row {
	q = c.d.rebind(q)
	if st := c.stmt(ctx, q); st != nil {
		return st.QueryRowContext(ctx, args...)
	}
	return c.q.QueryRowContext(ctx, q, args...)
}

var rebound sync.Map // query text → the same with ?n

// numbered turns $n into what SQLite reads as the nth parameter: a bare ? where they come in order, which
// the driver binds without looking for a name, else ?n.
func numbered(q string) string {
	if v, ok := rebound.Load(q); ok {
		return v.(string)
	}
	r := strings.ReplaceAll(q, "$", "?")
	if bare, ok := inOrder(q); ok {
		r = bare
	}
	rebound.Store(q, r)
	return r
}

// inOrder gives q with ? in the place of $1, $2 and so on, if they come in that order, each once.
func inOrder(q string) (string, bool) {
	var b strings.Builder
	for n := 1; ; n++ {
		before, rest, more := strings.Cut(q, "$")
		b.WriteString(before)
		if !more {
			return b.String(), true
		}
		num := strconv.Itoa(n)
		if !strings.HasPrefix(rest, num) || len(rest) > len(num) && rest[len(num)] >= '0' && rest[len(num)] <= '9' {
			return "", false
		}
		b.WriteByte('?')
		q = rest[len(num):]
	}
}

func (c conn) exec(ctx context.Context, q string, args ...any) error {
	_, err := c.doExec(ctx, q, args)
	return err
}

func (c conn) changed(ctx context.Context, q string, args ...any) (int64, error) {
	res, err := c.doExec(ctx, q, args)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// row scans one row; ok is false where there is none.
func (c conn) row(ctx context.Context, dst []any, q string, args ...any) (ok bool, err error) {
	err = c.doRow(ctx, q, args...).Scan(dst...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// query collects the rows that scan reads.
func query[T any](ctx context.Context, c conn, scan func(*sql.Rows) (T, error), q string, args ...any) (out []T, err error) {
	rows, err := c.doQuery(ctx, q, args)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// many runs one statement for each row of arguments.
func (c conn) many(ctx context.Context, q string, n int, args func(i int) []any) (changed int, err error) {
	if n == 0 {
		return 0, nil
	}
	st := c.stmt(ctx, c.d.rebind(q))
	if st == nil {
		if st, err = c.q.PrepareContext(ctx, c.d.rebind(q)); err != nil {
			return 0, err
		}
		defer func() { err = errors.Join(err, st.Close()) }()
	}
	for i := range n {
		res, err := st.ExecContext(ctx, args(i)...)
		if err != nil {
			return changed, err
		}
		k, err := res.RowsAffected()
		if err != nil {
			return changed, err
		}
		changed += int(k)
	}
	return changed, nil
}

func jsonList(v []int64) any {
	b, _ := json.Marshal(v) // a list of numbers cannot fail
	return string(b)
}
