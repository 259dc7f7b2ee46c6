package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/clock"
	"github.com/dateline-go/dateline/crawler/internal/fetch/robots"
)

// The states of a robots.txt (RFC 9309 2.3.1).
const (
	RobotsOK          = "ok"
	RobotsAbsent      = "absent"      // 4xx but 429, a loop, more than five redirects: no rules
	RobotsUnreachable = "unreachable" // 5xx, 429, no answer: nothing may be fetched
)

const (
	robotsMinTTL  = time.Hour
	robotsTTL     = 6 * time.Hour // where Cache-Control says nothing
	robotsMaxTTL  = 24 * time.Hour
	robotsMaxHops = 5
	robotsGoodFor = 24 * time.Hour // how long the last good copy may stand in
)

// robotsRetry is when an unreachable file is asked for again.
var robotsRetry = []time.Duration{5 * time.Minute, time.Hour, 6 * time.Hour}

// Robots is the state of one robots.txt.
type Robots struct {
	// State is ok, absent (no rules) or unreachable (the host is deferred).
	State string
	// Authority is scheme://host:port; Fetched is when the file was last asked for.
	Authority string
	Fetched   time.Time
	// Expires is when it is asked for again.
	Expires time.Time
	// Since is when an unreachable file was first found so; zero otherwise.
	Since time.Time
	// Why says what was wrong with an unreachable file.
	Why string
	// CrawlDelay is the gap asked of us, 0 for none.
	CrawlDelay time.Duration
	// Sitemaps are the addresses of Sitemap lines, as printed.
	Sitemaps []string
	// BadLines are lines that say nothing we understand, at most 20: probe prints them.
	BadLines []string
	// Digest changes with the rules that hold for us.
	Digest string
}

// robotsState is what is known of the robots.txt of one authority; all of it outlives the process.
type robotsState struct {
	State    string       `json:"state"`
	Fetched  time.Time    `json:"fetched"`
	Expires  time.Time    `json:"expires"`
	Since    time.Time    `json:"since,omitzero"`
	Failures int          `json:"failures,omitzero"`
	Why      string       `json:"why,omitempty"`
	After    time.Time    `json:"after,omitzero"`   // what its Retry-After asked for
	GoodAt   time.Time    `json:"good_at,omitzero"` // when File was fetched
	File     *robots.File `json:"file,omitempty"`
	TDM      *robots.File `json:"tdm,omitempty"` // nil where it was not asked for
	cause    *Error
}

// usable is the file that holds at now; nil where nothing may be fetched.
func (s *robotsState) usable(now time.Time) *robots.File {
	if s.File != nil && (s.State != RobotsUnreachable || now.Sub(s.GoodAt) <= robotsGoodFor) {
		return s.File
	}
	return nil
}

type robotsFile struct {
	state  *robotsState
	flight chan struct{} // closed when the fetch under way has ended; nil if there is none
	used   time.Time
}

// robotsLayer knows the robots.txt of every authority asked.
type robotsLayer struct {
	clock clock.Clock
	token string
	anew  bool // Options.RobotsAnew

	mu    sync.Mutex
	files map[string]*robotsFile
	swept time.Time
}

// known is what is known of the robots.txt for u, nil where nothing is. A state does not change once it is known: another
// takes its place.
func (l *robotsLayer) known(u *url.URL) *robotsState {
	l.mu.Lock()
	defer l.mu.Unlock()
	if file := l.files[authority(u)]; file != nil {
		return file.state
	}
	return nil
}

// allowed asks the robots layer for x; it gives the Crawl-delay that holds for u.
func (s *Slice) allowed(x *exchange, u *url.URL) (time.Duration, error) {
	if s.site.IgnoreRobots {
		return 0, nil
	}
	st, err := s.robotsFor(x, u)
	if err != nil {
		return 0, err
	}
	file := st.usable(s.f.clock.Now())
	if file == nil {
		return 0, &Error{Fault: FaultDeferred, Until: st.Expires, Why: "robots.txt of " + authority(u) + " is unreachable: " + st.Why, Err: causeOf(st)}
	}
	if ok, rule := file.Allowed(rawPath(u)); !ok {
		return 0, &Error{Fault: FaultRobots, Why: "robots.txt says " + rule.String()}
	}
	return file.Delay, nil
}

func causeOf(st *robotsState) error {
	if st.cause == nil {
		return nil
	}
	return st.cause
}

