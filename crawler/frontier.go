package crawler

import (
	"context"
	"slices"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/normalize"
)

const (
	maxFromPages = 2000 // new addresses a run that only links of pages name: no trap brings more
	bookAtOnce   = 1000 // addresses of a source, whose rows and claims are in memory together
)

// A found is one address that a source names as an article.
type found struct {
	url   string
	key   state.Key
	claim *state.Claim // of a feed or sitemap
	rank  int64
	sure  bool // a link that reads like an article's
}

// locate gives an address its fetch form and its key; false where it is none of the site's.
func (v *visit) locate(where string) (f found, ok bool) {
	if host := v.mainHost(where); host != "" {
		where = atHost(where, host)
	}
	key := normalize.URLKey(where)
	if key == "" || v.site.scope(where) != nil && v.site.scope(key) != nil {
		return f, false
	}
	if state.HostOf(where) != state.HostOf(key) {
		where = normalize.URL(where, "") // out of a redirector's wrapping
	}
	return found{url: where, key: state.KeyOf(key)}, state.HostOf(where) == state.HostOf(key)
}

// book puts what a source named into the frontier: new addresses become due, known ones only where
// the source's update claim says that they changed.
func (v *visit) book(ctx context.Context, t state.Tx, rd *reading) error {
	if rd.found == nil {
		return nil
	}
	added := map[state.Key]bool{}
	some := make([]found, 0, bookAtOnce)
	flush := func() error {
		fresh, news, err := v.bookSome(ctx, t, rd.src, some, added)
		if err != nil {
			return err
		}
		rd.named.fresh, rd.named.news = rd.named.fresh+fresh, rd.named.news+news
		err = v.sight(ctx, t, rd.src, some, added)
		some = some[:0]
		return err
	}
	for f := range rd.found {
		rd.named.note(&f, v.r.clock.Now())
		if some = append(some, f); len(some) == bookAtOnce {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// booked is what a source named, in numbers.
type booked struct {
	all, fresh, news int       // fresh were not known; news it names for the first time, whoever named them before
	marks            []byte    // of the first of a feed's items; see appendMark
	newest           time.Time // that is said to be published
}

func (b *booked) note(f *found, now time.Time) {
	if b.all++; b.all <= digestItems {
		b.marks = appendMark(b.marks, f.key)
	}
	if pub := f.published(); pub.After(b.newest) && pub.Before(now.Add(time.Hour)) {
		b.newest = pub
	}
}

// bookSome is book for some of what a source named, and notes in added what was not known before the source was read.
func (v *visit) bookSome(ctx context.Context, t state.Tx, src *state.Source, all []found, added map[state.Key]bool) (fresh, news int, err error) {
	known, claims, err := v.told(ctx, t, all)
	if err != nil {
		return 0, 0, err
	}
	var rows []state.URL
	var told []state.Claim
	for _, f := range all {
		row, old := known[f.key]
		old = old && !added[f.key]
		if !old && f.claim == nil && v.fromPages >= maxFromPages {
			v.counts.refuse("more new addresses from links than a run takes")
			continue
		}
		if !old && f.claim == nil && !v.vary(f.url) {
			v.counts.refuse(closedVariant)
			continue
		}
		if !old {
			if err := v.putHost(ctx, t, f.url); err != nil {
				return fresh, news, err
			}
			rows = append(rows, state.URL{Key: f.key, URL: f.url, FirstSeen: v.r.started, LastSeen: v.r.started,
				NextDue: v.r.started, Rank: f.rank, Source: src.ID})
			if f.claim == nil && !added[f.key] {
				v.fromPages++
			}
			added[f.key] = true
		} else {
			v.counts.Known++
		}
		put, first, err := v.claim(ctx, t, f, row, old, claims[f.key])
		if err != nil {
			return fresh, news, err
		}
		if put {
			told = append(told, *f.claim)
		}
		if first || !old {
			news++
		}
	}
	if err := t.PutClaims(ctx, told); err != nil {
		return fresh, news, err
	}
	fresh, err = t.AddURLs(ctx, rows)
	return fresh, news, err
}

// told is what the state knows of the addresses, and what was claimed of those that were fetched.
func (v *visit) told(ctx context.Context, t state.Tx, all []found) (map[state.Key]state.URL, map[state.Key][]state.Claim, error) {
	keys := make([]state.Key, 0, len(all))
	for i := range all {
		keys = append(append(keys, all[i].key), v.otherKeys(all[i].url)...)
	}
	known, err := t.Known(ctx, keys)
	if err != nil {
		return nil, nil, err
	}
	for i := range all {
		v.sameElsewhere(&all[i], known)
	}
	keys = keys[:0]
	for _, f := range all {
		if row, old := known[f.key]; old && f.claim != nil && row.State != state.Pending {
			keys = append(keys, f.key)
		}
	}
	claims, err := t.Claims(ctx, keys)
	return known, claims, err
}

// claim says whether what the source says is to be kept, and makes an article due again where that changed since its
// last fetch: claims are what was said of it until now. The clocks of the two sides are never compared. first is
// true where the source never named it.
func (v *visit) claim(ctx context.Context, t state.Tx, f found, row state.URL, known bool, claims []state.Claim) (put, first bool, err error) {
	c := f.claim
	if c == nil {
		return false, false, nil
	}
	if !known || row.State == state.Pending {
		return true, row.FirstSeen.Equal(v.r.started.Truncate(time.Millisecond)), nil
	}
	i := slices.IndexFunc(claims, func(o state.Claim) bool { return o.Source == c.Source })
	if i < 0 { // a source that was not asked before: what it says now is where it begins
		c.Fetched = &c.Updated
		return true, true, nil
	}
	old := claims[i]
	if old.Title == c.Title && old.Published == c.Published && old.Updated == c.Updated {
		return false, false, nil
	}
	if c.Updated == old.Updated || c.Updated == "" || old.Fetched != nil && *old.Fetched == c.Updated {
		return true, false, nil
	}
	target := f.key
	if row.State == state.Alias {
		a, ok, err := t.Article(ctx, f.key)
		if err != nil {
			return false, false, err
		}
		if ok { // else where it led to was none, and it may be one itself by now
			if ok, err = v.stands(ctx, t, &a); err != nil {
				return false, false, err
			}
		}
		if ok { // else that was given up, and this one may show it now
			target = mainOf(a)
		}
	}
	if row.State == state.Dead { // a vacuum may have forgotten where it is
		if _, err := t.AddURLs(ctx, []state.URL{{Key: f.key, URL: f.url}}); err != nil {
			return false, false, err
		}
	}
	return true, false, t.Recheck(ctx, target, v.r.started, f.rank)
}

// putHost registers the host of an address for the site, once a run.
func (v *visit) putHost(ctx context.Context, t state.Tx, where string) error {
	host := state.HostOf(where)
	if host == "" || v.hosts[host] {
		return nil
	}
	if err := t.PutHost(ctx, v.lease.Site, host); err != nil {
		return err
	}
	v.hosts[host] = true
	return nil
}
