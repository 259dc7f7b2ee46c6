package crawler

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/watch"
	"github.com/dateline-go/dateline/internal/spell"
)

// A Summary is what a run did. Outcomes of all URLs handed out, and Left, add up to Discovered.
type Summary struct {
	Started time.Time     `json:"started"`
	Ended   time.Time     `json:"ended"`
	Took    time.Duration `json:"-"`
	// Stopped says why the run ended before its work did: signal, duration, pages, disk; empty if it did not.
	Stopped string `json:"stopped,omitempty"`
	Counts
	Sites map[string]*Counts `json:"sites"`
	// Scheduled is true where a file of sites was crawled, of which Sites are those that were due.
	Scheduled bool `json:"scheduled"`
	// NextDue is when the first of its sites is due, where none was.
	NextDue time.Time `json:"next_due,omitzero"`
	// SitesLeft are sites that were due and not begun when the run ended.
	SitesLeft int `json:"sites_left,omitempty"`
}

// Counts are the figures of a run or of one site in it.
type Counts struct {
	// Discovered is every URL that was due in this run: new ones, retries and rechecks.
	Discovered int `json:"discovered"`
	// Outcomes counts those that were handed out; Left were due and not handed out.
	Outcomes map[Outcome]int `json:"outcomes"`
	Left     int             `json:"left"`
	// Known are URLs that sources named and the state knew; Passed those judged no article; Trapped
	// those refused by their form.
	Known  int `json:"known"`
	Passed int `json:"passed"`
	// Explored are addresses that were tried although nothing, or only what the site once taught, spoke of an article.
	Explored int `json:"explored,omitempty"`
	Trapped  int `json:"trapped"`
	// Refusals are the reasons of those trapped, with the number of each.
	Refusals map[string]int `json:"refusals,omitempty"`
	// Outside are entries of sitemaps that a backfill left alone, because they are not of its time.
	Outside int `json:"outside,omitempty"`
	// SourcesRead and SourcesFailed count feeds, sitemaps and section pages; SourcesSame those of the
	// first that had nothing new to say.
	SourcesRead   int `json:"sources_read"`
	SourcesSame   int `json:"sources_unchanged"`
	SourcesFailed int `json:"sources_failed"`
	// SourcesDenied are those that were due and that robots.txt denies: said once, asked for again with robots.txt.
	SourcesDenied int `json:"sources_denied,omitempty"`
	// Requests is everything that went over the wire, robots.txt and hops included; Bytes as it came.
	Requests int   `json:"requests"`
	Bytes    int64 `json:"bytes"`
	// Records are the lines that reached the sink's outbox.
	Records int `json:"records"`
	// Recall says how many of the articles that sources claimed came out, and how late.
	Recall watch.Recall `json:"recall"`
	// Alarms are what this run found wrong.
	Alarms []Alarm `json:"alarms,omitempty"`
	// Notes are what an operator asked for and every run repeats, such as robots.txt ignored, and why.
	Notes []string `json:"notes,omitempty"`
}

func newCounts() *Counts { return &Counts{Outcomes: map[Outcome]int{}, Refusals: map[string]int{}} }

// refuse counts an address that is not looked at.
func (c *Counts) refuse(why string) {
	c.Trapped++
	c.Refusals[why]++
}

// Handed is the sum of all outcomes.
func (c *Counts) Handed() int {
	n := 0
	for _, k := range c.Outcomes {
		n += k
	}
	return n
}

// total makes Discovered what it is: all that was handed out, and all that was left.
func (c *Counts) total() { c.Discovered = c.Handed() + c.Left }

func (c *Counts) add(o *Counts) {
	for k, n := range o.Outcomes {
		c.Outcomes[k] += n
	}
	c.Discovered += o.Discovered
	c.Left += o.Left
	c.Known += o.Known
	c.Passed += o.Passed
	c.Explored += o.Explored
	c.Trapped += o.Trapped
	c.SourcesRead += o.SourcesRead
	c.SourcesSame += o.SourcesSame
	c.SourcesFailed += o.SourcesFailed
	c.SourcesDenied += o.SourcesDenied
	c.Requests += o.Requests
	c.Bytes += o.Bytes
	c.Records += o.Records
	c.Recall.Add(&o.Recall)
	for why, n := range o.Refusals {
		c.Refusals[why] += n
	}
	c.Outside += o.Outside
	c.Alarms = append(c.Alarms, o.Alarms...)
	c.Notes = append(c.Notes, o.Notes...)
}

// tally adds the counts to what a site gave since it is known.
func (c *Counts) tally(t *watch.Totals) {
	t.Pages += int64(c.Handed())
	t.Records += int64(c.Records)
	t.Requests += int64(c.Requests)
	t.Bytes += c.Bytes
	for _, o := range []Outcome{Blocked, Refused, Gone, Failed, Dead, Deferred} {
		if n := c.Outcomes[o]; n > 0 {
			if t.Errors == nil {
				t.Errors = map[string]int64{}
			}
			t.Errors[string(o)] += int64(n)
		}
	}
}

// String is the counts in words.
func (c *Counts) String() string {
	var parts []string
	for _, o := range Outcomes {
		if n := c.Outcomes[o]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, strings.ReplaceAll(string(o), "_", " ")))
		}
	}
	if c.Left > 0 {
		parts = append(parts, fmt.Sprintf("%d left", c.Left))
	}
	if len(parts) == 0 {
		parts = []string{"nothing new"}
	}
	denied := ""
	if c.SourcesDenied > 0 {
		denied = fmt.Sprintf(", %d denied by robots.txt", c.SourcesDenied)
	}
	line := fmt.Sprintf("%s; of %s %s; %s read, %d failed%s; %s", spell.Count(c.Records, "record"), spell.Count(c.Discovered, "URL"),
		strings.Join(parts, ", "), spell.Count(c.SourcesRead, "source"), c.SourcesFailed, denied, spell.Count(c.Requests, "request"))
	if said := c.Recall.String(); said != "" {
		line += "; " + said
	}
	return line
}

// Why a run ended before its work did.
const (
	stoppedBySignal = "signal"
	stoppedByDisk   = "disk"
	stoppedByTime   = "duration"
	stoppedByPages  = "pages"
)

// asPlanned reports whether the run did what it was to do; limits of time and pages are of the plan. One that could
// read nothing did not.
func (s *Summary) asPlanned() bool {
	return s.Stopped != stoppedBySignal && s.Stopped != stoppedByDisk && (s.SourcesRead > 0 || s.Idle())
}

// Idle reports whether no source was to be read: of a file of sites none had a source that was due.
func (s Summary) Idle() bool {
	return s.Scheduled && s.SourcesRead+s.SourcesFailed+s.SourcesDenied == 0
}

// String is one line for a person.
func (s Summary) String() string {
	line := fmt.Sprintf("%s in %s", s.Counts.String(), s.Took.Round(100*time.Millisecond))
	if s.Stopped != "" {
		line += "; stopped by " + s.Stopped
	}
	if s.Scheduled {
		line += "; due: " + spell.Count(len(s.Sites)+s.SitesLeft, "site")
		if !s.NextDue.IsZero() {
			line += ", the next at " + s.NextDue.Local().Format("2006-01-02 15:04")
		}
	}
	if s.SitesLeft > 0 {
		line += fmt.Sprintf("; %s not begun", spell.Count(s.SitesLeft, "site"))
	}
	return line
}

// json is the counts as the state keeps them.
func (c *Counts) json() string {
	b, err := json.Marshal(c)
	if err != nil {
		return "{}" // numbers and texts cannot fail
	}
	return string(b)
}
