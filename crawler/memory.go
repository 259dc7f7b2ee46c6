package crawler

import (
	"context"
	"encoding/json"
	"fmt"
	"sync/atomic"

	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/extract"
)

// A siteMemory is what the articles of a site hold, for the extraction of its next pages. Pages are
// extracted with what was committed; what a batch teaches is committed with it, and only then used.
type siteMemory struct {
	known   atomic.Pointer[extract.Memory] // never changed: a batch makes the next
	lessons []lesson                       // of the batch
}

type lesson struct {
	id   string
	what extract.Lesson
}

// open reads what earlier runs learned.
func (m *siteMemory) open(ctx context.Context, v *visit) error {
	known, err := readMemory(ctx, v.r.store, v.lease.Site)
	if err != nil {
		return err
	}
	m.known.Store(known)
	return nil
}

func readMemory(ctx context.Context, r state.Reader, site int64) (*extract.Memory, error) {
	kept, err := r.Memory(ctx, site)
	m := &extract.Memory{}
	if err != nil || kept == "" {
		return m, err
	}
	if err := json.Unmarshal([]byte(kept), m); err != nil {
		return nil, fmt.Errorf("read the memory of site %d: %w", site, err)
	}
	return m, nil
}

// hear notes what a new article teaches, once its batch is committed.
func (m *siteMemory) hear(id string, l extract.Lesson) { m.lessons = append(m.lessons, lesson{id, l}) }

// put books what the batch taught and gives the memory to be used after its commit.
func (m *siteMemory) put(ctx context.Context, t state.Tx, v *visit) (*extract.Memory, error) {
	next := m.known.Load()
	if len(m.lessons) == 0 {
		return next, nil
	}
	next = next.Clone()
	for _, l := range m.lessons {
		next.Learn(l.id, l.what)
	}
	kept, err := json.Marshal(next)
	if err != nil {
		return nil, err
	}
	return next, t.PutMemory(ctx, v.lease.Site, string(kept), v.r.clock.Now())
}

// committed makes next what pages are extracted with.
func (m *siteMemory) committed(next *extract.Memory) {
	m.lessons = m.lessons[:0]
	m.known.Store(next)
}
