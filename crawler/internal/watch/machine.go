package watch

import (
	"fmt"
	"time"
)

// machineDo is what to do about the alarms that concern no site.
var machineDo = map[string]string{
	"disk_low":   "make room: nothing is fetched before",
	"state_slow": "look at the disk under the state; dateline state vacuum may help",
	"lock_held":  "look whether a crawl hangs, or give it a --max-duration below the time between two runs",
}

const (
	freeShare   = .05
	slowCommit  = 2 * time.Second
	slowCommits = 10
	lockRuns    = 3
)

// DiskLow says what is wrong with the room on the disk of a folder; least is the number of free bytes that
// must be left, and a twentieth of the disk must be.
func DiskLow(folder string, free, total, least uint64) []Finding {
	if total == 0 || free >= least && float64(free) >= freeShare*float64(total) {
		return nil
	}
	return []Finding{{"disk_low", fmt.Sprintf("%d MB of %d are free", free>>20, total>>20), folder}}
}

// Commits are the times that a run's commits took.
type Commits struct{ took histogram }

// Add takes one.
func (c *Commits) Add(d time.Duration) { c.took.add(d.Milliseconds()) }

// StateSlow says that commits take too long.
func (c *Commits) StateSlow(state string) []Finding {
	p95 := time.Duration(c.took.quantile(.95)) * time.Millisecond
	if c.took.n < slowCommits || p95 < slowCommit {
		return nil
	}
	return []Finding{{"state_slow", fmt.Sprintf("one commit in twenty takes %s", p95.Round(100*time.Millisecond)), state}}
}

// LockHeld says that so many runs in a row found another one at work.
func LockHeld(state string, times int, since time.Time) []Finding {
	if times < lockRuns {
		return nil
	}
	return []Finding{{"lock_held", fmt.Sprintf("%d runs in a row found another one at work, since %s", times, since.Format(time.DateOnly+" 15:04")), state}}
}
