package crawler

import (
	"path/filepath"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/crawler/internal/watch"
)

// MinFree is the room that must be left on the disk of state and output, in bytes, unless Config says
// otherwise; a twentieth of the disk must be left too.
const MinFree = 2 << 30

// diskEvery is how often a run looks at the disk.
const diskEvery = 10 * time.Second

// diskFolders are those that a run writes to.
func (r *run) diskFolders(sink Sink) (out []string) {
	for _, file := range []string{r.State, sink.Place()} {
		if file == "" || file == "-" || state.IsDatabase(file) || !filepath.IsAbs(file) && file == sink.Place() {
			continue
		}
		out = append(out, filepath.Dir(file))
	}
	return out
}

// diskLow are the folders with too little room.
func (r *run) diskLow() (out []watch.Finding) {
	if r.MinFree == nil || *r.MinFree > 0 {
		least := uint64(MinFree)
		if r.MinFree != nil {
			least = uint64(*r.MinFree)
		}
		for _, dir := range r.folders {
			free, total, err := r.disk(dir)
			if err == nil && len(out) == 0 {
				out = watch.DiskLow(dir, free, total, least)
			}
		}
	}
	return out
}

// full reports whether nothing may be fetched for want of room; it looks now and then.
func (r *run) full() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := r.clock.Now(); !r.noRoom && (r.looked.IsZero() || now.Sub(r.looked) >= diskEvery) {
		r.looked = now
		r.noRoom = len(r.diskLow()) > 0
	}
	return r.noRoom
}
