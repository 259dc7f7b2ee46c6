package state

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

const articleCols = `a.host, a.ah, a.uh, a.site, a.id, a.version, a.body_hash, a.title_hash, a.simhash, a.published, a.modified, a.first_seen, a.checks, a.same`

func scanArticle(scan func(...any) error) (a Article, err error) {
	var sim, pub, mod, first int64
	err = scan(&a.Host, &a.Key.URL, &a.URL, &a.Site, &a.ID, &a.Version, &a.BodyHash, &a.TitleHash, &sim, &pub, &mod, &first, &a.Checks, &a.Same)
	a.Simhash = uint64(sim)
	a.Published, a.Modified, a.FirstSeen = at(pub), at(mod), at(first)
	return a, err
}

func (c conn) Article(ctx context.Context, k Key) (Article, bool, error) {
	row := c.doRow(ctx, `SELECT `+articleCols+` FROM articles a WHERE a.host = $1 AND a.ah = $2
		UNION ALL SELECT `+articleCols+` FROM aliases x JOIN articles a ON a.host = x.ahost AND a.ah = x.ah WHERE x.host = $1 AND x.uh = $2 LIMIT 1`, k.Host, k.URL)
	a, err := scanArticle(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return Article{}, false, nil
	}
	return a, err == nil, err
}

func (c conn) PutArticle(ctx context.Context, a Article) error {
	return c.exec(ctx, `INSERT INTO articles(host, ah, uh, site, id, version, body_hash, title_hash, simhash, published, modified, first_seen, checks, same)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14) ON CONFLICT (host, ah) DO UPDATE SET uh = excluded.uh, version = excluded.version,
		body_hash = excluded.body_hash, title_hash = excluded.title_hash, simhash = excluded.simhash, published = excluded.published,
		modified = excluded.modified, checks = excluded.checks, same = excluded.same`,
		a.Host, a.Key.URL, a.URL, a.Site, a.ID, a.Version, a.BodyHash, a.TitleHash, int64(a.Simhash), ms(a.Published), ms(a.Modified), ms(a.FirstSeen), a.Checks, a.Same)
}

func (c conn) PutVersion(ctx context.Context, k Key, version int, bodyHash, textHash, run int64, seen time.Time) error {
	return c.exec(ctx, `INSERT INTO article_versions(host, ah, version, body_hash, text_hash, run, seen) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
		k.Host, k.URL, version, bodyHash, textHash, run, ms(seen))
}

func (c conn) HasVersion(ctx context.Context, k Key, bodyHash, textHash int64) (bool, error) {
	var n int
	return c.row(ctx, []any{&n}, `SELECT 1 FROM article_versions WHERE host = $1 AND ah = $2 AND (body_hash = $3 OR text_hash = $4) LIMIT 1`,
		k.Host, k.URL, bodyHash, textHash)
}

func (c conn) Since(ctx context.Context, site int64, since time.Time) (articles, versions int, err error) {
	_, err = c.row(ctx, []any{&articles, &versions}, `SELECT COALESCE(sum(CASE WHEN v.version = 1 THEN 1 ELSE 0 END), 0), count(*)
		FROM hosts h JOIN article_versions v ON v.host = h.host WHERE h.site = $1 AND v.seen > $2`, site, ms(since))
	return articles, versions, err
}

func (c conn) Titled(ctx context.Context, titleHash int64, since time.Time) ([]Article, error) {
	return query(ctx, c, func(r *sql.Rows) (Article, error) { return scanArticle(r.Scan) },
		`SELECT `+articleCols+` FROM articles a WHERE a.title_hash = $1 AND a.first_seen >= $2 ORDER BY a.first_seen LIMIT 20`, titleHash, ms(since))
}

func (c conn) PutAlias(ctx context.Context, from, to Key) error {
	if from == to {
		return nil
	}
	return c.exec(ctx, `INSERT INTO aliases(host, uh, ahost, ah) VALUES ($1,$2,$3,$4)
		ON CONFLICT (host, uh) DO UPDATE SET ahost = excluded.ahost, ah = excluded.ah`, from.Host, from.URL, to.Host, to.URL)
}

func (c conn) Aliases(ctx context.Context, k Key) (n int, err error) {
	_, err = c.row(ctx, []any{&n}, `SELECT count(*) FROM aliases WHERE ahost = $1 AND ah = $2`, k.Host, k.URL)
	return n, err
}

func (c conn) Shapes(ctx context.Context, site int64) (map[string]Shape, error) {
	rows, err := query(ctx, c, func(r *sql.Rows) (s Shape, err error) {
		var closed int64
		err = r.Scan(&s.Shape, &s.Found, &s.Pages, &s.Articles, &closed)
		s.ClosedUntil = at(closed)
		return s, err
	}, `SELECT shape, found, pages, articles, closed_until FROM shapes WHERE site = $1`, site)
	out := make(map[string]Shape, len(rows))
	for _, s := range rows {
		out[s.Shape] = s
	}
	return out, err
}

func (c conn) PutShape(ctx context.Context, site int64, s Shape) error {
	return c.exec(ctx, `INSERT INTO shapes(site, shape, found, pages, articles, closed_until) VALUES ($1,$2,$3,$4,$5,$6)
		ON CONFLICT (site, shape) DO UPDATE SET found = excluded.found, pages = excluded.pages, articles = excluded.articles, closed_until = excluded.closed_until`,
		site, s.Shape, s.Found, s.Pages, s.Articles, ms(s.ClosedUntil))
}
