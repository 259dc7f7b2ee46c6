package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/discover"
	"github.com/dateline-go/dateline/crawler/internal/fetch"
	siteconf "github.com/dateline-go/dateline/crawler/internal/site"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/extract"
)

// Where feeds and sitemaps stand that nobody announces.
var (
	feedGuesses    = []string{"/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.xml"}
	sitemapGuesses = []string{"/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-news.xml"}
)

// maxProbed bounds the feeds and sitemaps that a probe reads.
const maxProbed = 24

// A ProbeReport is what a look at a site found, and what to write of it.
type ProbeReport struct {
	Site  string `json:"site"`
	Start string `json:"start"`
	// Robots is the state of robots.txt, with the lines of it that say nothing we understand.
	Robots ProbeRobots `json:"robots"`
	// Failure says why the start page could not be read, empty where it could.
	Failure string `json:"failure,omitempty"`
	// Links counts the addresses on the start page that look like articles.
	Links int `json:"links"`
	// Sources are the feeds and sitemaps found, best first: of each kind those that name most of what the
	// start page links to.
	Sources []ProbeSource `json:"sources"`
	// Absent is what the site answers for an address that cannot exist.
	Absent ProbeAbsent `json:"absent"`
	// Entry is what to write under sites in sites.yaml.
	Entry string `json:"entry"`
	// Requests is what the look cost.
	Requests int `json:"requests"`
}

// ProbeRobots is what robots.txt says.
type ProbeRobots struct {
	State      string   `json:"state"`
	Why        string   `json:"why,omitempty"`
	CrawlDelay Seconds  `json:"crawl_delay_seconds"`
	Sitemaps   []string `json:"sitemaps,omitempty"`
	BadLines   []string `json:"bad_lines,omitempty"`
}

// A ProbeSource is one feed or sitemap.
type ProbeSource struct {
	URL  string `json:"url"`
	Kind string `json:"kind"`
	// From says who names it: the page, robots.txt, the file of sites, or nobody (guessed).
	From string `json:"from"`
	// Entries are the pages or files that it names, Overlap those of them that the start page links to too,
	// Newest the latest date in it.
	Entries int       `json:"entries"`
	Overlap int       `json:"overlap"`
	Newest  time.Time `json:"newest,omitzero"`
	// Same is the source that names the very same pages; Problem what is wrong with it.
	Same    string `json:"same_as,omitempty"`
	Problem string `json:"problem,omitempty"`

	comments bool
	keys     map[state.Key]bool
}

// ProbeAbsent is the answer for an address that cannot exist.
type ProbeAbsent struct {
	Status int `json:"status"`
	// Soft is true where the answer is a page all the same: Fingerprint is that of its text.
	Soft        bool   `json:"soft"`
	Fingerprint string `json:"fingerprint,omitempty"`

	answered bool // with a page, or that there is none
}

// Probe looks at a site, politely: what is a web address, or the name of a site in c.Sites. It reads
// robots.txt, the start page, the feeds and sitemaps that these name and those at the usual places, and
// one address that cannot exist, at the pace that the state of a crawl asks for. With a state what was learned for
// crawls is kept: that last answer, the pace and robots.txt, and no visit is booked; ErrLocked, with a whole report, where a crawl has the state.
func Probe(ctx context.Context, c Config, what string) (rep ProbeReport, err error) {
	s, c, err := probed(c, what)
	if err != nil {
		return rep, err
	}
	opt := c.transport
	opt.Agent, opt.Clock = c.UserAgent, c.clock
	r := &run{Config: c, started: c.clock.Now(), fetcher: fetch.New(opt)}
	defer r.fetcher.Close()
	if err := r.restorePace(ctx); err != nil {
		return rep, err
	}
	p := &probe{visit: newVisit(r, s), rep: &rep}
	conf, err := s.fetchSite(r, r.until())
	if err != nil {
		return rep, err
	}
	p.slices = r.fetcher.Slice(conf)
	rep.Site, rep.Start, rep.Sources = s.key, s.conf.First().URL, []ProbeSource{}
	p.look(ctx)
	rep.Requests = p.counts.Requests
	if err := ctx.Err(); err != nil || c.State == "" {
		return rep, err
	}
	return rep, p.keep(context.WithoutCancel(ctx))
}

// keep writes down what a crawl has use for.
func (p *probe) keep(ctx context.Context) (err error) {
	store, err := state.Open(ctx, p.r.State, state.Options{Now: p.r.clock.Now})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return store.Alone(ctx, func(t state.Tx) error {
		if err := t.PutSaved(ctx, stateSaved(p.slices.Changed())); err != nil || !p.rep.Absent.answered {
			return err
		}
		return t.PutAbsent(ctx, p.site.key, p.rep.Absent.Fingerprint)
	})
}

