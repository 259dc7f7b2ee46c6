package crawler

import (
	"context"
	"fmt"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/crawler/internal/watch"
)

// sureLink is what a link of a section page must score for its page to be claimed as an article.
const sureLink = .8

// ways are the bits of a source's kind in a sighting.
func ways(kind string) int {
	switch kind {
	case kindFeed:
		return watch.ByFeed
	case kindNews:
		return watch.ByNews
	case kindSitemap, kindIndex:
		return watch.BySitemap
	}
	return watch.BySection
}

// sight keeps what a source claims as articles, for recall: fresh are addresses that were not known. What
// came out long ago is of an archive, and says nothing of how well the crawl keeps up.
func (v *visit) sight(ctx context.Context, t state.Tx, src *state.Source, all []found, fresh map[state.Key]bool) error {
	var rows, known []state.Sighting
	first := !v.first.Before(v.r.started.Truncate(time.Millisecond))
	for _, f := range all {
		pub := f.published()
		row := state.Sighting{Key: f.key, Site: v.lease.Site, Ways: ways(src.Kind), Published: pub, Seen: v.r.clock.Now()}
		switch {
		case f.claim == nil && !f.sure:
		case !fresh[f.key]:
			known = append(known, row)
		case pub.IsZero() && first, !pub.IsZero() && v.r.started.Sub(pub) > watch.Window:
		default:
			rows = append(rows, row)
		}
	}
	if err := t.PutSightings(ctx, rows); err != nil {
		return err
	}
	return t.Sighted(ctx, known)
}

// published is what the source says, zero where it says nothing.
func (f *found) published() time.Time {
	if f.claim == nil || f.rank >= 0 {
		return time.Time{}
	}
	return time.Unix(-f.rank, 0).UTC()
}

// sighted books for recall what became of a claimed address.
func (v *visit) sighted(ctx context.Context, t state.Tx, k state.Key, o Outcome) error {
	switch o {
	case New, Changed, Unchanged, Duplicate:
		return t.Emitted(ctx, k, v.r.clock.Now())
	case Gone: // it may have been named too early
		return t.Withdraw(ctx, k)
	case NotArticle, Refused: // the page has the last word, and layout_drift speaks of one that is misread
		return t.DropSighting(ctx, k)
	}
	return nil
}

// recall measures the site, and forgets what is out of the window.
func (v *visit) recall(ctx context.Context, t state.Tx, now time.Time) (watch.Recall, error) {
	if err := t.ForgetSightings(ctx, v.lease.Site, now.Add(-watch.Window)); err != nil {
		return watch.Recall{}, err
	}
	rows, err := t.Sightings(ctx, v.lease.Site)
	if err != nil {
		return watch.Recall{}, err
	}
	seen := make([]watch.Sighting, len(rows))
	for i, s := range rows {
		seen[i] = watch.Sighting{By: s.Ways, Published: s.Published, Seen: s.Seen, Emitted: s.Emitted}
	}
	return watch.Measure(seen, v.first, now), nil
}

// sawRequest shows a fetch to who watches: only what the network itself did is a fault there.
func (v *visit) sawRequest(out *fetch.Outcome) {
	fault := ""
	if out.Err != nil && out.Status == 0 {
		switch c := out.Err.Cause(); c {
		case fetch.FaultDNS, fetch.FaultTLS, fetch.FaultRefused, fetch.FaultTimeout, fetch.FaultReset, fetch.FaultProtocol:
			fault = string(c)
		default:
			return // nobody was asked
		}
	}
	v.saw.Request(out.Final, fault, out.Took)
}

// sawSource shows the reading of a source to who watches.
func (v *visit) sawSource(rd *reading) {
	again := !rd.src.LastRead.IsZero()
	seen := watch.Source{HTML: rd.html, Read: rd.bad == ""}
	if rd.out.Err != nil {
		seen.Why = rd.bad
		seen.Denied = again && rd.denied && rd.src.Fails != state.Denied
	}
	if rd.src.Kind == kindFeed && rd.named.all > 0 {
		items := string(rd.named.marks)
		seen.Overflow = again && rd.named.all >= overflowItems && rd.src.Items != "" && !shareMark(items, rd.src.Items)
		rd.src.Items = items
	}
	v.readings[rd.src.ID] = seen
}

const (
	// overflowItems is how many items a feed must have for their all being new to mean something.
	overflowItems = 5
	digestItems   = 64 // items of a feed that are remembered
	digestHex     = 8  // digits of each
)

// appendMark adds the mark of an item of a feed to those of the others, to be kept.
func appendMark(marks []byte, k state.Key) []byte { return fmt.Appendf(marks, "%08x", uint32(k.URL)) }

// shareMark reports whether an item of a feed was in it at an earlier reading.
func shareMark(now, before string) bool {
	for i := 0; i+digestHex <= len(now); i += digestHex {
		for j := 0; j+digestHex <= len(before); j += digestHex {
			if now[i:i+digestHex] == before[j:j+digestHex] {
				return true
			}
		}
	}
	return false
}

// watched are the site's sources as the run leaves them.
func (v *visit) watched() []watch.Source {
	var out []watch.Source
	for id, s := range v.sources.all {
		if s.Note == guessed {
			continue
		}
		w := v.readings[id]
		w.URL, w.Kind, w.Feed = s.URL, s.Kind, s.Kind == kindFeed
		w.Listed = w.Feed || s.Kind == kindNews || s.Kind == kindIndex || s.Kind == kindSitemap
		w.Fails, w.FailedSince, w.Newest, w.FirstSeen = s.Fails, s.FailedSince, s.Newest, s.FirstSeen
		out = append(out, w)
	}
	return out
}
