package crawler

import (
	"context"
	"fmt"

	"github.com/dateline-go/dateline/crawler/internal/state"
)

// sinkName is the name of the crawl's one output in the state. Several outputs would have one each.
const sinkName = "main"

const publishBatch = 256

// A publisher carries lines from the outbox to the sink: append, make durable, then mark. Killed
// between any two steps, the next run cuts the sink to the mark and writes the same lines again
// (notes on scale, section 7: the append sink).
type publisher struct {
	store state.Store
	sink  Sink
	mark  state.Sink
	crash func(string)
}

func openPublisher(ctx context.Context, store state.Store, sink Sink, crash func(string)) (*publisher, error) {
	mark, fresh, err := store.OpenSink(ctx, sinkName)
	if err != nil {
		return nil, fmt.Errorf("open the outbox: %w", err)
	}
	// Another file than last time has a mark of its own: Part tells places apart.
	place := state.Hash(sink.Place())
	if fresh = fresh || mark.Part != place; fresh {
		// The output of another program, or of a crawl whose state was thrown away, stays as it is.
		mark.Part = place
		if mark.Bytes, err = sink.Size(); err != nil {
			return nil, err
		}
	}
	if err := sink.Resume(mark.Bytes); err != nil {
		return nil, err
	}
	if fresh {
		if err := store.Mark(ctx, mark); err != nil {
			return nil, fmt.Errorf("mark the output: %w", err)
		}
	}
	return &publisher{store: store, sink: sink, mark: mark, crash: crash}, nil
}

// drain publishes all that stands in the outbox. It is not to be run twice at once.
func (p *publisher) drain(ctx context.Context) error {
	for {
		lines, err := p.store.Lines(ctx, p.mark.Name, p.mark.Seq, publishBatch)
		if err != nil {
			return fmt.Errorf("read the outbox: %w", err)
		}
		if len(lines) == 0 {
			return nil
		}
		out := make([][]byte, len(lines))
		for i, l := range lines {
			out[i] = l.Rec
		}
		p.crash("before-append")
		bytes, err := p.sink.Append(out)
		if err != nil {
			return err
		}
		p.crash("after-append")
		p.mark.Bytes, p.mark.Seq = bytes, lines[len(lines)-1].Seq
		if err := p.store.Mark(ctx, p.mark); err != nil {
			return fmt.Errorf("mark the output: %w", err)
		}
		p.crash("after-mark")
	}
}
