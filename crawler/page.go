package crawler

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/extract"
	"github.com/dateline-go/dateline/normalize"
)

type applied = func(context.Context, state.Tx) (Outcome, error)

// ask fetches one due page. It may run beside the booking of an earlier one.
func (p *fetched) ask(ctx context.Context) {
	v, u := p.v, &p.row
	keep := context.WithoutCancel(ctx)
	req := fetch.Request{URL: u.URL, Kind: fetch.KindPage, Hop: v.hop(keep, *u)}
	if u.State == state.Done || u.State == state.Other {
		if req.Validators.ETag, req.Validators.LastModified, p.err = v.r.store.Validators(keep, u.Key); p.err != nil {
			return
		}
	}
	p.guest.room = v.r.room
	req.Large = p.guest.enter
	p.out = v.fetch(ctx, req)
	p.now = v.r.clock.Now()
}

// extract reads the page, where there is one, and lets its body go. Like ask it may run beside the booking
// of an earlier page.
func (p *fetched) extract() {
	defer p.guest.leave()
	if p.err == nil && p.out.Err == nil && !p.out.Known && !p.out.NotModified {
		p.res, p.unread = p.v.r.extract(p.input())
	}
	p.out.Body = nil // it may wait for its booking among others
}

// decide says what the outcome changes in the state. The page has the last word on what it is, whatever
// its address promised.
func (p *fetched) decide() applied {
	p.v.sawRequest(&p.out)
	links := p.res.Links
	p.res.Links = extract.Links{} // nobody needs them while the page waits for its batch
	switch {
	case p.err != nil:
		return failing(p.err)
	case p.out.Err != nil:
		return p.failed(p.out.Err)
	case p.out.Known:
		return p.known
	case p.out.NotModified:
		return p.same
	case errors.Is(p.unread, extract.ErrEmpty) || errors.Is(p.unread, extract.ErrBinary):
		return p.failed(&fetch.Error{Fault: fetch.FaultBody, Err: p.unread})
	case p.unread != nil: // a defect of ours: the URL waits for a release that has mended it
		p.v.r.Log.Error("extraction failed", "url", p.row.URL, "error", p.unread)
		return p.failed(&fetch.Error{Fault: fetch.FaultPanic, Err: p.unread})
	}
	rec := &p.res.Record
	if len(p.claims) > 0 {
		p.v.saw.Page(rec, p.out.Final, p.out.Fetched)
		if p.astray(p.out.Final) {
			p.v.saw.Astray(p.row.URL)
		}
	}
	if rec.PageKind == dateline.KindBlocked {
		return p.failed(&fetch.Error{Fault: fetch.FaultBlocked, Why: "the page is a wall"})
	}
	p.v.walls = 0
	if slices.Contains(rec.Quality.Flags, "not_found") {
		return p.failed(&fetch.Error{Fault: fetch.FaultGone, Why: "the page says that it was not found"})
	}
	if p.isAbsent() {
		return p.failed(&fetch.Error{Fault: fetch.FaultGone, Why: "the page is what the site answers with for an address that cannot exist"})
	}
	if to, ok := p.refreshed(links); ok {
		return func(ctx context.Context, t state.Tx) (Outcome, error) { return p.sentOn(ctx, t, to) }
	}
	if why := p.unwished(&links); why != "" {
		p.v.counts.Refusals[why]++
		return p.failed(&fetch.Error{Fault: fetch.FaultRobots, Why: why})
	}
	return p.judge
}

// isAbsent reports whether the page is the one that the site answers with for addresses that cannot exist.
func (p *fetched) isAbsent() bool {
	if p.v.absent == "" {
		return false
	}
	content, _ := p.res.Unaided.Fingerprint()
	return content == p.v.absent
}

// astray reports whether a page led to the front page or a section.
func (p *fetched) astray(to string) bool {
	if to == p.row.URL {
		return false
	}
	u, err := address.Resolve("", to)
	return err == nil && u.RawQuery == "" && (u.Path == "" || u.Path == "/" || p.v.sources.section(to))
}

