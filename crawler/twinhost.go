package crawler

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/normalize"
)

// What makes a host the twin of another (notes on crawling, 3.2): so many pages in a row whose address there leads to the
// same path of the other for good, or names it as canonical where that is the article's own. After a month it is asked
// for once more.
const (
	twinPages = 3
	twinFor   = 30 * 24 * time.Hour
)

// twinLabels are the first labels of a host that shows the same pages in another view.
var twinLabels = []string{"www", "m", "mobile", "amp"}

// likeHosts reports whether two hosts differ in such a label only. m.paper.example may be a site of its own, so that alone
// says nothing.
func likeHosts(a, b string) bool { return a != b && bareHost(a) == bareHost(b) }

func bareHost(h string) string {
	if label, rest, ok := strings.Cut(h, "."); ok && slices.Contains(twinLabels, label) && strings.Contains(rest, ".") {
		return rest
	}
	return h
}

// atHost is an address with another host.
func atHost(where, host string) string {
	return strings.Replace(where, "://"+state.HostOf(where), "://"+host, 1)
}

// mainHost is the host whose pages the host of an address shows, empty where it shows its own.
func (v *visit) mainHost(where string) string {
	if len(v.twins) == 0 {
		return ""
	}
	if w := v.twins[state.HostOf(where)]; w.Agreed >= twinPages && w.Until.After(v.r.started) {
		return w.Main
	}
	return ""
}

// otherKeys are the keys of an address on the hosts that are twins of its own, also where that has to be seen again.
func (v *visit) otherKeys(where string) (out []state.Key) {
	host := state.HostOf(where)
	main := host
	if w := v.twins[host]; w.Agreed >= twinPages {
		main = w.Main
		out = append(out, state.KeyOf(normalize.URLKey(atHost(where, main))))
	}
	for other, w := range v.twins {
		if w.Agreed >= twinPages && w.Main == main && other != host {
			out = append(out, state.KeyOf(normalize.URLKey(atHost(where, other))))
		}
	}
	return out
}

// sameElsewhere takes as its own what is known of a found address under a twin of its host, where nothing is known of it
// here: so an article keeps the address that it had before the twin was learned.
func (v *visit) sameElsewhere(f *found, known map[state.Key]state.URL) {
	if _, ok := known[f.key]; ok {
		return
	}
	for _, k := range v.otherKeys(f.url) {
		if row, ok := known[k]; ok {
			f.key, f.url = k, row.URL
			if f.claim != nil {
				f.claim.Key = k
			}
			return
		}
	}
}

// standsAt is where the page of an article says that it stands: see learnTwin; empty where it says nothing.
func (p *fetched) standsAt(a *state.Article) string {
	switch {
	case p.out.MovedTo() != "":
		return p.out.MovedTo()
	case p.canon.Host == p.final.Host:
		return p.out.Final
	case a.Key == p.canon && mainOf(*a).Host == p.canon.Host:
		return p.res.Record.CanonicalURL
	}
	return ""
}

// learnTwin takes what an article says of the hosts of its addresses: main is where it stands by a permanent redirect,
// or by a canonical address that is known to be the article's own.
func (p *fetched) learnTwin(ctx context.Context, t state.Tx, main string) error {
	from, to := state.HostOf(p.row.URL), state.HostOf(main)
	w, known := p.v.twins[from]
	switch {
	case likeHosts(from, to) && normalize.URLKey(atHost(p.row.URL, to)) == normalize.URLKey(main):
		if w.Main != to {
			w = state.Twin{Host: from, Main: to}
		}
		if w.Agreed++; w.Agreed < twinPages {
			break
		}
		w.Until = p.v.r.started.Add(twinFor)
		if err := p.v.forgetTwin(ctx, t, to); err != nil { // it is the other way round now
			return err
		}
	case known && from == to: // a page of its own
		w.Agreed, w.Until = 0, time.Time{}
	default:
		return nil
	}
	p.v.twins[from] = w
	return t.PutTwin(ctx, p.v.lease.Site, w)
}

// forgetTwin takes a host for one of its own again.
func (v *visit) forgetTwin(ctx context.Context, t state.Tx, host string) error {
	w, known := v.twins[host]
	if !known || w.Agreed == 0 {
		return nil
	}
	w.Agreed, w.Until = 0, time.Time{}
	v.twins[host] = w
	return t.PutTwin(ctx, v.lease.Site, w)
}

// noTwins takes the twins of a host back that does not have one of their pages: sources that name it go on to name it
// there.
func (p *fetched) noTwins(ctx context.Context, t state.Tx) error {
	host := state.HostOf(p.row.URL)
	for other, w := range p.v.twins {
		if w.Main == host {
			if err := p.v.forgetTwin(ctx, t, other); err != nil {
				return err
			}
		}
	}
	return nil
}
