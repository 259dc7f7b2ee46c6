package crawler

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/dateline-go/dateline/fixtures/newsite"
)

func TestLinesOfAnotherStateAreNeverCutFromAnOutputThatTwoShare(t *testing.T) {
	mine, theirs := newLab(t, newsite.Config{Articles: 3}), newLab(t, newsite.Config{Articles: 3, Seed: 2})
	mine.crawl()
	none := time.Duration(0)
	if _, err := Run(context.Background(), Config{Start: []string{theirs.url + "/"}, State: filepath.Join(t.TempDir(), "state.db"), Delay: &none}, &mine.sink); err != nil {
		t.Fatal(err)
	}
	both := mine.sink.String()
	_, err := Run(context.Background(), Config{Start: []string{mine.url + "/"}, State: mine.state, Delay: &none}, &mine.sink)
	if !errors.Is(err, ErrForeign) {
		t.Errorf("error is %v", err)
	}
	if mine.sink.String() != both || len(mine.sink.records(t)) != 6 {
		t.Errorf("the output was touched: %d records", len(mine.sink.records(t)))
	}
}
