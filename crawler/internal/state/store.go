// Package state is what a crawl knows: sites and their leases, sources, URLs, articles and
// their versions, and the outbox of finished lines. One schema and one set of queries serve
// SQLite (a file, one process) and PostgreSQL (many); the differences stand in sqlite.go and
// postgres.go alone.
//
// Everything that changes a site passes Commit, which proves the lease first: a process that
// was paused past its lease cannot write (ErrFenced). Exactly once per article version follows
// from two rules: the finished line is put into the outbox in the transaction that records the
// version, and a line leaves the outbox only after the sink made it durable and Mark said so.
package state

import (
	"context"
	"errors"
	"time"
)

// Errors that a caller must tell apart.
var (
	// ErrFenced means that a newer lease exists: stop writing.
	ErrFenced = errors.New("another run has taken the site over")
	// ErrTaken means that a newer run has opened the sink: nothing more may be written to it.
	ErrTaken = errors.New("another run has taken the output over")
	// ErrNoState means that a database holds something else, or nothing.
	ErrNoState = errors.New("it is no state of a crawl; --state names the file that crawl was given")
	// ErrNewer means that a newer program has written the state.
	ErrNewer = errors.New("it was written by a newer version of this program; use that one, or a backup from before")
	// ErrOlder means that the state can be read only after a crawl has brought its schema up to date.
	ErrOlder = errors.New("it was written by an older version of this program; the next crawl brings it up to date")
	// ErrHeld means that the site's lease is alive elsewhere.
	ErrHeld = errors.New("another run works on the site")
	// ErrLocked means that another process has the state open.
	ErrLocked = errors.New("another run holds the lock of the state")
)

// A Lease is the right to change one site until it is renewed, released or taken over.
type Lease struct {
	Site  int64
	Key   string
	Owner string
	Epoch int64
	TTL   time.Duration
	// Broken says that who had the lease before never gave it back: it was killed.
	Broken bool
}

// A Reader answers questions. Inside Commit, ask the Tx, never the Store.
type Reader interface {
	// Site is the site of key; ok is false where it is new.
	Site(ctx context.Context, key string) (s Site, ok bool, err error)
	// Sources are a site's feeds, sitemaps and section pages, in order of address.
	Sources(ctx context.Context, site int64) ([]Source, error)
	// Known gives the rows of those keys that have one.
	Known(ctx context.Context, keys []Key) (map[Key]URL, error)
	// Due are the site's URLs with NextDue ≤ by, in order of rank.
	Due(ctx context.Context, site int64, by time.Time, limit int) ([]URL, error)
	// CountDue counts what Due would give without limit.
	CountDue(ctx context.Context, site int64, by time.Time) (int, error)
	// NextDue is when the next of the site's URLs is due, zero where none will be.
	NextDue(ctx context.Context, site int64) (time.Time, error)
	// Article is the article that a key, or an alias of it, leads to.
	Article(ctx context.Context, k Key) (a Article, ok bool, err error)
	// HasVersion reports whether the page ever had this body, or this text of it ever came out.
	HasVersion(ctx context.Context, k Key, bodyHash, textHash int64) (bool, error)
	// Titled are the articles with this title first seen since then, at most 20, oldest first.
	Titled(ctx context.Context, titleHash int64, since time.Time) ([]Article, error)
	// Aliases counts the keys that lead to the article k by alias.
	Aliases(ctx context.Context, k Key) (int, error)
	// Claims are what sources said of those keys of which one said something.
	Claims(ctx context.Context, keys []Key) (map[Key][]Claim, error)
	// Validators are those of the last whole answer of a URL; empty where there are none.
	Validators(ctx context.Context, k Key) (etag, lastModified string, err error)
	// Shapes are the learned forms of a site's URLs.
	Shapes(ctx context.Context, site int64) (map[string]Shape, error)
	// Twins are what PutTwin kept of a site, by host.
	Twins(ctx context.Context, site int64) (map[string]Twin, error)
	// Memory is what PutMemory kept of a site, "" for nothing.
	Memory(ctx context.Context, site int64) (string, error)
	// Runs are the runs of a site since then, oldest first.
	Runs(ctx context.Context, site int64, since time.Time) ([]Run, error)
	// Since counts the articles of a site, and the versions of them, that came out since a moment.
	Since(ctx context.Context, site int64, since time.Time) (articles, versions int, err error)
	// LastRun is the last run of a site.
	LastRun(ctx context.Context, site int64) (r Run, ok bool, err error)
	// Sightings are what PutSightings kept of a site, oldest first.
	Sightings(ctx context.Context, site int64) ([]Sighting, error)
	// Recent are the addresses of the site's articles that came out last.
	Recent(ctx context.Context, site int64, limit int) ([]URL, error)
	// Alarms are the alarms of a site that have not cleared; those of site 0 concern the whole crawl.
	Alarms(ctx context.Context, site int64) ([]Alarm, error)
}