// sidetracked reports whether the server led elsewhere for the time being: to a consent, a login, a page of
// maintenance. What only a link names has no other advocate, and would be lost for good.
func (p *fetched) sidetracked() bool { return p.misled() && p.out.MovedTo() != p.out.Final }

// strayed books a page in whose place another came that says nothing of the article.
func (p *fetched) strayed(ctx context.Context, t state.Tx) (Outcome, error) {
	if !p.named() && !p.sidetracked() {
		return p.settle(ctx, t, NotArticle, state.Other, time.Time{})
	}
	o, wait := step(NotArticle, p.row.Tries+1, slowly...)
	return p.later(ctx, t, o, wait)
}

// sentOn books a page that sends its readers to another address of the site. One that is known to be no
// article, as a consent or maintenance page, does not stand for this one.
func (p *fetched) sentOn(ctx context.Context, t state.Tx, to found) (Outcome, error) {
	if p.astray(to.url) {
		return p.strayed(ctx, t)
	}
	known, err := t.Known(ctx, []state.Key{to.key})
	if err != nil {
		return "", err
	}
	if row, ok := known[to.key]; ok && row.State != state.Pending {
		if _, ok, err := t.Article(ctx, to.key); err != nil {
			return "", err
		} else if !ok {
			return p.strayed(ctx, t)
		}
	}
	return Duplicate, p.divert(ctx, t, to.key, to.url)
}

// refreshed is where a page leads that has hardly a text and sends its readers on at once: a redirect
// by another means.
func (p *fetched) refreshed(l extract.Links) (found, bool) {
	const atOnce, hardly = 5, 30 // seconds, words
	if l.RefreshURL == "" || l.RefreshAfter > atOnce || p.res.Record.WordCount > hardly {
		return found{}, false
	}
	to, ok := p.v.locate(l.RefreshURL)
	return to, ok && to.key != p.row.Key && to.key != state.KeyOf(normalize.URLKey(p.out.Final))
}

func failing(err error) applied {
	return func(context.Context, state.Tx) (Outcome, error) { return "", err }
}

// hop keeps a redirect from fetching what is known: an article once is enough. The redirect of an
// article's own address is followed, for its text may have changed.
func (v *visit) hop(ctx context.Context, u state.URL) func(fetch.Hop) (fetch.Validators, bool) {
	return func(h fetch.Hop) (fetch.Validators, bool) {
		key := normalize.URLKey(h.Location)
		if key == "" || u.State == state.Done {
			return fetch.Validators{}, true
		}
		k := state.KeyOf(key)
		if k == u.Key {
			return fetch.Validators{}, true
		}
		a, known, err := v.r.store.Article(ctx, k)
		if known && err == nil {
			known, err = v.stands(ctx, v.r.store, &a)
		}
		return fetch.Validators{}, err != nil || !known
	}
}

// A fetched is one page that was asked for, and what came.
type fetched struct {
	v      *visit
	row    state.URL
	out    fetch.Outcome
	claims []state.Claim
	err    error // of the state
	res    extract.Result
	unread error // why there is none
	now    time.Time
	guest  guest         // of the room for large bodies
	read   chan struct{} // closed once it is extracted

	identity // once it is known to be an article
}

func (p *fetched) input() extract.Input {
	in := extract.Input{
		Name: p.out.Final, URL: p.out.Final, Body: p.out.Body, ContentType: p.out.ContentType, Header: p.out.Header,
		Status: p.out.Status, Fetched: p.out.Fetched,
		Language: string(p.v.site.conf.Language), Zone: string(p.v.site.conf.Zone), Rules: p.v.rules,
		Memory: p.v.memory.known.Load(),
	}
	if c := bestClaim(p.claims); c != nil {
		in.Claims = extract.Claims{Title: c.Title, Published: c.Published, Modified: c.Updated, Language: c.Language,
			Publisher: c.Publisher, Source: c.SourceURL, By: claimedBy(c.SourceKind)}
	} else if s := p.v.sources.all[p.row.Source]; s != nil { // a link on a page says no more than where it stood
		in.Claims = extract.Claims{Source: s.URL, By: kindSection}
	}
	return in
}

