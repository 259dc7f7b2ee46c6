package crawler

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	siteconf "github.com/dateline-go/dateline/crawler/internal/site"
	"github.com/dateline-go/dateline/crawler/internal/state"
)

// A Shard is the part of a crawl that one of several machines does: each site is of exactly one, by
// its domain. The zero value is the whole.
type Shard struct {
	// Part counts from 1 to Of.
	Part, Of int
}

// ParseShard reads 2/5.
func ParseShard(s string) (Shard, error) {
	var h Shard
	if n, err := fmt.Sscanf(s, "%d/%d", &h.Part, &h.Of); err != nil || n != 2 || h.Part < 1 || h.Part > h.Of || s != h.String() {
		return Shard{}, fmt.Errorf("%w: shard %q is not of the form 2/5", ErrConfig, s)
	}
	return h, nil
}

func (h Shard) String() string { return fmt.Sprintf("%d/%d", h.Part, h.Of) }

// holds reports whether a site is of the shard.
func (h Shard) holds(key string) bool {
	return h.Of <= 1 || uint64(state.Hash(key))%uint64(h.Of) == uint64(h.Part-1)
}

// listed are the sites that the configuration names, whether due or not: those of the file in its
// order, else those of the start addresses.
func (c *Config) listed() ([]site, error) {
	if c.Sites == "" {
		all, err := sitesOf(*c)
		return slices.DeleteFunc(all, func(s site) bool { return !c.Shard.holds(s.key) }), err
	}
	f, err := loadSites(c.Sites)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(f, c.Only)
	if err != nil {
		return nil, err
	}
	var out []site
	for _, s := range chosen {
		if c.Shard.holds(s.Key) {
			out = append(out, site{key: s.Key, conf: s, scheduled: true})
		}
	}
	return out, nil
}

func loadSites(name string) (*siteconf.File, error) {
	f, err := siteconf.Load(name)
	var wrong siteconf.Problems
	if errors.As(err, &wrong) {
		return nil, fmt.Errorf("%w:\n%w", ErrConfig, err)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	return f, nil
}

// choose are the sites of the file that a name, a domain or a tag of only names; all where it is empty.
func choose(f *siteconf.File, only []string) ([]*siteconf.Site, error) {
	if len(only) == 0 {
		return f.All, nil
	}
	named := map[string]bool{}
	var out []*siteconf.Site
	for _, s := range f.All {
		in := false
		for _, o := range only {
			if o == s.Name || o == s.Key || slices.Contains(s.Tags, o) {
				named[o], in = true, true
			}
		}
		if in {
			out = append(out, s)
		}
	}
	for _, o := range only {
		if !named[o] {
			return nil, fmt.Errorf("%w: no site or tag %q in the file", ErrConfig, o)
		}
	}
	return out, nil
}

// manyNew is how many sites may be new at once before their first visits are spread over an hour.
const manyNew = 100

// due are the sites to visit in this run: those named by address all of them, and all for a backfill; those
// of a file by the state's due column, longest unserved first.
func (r *run) due(ctx context.Context, all []site) ([]site, error) {
	if _, past := r.window(); r.Sites == "" || past {
		return all, nil
	}
	byKey := make(map[string]site, len(all))
	keys := make([]string, len(all))
	for i, s := range all {
		byKey[s.key], keys[i] = s, s.key
	}
	err := r.store.AddSites(ctx, keys, func(key string, n int) time.Time {
		if n <= manyNew {
			return r.started
		}
		return r.started.Add(offset(key))
	})
	if err != nil {
		return nil, fmt.Errorf("read the state: %w", err)
	}
	due, err := r.store.DueSites(ctx, r.started, 0)
	if err != nil {
		return nil, fmt.Errorf("read the state: %w", err)
	}
	var out []site
	for _, k := range due {
		if s, ok := byKey[k]; ok { // a site that left the file stays in the state
			out = append(out, s)
			delete(byKey, k)
		}
	}
	if out, err = r.dueEarly(ctx, out, byKey); err != nil {
		return nil, fmt.Errorf("read the state: %w", err)
	}
	if len(out) == 0 {
		return nil, r.noteNext(ctx, byKey)
	}
	return out, nil
}

// dueEarly adds those of the other sites that have a source to read before the next run.
func (r *run) dueEarly(ctx context.Context, out []site, others map[string]site) ([]site, error) {
	if r.ahead == 0 {
		return out, nil
	}
	soon, err := r.store.DueSites(ctx, r.started.Add(r.ahead), 0)
	if err != nil {
		return nil, err
	}
	for _, k := range soon {
		s, ok := others[k]
		if !ok {
			continue
		}
		if early, err := r.early(ctx, s); err != nil {
			return nil, err
		} else if early {
			out = append(out, s)
		}
	}
	return out, nil
}

// noteNext puts into the summary when the first of the sites will be due, where none is.
func (r *run) noteNext(ctx context.Context, byKey map[string]site) error {
	all, err := r.store.AllSites(ctx)
	if err != nil {
		return fmt.Errorf("read the state: %w", err)
	}
	for _, s := range all {
		if _, ok := byKey[s.Key]; ok && (r.summary.NextDue.IsZero() || s.NextDue.Before(r.summary.NextDue)) {
			r.summary.NextDue = s.NextDue
		}
	}
	return nil
}

// offset is a place in the hour that a site's name gives it.
func offset(key string) time.Duration {
	return time.Duration(uint64(state.Hash("offset "+key)) % uint64(time.Hour))
}

// stateBeside is the state of a sites.yaml that was given none.
func stateBeside(sites string) string { return filepath.Join(filepath.Dir(sites), "dateline.db") }
