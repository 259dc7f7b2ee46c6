// Package crawler turns sites into records, politely and durably: it reads what a site says of its
// own articles (feeds, sitemaps, section pages), fetches each article once and again only for a
// reason, and hands finished lines to a Sink, each version of an article exactly once, whatever
// kills it. Run does all of it; the rest of the package says what it would do, or did.
package crawler

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/clock"
	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/crawler/internal/state"
)

// Errors that a caller must tell apart.
var (
	// ErrLocked means that another run has the state open: try again later.
	ErrLocked = state.ErrLocked
	// ErrForeign means that the sink holds lines behind the mark that this state did not write: another crawl, with a
	// state of its own, has the same output, or the state was put back from a backup.
	ErrForeign = errors.New("the output holds lines of another writer")
	// ErrConfig is wrong usage; it is wrapped with what is wrong.
	ErrConfig = errors.New("wrong usage")
)

// DefaultWorkers is how many sites are worked at once where Config does not say: at two seconds between requests
// two thousand sites with a handful of sources each are read in ten minutes. What costs memory is bounded for
// all of them together: bodies being read, and pages being extracted.
const DefaultWorkers = 64

// Config says what to crawl and how. Only Start or Sites is needed.
type Config struct {
	// Start are front pages, sections, feeds or sitemaps, by web address. Those of one registrable
	// domain are one site, and pages outside it are not fetched.
	Start []string
	// Sites is the name of a sites.yaml, in the place of Start. Of its sites those are visited that are
	// due: intervals that adapt to each source govern, where Start has its sources read in every run.
	Sites string
	// Only names some of the sites in the file, by name, domain or tag.
	Only []string
	// Shard is the part of the sites that this process does.
	Shard Shard
	// State is a file, made where it is missing, or a postgres:// address: what is known across runs.
	// Empty, it is dateline.db beside Sites, and without that the crawl remembers for this run only.
	State string
	// Since and Until, where set, ask for the past: sitemaps are read for articles between them, after
	// all that is fresh.
	Since, Until time.Time
	// BackfillPages bounds the pages of the past fetched in this run on each site, 0 for what the file of
	// sites says, and no bound without that.
	BackfillPages int
	// Delay is the least gap between two requests to a host; nil means 2 s. It never goes under 500 ms,
	// but on a host that a loopback start page names.
	Delay *time.Duration
	// MaxPages bounds the article pages fetched in this run, 0 for no bound; MaxDuration the run.
	MaxPages    int
	MaxDuration time.Duration
	// UserAgent replaces the crawl's own; robots.txt is asked for the token dateline whatever it says.
	UserAgent string
	// Workers is how many sites are worked at once, DefaultWorkers if 0. A site never has two, and mostly waits for its pace.
	Workers int
	// AlarmGrace is how long a new site raises no alarm but no_articles; nil means three days.
	AlarmGrace *time.Duration
	// MinFree is the room in bytes that must be left on the disks of state and output, or nothing is
	// fetched; nil means MinFree, the constant, and 0 that nobody looks.
	MinFree *int64
	// Rotate says when the sink, which must be a Rotator, is sealed under a name of its own and begun anew;
	// by default never.
	Rotate Rotation
	// Metrics is a file for Prometheus' textfile collector, rewritten at the end of a run; the time of the last
	// success in it moves only where one ended as planned.
	Metrics string
	// Ping is an address that is asked when a run ended as planned: a dead man's switch. PingAll asks also
	// below it, /start when a run begins and /fail when it could not begin, did not end so or raised an alarm.
	Ping    string
	PingAll bool
	// Log takes a line a fetch (debug) and what an operator should know (warn); nil means none.
	Log *slog.Logger
	// Progress, where set, is called after each outcome, from several goroutines.
	Progress func(Event)

	clock     clock.Clock
	transport fetch.Options // what tests replace
	crash     func(point string)
	fast      bool // the state need not outlive a loss of power
	disk      func(folder string) (free, total uint64, err error)
}

// An Event is one URL that has come to its outcome.
type Event struct {
	Site, URL string
	Outcome   Outcome
	// Next is when the site's host may be asked again.
	Next time.Time
}

// A Sink takes the finished lines. Its mark is the length up to which all lines are durable;
// the crawl keeps it in its state, and after a crash goes on from there.
type Sink interface {
	// Place names where the lines go, a file's absolute name; the mark holds for that place only.
	Place() string
	// Size is what the sink holds now: the mark of an output that no crawl has written to yet. What is more than the
	// crawl can have left behind its mark is another writer's, and the run ends with ErrForeign.
	Size() (int64, error)
	// Resume cuts the sink to its last committed mark.
	Resume(mark int64) error
	// Append makes lines durable and gives the new mark.
	Append(lines [][]byte) (mark int64, err error)
	// Seal ends a run that was not killed.
	Seal() error
}

// A Rotation says when an output is sealed: beyond a size in bytes, beyond an age, at the end of each run.
type Rotation struct {
	Size int64
	Age  time.Duration
	Run  bool
}

// A Rotator is a Sink that can be sealed under another name and begun anew.
type Rotator interface {
	Sink
	// SealedName is a free name for an output that is sealed at a moment.
	SealedName(at time.Time) string
	// Rotate gives the output, cut to its mark, that name, and begins it anew. The crawl keeps the name in its
	// state before; after a crash it calls again, and Rotate finishes what was begun.
	Rotate(name string, mark int64) error
}

func (c Config) withDefaults() (Config, error) {
	switch {
	case len(c.Start) == 0 && c.Sites == "":
		return c, fmt.Errorf("%w: no start address", ErrConfig)
	case len(c.Start) > 0 && c.Sites != "":
		return c, fmt.Errorf("%w: start addresses and a sites file at once", ErrConfig)
	case len(c.Only) > 0 && c.Sites == "":
		return c, fmt.Errorf("%w: sites are named, but there is no sites file", ErrConfig)
	case !c.Until.IsZero() && (c.Since.IsZero() || !c.Since.Before(c.Until)):
		return c, fmt.Errorf("%w: since is not before until", ErrConfig)
	}
	if c.Sites != "" && c.State == "" {
		c.State = stateBeside(c.Sites)
	}
	if c.MaxPages < 0 || c.BackfillPages < 0 || c.MaxDuration < 0 || c.Workers < 0 || c.MinFree != nil && *c.MinFree < 0 || c.Delay != nil && *c.Delay < 0 {
		return c, fmt.Errorf("%w: a limit below zero", ErrConfig)
	}
	if c.Ping != "" {
		if err := fetch.CheckPing(c.Ping); err != nil {
			return c, fmt.Errorf("%w: the address to ping: %w", ErrConfig, err)
		}
	}
	c.Workers = cmp.Or(c.Workers, DefaultWorkers)
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.clock == nil {
		c.clock = clock.System
	}
	if c.Progress == nil {
		c.Progress = func(Event) {}
	}
	if c.disk == nil {
		c.disk = diskRoom
	}
	if c.crash == nil {
		c.crash = func(string) {}
	}
	return c, nil
}
