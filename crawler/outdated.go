package crawler

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	siteconf "github.com/dateline-go/dateline/crawler/internal/site"
	"github.com/dateline-go/dateline/crawler/internal/state"
)

// openKnown opens a state to be read; nil where it may be missing and is.
func openKnown(ctx context.Context, name string, may bool) (state.Store, func(), error) {
	store, err := state.OpenRead(ctx, name, state.Options{})
	if may && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, state.ErrOlder)) {
		return nil, func() {}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	return store, func() { _ = store.Close() }, nil // it was only read
}

// outdated says which addresses of an entry the site has given up.
func outdated(s *siteconf.Site, sources []state.Source) (out []string) {
	for _, all := range [][]siteconf.Address{s.Start, s.Feeds, s.Sitemaps} {
		for _, a := range all {
			i := slices.IndexFunc(sources, func(x state.Source) bool { return x.Was == a.URL || x.Was == "" && x.URL == a.URL })
			switch {
			case i < 0:
			case sources[i].Was != "":
				out = append(out, fmt.Sprintf("  line %d: %s has moved for good to %s", a.Line, a.URL, sources[i].URL))
			case sources[i].Gone():
				out = append(out, fmt.Sprintf("  line %d: %s is gone since %s", a.Line, a.URL, sources[i].FailedSince.Format("2006-01-02 15:04")))
			}
		}
	}
	return out
}
