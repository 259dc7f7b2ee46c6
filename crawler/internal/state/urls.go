package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

const urlCols = `u.host, u.uh, u.first_seen, u.last_seen, COALESCE(u.next_due, 0), u.state, u.tries, u.rank, u.source, u.path, h.name`

func scanURL(scan func(...any) error) (u URL, err error) {
	var first, last, due int64
	var state int
	var path, host string
	err = scan(&u.Host, &u.Key.URL, &first, &last, &due, &state, &u.Tries, &u.Rank, &u.Source, &path, &host)
	u.FirstSeen, u.LastSeen, u.NextDue = at(first), at(last), at(due)
	u.State = State(state &^ httpBit)
	scheme := "https://"
	if state&httpBit != 0 {
		scheme = "http://"
	}
	u.URL = scheme + host + path
	return u, err
}

// eitherScheme are the numbers that stand for a state in the column, as SQL lists them.
func eitherScheme(s State) string { return fmt.Sprintf("%d, %d", s, s|httpBit) }

// stored is the state with its scheme bit, and the path.
func stored(u *URL) (state int, path string) {
	state = int(u.State)
	scheme, rest, _ := strings.Cut(u.URL, "://")
	if scheme == "http" {
		state |= httpBit
	}
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		path = rest[i:]
	}
	return state, path
}

func (c conn) Known(ctx context.Context, keys []Key) (map[Key]URL, error) {
	out := make(map[Key]URL, len(keys))
	err := eachHost(keys, func(host int64, uhs []int64) error {
		rows, err := query(ctx, c, func(r *sql.Rows) (URL, error) { return scanURL(r.Scan) },
			`SELECT `+urlCols+` FROM `+c.d.each+` urls u ON u.host = $1 AND u.uh = j.v JOIN hosts h ON h.host = u.host`, host, c.d.list(uhs))
		for _, u := range rows {
			out[u.Key] = u
		}
		return err
	})
	return out, err
}

