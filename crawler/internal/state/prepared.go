package state

import (
	"context"
	"database/sql"
	"sync"
)

// A preparer parses a statement: a connection, for itself, or a pool, for whichever of its connections runs it.
type preparer interface {
	PrepareContext(ctx context.Context, q string) (*sql.Stmt, error)
}

// prepared are statements that were parsed already: a crawl runs the same few hundreds of times, and SQLite's parser
// would cost as much as its work. A statement of a connection can be run in the transaction on it too. PostgreSQL's
// driver keeps its own, so there it is nil.
type prepared struct {
	on    preparer
	mu    sync.Mutex
	known map[string]*sql.Stmt
}

func newPrepared(on preparer) *prepared { return &prepared{on: on, known: map[string]*sql.Stmt{}} }

// stmt is the statement for q, nil where it is to be run as text: one that cannot be parsed says then why.
func (p *prepared) stmt(ctx context.Context, q string) *sql.Stmt {
	if p == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if st, known := p.known[q]; known {
		return st
	}
	st, err := p.on.PrepareContext(ctx, q)
	if err != nil {
		return nil
	}
	p.known[q] = st
	return st
}
