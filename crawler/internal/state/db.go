package state

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
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
	whole     string // what all steps make, "" to run them
	// alone keeps others from making the schema meanwhile.
	alone   string
	rebind  func(string) string
	each    string            // a table j(v) of the numbers in parameter 2
	list    func([]int64) any // the parameter for each
	there   string            // counts the tables of a name
	holds   string            // counts what a database that is ours alone holds, "" where it may be shared
	byDue   string            // makes the planner take the index of due URLs, not all of a host's
	sweep   []string          // statements that give space back
	takeall bool              // a held lease is dead: the file lock says so
	// many runs one statement for each of n rows of arguments, and counts the rows that changed.
	many func(ctx context.Context, c conn, q string, n int, args arguments) (int64, error)
}

// db is a Store on database/sql.
type db struct {
	conn  // for questions
	w     writer
	now   func() time.Time
	close []func() error
}

// A writer gives one of its connections to who writes, until back is called.
type writer interface {
	lend(ctx context.Context, lasting bool) (on conn, back func(), err error)
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
	for _, f := range s.close {
		errs = append(errs, f())
	}
	return errors.Join(errs...)
}

// querier is *sql.DB, *sql.Conn or *sql.Tx.
type querier interface {
	ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, q string, args ...any) *sql.Row
}

// conn holds the queries; it serves as Reader on a pool and as Tx in a transaction.
type conn struct {
	q  querier
	d  *dialect
	p  *prepared
	on *sql.Conn // of a transaction
	// brief says that the transaction lasts only with the next one that lasts.
	brief bool
}

var _ Tx = conn{}

func (c conn) doExec(ctx context.Context, q string, args []any) (sql.Result, error) {
	q = c.d.rebind(q)
	if st := c.p.stmt(ctx, q); st != nil {
		return st.ExecContext(ctx, args...)
	}
	return c.q.ExecContext(ctx, q, args...)
}

func (c conn) doQuery(ctx context.Context, q string, args []any) (*sql.Rows, error) {
	q = c.d.rebind(q)
	if st := c.p.stmt(ctx, q); st != nil {
		return st.QueryContext(ctx, args...)
	}
	return c.q.QueryContext(ctx, q, args...)
}

func (c conn) doRow(ctx context.Context, q string, args ...any) *sql.Row {
	q = c.d.rebind(q)
	if st := c.p.stmt(ctx, q); st != nil {
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

// arguments appends those of row i to a list.
type arguments func(to []any, i int) []any

// many runs one statement for each row of arguments.
func (c conn) many(ctx context.Context, q string, n int, args arguments) (changed int, err error) {
	if n == 0 {
		return 0, nil
	}
	k, err := c.d.many(ctx, c, c.d.rebind(q), n, args)
	return int(k), err
}

func jsonList(v []int64) any {
	b, _ := json.Marshal(v) // a list of numbers cannot fail
	return string(b)
}
