package crawler

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
)

// sinkName is the name of the crawl's output in the state. Of a database that several machines share, each has its
// shard of the sites and an output of its own.
func (r *run) sinkName() string {
	if r.shared() && r.Shard.Of > 1 {
		return "main " + r.Shard.String()
	}
	return "main"
}

const publishBatch = 256

// A publisher carries lines from the outbox to the sink: append, make durable, then mark. Killed
// between any two steps, the next run cuts the sink to the mark and writes the same lines again
// (notes on scale, section 7: the append sink).
type publisher struct {
	store state.Store
	sink  Sink
	mark  state.Sink
	when  Rotation
	now   func() time.Time
	crash func(string)
}

func openPublisher(ctx context.Context, r *run, sink Sink) (*publisher, error) {
	p := &publisher{store: r.store, sink: sink, when: r.Rotate, now: r.clock.Now, crash: r.crash}
	if _, ok := sink.(Rotator); !ok && r.Rotate != (Rotation{}) {
		return nil, fmt.Errorf("%w: an output that is no file cannot be rotated", ErrConfig)
	}
	mark, fresh, err := p.store.OpenSink(ctx, r.sinkName())
	if err != nil {
		return nil, fmt.Errorf("open the outbox: %w", err)
	}
	p.crash("after-open")
	// Another file than last time has a mark of its own: Part tells places apart.
	place := state.Hash(sink.Place())
	if fresh = fresh || mark.Part != place; fresh {
		// The output of another program, or of a crawl whose state was thrown away, stays as it is.
		mark.Part, mark.Intent, mark.Began = place, "", p.now()
		if mark.Bytes, err = sink.Size(); err != nil {
			return nil, err
		}
	}
	p.mark = mark
	if mark.Intent != "" { // a rotation that a crash cut short
		return p, p.seal(ctx)
	}
	if err := p.spareOthers(ctx); err != nil {
		return nil, err
	}
	if err := sink.Resume(mark.Bytes); err != nil {
		return nil, err
	}
	p.crash("after-cut")
	if fresh {
		if err := p.store.Mark(ctx, mark); err != nil {
			return nil, fmt.Errorf("mark the output: %w", err)
		}
	}
	return p, p.rotate(ctx, false)
}

// spareOthers refuses a sink that holds more behind the mark than a killed run of this state can have left there,
// which is the lines of one append: the rest is not written again, so it must not be cut.
func (p *publisher) spareOthers(ctx context.Context) error {
	size, err := p.sink.Size()
	if err != nil || size <= p.mark.Bytes {
		return err
	}
	lines, err := p.store.Lines(ctx, p.mark.Name, p.mark.Seq, publishBatch)
	if err != nil {
		return fmt.Errorf("read the outbox: %w", err)
	}
	own := p.mark.Bytes
	for _, l := range lines {
		own += int64(len(bytes.TrimSuffix(l.Rec, []byte("\n")))) + 1
	}
	if size > own {
		return fmt.Errorf("%s: %w: it has %d bytes, and this state wrote the first %d", p.sink.Place(), ErrForeign, size, p.mark.Bytes)
	}
	return nil
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
		end, err := p.sink.Append(out)
		if err != nil {
			return err
		}
		p.crash("after-append")
		if p.mark.Bytes == 0 {
			p.mark.Began = p.now()
		}
		p.mark.Bytes, p.mark.Seq = end, lines[len(lines)-1].Seq
		if err := p.store.Mark(ctx, p.mark); err != nil {
			return fmt.Errorf("mark the output: %w", err)
		}
		p.crash("after-mark")
		if err := p.rotate(ctx, false); err != nil || len(lines) < publishBatch {
			return err
		}
	}
}

// rotate seals the output where it is time: first the state says under what name, so that a crash
// at any later point is told apart by which names exist.
func (p *publisher) rotate(ctx context.Context, ended bool) error {
	due := p.when.Size > 0 && p.mark.Bytes >= p.when.Size ||
		p.when.Age > 0 && p.now().Sub(p.mark.Began) >= p.when.Age || p.when.Run && ended
	if !due || p.mark.Bytes == 0 {
		return nil
	}
	p.mark.Intent = p.sink.(Rotator).SealedName(p.now())
	if err := p.store.Mark(ctx, p.mark); err != nil {
		return fmt.Errorf("mark the output: %w", err)
	}
	p.crash("after-intent")
	return p.seal(ctx)
}

// seal does what the state says is intended.
func (p *publisher) seal(ctx context.Context) error {
	r, ok := p.sink.(Rotator)
	if !ok {
		return fmt.Errorf("finish the rotation of %s: the output is no file any more", p.sink.Place())
	}
	if err := r.Rotate(p.mark.Intent, p.mark.Bytes); err != nil {
		return err
	}
	p.crash("after-rotate")
	p.mark.Intent, p.mark.Bytes, p.mark.Began = "", 0, p.now()
	if err := p.store.Mark(ctx, p.mark); err != nil {
		return fmt.Errorf("mark the output: %w", err)
	}
	p.crash("after-sealed")
	return nil
}