// bestClaim is that of the source that says most.
func bestClaim(claims []state.Claim) *state.Claim {
	var best *state.Claim
	weigh := func(c *state.Claim) int {
		n := 0
		for _, s := range []string{c.Title, c.Published, c.Updated} {
			if s != "" {
				n++
			}
		}
		return n
	}
	for i := range claims {
		if best == nil || weigh(&claims[i]) > weigh(best) {
			best = &claims[i]
		}
	}
	return best
}

// claimedBy is the record's word for a kind of source.
func claimedBy(kind string) string {
	if kind == kindNews {
		return "news-sitemap"
	}
	return kind
}

// claimed reports whether a source that names articles only named the page.
func (p *fetched) claimed() bool {
	for _, c := range p.claims {
		if c.SourceKind == kindFeed || c.SourceKind == kindNews {
			return true
		}
	}
	return false
}

// attested reports whether more than its prose says that the page is an article: a source that names
// articles only, a person or a wire credited, or a date of publication. The date of a revision ("Last
// updated: …") also stands on terms and imprints, and any date on what only navigation and foot link to.
func (p *fetched) attested() bool {
	rec := &p.res.Record
	signed := slices.ContainsFunc(rec.Contributors, func(c dateline.Contributor) bool { return c.Kind != "organization" })
	if p.claimed() || p.row.State == state.Done || signed || p.included() {
		return true
	}
	return rec.Dates.Published != nil && !rec.Dates.Published.Inferred && !p.v.furniture[p.row.Key]
}

// included reports whether the operator's patterns name the page an article.
func (p *fetched) included() bool {
	u, err := address.Resolve("", p.out.Final)
	if err != nil {
		return false
	}
	article, _, _ := p.v.site.conf.Verdict(u)
	return article
}

// failed is a fetch that gave no page.
func (p *fetched) failed(e *fetch.Error) applied {
	if e.Fault == fetch.FaultBlocked {
		p.v.walls++
	}
	return func(ctx context.Context, t state.Tx) (Outcome, error) {
		u := p.row
		if e.Fault == fetch.FaultCanceled {
			return "", nil // the run is being stopped: it stays due
		}
		if p.v.outOfTime(e) {
			return "", nil // the next gap would end after the run: it stays due
		}
		if e.Fault == fetch.FaultDeferred {
			if e.Until.After(p.v.r.started) && (p.v.until.IsZero() || p.now.Before(p.v.until)) {
				u.NextDue = e.Until
				return Deferred, t.PutURL(ctx, u)
			}
			return "", nil // the run is over: it stays due
		}
		if e.Fault == fetch.FaultGone {
			if err := p.noTwins(ctx, t); err != nil {
				return "", err
			}
		}
		o, wait := again(e, u.Tries+1, p.named(), p.misled())
		return p.later(ctx, t, o, wait)
	}
}

// named reports whether a source names the page, or it was an article once.
func (p *fetched) named() bool { return len(p.claims) > 0 || p.row.State == state.Done }

// misled reports whether the page was lost on the way: behind a redirect.
func (p *fetched) misled() bool { return p.out.Final != p.row.URL }

// later books an outcome that brought no page, and when to ask again.
func (p *fetched) later(ctx context.Context, t state.Tx, o Outcome, wait time.Duration) (Outcome, error) {
	u := p.row
	u.Tries++
	u.LastSeen = p.now
	u.NextDue = time.Time{}
	if o == Dead && p.v.free && p.now.Sub(u.FirstSeen) < givenUp { // its tries came quickly
		o, wait = Failed, time.Millisecond
	}
	switch {
	case wait > 0 && p.v.free && (o != Refused && o != NotArticle || p.misled()):
		u.NextDue = p.v.r.started.Add(time.Millisecond) // no waits here: the next run
	case wait > 0:
		u.NextDue = p.now.Add(wait)
	case o == Dead || o == Gone:
		u.State = state.Dead
	}
	if o == Refused {
		u.State = state.Refused
	}
	return o, t.PutURL(ctx, u)
}

