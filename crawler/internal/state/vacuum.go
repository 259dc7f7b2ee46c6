package state

import (
	"context"
	"time"
)

// Counts are the sizes of the tables that grow.
func (s *db) Counts(ctx context.Context) (map[string]int64, error) {
	out := map[string]int64{}
	for _, table := range []string{"sites", "sources", "urls", "articles", "article_versions", "claims", "outbox", "alarms"} {
		var n int64
		if _, err := s.row(ctx, []any{&n}, `SELECT count(*) FROM `+table); err != nil {
			return nil, err
		}
		out[table] = n
	}
	return out, nil
}

// retention says what may be forgotten once it is older than $1. URLs, articles and the hash of an article's
// last text stay for ever: they are what keeps an article from coming out twice. A claim that a source still
// makes comes back at its next reading, as where it begins.
var retention = []struct{ name, sql string }{
	{"claims", `DELETE FROM claims WHERE seen < $1`},
	{"runs", `DELETE FROM runs WHERE started < $1`},
	{"versions", `DELETE FROM article_versions WHERE seen < $1 AND version < (SELECT a.version FROM articles a WHERE a.host = article_versions.host AND a.ah = article_versions.ah)`},
	{"memory", `DELETE FROM memory WHERE seen < $1`},
	{"sightings", `DELETE FROM sightings WHERE seen < $1`},
	{"saved", `DELETE FROM saved WHERE until > 0 AND until < $1`},
	{"shapes", `DELETE FROM shapes WHERE pages = 0 AND closed_until < $1`},
	// The hashes of a dead address say that it is known; the next source that names it brings its path back.
	{"dead", `UPDATE urls SET path = '' WHERE state IN (` + eitherScheme(Dead) + `) AND last_seen < $1 AND next_due IS NULL AND path <> ''`},
	{"validators", `DELETE FROM validators WHERE EXISTS (SELECT 1 FROM urls u WHERE u.host = validators.host AND u.uh = validators.uh AND u.path = '')`},
}

// Vacuum drops what only serves the recent past and gives the space back.
func (s *db) Vacuum(ctx context.Context, olderThan time.Time) (map[string]int64, error) {
	out := map[string]int64{}
	err := s.tx(ctx, lasting, func(c conn) error {
		for _, x := range retention {
			var args []any
			if x.name != "validators" {
				args = []any{ms(olderThan)}
			}
			n, err := c.changed(ctx, x.sql, args...)
			if err != nil {
				return err
			}
			out[x.name] = n
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	on, back, err := s.w.lend(ctx, lasting)
	if err != nil {
		return nil, err
	}
	defer back()
	for _, q := range s.d.sweep {
		if _, err := on.q.ExecContext(ctx, q); err != nil {
			return nil, err
		}
	}
	return out, nil
}
