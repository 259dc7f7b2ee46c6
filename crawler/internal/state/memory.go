package state

import (
	"context"
	"time"
)

func (c conn) Memory(ctx context.Context, site int64) (memory string, err error) {
	_, err = c.row(ctx, []any{&memory}, `SELECT articles FROM memory WHERE site = $1`, site)
	return memory, err
}

func (c conn) PutMemory(ctx context.Context, site int64, memory string, seen time.Time) error {
	return c.exec(ctx, `INSERT INTO memory(site, seen, articles) VALUES ($1,$2,$3)
		ON CONFLICT (site) DO UPDATE SET seen = excluded.seen, articles = excluded.articles`, site, ms(seen), memory)
}
