package crawler

import (
	"context"
	"fmt"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
)

// Vacuum forgets what only serves the recent past and is older than so long, and gives the space back. It gives
// the number of rows that went, by table. What keeps an article from coming out twice stays for ever. No
// run may be at work: ErrLocked. A state that is not there is fs.ErrNotExist, and none is made.
func Vacuum(ctx context.Context, name string, olderThan time.Duration) (gone map[string]int64, err error) {
	if olderThan < 0 {
		return nil, fmt.Errorf("%w: an age below zero", ErrConfig)
	}
	store, err := state.Open(ctx, name, state.Options{There: true})
	if err != nil {
		return nil, err
	}
	defer func() {
		if shut := store.Close(); err == nil {
			err = shut
		}
	}()
	return store.Vacuum(ctx, time.Now().Add(-olderThan))
}
