package state

import (
	"context"
	"database/sql"
)

func (c conn) Twins(ctx context.Context, site int64) (map[string]Twin, error) {
	rows, err := query(ctx, c, func(r *sql.Rows) (w Twin, err error) {
		var until int64
		err = r.Scan(&w.Host, &w.Main, &w.Agreed, &until)
		w.Until = at(until)
		return w, err
	}, `SELECT host, main, agreed, until FROM twins WHERE site = $1`, site)
	out := make(map[string]Twin, len(rows))
	for _, w := range rows {
		out[w.Host] = w
	}
	return out, err
}

func (c conn) PutTwin(ctx context.Context, site int64, w Twin) error {
	return c.exec(ctx, `INSERT INTO twins(site, host, main, agreed, until) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (site, host) DO UPDATE SET main = excluded.main, agreed = excluded.agreed, until = excluded.until`,
		site, w.Host, w.Main, w.Agreed, ms(w.Until))
}
