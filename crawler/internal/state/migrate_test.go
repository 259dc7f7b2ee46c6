package state

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/dateline-go/dateline/internal/killtest"
)

// at is a state at an older version of the schema, with a site in it.
func stateAt(t *testing.T, name string, version int64) {
	t.Helper()
	d, w := sqliteOf(t, name)
	steps, err := readSteps(d)
	must(t, err)
	p, err := provider(d, w, steps)
	must(t, err)
	_, err = p.UpTo(t.Context(), version)
	must(t, err)
	_, err = w.ExecContext(t.Context(), `INSERT INTO sites(site, key, first_seen) VALUES (7, 'paper.example', 1)`)
	must(t, err)
	must(t, w.Close())
}

func sqliteOf(t *testing.T, name string) (*dialect, *sql.DB) {
	t.Helper()
	w, err := sql.Open("sqlite", name)
	must(t, err)
	return sqliteDialect(), w
}

func newest(t *testing.T) int64 {
	t.Helper()
	steps, err := os.ReadDir("migrations/sqlite")
	must(t, err)
	return int64(len(steps))
}

func TestTheStateOfAnyEarlierProgramGoesOnWithWhatItKnows(t *testing.T) {
	for version := int64(1); version <= newest(t); version++ {
		name := filepath.Join(t.TempDir(), "state.db")
		stateAt(t, name, version)
		_, err := OpenRead(t.Context(), name, Options{})
		if old := version < newest(t); errors.Is(err, ErrOlder) != old || !old && err != nil {
			t.Errorf("schema %d is read: %v", version, err)
		}
		s, err := Open(t.Context(), name, Options{Fast: true})
		must(t, err)
		if all, err := s.AllSites(t.Context()); err != nil || len(all) != 1 || all[0].Key != "paper.example" {
			t.Errorf("schema %d: %v %v", version, all, err)
		}
		must(t, s.Close())
		r, err := OpenRead(t.Context(), name, Options{})
		must(t, err)
		must(t, r.Close())
	}
}

