package crawler

import (
	"context"
	"math/bits"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/discover"
	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/extract"
	"github.com/dateline-go/dateline/normalize"
)

const (
	duplicateWindow = 72 * time.Hour // near-duplicates of one title are looked for in it
	nearBits        = 3              // of 64 bits of simhash: nearly the same text
	farBits         = 12             // more: another text altogether
)

// article books an article page: a version that is new comes out, once.
func (p *fetched) article(ctx context.Context, t state.Tx) (Outcome, error) {
	p.identify()
	a, known, err := p.find(ctx, t)
	if err != nil {
		return "", err
	}
	if err := p.learnTwin(ctx, t, p.standsAt(&a)); err != nil {
		return "", err
	}
	if !known {
		if o, done, err := p.twin(ctx, t); done || err != nil {
			return o, err
		}
		return p.first(ctx, t)
	}
	if main := mainOf(a); main != p.row.Key && main != p.final {
		if stands, err := p.v.stands(ctx, t, &a); err != nil {
			return "", err
		} else if stands {
			return Duplicate, p.alias(ctx, t, a.Key)
		}
	}
	return p.again(ctx, t, a)
}

// stands reports whether the address under which an article is looked at again has not been given up. Else the article
// lives on under another one that shows it.
func (v *visit) stands(ctx context.Context, t state.Reader, a *state.Article) (bool, error) {
	main := mainOf(*a)
	known, err := t.Known(ctx, []state.Key{main})
	return err == nil && known[main].State != state.Dead, err
}

// mainOf is the key of the address under which an article is looked at again.
func mainOf(a state.Article) state.Key { return state.Key{Host: a.Host, URL: a.URL} }

// identity is what tells a page's text apart from others.
type identity struct {
	canon, final, main state.Key
	mainURL            string
	body, title        int64
	text               int64 // of what comes out: without what the site repeats
	simhash            uint64
}

// identify reads the keys and hashes of the page.
func (p *fetched) identify() {
	rec := &p.res.Record
	p.final = state.KeyOf(normalize.URLKey(p.out.Final))
	p.canon = p.final
	if key := normalize.URLKey(rec.CanonicalURL); key != "" {
		p.canon = state.KeyOf(key)
	}
	p.title = state.Hash(normalize.Fold(rec.Title))
	content, simhash := p.res.Unaided.Fingerprint()
	p.body, p.simhash = state.Hash(content+"\n"+rec.Title), simhash
	p.text = p.body
	if out := extract.WordingOf(rec); out != p.res.Unaided {
		content, _ = out.Fingerprint()
		p.text = state.Hash(content + "\n" + rec.Title)
	}
	// The address to look at next time: where a permanent redirect leads, else the one that was asked for.
	p.main, p.mainURL = p.row.Key, p.row.URL
	switch to := p.out.MovedTo(); {
	case to == "":
	case p.final != p.row.Key:
		p.main, p.mainURL = p.final, p.out.Final
	case state.KeyOf(normalize.URLKey(to)) == p.row.Key: // the same in another form: with https, without a slash
		p.mainURL = to
	}
	if p.main.Host != p.canon.Host {
		p.main, p.mainURL = p.canon, rec.CanonicalURL
	}
}

// find is the article that the page belongs to: by its canonical address, if that is to be believed, or its own.
func (p *fetched) find(ctx context.Context, t state.Tx) (state.Article, bool, error) {
	a, ok, err := t.Article(ctx, p.canon)
	if err != nil {
		return a, false, err
	}
	if ok && p.canon != p.final && a.TitleHash != p.title && mainOf(a) != p.row.Key && bits.OnesCount64(a.Simhash^p.simhash) > farBits {
		// Another title and another text under one canonical address: a broken system that gives all its
		// pages one, which would merge the site. The page keeps its own.
		p.distrust()
		ok = false
	}
	for _, k := range append([]state.Key{p.final, p.row.Key}, p.v.otherKeys(p.out.Final)...) {
		if !ok && k != p.canon {
			if a, ok, err = t.Article(ctx, k); err != nil {
				return a, false, err
			}
		}
	}
	return a, ok, nil
}

func (p *fetched) distrust() {
	rec := &p.res.Record
	rec.CanonicalURL = rec.URL
	rec.ID = normalize.ID(normalize.URLKey(rec.URL))
	delete(rec.Provenance, "canonical_url")
	p.canon, p.main, p.mainURL = p.final, p.final, p.out.Final
}

// twin passes an AMP or print view by, where its canonical page is one of the site that was never
// looked at: that page has the better text, and becomes due in its place.
func (p *fetched) twin(ctx context.Context, t state.Tx) (o Outcome, done bool, err error) {
	rec := &p.res.Record
	if p.canon == p.final {
		return "", false, nil
	}
	u, err := address.Resolve("", p.out.Final)
	if err != nil || !discover.IsTwin(u) || p.v.site.scope(rec.CanonicalURL) != nil {
		return "", false, nil
	}
	rows, err := t.Known(ctx, []state.Key{p.canon})
	if err != nil {
		return "", false, err
	}
	if row, known := rows[p.canon]; known && row.State != state.Pending {
		return "", false, nil
	}
	return Duplicate, true, p.divert(ctx, t, p.canon, rec.CanonicalURL)
}

// divert books that this address leads to another of the site, which becomes due where it is new.
func (p *fetched) divert(ctx context.Context, t state.Tx, to state.Key, where string) error {
	if err := p.v.putHost(ctx, t, where); err != nil {
		return err
	}
	_, err := t.AddURLs(ctx, []state.URL{{Key: to, URL: where, FirstSeen: p.now, LastSeen: p.now, NextDue: p.v.r.started, Rank: p.row.Rank, Source: p.row.Source}})
	if err != nil {
		return err
	}
	return p.alias(ctx, t, to)
}

