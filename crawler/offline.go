package crawler

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/dateline-go/dateline/crawler/internal/fetch"
	siteconf "github.com/dateline-go/dateline/crawler/internal/site"
	"github.com/dateline-go/dateline/crawler/internal/state"
)

// offline is a crawl that asks nobody: its state, read beside a running one, and the sites that it would
// work on.
type offline struct {
	r      *run
	sites  []site
	forget func() // of a state that only stands in for one that is not there yet
}

// openOffline opens the state of c for questions. Its sites are those of the file or the start addresses,
// and where c names neither all that the state knows.
func openOffline(ctx context.Context, c Config) (*offline, error) {
	bare := c.Sites == "" && len(c.Start) == 0
	if bare {
		c.Start = []string{"https://nobody.invalid/"} // stands in until the state has been read
	}
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	o := &offline{r: &run{Config: c, started: c.clock.Now()}}
	if o.sites, err = c.listed(); err != nil {
		return nil, err
	}
	o.r.store, err = state.OpenRead(ctx, c.State, state.Options{Now: c.clock.Now})
	if errors.Is(err, fs.ErrNotExist) && c.Sites != "" { // nothing was crawled yet
		c.State = ""
		o.r.store, o.forget, err = openState(ctx, c)
	}
	if err != nil {
		return nil, err
	}
	if bare {
		if o.sites, err = o.known(ctx); err != nil {
			o.close()
			return nil, err
		}
	}
	opt := c.transport
	opt.Agent, opt.Clock = c.UserAgent, c.clock
	o.r.fetcher = fetch.New(opt)
	saved, err := o.r.store.Saved(ctx, o.r.started)
	o.r.owner = owner(o.r.started)
	o.r.ahead = o.r.look(saved)
	if err == nil {
		err = o.r.fetcher.Restore(fetchSaved(saved))
	}
	if err != nil {
		o.close()
		return nil, fmt.Errorf("read the state: %w", err)
	}
	return o, nil
}

// known are the sites of the state, each with the start pages that it was crawled from.
func (o *offline) known(ctx context.Context) ([]site, error) {
	all, err := o.r.store.AllSites(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the state: %w", err)
	}
	var out []site
	for _, s := range all {
		sources, err := o.r.store.Sources(ctx, s.ID)
		if err != nil {
			return nil, fmt.Errorf("read the state of %s: %w", s.Key, err)
		}
		conf := &siteconf.Site{Name: s.Key, Key: s.Key}
		for _, src := range sources {
			if src.Kind == kindStart {
				conf.Start = append(conf.Start, siteconf.Address{URL: src.URL})
			}
		}
		for _, src := range sources { // given by its feed or its sitemap
			if len(conf.Start) == 0 && src.Parent == 0 && src.Note != guessed {
				conf.Start = []siteconf.Address{{URL: src.URL}}
			}
		}
		if len(conf.Start) == 0 { // nothing of it was ever read
			conf.Start = []siteconf.Address{{URL: "https://" + s.Key + "/"}}
		}
		out = append(out, site{key: s.Key, conf: conf})
	}
	return out, nil
}

// slice is the fetch path of a site, to be asked and not used.
func (o *offline) slice(s *site) (*fetch.Slice, error) {
	f, err := s.fetchSite(o.r, o.r.until())
	if err != nil {
		return nil, err
	}
	return o.r.fetcher.Slice(f), nil
}

func (o *offline) close() {
	if o.r.fetcher != nil {
		o.r.fetcher.Close()
	}
	_ = o.r.store.Close() // it was only read
	if o.forget != nil {
		o.forget()
	}
}
