package state

import (
	"context"
	"database/sql"
	"time"
)

// withdrawn is the bit in the ways of a sighting that stands for no article, as things are.
const withdrawn = 1 << 8

func (c conn) PutSightings(ctx context.Context, ss []Sighting) error {
	_, err := c.many(ctx, `INSERT INTO sightings(host, uh, site, ways, published, seen, emitted) VALUES ($1,$2,$3,$4,$5,$6,$7)
		ON CONFLICT (host, uh) DO UPDATE SET ways = sightings.ways | excluded.ways`, len(ss), func(to []any, i int) []any {
		s := &ss[i]
		return append(to, s.Host, s.URL, s.Site, int64(s.Ways), ms(s.Published), ms(s.Seen), ms(s.Emitted))
	})
	return err
}

func (c conn) Sighted(ctx context.Context, ss []Sighting) error {
	_, err := c.many(ctx, `UPDATE sightings SET ways = ways | $1, published = CASE WHEN published = 0 THEN $2 ELSE published END
		WHERE host = $3 AND uh = $4 AND ways & $1 = 0`, len(ss), func(to []any, i int) []any {
		return append(to, int64(ss[i].Ways), ms(ss[i].Published), ss[i].Host, ss[i].URL)
	})
	return err
}

func (c conn) Emitted(ctx context.Context, k Key, at time.Time) error {
	return c.exec(ctx, `UPDATE sightings SET emitted = $1, ways = ways & $2 WHERE host = $3 AND uh = $4 AND emitted = 0`, ms(at), withdrawn-1, k.Host, k.URL)
}

func (c conn) DropSighting(ctx context.Context, k Key) error {
	return c.exec(ctx, `DELETE FROM sightings WHERE host = $1 AND uh = $2`, k.Host, k.URL)
}

func (c conn) Withdraw(ctx context.Context, k Key) error {
	return c.exec(ctx, `UPDATE sightings SET ways = ways | $1 WHERE host = $2 AND uh = $3 AND emitted = 0`, withdrawn, k.Host, k.URL)
}

func (c conn) Sightings(ctx context.Context, site int64) ([]Sighting, error) {
	return query(ctx, c, func(r *sql.Rows) (s Sighting, err error) {
		var pub, seen, out int64
		err = r.Scan(&s.Host, &s.URL, &s.Site, &s.Ways, &pub, &seen, &out)
		s.Published, s.Seen, s.Emitted = at(pub), at(seen), at(out)
		return s, err
	}, `SELECT host, uh, site, ways, published, seen, emitted FROM sightings WHERE site = $1 AND ways < $2 ORDER BY seen`, site, withdrawn)
}

func (c conn) ForgetSightings(ctx context.Context, site int64, before time.Time) error {
	return c.exec(ctx, `DELETE FROM sightings WHERE site = $1 AND seen < $2`, site, ms(before))
}

func (c conn) Recent(ctx context.Context, site int64, limit int) ([]URL, error) {
	return query(ctx, c, func(r *sql.Rows) (URL, error) { return scanURL(r.Scan) },
		`SELECT `+urlCols+` FROM sightings s JOIN urls u ON u.host = s.host AND u.uh = s.uh JOIN hosts h ON h.host = u.host
		WHERE s.site = $1 AND s.emitted > 0 ORDER BY s.seen DESC LIMIT $2`, site, limit)
}
