package crawler

import (
	"bytes"
	"context"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/discover"
	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/extract"
)

const (
	maxSections  = 40
	maxFeeds     = 20
	maxSitemaps  = 2000 // files of a site, whatever its indexes name
	maxDepth     = 3    // of indexes in indexes
	guessed      = "guessed"
	firstGap     = 30 * time.Minute // between two readings of a source that nothing is known of
	pathGuess    = "/sitemap.xml"
	retryGuessed = 7 * 24 * time.Hour
	deniedGap    = 24 * time.Hour // before a denied source is asked for again, if robots.txt was not
)

func (v *visit) newSource(kind, where string, parent int64) state.Source {
	return state.Source{ID: state.Hash(v.site.key + " " + where), Site: v.lease.Site, Kind: kind, URL: where, Parent: parent,
		Interval: firstGap, FirstSeen: v.r.started}
}

// startSources are the addresses that the run was given. A start page that is none any more is let go.
func (v *visit) startSources() {
	c := v.site.conf
	listed := map[int64]bool{}
	for _, a := range c.Start {
		src, fresh := v.sources.add(v.newSource(kindStart, a.URL, 0))
		if !fresh && bulk(src.Kind) {
			src.Kind = kindStart
		}
		listed[src.ID] = true
	}
	for _, a := range c.Feeds {
		src, _ := v.sources.add(v.newSource(kindFeed, a.URL, 0))
		listed[src.ID] = true
	}
	for _, a := range c.Sitemaps {
		src, _ := v.sources.add(v.newSource(sitemapKind(a.URL), a.URL, 0))
		listed[src.ID] = true
	}
	v.sources.unlist(listed)
}

// robotsSources are the sitemaps that robots.txt names; where it names none, the usual place is tried once.
func (v *visit) robotsSources(ctx context.Context) {
	front := v.site.conf.First().URL
	u, err := address.Resolve("", front)
	if err != nil || v.over(ctx) {
		return
	}
	robots, err := v.slices.Robots(ctx, front)
	if err != nil {
		return // the fetch of the start page will say so
	}
	if robots.Fetched.Equal(v.r.started) || robots.Fetched.After(v.r.started) {
		v.counts.Requests++
		v.newRobots, v.sources.newRobots = true, true
		v.r.Log.Debug("asked for robots.txt", "site", v.site.key, "authority", robots.Authority, "state", robots.State, "why", robots.Why)
	}
	for _, s := range robots.Sitemaps {
		if where := address.Absolute(front, s); where != "" && len(v.sources.all) < maxSitemaps {
			v.sources.add(v.newSource(sitemapKind(where), where, 0))
		}
	}
	if len(robots.Sitemaps) == 0 && (u.Path == "/" || u.Path == "") {
		guess := v.newSource(kindIndex, address.Absolute(front, pathGuess), 0)
		guess.Note = guessed
		v.sources.add(guess)
	}
}

// sitemapKind is the kind to begin with; the bytes decide later.
func sitemapKind(where string) string {
	if strings.Contains(strings.ToLower(where[strings.LastIndexByte(where, '/')+1:]), "news") {
		return kindNews
	}
	return kindIndex
}

// readSources reads what the run has still to read: all that is fresh, and a few of the bulk.
func (v *visit) readSources(ctx context.Context) (read bool, err error) {
	for n := 0; !v.over(ctx); {
		s := v.sources.next(n < bulkATurn)
		if s == nil {
			break
		}
		if bulk(s.Kind) {
			n++
		}
		if err := v.readSource(ctx, s); err != nil {
			return read, err
		}
		read = true
	}
	return read, nil
}

// A reading is what one source gave.
type reading struct {
	src   *state.Source
	out   fetch.Outcome
	doc   document
	found iter.Seq[found] // to be gone through once; nil for none
	more  []state.Source  // further sources that it names
	bad   string          // why it is none
	named booked
	// denied is true where robots.txt denies the source itself, and not only where it leads.
	denied bool
	cut    bool // it ended early
	html   bool // it is a page, and should be none
	whole  bool // no entry was left alone for its time
	// ttl is the wait that a document asks for, period what it says of its changes, quiet when it is not to be read.
	ttl, period time.Duration
	quiet       discover.Quiet
}

