package watch

import (
	"strings"
	"time"

	"github.com/dateline-go/dateline"
)

// maxBodies bounds the texts that a run compares; more than that, and it begins anew.
const maxBodies = 4096

// A Visit is what one run saw of one site. Its zero value has seen nothing.
type Visit struct {
	// At is when the run ended its work on the site.
	At time.Time
	// Home is the site's front page, the evidence where there is no better.
	Home string
	// Standing are the kinds of the alarms that stand.
	Standing map[string]bool
	// Fetched counts the pages that were asked for, Blocked those refused; Walled says that the site was
	// given up because it refused one page after the other.
	Fetched, Blocked int
	Walled           bool
	// Whole is true where the run did all that was due.
	Whole bool
	// New counts articles that came for the first time.
	New int
	// Sources are all sources of the site; SourcesRead how many were read now.
	Sources     []Source
	SourcesRead int
	// Recent are articles that were asked of a robots.txt that is new, Denied those that it denies.
	Recent, Denied int
	Recall         Recall

	pages    Tally
	words    histogram // of the bodies
	took     histogram // ms of a request
	bodies   map[string]*text
	same     *text // the text that most pages share
	homes    int   // articles that led to the front page or a section
	faults   map[string]int
	lastPage string
	seen     map[string]string // evidence by kind of alarm
}

// A text is one body and the articles that showed it.
type text struct{ urls map[string]bool }

// A Source is a feed, sitemap or section page as the run leaves it.
type Source struct {
	URL, Kind string
	// Feed is true for feeds, and Listed for those and sitemaps: what names articles and nothing else.
	Feed, Listed bool
	// Read says that it was read in this run, HTML that it answered a page instead, Denied that
	// robots.txt newly denies it, Overflow that all of its items were new since the last reading.
	Read, HTML, Denied, Overflow bool
	Fails                        int
	FailedSince                  time.Time
	Why                          string
	// Newest is the date of its newest item, FirstSeen when it was met.
	Newest, FirstSeen time.Time
}

func (v *Visit) note(kind, url string) {
	if v.seen == nil {
		v.seen = map[string]string{}
	}
	if v.seen[kind] == "" {
		v.seen[kind] = url
	}
}

// evidence is the page to look at for an alarm.
func (v *Visit) evidence(kind string) string {
	for _, u := range []string{v.seen[kind], v.lastPage} {
		if u != "" {
			return u
		}
	}
	return v.Home
}

// tally is that of the run's pages, with their median length.
func (v *Visit) tally() Tally {
	t := v.pages
	t.Words = int(v.words.quantile(.5))
	return t
}

// Page takes one page that a source claimed as an article: where it was, and when.
func (v *Visit) Page(r *dateline.Record, at string, fetched time.Time) {
	before := v.pages.Future
	if v.pages.add(r, fetched); v.pages.Future > before {
		v.note("dates_odd", at)
	}
	v.lastPage = at
	if r.PageKind.IsArticle() && r.Text != "" {
		v.words.add(int64(r.WordCount))
	}
	v.body(r, at)
}

func (v *Visit) body(r *dateline.Record, at string) {
	if r.Text == "" {
		return
	}
	if v.bodies == nil || len(v.bodies) >= maxBodies {
		v.bodies = map[string]*text{}
	}
	b := v.bodies[r.Fingerprint.Content]
	if b == nil {
		b = &text{urls: map[string]bool{}}
		v.bodies[r.Fingerprint.Content] = b
	}
	if len(b.urls) < maxBodies {
		b.urls[r.CanonicalURL] = true // the views of one article are one
	}
	if v.same == nil || len(b.urls) > len(v.same.urls) {
		v.same = b
		if len(b.urls) == sameBodies {
			v.note("same_body", at)
		}
	}
}

// Astray takes an article whose address led to the front page or a section.
func (v *Visit) Astray(from string) {
	v.homes++
	v.note("redirect_home", from)
}

// Request takes one request: how long it took, and what went wrong, empty for an answer.
func (v *Visit) Request(url, fault string, took time.Duration) {
	if fault == "" {
		v.took.add(took.Milliseconds())
		return
	}
	if v.faults == nil {
		v.faults = map[string]int{}
	}
	v.faults[fault]++
	v.note(fault, url)
}

// cutTime parts a date with a time of day; ok is false for a day alone.
func cutTime(s string) (day, clock string, ok bool) {
	day, rest, ok := strings.Cut(s, "T")
	if !ok || len(rest) < 5 {
		return "", "", false
	}
	return day, rest[:5], true
}