// known is a redirect to an article that is known.
func (p *fetched) known(ctx context.Context, t state.Tx) (Outcome, error) {
	a, ok, err := t.Article(ctx, state.KeyOf(normalize.URLKey(p.out.Final)))
	if err != nil || !ok {
		return "", err
	}
	if err := p.learnTwin(ctx, t, p.out.MovedTo()); err != nil {
		return "", err
	}
	return Duplicate, p.alias(ctx, t, a.Key)
}

// alias books the page as another address of an article.
func (p *fetched) alias(ctx context.Context, t state.Tx, to state.Key) error {
	u := p.row
	u.State, u.NextDue, u.Tries, u.LastSeen = state.Alias, time.Time{}, 0, p.now
	if err := t.PutURL(ctx, u); err != nil {
		return err
	}
	if err := p.fetchedClaims(ctx, t); err != nil {
		return err
	}
	return t.PutAlias(ctx, u.Key, to)
}

// same is a 304.
func (p *fetched) same(ctx context.Context, t state.Tx) (Outcome, error) {
	v := p.out.Validators
	if v.ETag != "" || v.LastModified != "" {
		if err := t.PutValidators(ctx, p.row.Key, v.ETag, v.LastModified); err != nil {
			return "", err
		}
	}
	a, ok, err := t.Article(ctx, p.row.Key)
	if err != nil {
		return "", err
	}
	if !ok {
		return p.settle(ctx, t, NotArticle, state.Other, time.Time{})
	}
	a.Checks, a.Same = a.Checks+1, a.Same+1
	if err := t.PutArticle(ctx, a); err != nil {
		return "", err
	}
	return p.settle(ctx, t, Unchanged, state.Done, recheck(published(a), p.now, a.Same))
}

// settle books a page that was read.
func (p *fetched) settle(ctx context.Context, t state.Tx, o Outcome, s state.State, due time.Time) (Outcome, error) {
	u := p.row
	u.State, u.NextDue, u.Tries, u.LastSeen = s, due, 0, p.now
	if err := t.PutURL(ctx, u); err != nil {
		return "", err
	}
	return o, p.fetchedClaims(ctx, t)
}

// fetchedClaims notes that the page was fetched with what was claimed of it.
func (p *fetched) fetchedClaims(ctx context.Context, t state.Tx) error {
	if len(p.claims) == 0 {
		return nil
	}
	return t.FetchedClaims(ctx, p.row.Key)
}

func published(a state.Article) time.Time {
	if a.Published.IsZero() {
		return a.FirstSeen
	}
	return a.Published
}

// judge books a page that was read.
func (p *fetched) judge(ctx context.Context, t state.Tx) (Outcome, error) {
	kind := p.res.Record.PageKind
	if kind == dateline.KindArticle && !p.attested() { // the other kinds are named by the structured data
		kind = dateline.KindOther
	}
	lost := !kind.IsArticle() && (p.sidetracked() || p.astray(p.out.Final))
	if !lost || !p.named() && p.row.Tries == 0 { // else the page says nothing of what it stands for
		p.v.learn(p.row.URL, kind, p.v.explorer.going[p.row.Key])
	}
	switch {
	case kind.IsArticle():
		return p.article(ctx, t)
	case lost:
		return p.strayed(ctx, t)
	case p.claimed() && p.row.Tries < 2: // a page put up before its text
		o, wait := step(NotArticle, p.row.Tries+1, 6*time.Hour, 24*time.Hour)
		return p.later(ctx, t, o, wait)
	}
	return p.settle(ctx, t, NotArticle, state.Other, time.Time{})
}
