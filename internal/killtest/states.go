// Package killtest is what tests share that kill a crawl: states to crawl with, outputs to read back, and
// the judgement over both, which is that every version of every article stands there exactly once.
package killtest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver, for a database of the test's own
)

// EachStore runs f on a new state in SQLite, and on one in PostgreSQL where there is a server.
func EachStore(t *testing.T, f func(t *testing.T, state string)) {
	t.Run("sqlite", func(t *testing.T) { f(t, filepath.Join(t.TempDir(), "news.db")) })
	t.Run("postgres", func(t *testing.T) { f(t, Postgres(t)) })
}

var databases atomic.Int64

// Postgres makes an empty database beside the one that DATELINE_TEST_POSTGRES names (see .ci/postgres), and
// drops it in the end. The test is skipped where none is named.
func Postgres(t *testing.T) string {
	t.Helper()
	dsn := os.Getenv("DATELINE_TEST_POSTGRES")
	if dsn == "" {
		t.Skip("DATELINE_TEST_POSTGRES names no database")
	}
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	admin, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("kill_%d_%d", os.Getpid(), databases.Add(1))
	if _, err := admin.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
		_ = admin.Close()
	})
	u.Path = "/" + name
	return u.String()
}