// A document is a feed or a sitemap that is read while it is fetched.
type document struct {
	discover.Document
	err error
}

// read is for fetch.Request.Read.
func (d *document) read(a fetch.Answer, body io.Reader) (keep func()) {
	doc, err := discover.Read(body, a.ContentType, a.URL, a.Fetched)
	return func() { d.Document, d.err = doc, err }
}

func (v *visit) readSource(ctx context.Context, s *state.Source) error {
	req := fetch.Request{URL: s.URL, Kind: fetchKind(s.Kind)}
	if s.Fails == 0 && !s.LastRead.IsZero() && !v.sources.widens(s) && !v.sources.taught(s) {
		conditional(&req, s)
	}
	large := guest{room: v.r.room}
	defer large.leave()
	req.Large = large.enter
	rd := &reading{src: s, whole: true}
	if req.Kind != fetch.KindSection {
		req.Read = rd.doc.read
	}
	rd.out = v.fetch(ctx, req)
	v.sawRequest(&rd.out)
	switch {
	case rd.out.Err != nil && v.outOfTime(rd.out.Err):
		v.ended = true // it stays due
		return nil
	case rd.out.Err != nil && rd.out.Err.Fault == fetch.FaultCanceled:
		v.sources.done[s.ID] = true // in this run; the state knows nothing of it
		return nil
	case rd.out.Err != nil:
		rd.bad = rd.out.Err.Error()
		rd.denied = rd.out.Err.Fault == fetch.FaultRobots && rd.out.Final == s.URL
	case !rd.out.NotModified:
		v.readBody(rd)
	}
	rd.out.Body = nil
	return v.note(ctx, func(ctx context.Context, t state.Tx) error { return v.bookSource(ctx, t, rd) })
}

// conditional has a source asked only for what has changed: the address that answered last time, which may stand behind a
// redirect.
func conditional(req *fetch.Request, s *state.Source) {
	last := fetch.Validators{ETag: s.ETag, LastModified: s.LastModified}
	if s.Answered == "" || s.Answered == s.URL {
		req.Validators = last
		return
	}
	req.Hop = func(h fetch.Hop) (fetch.Validators, bool) {
		if h.Location == s.Answered {
			return last, true
		}
		return fetch.Validators{}, true
	}
}

func fetchKind(kind string) fetch.Kind {
	switch kind {
	case kindFeed:
		return fetch.KindFeed
	case kindNews, kindIndex, kindSitemap:
		return fetch.KindSitemap
	}
	return fetch.KindSection
}

// readBody reads a document or a page; what the bytes are decides, not what was expected.
func (v *visit) readBody(rd *reading) {
	page := fetchKind(rd.src.Kind) == fetch.KindSection
	if page {
		rd.doc.Document, rd.doc.err = discover.Read(bytes.NewReader(rd.out.Body), rd.out.ContentType, rd.out.Final, rd.out.Fetched)
	}
	switch {
	case rd.doc.err == nil:
		v.readDocument(rd)
	case page:
		v.readPage(rd)
	default:
		rd.bad, rd.html = rd.doc.err.Error(), rd.doc.Kind == discover.HTML
	}
}

func (v *visit) readDocument(rd *reading) {
	d := &rd.doc.Document
	rd.ttl, rd.period, rd.quiet, rd.cut = d.TTL, d.Period, d.Quiet, d.Cut
	switch d.Kind {
	case discover.Feed:
		rd.src.Kind = kindFeed
	case discover.News:
		rd.src.Kind = kindNews
	case discover.Sitemap:
		rd.src.Kind = kindSitemap
	case discover.Index:
		rd.src.Kind = kindIndex
		v.readIndex(rd)
		return
	}
	if d.Full {
		v.r.Log.Warn("a source names more than is read", "site", v.site.key, "source", rd.src.URL, "limit", d.Len())
	}
	rd.found = v.judgeEntries(rd)
}