// first books an article that was not known: unless one of the site has the very same title and
// text, which is then the same under a second address. Nearly the same text, on any site, is named
// in the record and comes out all the same.
func (p *fetched) first(ctx context.Context, t state.Tx) (Outcome, error) {
	rec := &p.res.Record
	if rec.Title != "" && rec.Text != "" {
		titled, err := t.Titled(ctx, p.title, p.now.Add(-duplicateWindow))
		if err != nil {
			return "", err
		}
		for _, a := range titled {
			if a.BodyHash == p.body && a.Site == p.v.lease.Site {
				return Duplicate, p.alias(ctx, t, a.Key)
			}
			if rec.Source.DuplicateOf == "" && bits.OnesCount64(a.Simhash^p.simhash) <= nearBits {
				rec.Source.DuplicateOf = a.ID
			}
		}
	}
	return p.emit(ctx, t, New, state.Article{Key: p.canon, URL: p.main.URL, Site: p.v.lease.Site, ID: rec.ID, FirstSeen: p.now})
}

// again books an article that was looked at once more.
func (p *fetched) again(ctx context.Context, t state.Tx, a state.Article) (Outcome, error) {
	a.Checks++
	if p.main.Host == a.Host {
		a.URL = p.main.URL
	} else { // an address of another host leads to it: the article stays where it is
		p.main, p.mainURL = mainOf(a), p.row.URL
		if p.main != p.row.Key {
			p.mainURL = p.out.Final
		}
	}
	// A version is new where the page's own body is, whatever is known of its site by now, and where its text
	// comes out otherwise than before: an appeal that the site has reworded makes no new version.
	seen, err := t.HasVersion(ctx, a.Key, p.body, p.text)
	if err != nil {
		return "", err
	}
	if !seen {
		// The record keeps the id that its first version had, whatever the page now says of itself.
		p.res.Record.ID = a.ID
		return p.emit(ctx, t, Changed, a)
	}
	a.Same++
	if err := t.PutArticle(ctx, a); err != nil {
		return "", err
	}
	return Unchanged, p.place(ctx, t, a)
}

// emit puts the record's line into the outbox, in the transaction that books its version.
func (p *fetched) emit(ctx context.Context, t state.Tx, o Outcome, a state.Article) (Outcome, error) {
	rec := &p.res.Record
	a.Version++
	a.Same = 0
	a.BodyHash, a.TitleHash, a.Simhash = p.body, p.title, p.simhash
	a.Published, a.Modified = instant(rec.Published), instant(rec.Modified)
	rec.Source.Version = a.Version
	if err := t.PutArticle(ctx, a); err != nil {
		return "", err
	}
	if err := t.PutVersion(ctx, a.Key, a.Version, p.body, p.text, p.v.r.started.UnixMilli(), p.now); err != nil {
		return "", err
	}
	p.v.line = append(rec.AppendJSON(p.v.line[:0]), '\n')
	if err := t.Emit(ctx, p.v.r.out.mark.Name, p.v.line); err != nil {
		return "", err
	}
	if o == New { // what it gained since is a correction, and no furniture of the site
		p.v.memory.hear(rec.ID, p.res.Lesson)
	}
	return o, p.place(ctx, t, a)
}

// place books the addresses of an article that was read: the one to look at again, and those that lead to it.
func (p *fetched) place(ctx context.Context, t state.Tx, a state.Article) error {
	u := p.row
	u.Key, u.URL = p.main, p.mainURL
	u.State, u.Tries, u.LastSeen = state.Done, 0, p.now
	u.NextDue = recheck(published(a), p.now, a.Same)
	if err := p.v.putHost(ctx, t, u.URL); err != nil {
		return err
	}
	if err := t.PutURL(ctx, u); err != nil {
		return err
	}
	val := p.out.Validators
	if p.main != p.final || p.out.Truncated {
		val.ETag, val.LastModified = "", ""
	}
	if (val != fetch.Validators{}) || p.main != p.row.Key || p.row.State != state.Pending { // else there are none to drop
		if err := t.PutValidators(ctx, p.main, val.ETag, val.LastModified); err != nil {
			return err
		}
	}
	settle := func() error { return p.fetchedClaims(ctx, t) }
	if p.row.Key != p.main {
		settle = func() error { return p.alias(ctx, t, a.Key) }
	}
	if err := settle(); err != nil {
		return err
	}
	if err := t.PutAlias(ctx, p.main, a.Key); err != nil {
		return err
	}
	for k, where := range map[state.Key]string{p.final: p.out.Final, p.canon: p.res.Record.CanonicalURL} {
		if k == p.main || k == p.row.Key || p.v.site.scope(where) != nil {
			continue
		}
		if err := p.also(ctx, t, k, where, a.Key); err != nil {
			return err
		}
	}
	return nil
}

// also books an address that was not asked for but is now known to lead to an article.
func (p *fetched) also(ctx context.Context, t state.Tx, k state.Key, where string, to state.Key) error {
	if err := p.v.putHost(ctx, t, where); err != nil {
		return err
	}
	if _, err := t.AddURLs(ctx, []state.URL{{Key: k, URL: where, State: state.Alias, FirstSeen: p.now, LastSeen: p.now, Source: p.row.Source}}); err != nil {
		return err
	}
	if err := t.Emitted(ctx, k, p.now); err != nil { // where a source claims it
		return err
	}
	return t.PutAlias(ctx, k, to)
}

// instant is a date of a record as a moment, in UTC where no zone is known: for schedules only.
func instant(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
