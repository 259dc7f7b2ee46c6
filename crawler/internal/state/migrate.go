package state

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

//go:embed migrations/sqlite/*.sql migrations/postgres/*.sql
var migrations embed.FS

// sqliteWhole is what all steps of SQLite make, which parses the whole schema anew after each column that one adds.
//
//go:generate go test -run TestASchemaThatIsMadeAtOnceIsThatOfItsSteps -update
//go:embed migrations/sqlite.sql
var sqliteWhole string

// A step brings the schema to its version, and back to the one before.
type step struct {
	version  int64
	up, down string
}

// readSteps reads the files of a dialect, which are in the form of goose's tool.
func readSteps(d *dialect) ([]step, error) {
	names, err := fs.Glob(migrations, "migrations/"+d.name+"/*.sql")
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	steps := make([]step, len(names))
	for i, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return nil, fmt.Errorf("read the migrations: %w", err)
		}
		b, err := migrations.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read the migrations: %w", err)
		}
		up, down, _ := strings.Cut(string(b), "-- +goose Down")
		steps[i] = step{version, up, down}
	}
	return steps, nil
}

// provider runs each step as it stands: goose would cut it into statements, and takes 4 MB of memory a file to do so.
func provider(d *dialect, on *sql.DB, steps []step) (*goose.Provider, error) {
	run := func(text string) *goose.GoFunc {
		return &goose.GoFunc{RunTx: func(ctx context.Context, t *sql.Tx) error {
			_, err := t.ExecContext(ctx, text)
			return err
		}}
	}
	all := make([]*goose.Migration, len(steps))
	for i, s := range steps {
		all[i] = goose.NewGoMigration(s.version, run(s.up), run(s.down))
	}
	options := append([]goose.ProviderOption{goose.WithGoMigrations(all...), goose.WithDisableGlobalRegistry(true)}, d.migrating...)
	p, err := goose.NewProvider(d.goose, on, nil, options...)
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return p, nil
}

// migrate brings the schema up to date: one that is there in steps, each a transaction, and one that is not at
// once. A newer one is left alone: ErrNewer.
func migrate(ctx context.Context, d *dialect, w *sql.DB) error {
	steps, err := readSteps(d)
	if err != nil {
		return err
	}
	if made, err := makeWhole(ctx, d, w, steps); made || err != nil {
		return err
	}
	switch err := compare(ctx, w, steps); {
	case err == nil:
		return nil
	case !errors.Is(err, ErrOlder):
		return err
	}
	p, err := provider(d, w, steps)
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bring the schema up to date: %w", err)
	}
	return nil
}

// makeWhole makes the schema where there is none, in one transaction, with goose's book of the steps.
func makeWhole(ctx context.Context, d *dialect, w *sql.DB, steps []step) (made bool, err error) {
	if there, err := booked(ctx, d, w); there || err != nil {
		return false, err
	}
	if d.holds != "" { // nothing is put into the database of another program
		var n int
		if err := w.QueryRowContext(ctx, d.holds).Scan(&n); err != nil || n > 0 {
			return false, cmp.Or(err, ErrNoState)
		}
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("make the schema: %w", err)
		}
	}()
	t, err := w.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() { _ = t.Rollback() }() // after a commit it is nothing
	if d.alone != "" {
		if _, err := t.ExecContext(ctx, d.alone); err != nil {
			return false, err
		}
	}
	if there, err := booked(ctx, d, t); there || err != nil { // another was first
		return false, err
	}
	book, err := database.NewStore(d.goose, goose.DefaultTablename)
	if err != nil {
		return false, err
	}
	if err := book.CreateVersionTable(ctx, t); err != nil {
		return false, err
	}
	whole := d.whole
	for _, s := range append([]step{{}}, steps...) {
		if d.whole == "" {
			whole += s.up
		}
		if err := book.Insert(ctx, t, database.InsertRequest{Version: s.version}); err != nil {
			return false, err
		}
	}
	if _, err := t.ExecContext(ctx, whole); err != nil {
		return false, err
	}
	return true, t.Commit()
}

// booked reports whether there is a book of steps.
func booked(ctx context.Context, d *dialect, on querier) (bool, error) {
	var n int
	if err := on.QueryRowContext(ctx, d.rebind(d.there), goose.DefaultTablename).Scan(&n); err != nil {
		return false, fmt.Errorf("read the version of the schema: %w", err)
	}
	return n > 0, nil
}

// sameSchema holds the schema of a state that is only read against the program's.
func sameSchema(ctx context.Context, d *dialect, r *sql.DB) error {
	steps, err := readSteps(d)
	if err != nil {
		return err
	}
	if there, err := booked(ctx, d, r); err != nil || !there {
		return cmp.Or(err, ErrNoState)
	}
	return compare(ctx, r, steps)
}

// compare holds the schema against what the program knows: ErrNewer or ErrOlder where they differ.
func compare(ctx context.Context, r querier, steps []step) error {
	var has int64
	if err := r.QueryRowContext(ctx, "SELECT max(version_id) FROM "+goose.DefaultTablename+" WHERE is_applied").Scan(&has); err != nil {
		return fmt.Errorf("read the version of the schema: %w", err)
	}
	switch knows := steps[len(steps)-1].version; {
	case has > knows:
		return fmt.Errorf("schema %d, of which this program knows %d: %w", has, knows, ErrNewer)
	case has < knows:
		return fmt.Errorf("schema %d of %d: %w", has, knows, ErrOlder)
	}
	return nil
}
