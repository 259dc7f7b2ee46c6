package crawler

import (
	"context"

	"github.com/dateline-go/dateline/extract"
)

// MemoryLimit is what a program that only crawls may tell the runtime (debug.SetMemoryLimit): the heap of a crawl is
// mostly garbage, and stays far below where the collector knows.
const MemoryLimit = 120 << 20

// A room is for one large page or file at a time, from its reading off the network to the end of its extraction,
// however many sites are worked at once: its tree takes ten times as much as its bytes.
type room chan struct{}

// extract extracts as many pages at once as there are processors, however many sites are worked at once.
func (r *run) extract(in extract.Input) (extract.Result, error) {
	r.trees <- struct{}{}
	defer func() { <-r.trees }()
	return extract.Extract(in)
}

// A guest is one answer that may turn out large.
type guest struct {
	room room
	in   bool
}

// enter waits for the room, at most once; it is given to the fetch path, which calls it when a body grows large.
func (g *guest) enter(ctx context.Context) error {
	if g.in {
		return nil
	}
	select {
	case g.room <- struct{}{}:
		g.in = true
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// leave gives the room back, if it was taken.
func (g *guest) leave() {
	if g.in {
		g.in = false
		<-g.room
	}
}
