package state

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/dateline-go/dateline/internal/killtest"
)

// at is a state at an older version of the schema, with a site in it.
func stateAt(t *testing.T, name string, version int64) {
	t.Helper()
	d, w := sqliteOf(t, name)
	p, err := provider(d, w)
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
	return &dialect{name: "sqlite", goose: "sqlite3"}, w
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