// A Tx is a transaction under a lease.
type Tx interface {
	Reader
	// PutAbsent keeps what the site of key shows for what does not exist; one that is new stays unvisited.
	PutAbsent(ctx context.Context, key, fingerprint string) error
	PutMemo(ctx context.Context, site int64, memo string) error
	PutHost(ctx context.Context, site int64, name string) error
	PutSources(ctx context.Context, s []Source) error
	DropSource(ctx context.Context, id int64) error
	// AddURLs inserts rows; those whose key exists are left alone, but that a path which Vacuum forgot comes
	// back. It gives the number of rows it wrote.
	AddURLs(ctx context.Context, urls []URL) (int, error)
	// PutURL changes state, due time, tries, rank, last sight and fetch form of a row, inserting it where it is missing.
	PutURL(ctx context.Context, u URL) error
	// Recheck makes a known URL due again, unless it is due earlier already, or Vacuum forgot where it is.
	Recheck(ctx context.Context, k Key, due time.Time, rank int64) error
	// Reconsider makes pages of a site due that a source claims as articles and that were judged to be none since then.
	Reconsider(ctx context.Context, site int64, since, due time.Time) error
	PutAlias(ctx context.Context, from, to Key) error
	PutClaims(ctx context.Context, c []Claim) error
	// FetchedClaims notes that the article was fetched with the claims as they stand.
	FetchedClaims(ctx context.Context, k Key) error
	PutValidators(ctx context.Context, k Key, etag, lastModified string) error
	PutArticle(ctx context.Context, a Article) error
	// PutVersion books a version: the hash of the page's body, and that of the text that came out.
	PutVersion(ctx context.Context, k Key, version int, bodyHash, textHash, run int64, seen time.Time) error
	PutShape(ctx context.Context, site int64, s Shape) error
	PutTwin(ctx context.Context, site int64, w Twin) error
	// PutMemory keeps what the articles of a site hold; seen is when the latest came.
	PutMemory(ctx context.Context, site int64, memory string, seen time.Time) error
	PutSaved(ctx context.Context, s []Saved) error
	PutRun(ctx context.Context, r Run) error
	PutAlarm(ctx context.Context, a Alarm) error
	DropAlarm(ctx context.Context, site int64, kind string) error
	// PutSightings inserts rows; of those whose key exists only the ways grow. Sighted adds ways, and a date where there is none, to known rows alone.
	PutSightings(ctx context.Context, s []Sighting) error
	Sighted(ctx context.Context, s []Sighting) error
	// Emitted notes when the record of an address came out first; DropSighting that it is no article; Withdraw that
	// there is none as yet: Sightings leaves it out until it is emitted.
	Emitted(ctx context.Context, k Key, at time.Time) error
	DropSighting(ctx context.Context, k Key) error
	Withdraw(ctx context.Context, k Key) error
	// ForgetSightings drops those of a site that were seen before then.
	ForgetSightings(ctx context.Context, site int64, before time.Time) error
	// Hold proves the epoch of a sink (ErrTaken) for a transaction that emits: who opens the sink meanwhile waits for
	// it, so that no line is committed behind a mark.
	Hold(ctx context.Context, s Sink) error
	// Emit puts a finished line, newline included, into the outbox of a sink.
	Emit(ctx context.Context, sink string, line []byte) error
}

// A Store holds the state of a crawl.
type Store interface {
	Reader
	// Claim starts a new epoch for a site, or fails with ErrHeld while another owner's lease lives.
	Claim(ctx context.Context, key, owner string, ttl time.Duration) (Lease, error)
	// Commit runs f in one transaction that first proves and renews the lease; ErrFenced if a newer epoch exists. What it
	// wrote outlives a loss of power.
	Commit(ctx context.Context, l Lease, f func(Tx) error) error
	// Note is Commit for what need not outlive a loss of power by itself: it lasts once a later Commit or Mark does, or
	// Close. Nothing is emitted in it.
	Note(ctx context.Context, l Lease, f func(Tx) error) error
	// Release ends the lease and sets when the site is next due, in the transaction of f, which is a Note.
	Release(ctx context.Context, l Lease, next time.Time, f func(Tx) error) error
	// Alone is a Note under no lease: for what concerns the whole crawl and no site.
	Alone(ctx context.Context, f func(Tx) error) error
	// AddSites makes sites known that are not, and due those that never were: at first(key, the number of them).
	AddSites(ctx context.Context, keys []string, first func(key string, n int) time.Time) error
	// DueSites are the keys of the sites due by then, longest unserved first; all of them where limit is 0.
	DueSites(ctx context.Context, by time.Time, limit int) ([]string, error)
	// AllSites are all sites, by key.
	AllSites(ctx context.Context) ([]Site, error)
	// Tally counts a site's URLs by what is to be done with them; pastRank is the rank from which one is of the past.
	Tally(ctx context.Context, site int64, by time.Time, pastRank int64) ([]Tally, error)
	// FindURL looks a URL up in all hosts: the row and the name of its site.
	FindURL(ctx context.Context, k Key) (u URL, site string, ok bool, err error)
	// Saved is what PutSaved kept and has not run out.
	Saved(ctx context.Context, now time.Time) ([]Saved, error)

	// OpenSink starts a new epoch of a sink; fresh means that it has no mark yet.
	OpenSink(ctx context.Context, name string) (s Sink, fresh bool, err error)
	// Lines are the lines of the outbox behind seq, in order.
	Lines(ctx context.Context, sink string, after int64, limit int) ([]Line, error)
	// Mark moves the mark of a sink, proves its epoch (ErrTaken) and drops the lines up to it.
	Mark(ctx context.Context, s Sink) error

	// Counts are sizes for status: rows by table.
	Counts(ctx context.Context) (map[string]int64, error)
	// Vacuum forgets what is older than keep and gives the space back.
	Vacuum(ctx context.Context, olderThan time.Time) (map[string]int64, error)
	Close() error
}
