package state

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/sqlite/*.sql migrations/postgres/*.sql
var migrations embed.FS

func provider(d *dialect, on *sql.DB) (*goose.Provider, error) {
	steps, err := readSteps("migrations/" + d.name)
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	options := append([]goose.ProviderOption{goose.WithGoMigrations(steps...), goose.WithDisableGlobalRegistry(true)}, d.migrating...)
	p, err := goose.NewProvider(d.goose, on, nil, options...)
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return p, nil
}

// readSteps reads the files of a folder, which are in the form of goose's tool. Each is run as it stands: goose would
// cut it into statements, and takes 4 MB of memory a file to do so, for every state that is made.
func readSteps(dir string) ([]*goose.Migration, error) {
	names, err := fs.Glob(migrations, dir+"/*.sql")
	if err != nil {
		return nil, err
	}
	steps := make([]*goose.Migration, len(names))
	for i, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return nil, err
		}
		b, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		up, down, _ := strings.Cut(string(b), "-- +goose Down")
		steps[i] = goose.NewGoMigration(version, step(up), step(down))
	}
	return steps, nil
}

func step(text string) *goose.GoFunc {
	return &goose.GoFunc{RunTx: func(ctx context.Context, t *sql.Tx) error {
		_, err := t.ExecContext(ctx, text)
		return err
	}}
}

// migrate brings the schema up to date, one step a transaction. A newer one is left alone: ErrNewer.
func migrate(ctx context.Context, d *dialect, w *sql.DB) error {
	p, err := provider(d, w)
	if err != nil {
		return err
	}
	has, knows, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the version of the schema: %w", err)
	}
	if has > knows {
		return fmt.Errorf("schema %d, of which this program knows %d: %w", has, knows, ErrNewer)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bring the schema up to date: %w", err)
	}
	return nil
}

// sameSchema holds the schema of a state that is only read against the program's.
func sameSchema(ctx context.Context, d *dialect, r *sql.DB) error {
	p, err := provider(d, r)
	if err != nil {
		return err
	}
	var has int64
	if err := r.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version WHERE is_applied").Scan(&has); err != nil {
		return fmt.Errorf("read the version of the schema: %w", err)
	}
	all := p.ListSources()
	switch knows := all[len(all)-1].Version; {
	case has > knows:
		return fmt.Errorf("schema %d, of which this program knows %d: %w", has, knows, ErrNewer)
	case has < knows:
		return fmt.Errorf("schema %d of %d: %w", has, knows, ErrOlder)
	}
	return nil
}
