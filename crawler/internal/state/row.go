package state

import (
	"crypto/sha256"
	"encoding/binary"
	"net/http"
	"strings"
	"time"
)

// A Key is the identity of a URL: the hash of its host (with the port where it is not the
// default) and of its key form. Scoped to a host, an attacker can only collide with itself.
type Key struct{ Host, URL int64 }

// Hash is the first 8 bytes of the SHA-256 of s, signed.
func Hash(s string) int64 {
	sum := sha256.Sum256([]byte(s))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

// KeyOf is the key of a URL in key form (normalize.URLKey).
func KeyOf(keyURL string) Key { return Key{Hash(HostOf(keyURL)), Hash(keyURL)} }

// HostOf is the host of a URL, with its port where one is printed.
func HostOf(url string) string {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return rest
}

// A Site is one entry of the sites file, or the registrable domain of a start page.
type Site struct {
	ID        int64
	Key       string
	Epoch     int64
	NextDue   time.Time
	FirstSeen time.Time
	Served    time.Time
	// Memo is the crawler's own small JSON about the site.
	Memo string
	// Absent is the fingerprint of the page that the site answers with for an address that cannot exist.
	Absent string
}

// A Source is a page that names articles: a feed, a sitemap, a section.
type Source struct {
	ID, Site     int64
	Kind         string // feed, sitemap, index, news, section, start
	URL          string
	Parent       int64 // the source that named it
	NextDue      time.Time
	Interval     time.Duration
	ETag         string
	LastModified string
	Answered     string // the address whose validators these are, its own where empty
	Digest       string // of the set of items, not of the bytes
	Fails        int    // in a row; Denied where robots.txt denies it
	FailedSince  time.Time
	Polls        int
	Found        int // new URLs it ever named
	Newest       time.Time
	FirstSeen    time.Time
	LastRead     time.Time
	Note         string
	Items        string        // marks of the items at the last reading of a feed; forms of addresses that were passed in a sitemap
	Status       int           // of the answer where the last reading failed, 0 where none came
	MovedTo      string        // where a permanent redirect led at the last reading,
	Moves        int           // and at how many readings in a row
	Least        time.Duration // the gap that it asks for, 0 for none
	Quiet        uint32        // the hours and days in which it asks not to be read
	Was          string        // its first address, where it has moved for good since; ID goes on with that
}

// Gone reports whether the source said of itself that it is no more.
func (s *Source) Gone() bool { return s.Fails > 0 && s.Status == http.StatusGone }

// Denied as the Fails of a source is no failure: robots.txt denies the source, since FailedSince.
const Denied = -1

// State is what became of a URL.
type State int

// The states of a URL.
const (
	Pending State = iota // never answered
	Done                 // leads to an article
	Other                // a page that is none
	Alias                // leads to an article under another key
	Dead                 // gone, or given up
	Refused              // robots.txt or the site's patterns deny it
)

var stateNames = [...]string{"pending", "article", "other", "alias", "dead", "refused"}

func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return "unknown"
}

// A URL is one row of the frontier.
type URL struct {
	Key
	FirstSeen, LastSeen time.Time
	NextDue             time.Time // zero: not due at all
	State               State
	Tries               int
	Rank                int64 // low is fetched first
	Source              int64 // who named it first
	// URL is the fetch form. Only the path is stored: the host has its own table.
	URL string
}

const httpBit = 1 << 4 // in the stored state: the scheme is http

// A Tally is the number of a site's URLs in one state.
type Tally struct {
	State State
	// Due are those to fetch now, Tried those whose last fetch failed, Past those that a backfill asked for.
	Due, Tried, Past bool
	N                int
}

// A Claim is what one source says of one URL, as printed.
type Claim struct {
	Key
	Source                                         int64
	SourceURL, SourceKind                          string // filled when read
	Title, Published, Updated, Language, Publisher string
	// Fetched is Updated as it stood when the article was last fetched; nil before that.
	Fetched *string
	Seen    time.Time
}

// An Article is one article, whatever the number of its URLs.
type Article struct {
	Key                // of its canonical URL
	URL          int64 // the key within the host under which it is fetched
	Site         int64
	ID           string
	Version      int
	BodyHash     int64
	TitleHash    int64
	Simhash      uint64
	Published    time.Time
	Modified     time.Time
	FirstSeen    time.Time
	Checks, Same int // rechecks made; how many in a row found nothing new
}

// A Shape is what is known of one form of a site's URLs.
type Shape struct {
	Shape                  string
	Found, Pages, Articles int
	ClosedUntil            time.Time
}

// A Twin is a host of a site that shows the pages of another, Main, under the same paths.
type Twin struct {
	Host, Main string
	Agreed     int       // pages in a row that said so
	Until      time.Time // when that has to be seen again
}

// Saved is an opaque entry of the fetch path: a host or a robots file.
type Saved struct {
	Kind, Key string
	Until     time.Time
	Data      []byte
}

// A Run is one visit to one site.
type Run struct {
	Run            int64
	Site, Epoch    int64
	Started, Ended time.Time
	Outcome        string
	Counts         string // JSON
}

// An Alarm is one thing wrong with a site.
type Alarm struct {
	Site        int64
	Kind        string
	Since, Seen time.Time
	Good        int // good runs in a row since it was last seen
	URL, Detail string
}

// A Sighting is an address that a source claims as an article, as long as recall looks back.
type Sighting struct {
	Key
	Site int64
	Ways int // in which it was named, one bit each
	// Published is what its source says; Emitted is zero until its record came out.
	Published, Seen, Emitted time.Time
}

// A Sink is the mark of an output: all lines up to Seq are durable in its first Bytes.
type Sink struct {
	Name        string
	Epoch, Part int64
	Bytes, Seq  int64
	// Intent is the name that the output is being given, empty for none; Began is when its first line came.
	Intent string
	Began  time.Time
}

// A Line is one line of the outbox.
type Line struct {
	Seq int64
	Rec []byte
}

// A zero time is stored as 0 where the column is not null, and as null in next_due.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func at(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func due(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}
