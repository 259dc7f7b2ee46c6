package state

import (
	"context"
	"time"
)

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

// Vacuum drops what only serves the recent past. URLs and the hashes of versions stay for ever:
// they are what keeps an article from coming out twice.
func (s *db) Vacuum(ctx context.Context, olderThan time.Time) (map[string]int64, error) {
	out := map[string]int64{}
	old := ms(olderThan)
	err := s.tx(ctx, func(c conn) error {
		for _, x := range []struct{ table, where string }{
			{"claims", "seen < $1"}, {"runs", "started < $1"}, {"memory", "seen < $1"}, {"saved", "until > 0 AND until < $1"},
			{"shapes", "pages = 0 AND closed_until < $1"},
		} {
			n, err := c.changed(ctx, `DELETE FROM `+x.table+` WHERE `+x.where, old)
			if err != nil {
				return err
			}
			out[x.table] = n
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, q := range s.d.sweep {
		if _, err := s.w.ExecContext(ctx, q); err != nil {
			return nil, err
		}
	}
	return out, nil
}
