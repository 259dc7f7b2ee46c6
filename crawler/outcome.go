package crawler

import (
	"time"

	"github.com/dateline-go/dateline/crawler/internal/fetch"
)

// An Outcome is what became of one URL that was handed out. Each has exactly one.
type Outcome string

// The outcomes.
const (
	New        Outcome = "new"         // a record of an article not known before
	Changed    Outcome = "changed"     // a record of a new version
	Unchanged  Outcome = "unchanged"   // fetched again, nothing new
	Duplicate  Outcome = "duplicate"   // leads to an article that is known
	NotArticle Outcome = "not_article" // a page of another kind
	Blocked    Outcome = "blocked"     // a bot wall, a login, 401 to 403, 429: tried again
	Refused    Outcome = "refused"     // robots.txt, the scope or the page's own wish denies it
	Gone       Outcome = "gone"        // 404, 410
	Failed     Outcome = "failed"      // network, server or body: tried again
	Dead       Outcome = "dead"        // given up
	Deferred   Outcome = "deferred"    // its host is not to be asked now
)

// Outcomes are all of them, in the order of a summary.
var Outcomes = []Outcome{New, Changed, Unchanged, Duplicate, NotArticle, Blocked, Refused, Gone, Failed, Dead, Deferred}

// givenUp is what the waits of any outcome add up to, before a URL is dead.
const givenUp = 11 * 24 * time.Hour

// slowly are the waits for what seldom mends itself.
var slowly = []time.Duration{24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour}

// again says what to do with a URL whose fetch failed for the nth time (from 1): its outcome and when
// to try again, zero for never. misled says that a redirect led to what was refused: the address itself
// may be good, and its server only ill.
func again(err *fetch.Error, n int, claimed, misled bool) (Outcome, time.Duration) {
	switch err.Fault {
	case fetch.FaultDeferred:
		return Deferred, 0
	case fetch.FaultRobots, fetch.FaultScope, fetch.FaultPrivate, fetch.FaultURL:
		if misled {
			return step(Refused, n, slowly...)
		}
		return Refused, 7 * 24 * time.Hour
	case fetch.FaultGone:
		if claimed { // named before the delivery network had it
			return step(Gone, n, 30*time.Minute, 24*time.Hour, 3*24*time.Hour, 7*24*time.Hour)
		}
		return Gone, 0
	case fetch.FaultBlocked:
		return step(Blocked, n, slowly...)
	case fetch.FaultRedirect, fetch.FaultType, fetch.FaultSize:
		return step(Failed, n, slowly...)
	case fetch.FaultPanic:
		return step(Failed, n, slowly...)
	}
	// Network and server. A source that goes on naming the URL is a reason to go on asking, ever slower.
	return step(Failed, n, 5*time.Minute, time.Hour, 6*time.Hour, 24*time.Hour, 3*24*time.Hour, 7*24*time.Hour)
}

func step(o Outcome, n int, waits ...time.Duration) (Outcome, time.Duration) {
	if n > len(waits) {
		return Dead, 0
	}
	return o, waits[n-1]
}

// recheck is when an article is looked at again without being told to: 1 h, 6 h, 24 h and 7 d after
// it came out, until it was unchanged twice in a row. Zero means never.
func recheck(published, now time.Time, same int) time.Time {
	if same >= 2 {
		return time.Time{}
	}
	for _, d := range []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 7 * 24 * time.Hour} {
		if t := published.Add(d); t.After(now) {
			return t
		}
	}
	return time.Time{}
}