func TestTheStateOfANewerProgramIsRefusedAndLeftAlone(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.db")
	stateAt(t, name, newest(t))
	_, w := sqliteOf(t, name)
	_, err := w.ExecContext(t.Context(), `INSERT INTO goose_db_version(version_id, is_applied) VALUES ($1, 1)`, newest(t)+1)
	must(t, err)
	must(t, w.Close())
	for what, open := range map[string]func(context.Context, string, Options) (Store, error){"opened": Open, "read": OpenRead} {
		if _, err := open(t.Context(), name, Options{}); !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAFileThatIsNoStateIsNamed(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.db")
	must(t, os.WriteFile(name, []byte(strings.Repeat("no database at all\n", 100)), 0o644))
	for what, open := range map[string]func(context.Context, string, Options) (Store, error){"opened": Open, "read": OpenRead} {
		if _, err := open(t.Context(), name, Options{}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAStateBesideWhichNothingCanBeWrittenIsReadAsItStands(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.db")
	s, err := Open(t.Context(), name, Options{})
	must(t, err)
	must(t, s.Close())
	for _, beside := range []string{"-wal", "-shm"} {
		must(t, os.RemoveAll(name+beside))
	}
	must(t, os.Symlink(filepath.Join(t.TempDir(), "none", "shm"), name+"-shm")) // it cannot be made, as in a folder of somebody else's
	r, err := OpenRead(t.Context(), name, Options{})
	must(t, err)
	if _, err := r.AllSites(t.Context()); err != nil {
		t.Error(err)
	}
	must(t, r.Close())
	must(t, os.WriteFile(name+"-wal", []byte("what a killed run left"), 0o644))
	if r, err := OpenRead(t.Context(), name, Options{}); err == nil {
		t.Errorf("a state is read without its log: %v", r.Close())
	}
}

func TestTheDatabaseOfAnotherProgramIsRefusedAndLeftAlone(t *testing.T) {
	name := filepath.Join(t.TempDir(), "other.db")
	_, w := sqliteOf(t, name)
	_, err := w.ExecContext(t.Context(), `CREATE TABLE places(url TEXT)`)
	must(t, err)
	for what, open := range map[string]func(context.Context, string, Options) (Store, error){"Open": Open, "OpenRead": OpenRead} {
		if _, err := open(t.Context(), name, Options{}); !errors.Is(err, ErrNoState) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", what, err)
		}
	}
	var n int
	if err := w.QueryRowContext(t.Context(), `SELECT count(*) FROM sqlite_schema`).Scan(&n); err != nil || n != 1 {
		t.Errorf("%d tables and indexes, %v", n, err)
	}
	must(t, w.Close())
}

func TestMachinesThatBeginAtOnceMakeOneSchema(t *testing.T) {
	dsn := killtest.Postgres(t)
	var all sync.WaitGroup
	for _, machine := range []string{"a", "b", "c", "d"} {
		all.Go(func() {
			s, err := Open(t.Context(), dsn+"?application_name="+machine, Options{}) // another address, another lock
			if err != nil {
				t.Errorf("%s: %v", machine, err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	s, err := OpenRead(t.Context(), dsn, Options{})
	must(t, err)
	must(t, s.Close())
}

// schemaOf is all that a database says of its tables, a line each.
var schemaOf = map[string]string{
	"sqlite": `SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_schema UNION ALL SELECT 'version ' || version_id FROM goose_db_version ORDER BY 1`,
	"postgres": `SELECT concat_ws(' ', 'column', table_name, ordinal_position, column_name, data_type, is_nullable, column_default, is_identity, identity_generation)
		FROM information_schema.columns WHERE table_schema = current_schema()
		UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()
		UNION ALL SELECT concat_ws(' ', 'table', relname, reloptions) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
		UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
		UNION ALL SELECT 'version ' || version_id FROM goose_db_version ORDER BY 1`,
}

var update = flag.Bool("update", false, "write the whole schema of SQLite anew, from its steps")

// writeWhole writes what the steps of SQLite make.
func writeWhole(t *testing.T, w *sql.DB) {
	made, err := query(t.Context(), conn{q: w, d: sqliteDialect()}, func(r *sql.Rows) (line string, err error) { return line, r.Scan(&line) },
		`SELECT sql FROM sqlite_schema WHERE sql <> '' AND name NOT IN ('goose_db_version', 'sqlite_sequence') ORDER BY tbl_name, type DESC, name`)
	must(t, err)
	sqliteWhole = "-- Made of the steps by go generate: do not edit.\n" + strings.Join(made, ";\n") + ";\n"
	must(t, os.WriteFile("migrations/sqlite.sql", []byte(sqliteWhole), 0o644))
}

func TestASchemaThatIsMadeAtOnceIsThatOfItsSteps(t *testing.T) {
	for name, fresh := range map[string]func(t *testing.T) (*dialect, *sql.DB){
		"sqlite": func(t *testing.T) (*dialect, *sql.DB) { return sqliteOf(t, filepath.Join(t.TempDir(), "state.db")) },
		"postgres": func(t *testing.T) (*dialect, *sql.DB) {
			w, err := sql.Open("pgx", killtest.Postgres(t))
			must(t, err)
			return postgresDialect(), w
		},
	} {
		t.Run(name, func(t *testing.T) {
			read := func(make func(d *dialect, w *sql.DB, steps []step)) []string {
				d, w := fresh(t)
				defer w.Close()
				steps, err := readSteps(d)
				must(t, err)
				make(d, w, steps)
				lines, err := query(t.Context(), conn{q: w, d: d}, func(r *sql.Rows) (line string, err error) { return line, r.Scan(&line) }, schemaOf[name])
				must(t, err)
				return lines
			}
			inSteps := read(func(d *dialect, w *sql.DB, steps []step) {
				p, err := provider(d, w, steps)
				must(t, err)
				_, err = p.Up(t.Context())
				must(t, err)
				if *update && name == "sqlite" {
					writeWhole(t, w)
				}
			})
			atOnce := read(func(d *dialect, w *sql.DB, steps []step) {
				made, err := makeWhole(t.Context(), d, w, steps)
				must(t, err)
				if !made {
					t.Error("there was a schema already")
				}
			})
			if len(inSteps) < 20 || !slices.Equal(inSteps, atOnce) {
				t.Errorf("in steps:\n%s\n\nat once:\n%s", strings.Join(inSteps, "\n"), strings.Join(atOnce, "\n"))
			}
		})
	}
}