// readIndex makes sources of the files that an index names. A file whose date there is new is read
// again; Note keeps the date.
func (v *visit) readIndex(rd *reading) {
	if v.depth(rd.src) >= maxDepth {
		return
	}
	for _, e := range rd.doc.All() {
		if len(v.sources.all) >= maxSitemaps {
			v.r.Log.Warn("more sitemaps than are read", "site", v.site.key, "index", rd.src.URL, "limit", maxSitemaps)
			return
		}
		src, fresh := v.sources.add(v.newSource(kindSitemap, e.URL, rd.src.ID))
		if fresh || src.Note != e.Updated {
			src.Note = e.Updated
			src.LastRead = time.Time{} // not read since
			rd.more = append(rd.more, *src)
		}
	}
}

func (v *visit) depth(s *state.Source) int {
	n := 0
	for s != nil && s.Parent != 0 && n <= maxDepth {
		s = v.sources.all[s.Parent]
		n++
	}
	return n
}

// readPage reads a front page or a section: its links to articles, its feeds, its sections.
func (v *visit) readPage(rd *reading) {
	res, err := v.r.extract(extract.Input{Name: rd.out.Final, URL: rd.out.Final, Body: rd.out.Body, ContentType: rd.out.ContentType,
		Header: rd.out.Header, Status: rd.out.Status, Fetched: rd.out.Fetched})
	if err != nil {
		rd.bad = err.Error()
		return
	}
	links := v.judgeLinks(rd.src.ID, res.Links)
	if rd.src.Kind == kindStart {
		// A start page that is an article is one; a front page that looks like one is not.
		score, _ := v.score(discover.Link{Place: discover.InPage}, rd.out.Final)
		if f, ok := v.locate(rd.out.Final); ok && res.Record.PageKind.IsArticle() && score >= pageThreshold {
			links = append(links, f)
		}
		v.announced(rd, res.Links)
		v.sections(rd, res.Links)
	}
	rd.found = slices.Values(links)
	v.paging(rd, res.Links)
}

// announced makes sources of the feeds in the head of a page; feeds of comments are none.
func (v *visit) announced(rd *reading, links extract.Links) {
	n := v.sources.count(kindFeed)
	for _, f := range links.Feeds {
		low := strings.ToLower(f.URL + " " + f.Title)
		if strings.Contains(low, "comment") || n >= maxFeeds || v.site.reach(f.URL) != nil {
			continue
		}
		if src, fresh := v.sources.add(v.newSource(kindFeed, address.Absolute("", f.URL), rd.src.ID)); fresh && src.URL != "" {
			rd.more = append(rd.more, *src)
			n++
		}
	}
}

// sections makes sources of what a start page links to as sections: below itself where the run was not given the front
// page, wherever that leads to.
func (v *visit) sections(rd *reading, links extract.Links) {
	n := v.sources.count(kindSection)
	front, err := address.Resolve("", rd.out.Final)
	if err != nil {
		return
	}
	above := discover.Directory(front)
	if given, err := address.Resolve("", rd.src.URL); err == nil && given.Path == "/" {
		above = "/"
	}
	for _, a := range links.Anchors {
		u, err := address.Resolve("", a.URL)
		if err != nil || n >= maxSections || !v.site.holds(u) || u.Host != front.Host || v.site.refusal(u, v.r.started) != "" {
			continue
		}
		below := strings.HasPrefix(u.Path, above) && u.Path != above && u.Path != front.Path
		l := discover.Link{URL: u, Text: a.Text, Place: discover.InPage}
		if !below || !discover.IsSection(l) {
			continue
		}
		if score, _ := discover.Score(l, v.r.started); score >= pageThreshold {
			continue
		}
		if src, fresh := v.sources.add(v.newSource(kindSection, u.String(), rd.src.ID)); fresh {
			rd.more = append(rd.more, *src)
			n++
		}
	}
}

// paging makes a source of the next page of a list, read once: older articles that nobody else names.
// It is booked only where the page itself brought something new.
func (v *visit) paging(rd *reading, links extract.Links) {
	here, err := address.Resolve("", rd.out.Final)
	if err != nil {
		return
	}
	for _, a := range links.Anchors {
		u, err := address.Resolve("", a.URL)
		if err != nil || !v.site.holds(u) || v.site.refusal(u, v.r.started) != "" {
			continue
		}
		if discover.Nth(u) == max(discover.Nth(here), 1)+1 && discover.List(u) == discover.List(here) {
			rd.more = append(rd.more, v.newSource(kindPaging, u.String(), rd.src.ID))
			return
		}
	}
}