// restorePace has the hosts asked as an earlier crawl left them, where the state can be read. Its robots.txt are not
// taken: a look is at what stands there now.
func (r *run) restorePace(ctx context.Context) error {
	if r.State == "" {
		return nil
	}
	store, err := state.OpenRead(ctx, r.State, state.Options{Now: r.clock.Now})
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, state.ErrOlder) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // it was only read
	saved, err := store.Saved(ctx, r.started)
	if err != nil {
		return fmt.Errorf("read the state: %w", err)
	}
	return r.fetcher.Restore(fetchSaved(slices.DeleteFunc(saved, func(s state.Saved) bool { return s.Kind != "host" })))
}

// probed is the site that what names.
func probed(c Config, what string) (site, Config, error) {
	var err error
	if strings.Contains(what, "://") {
		c.Start, c.Sites, c.Only = []string{what}, "", nil
	} else {
		if c.Sites == "" {
			return site{}, c, fmt.Errorf("%w: %q is no web address, and there is no file of sites", ErrConfig, what)
		}
		c.Only = []string{what}
	}
	if c, err = c.withDefaults(); err != nil {
		return site{}, c, err
	}
	all, err := c.listed()
	if err != nil {
		return site{}, c, err
	}
	if len(all) != 1 {
		return site{}, c, fmt.Errorf("%w: %q names %d sites, not one", ErrConfig, what, len(all))
	}
	return all[0], c, nil
}

// A probe is a look at one site.
type probe struct {
	*visit
	rep   *ProbeReport
	front map[state.Key]bool // what the start page links to
	from  map[string]string  // candidates, by address: who names them
	order []string
}

func (p *probe) look(ctx context.Context) {
	p.front, p.from = map[state.Key]bool{}, map[string]string{}
	p.robots(ctx)
	if p.page(ctx); p.rep.Failure != "" {
		return // a host that does not answer is not asked for more
	}
	for _, all := range [][]siteconf.Address{p.site.conf.Feeds, p.site.conf.Sitemaps} {
		for _, a := range all {
			p.name(a.URL, "the file of sites")
		}
	}
	for _, path := range slices.Concat(feedGuesses, sitemapGuesses) {
		p.name(address.Absolute(p.rep.Start, path), "guessed")
	}
	for _, where := range p.order[:min(len(p.order), maxProbed)] {
		if ctx.Err() == nil {
			p.source(ctx, where)
		}
	}
	p.rank()
	p.absent(ctx)
	p.rep.Entry = p.entry()
}

func (p *probe) name(where, from string) {
	if where != "" && p.from[where] == "" {
		p.from[where] = from
		p.order = append(p.order, where)
	}
}

func (p *probe) robots(ctx context.Context) {
	r, err := p.slices.Robots(ctx, p.rep.Start)
	if err != nil {
		p.rep.Robots = ProbeRobots{State: fetch.RobotsUnreachable, Why: err.Error()}
		return
	}
	p.counts.Requests++
	p.rep.Robots = ProbeRobots{State: r.State, Why: r.Why, CrawlDelay: Seconds(r.CrawlDelay), Sitemaps: r.Sitemaps, BadLines: r.BadLines}
	for _, s := range r.Sitemaps {
		p.name(address.Absolute(p.rep.Start, s), "robots.txt")
	}
}

// page reads the start page: what it links to, and the feeds in its head.
func (p *probe) page(ctx context.Context) {
	out := p.fetch(ctx, fetch.Request{URL: p.rep.Start, Kind: fetch.KindSection})
	if out.Err != nil {
		p.rep.Failure = out.Err.Error()
		return
	}
	if _, err := discover.Read(bytes.NewReader(out.Body), out.ContentType, out.Final, out.Fetched); err == nil { // a feed or a sitemap itself
		p.name(p.rep.Start, "you")
		return
	}
	res, err := extract.Extract(extract.Input{Name: out.Final, URL: out.Final, Body: out.Body, ContentType: out.ContentType, Header: out.Header, Status: out.Status, Fetched: out.Fetched})
	if err != nil {
		return
	}
	for _, f := range p.judgeLinks(0, res.Links) {
		p.front[f.key] = true
	}
	p.rep.Links = len(p.front)
	for _, f := range res.Links.Feeds {
		p.name(address.Absolute("", f.URL), "the page")
	}
}