// eachHost asks for keys by host, some at a time: the rows of one host lie together.
func eachHost(keys []Key, ask func(host int64, uhs []int64) error) error {
	byHost := map[int64][]int64{}
	for _, k := range keys {
		byHost[k.Host] = append(byHost[k.Host], k.URL)
	}
	for host, uhs := range byHost {
		slices.Sort(uhs) // as they lie
		for some := range slices.Chunk(slices.Compact(uhs), 2000) {
			if err := ask(host, some); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *db) FindURL(ctx context.Context, k Key) (u URL, site string, ok bool, err error) {
	row := s.q.QueryRowContext(ctx, s.d.rebind(`SELECT `+urlCols+`, s.key FROM urls u JOIN hosts h ON h.host = u.host JOIN sites s ON s.site = h.site
		WHERE u.host = $1 AND u.uh = $2`), k.Host, k.URL)
	u, err = scanURL(func(dst ...any) error { return row.Scan(append(dst, &site)...) })
	if errors.Is(err, sql.ErrNoRows) {
		return URL{}, "", false, nil
	}
	return u, site, err == nil, err
}

func (c conn) Due(ctx context.Context, site int64, by time.Time, limit int) ([]URL, error) {
	return query(ctx, c, func(r *sql.Rows) (URL, error) { return scanURL(r.Scan) },
		`SELECT `+urlCols+` FROM hosts h JOIN urls u `+c.d.byDue+` ON u.host = h.host
		WHERE h.site = $1 AND u.next_due IS NOT NULL AND u.next_due <= $2 ORDER BY u.rank, u.uh LIMIT $3`, site, ms(by), limit)
}

func (c conn) CountDue(ctx context.Context, site int64, by time.Time) (n int, err error) {
	_, err = c.row(ctx, []any{&n}, `SELECT count(*) FROM hosts h JOIN urls u `+c.d.byDue+` ON u.host = h.host
		WHERE h.site = $1 AND u.next_due IS NOT NULL AND u.next_due <= $2`, site, ms(by))
	return n, err
}

func (c conn) NextDue(ctx context.Context, site int64) (time.Time, error) {
	var next int64
	_, err := c.row(ctx, []any{&next}, `SELECT COALESCE(min(u.next_due), 0) FROM hosts h JOIN urls u ON u.host = h.host
		WHERE h.site = $1 AND u.next_due IS NOT NULL`, site)
	return at(next), err
}

func (s *db) Tally(ctx context.Context, site int64, by time.Time, pastRank int64) ([]Tally, error) {
	return query(ctx, s.conn, func(r *sql.Rows) (t Tally, err error) {
		var state, due, tried, past int
		err = r.Scan(&state, &due, &tried, &past, &t.N)
		t.State, t.Due, t.Tried, t.Past = State(state), due == 1, tried == 1, past == 1
		return t, err
	}, `SELECT u.state & `+strconv.Itoa(httpBit-1)+`, CASE WHEN u.next_due <= $2 THEN 1 ELSE 0 END, CASE WHEN u.tries > 0 THEN 1 ELSE 0 END,
		CASE WHEN u.rank > $3 THEN 1 ELSE 0 END, count(*) FROM hosts h JOIN urls u ON u.host = h.host WHERE h.site = $1
		GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`, site, ms(by), pastRank)
}

func (c conn) AddURLs(ctx context.Context, urls []URL) (int, error) {
	return c.many(ctx, `INSERT INTO urls(host, uh, first_seen, last_seen, next_due, state, tries, rank, source, path)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT (host, uh) DO UPDATE SET path = excluded.path WHERE urls.path = '' AND excluded.path <> ''`,
		len(urls), func(to []any, i int) []any { return urlArgs(to, &urls[i]) })
}

func urlArgs(to []any, u *URL) []any {
	state, path := stored(u)
	return append(to, u.Host, u.Key.URL, ms(u.FirstSeen), ms(u.LastSeen), due(u.NextDue), int64(state), int64(u.Tries), u.Rank, u.Source, path)
}

func (c conn) PutURL(ctx context.Context, u URL) error {
	return c.exec(ctx, `INSERT INTO urls(host, uh, first_seen, last_seen, next_due, state, tries, rank, source, path)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT (host, uh) DO UPDATE SET last_seen = excluded.last_seen,
		next_due = excluded.next_due, state = excluded.state, tries = excluded.tries, rank = excluded.rank, path = excluded.path`, urlArgs(nil, &u)...)
}

func (c conn) Recheck(ctx context.Context, k Key, when time.Time, rank int64) error {
	return c.exec(ctx, `UPDATE urls SET next_due = $1, rank = $2, tries = 0 WHERE host = $3 AND uh = $4 AND path <> '' AND (next_due IS NULL OR next_due > $1)`,
		ms(when), rank, k.Host, k.URL)
}

func (c conn) Reconsider(ctx context.Context, site int64, since, when time.Time) error {
	return c.exec(ctx, `UPDATE urls SET next_due = $1, tries = 0 WHERE host IN (SELECT h.host FROM hosts h WHERE h.site = $2)
		AND state IN (`+eitherScheme(Other)+`) AND last_seen >= $3 AND EXISTS (SELECT 1 FROM claims c WHERE c.host = urls.host AND c.uh = urls.uh)`,
		ms(when), site, ms(since))
}

func (c conn) Claims(ctx context.Context, keys []Key) (map[Key][]Claim, error) {
	out := map[Key][]Claim{}
	err := eachHost(keys, func(host int64, uhs []int64) error {
		rows, err := query(ctx, c, func(r *sql.Rows) (m Claim, err error) {
			var seen int64
			m.Host = host
			err = r.Scan(&m.Key.URL, &m.Source, &m.SourceURL, &m.SourceKind, &m.Title, &m.Published, &m.Updated, &m.Fetched, &m.Language, &m.Publisher, &seen)
			m.Seen = at(seen)
			return m, err
		}, `SELECT c.uh, c.source, COALESCE(s.url, ''), COALESCE(s.kind, ''), c.title, c.published, c.updated, c.fetched, c.language, c.publisher, c.seen
			FROM `+c.d.each+` claims c ON c.host = $1 AND c.uh = j.v LEFT JOIN sources s ON s.source = c.source ORDER BY c.source`, host, c.d.list(uhs))
		for _, m := range rows {
			out[m.Key] = append(out[m.Key], m)
		}
		return err
	})
	return out, err
}

func (c conn) PutClaims(ctx context.Context, said []Claim) error {
	_, err := c.many(ctx, `INSERT INTO claims(host, uh, source, title, published, updated, fetched, language, publisher, seen)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT (host, uh, source) DO UPDATE SET title = excluded.title, published = excluded.published,
		updated = excluded.updated, language = excluded.language, publisher = excluded.publisher, seen = excluded.seen`,
		len(said), func(to []any, i int) []any {
			m := &said[i]
			var fetched any
			if m.Fetched != nil {
				fetched = *m.Fetched
			}
			return append(to, m.Host, m.Key.URL, m.Source, m.Title, m.Published, m.Updated, fetched, m.Language, m.Publisher, ms(m.Seen))
		})
	return err
}

func (c conn) FetchedClaims(ctx context.Context, k Key) error {
	return c.exec(ctx, `UPDATE claims SET fetched = updated WHERE host = $1 AND uh = $2`, k.Host, k.URL)
}

func (c conn) Validators(ctx context.Context, k Key) (etag, modified string, err error) {
	_, err = c.row(ctx, []any{&etag, &modified}, `SELECT etag, last_modified FROM validators WHERE host = $1 AND uh = $2`, k.Host, k.URL)
	return etag, modified, err
}

func (c conn) PutValidators(ctx context.Context, k Key, etag, modified string) error {
	if etag == "" && modified == "" {
		return c.exec(ctx, `DELETE FROM validators WHERE host = $1 AND uh = $2`, k.Host, k.URL)
	}
	return c.exec(ctx, `INSERT INTO validators(host, uh, etag, last_modified) VALUES ($1,$2,$3,$4)
		ON CONFLICT (host, uh) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified`, k.Host, k.URL, etag, modified)
}
