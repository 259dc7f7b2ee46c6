package state

import (
	"context"
	"database/sql"
	"errors"
)

func (c conn) Emit(ctx context.Context, sink string, line []byte) error {
	if c.brief {
		return errors.New("a line in a transaction that may be lost")
	}
	return c.exec(ctx, `INSERT INTO outbox(sink, rec) VALUES ($1, $2)`, sink, line)
}

func (c conn) Hold(ctx context.Context, k Sink) error {
	n, err := c.changed(ctx, `UPDATE sinks SET epoch = epoch WHERE sink = $1 AND epoch = $2`, k.Name, k.Epoch)
	if err == nil && n == 0 {
		err = ErrTaken
	}
	return err
}

func (s *db) OpenSink(ctx context.Context, name string) (k Sink, fresh bool, err error) {
	k.Name = name
	err = s.tx(ctx, brief, func(c conn) error {
		var began int64
		ok, err := c.row(ctx, []any{&k.Epoch, &k.Part, &k.Bytes, &k.Seq, &k.Intent, &began},
			`UPDATE sinks SET epoch = epoch + 1 WHERE sink = $1 RETURNING epoch, part, bytes, seq, intent, began`, name)
		k.Began = at(began)
		if ok || err != nil {
			return err
		}
		fresh, k.Epoch = true, 1
		return c.exec(ctx, `INSERT INTO sinks(sink, epoch, part, bytes, seq) VALUES ($1, 1, 0, -1, 0)`, name)
	})
	// A mark of -1 was left by a run that died before its first Mark: nothing was written yet.
	return k, fresh || k.Bytes < 0, err
}

func (s *db) Lines(ctx context.Context, sink string, after int64, limit int) ([]Line, error) {
	// On the writer, whose cache has what was just committed.
	on, back, err := s.w.lend(ctx, lasting)
	if err != nil {
		return nil, err
	}
	defer back()
	return query(ctx, on, func(r *sql.Rows) (l Line, err error) { return l, r.Scan(&l.Seq, &l.Rec) },
		`SELECT seq, rec FROM outbox WHERE sink = $1 AND seq > $2 ORDER BY seq LIMIT $3`, sink, after, limit)
}

func (s *db) Mark(ctx context.Context, k Sink) error {
	return s.tx(ctx, lasting, func(c conn) error {
		n, err := c.changed(ctx, `UPDATE sinks SET part = $1, bytes = $2, seq = $3, intent = $4, began = $5 WHERE sink = $6 AND epoch = $7`,
			k.Part, k.Bytes, k.Seq, k.Intent, ms(k.Began), k.Name, k.Epoch)
		if err == nil && n == 0 {
			err = ErrTaken
		}
		if err != nil {
			return err
		}
		return c.exec(ctx, `DELETE FROM outbox WHERE sink = $1 AND seq <= $2`, k.Name, k.Seq)
	})
}