// source reads one feed or sitemap. What is guessed and not there is not worth a word.
func (p *probe) source(ctx context.Context, where string) {
	s := ProbeSource{URL: where, From: p.from[where], keys: map[state.Key]bool{}}
	if err := p.site.reach(where); err != nil {
		s.Problem = err.Error() + ": name its host under hosts, or the feed under feeds"
		p.rep.Sources = append(p.rep.Sources, s)
		return
	}
	var d document
	out := p.fetch(ctx, fetch.Request{URL: where, Kind: fetch.KindFeed, Read: d.read})
	if err := d.err; err != nil || out.Err != nil {
		if out.Err != nil {
			err = out.Err
		}
		if s.From != "guessed" {
			s.Problem = err.Error()
			p.rep.Sources = append(p.rep.Sources, s)
		}
		return
	}
	s.Kind, s.Entries = string(d.Kind), d.Len()
	s.comments = strings.Contains(strings.ToLower(where+" "+d.Title), "comment")
	switch {
	case d.Cut:
		s.Problem = "it ends early"
	case d.Full:
		s.Problem = "it names more than are read"
	}
	for _, e := range d.All() {
		if f, ok := p.locate(e.URL); ok {
			s.keys[f.key] = true
		}
		for _, stated := range []string{e.Published, e.Updated} {
			if t, ok := p.instantOf(stated); ok && t.After(s.Newest) && t.Before(p.r.started.Add(time.Hour)) {
				s.Newest = t
			}
		}
	}
	for k := range s.keys {
		if p.front[k] {
			s.Overlap++
		}
	}
	p.rep.Sources = append(p.rep.Sources, s)
}

// rank puts feeds first and of them what names most of what the start page links to; feeds of comments and what is
// broken come last.
func (p *probe) rank() {
	all := p.rep.Sources
	slices.SortStableFunc(all, func(a, b ProbeSource) int {
		last := func(s *ProbeSource) bool { return s.comments || s.Entries == 0 }
		switch {
		case last(&a) != last(&b):
			return map[bool]int{true: 1, false: -1}[last(&a)]
		case a.Kind != b.Kind:
			return kindOrder[a.Kind] - kindOrder[b.Kind]
		}
		return b.Overlap - a.Overlap
	})
	for i := range all {
		for j := range i {
			if all[j].Same == "" && len(all[i].keys) > 0 && maps.Equal(all[i].keys, all[j].keys) {
				all[i].Same = all[j].URL
			}
		}
	}
}

// absent asks for an address that cannot exist: a site that answers with a page hides what is gone.
func (p *probe) absent(ctx context.Context) {
	path := "/" + strconv.FormatUint(uint64(state.Hash(p.site.key+p.r.started.String())), 36) + "-no-such-page"
	where := address.Absolute(p.rep.Start, path)
	u, err := address.Resolve("", where)
	if err != nil {
		return
	}
	if allowed, _, known := p.slices.Explain(u.String()); known && !allowed {
		return
	}
	out := p.fetch(ctx, fetch.Request{URL: where, Kind: fetch.KindPage})
	p.rep.Absent.Status = out.Status
	p.rep.Absent.answered = out.Err == nil || out.Err.Fault == fetch.FaultGone
	if out.Err != nil {
		return
	}
	p.rep.Absent.Soft = true
	if res, err := extract.Extract(extract.Input{Name: out.Final, URL: out.Final, Body: out.Body, ContentType: out.ContentType, Fetched: out.Fetched}); err == nil {
		p.rep.Absent.Fingerprint, _ = res.Unaided.Fingerprint()
	}
}

// entry is the site for sites.yaml. What a crawl finds by itself is told in comments only.
func (p *probe) entry() string {
	var b, feeds, sitemaps strings.Builder
	fmt.Fprintf(&b, "%s:\n  start: %s\n", entryName(p.site.key), p.rep.Start)
	for _, s := range p.rep.Sources {
		if s.Entries == 0 || s.Same != "" || s.comments || s.URL == p.rep.Start {
			continue
		}
		about := fmt.Sprintf("%s, %d entries, %d of them on the start page", s.Kind, s.Entries, s.Overlap)
		if s.From != "guessed" && s.From != "the file of sites" {
			fmt.Fprintf(&b, "  # found by itself, by %s: %s (%s)\n", s.From, s.URL, about)
			continue
		}
		to := &sitemaps
		if s.Kind == string(discover.Feed) {
			to = &feeds
		} else if s.URL == address.Absolute(p.rep.Start, pathGuess) && len(p.rep.Robots.Sitemaps) == 0 {
			fmt.Fprintf(&b, "  # found by itself, at the usual place: %s (%s)\n", s.URL, about)
			continue
		}
		fmt.Fprintf(to, "    - %s # %s\n", s.URL, about)
	}
	if feeds.Len() > 0 {
		b.WriteString("  feeds:\n" + feeds.String())
	}
	if sitemaps.Len() > 0 {
		b.WriteString("  sitemaps:\n" + sitemaps.String())
	}
	if d := p.rep.Robots.CrawlDelay; d > 0 {
		fmt.Fprintf(&b, "  # robots.txt asks for %v between two requests, which is kept\n", d)
	}
	return b.String()
}

// entryName is a site's key as a name: without what a name may not hold.
func entryName(key string) string {
	return strings.Trim(strings.NewReplacer(":", "-", "[", "", "]", "").Replace(key), "-")
}