// robotsFor is the state of the file for u, fetched if it has to be: once, however many ask.
func (s *Slice) robotsFor(x *exchange, u *url.URL) (*robotsState, error) {
	l, key := s.f.robots, authority(u)
	for {
		l.mu.Lock()
		now := l.clock.Now()
		file := l.files[key]
		if file == nil {
			file = &robotsFile{}
			l.files[key] = file
		}
		file.used = now
		l.sweep(now)
		if st := file.state; st != nil && now.Before(st.Expires) && (st.TDM != nil || !s.wantsTDM(st)) {
			l.mu.Unlock()
			return st, nil
		}
		if flight := file.flight; flight != nil {
			l.mu.Unlock()
			select {
			case <-flight:
				continue
			case <-x.ctx.Done():
				return nil, &Error{Fault: FaultCanceled, Err: x.ctx.Err()}
			}
		}
		flight := make(chan struct{})
		file.flight = flight
		old := file.state
		l.mu.Unlock()

		st, err := s.fetchRobots(x, u, old)
		if err == nil && s.wantsTDM(st) {
			st.TDM = s.fetchTDM(x, u, st, old)
		}
		l.mu.Lock()
		if err == nil {
			file.state = st
		}
		file.flight = nil
		l.mu.Unlock()
		close(flight)
		if err == nil {
			s.touch("robots", key)
		}
		return st, err
	}
}

// sweep forgets files that nobody has asked for in two days: their slices have saved them.
func (l *robotsLayer) sweep(now time.Time) {
	if now.Sub(l.swept) < idleHost {
		return
	}
	l.swept = now
	for key, f := range l.files {
		if f.flight == nil && now.Sub(f.used) > 2*robotsGoodFor {
			delete(l.files, key)
		}
	}
}

// Robots is what robots.txt says for the authority of address; it is fetched if it has to be.
func (s *Slice) Robots(ctx context.Context, addr string) (Robots, error) {
	u, err := address.Resolve("", addr)
	if err != nil {
		return Robots{}, &Error{Fault: FaultURL, Err: err}
	}
	x := &exchange{slice: s, ctx: ctx}
	st, err := s.robotsFor(x, u)
	if err != nil {
		return Robots{}, err
	}
	return st.show(authority(u)), nil
}

func (s *robotsState) show(key string) Robots {
	r := Robots{State: s.State, Authority: key, Fetched: s.Fetched, Expires: s.Expires, Since: s.Since, Why: s.Why}
	if s.File != nil {
		r.CrawlDelay, r.Sitemaps, r.BadLines = s.File.Delay, s.File.Sitemaps, s.File.Bad
		data, err := json.Marshal([]any{s.File.Rules, s.File.Delay})
		if err == nil {
			sum := sha256.Sum256(data)
			r.Digest = hex.EncodeToString(sum[:8])
		}
	}
	return r
}

// Explain says, without asking anybody, what the robots.txt that is known says of address: for explain.
// known is false where none was fetched.
func (s *Slice) Explain(addr string) (allowed bool, rule string, known bool) {
	u, err := address.Resolve("", addr)
	if err != nil {
		return false, err.Error(), true
	}
	st := s.f.robots.known(u)
	if st == nil {
		return true, "", false
	}
	rules := st.usable(s.f.clock.Now())
	if rules == nil {
		return false, "robots.txt is unreachable: " + st.Why, true
	}
	ok, by := rules.Allowed(rawPath(u))
	if by != nil {
		rule = by.String()
	}
	return ok, rule, true
}

// ready is what the layer knows of an authority for a plan.
func (l *robotsLayer) ready(key string, ignore bool) (delay time.Duration, at time.Time, why string) {
	if ignore {
		return 0, time.Time{}, ""
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	file := l.files[key]
	if file == nil || file.state == nil {
		return 0, time.Time{}, ""
	}
	now := l.clock.Now()
	if rules := file.state.usable(now); rules != nil {
		return rules.Delay, time.Time{}, ""
	}
	return 0, file.state.Expires, "robots.txt is unreachable: " + file.state.Why
}

func (l *robotsLayer) save(key string) (Saved, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	file := l.files[key]
	if file == nil || file.state == nil {
		return Saved{}, false
	}
	data, err := json.Marshal(file.state)
	if err != nil {
		return Saved{}, false
	}
	until := file.state.Expires.Add(robotsGoodFor)
	if file.state.State == RobotsUnreachable {
		until = until.Add(60 * 24 * time.Hour) // since when is what the alarm asks
	}
	return Saved{Kind: "robots", Key: key, Until: until, Data: data}, true
}

func (l *robotsLayer) restore(s Saved) error {
	st := &robotsState{}
	if err := json.Unmarshal(s.Data, st); err != nil {
		return fmt.Errorf("reading the state of %s/robots.txt: %w", s.Key, err)
	}
	switch {
	case st.State == RobotsUnreachable:
	case (st.State == RobotsOK || st.State == RobotsAbsent) && st.File != nil:
	default:
		return fmt.Errorf("reading the state of %s/robots.txt: %w", s.Key, errors.New("no known state"))
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	if l.anew && st.State == RobotsUnreachable {
		st.Expires = st.After
	}
	if st.Expires.After(now.Add(robotsMaxTTL)) {
		st.Expires = now // a clock was set back
	}
	file := l.files[s.Key]
	if file == nil {
		file = &robotsFile{}
		l.files[s.Key] = file
	}
	file.used = now
	if file.state == nil || file.state.Fetched.Before(st.Fetched) {
		file.state = st
	}
	return nil
}
