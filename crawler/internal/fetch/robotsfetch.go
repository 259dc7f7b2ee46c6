package fetch

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/fetch/robots"
)

// fetchRobots asks for the file. An error means that nothing was learned, because the caller is
// going or the host is not to be asked now.
func (s *Slice) fetchRobots(x *exchange, u *url.URL, old *robotsState) (*robotsState, error) {
	next, err := address.Resolve("", authority(u)+"/robots.txt")
	if err != nil {
		return nil, &Error{Fault: FaultURL, Err: err}
	}
	seen := map[string]bool{}
	for {
		seen[next.String()] = true
		y := s.askRobots(x, next, old)
		now := s.f.clock.Now()
		if y.err != nil {
			switch y.err.Fault {
			case FaultCanceled, FaultDeferred, FaultPrivate:
				return nil, y.err
			}
			return old.failed(now, y.err, y.after), nil
		}
		switch {
		case redirects(y.status):
			to, err := address.Resolve(next.String(), y.header.Get("Location"))
			if y.header.Get("Location") == "" || err != nil || seen[to.String()] || len(seen) > robotsMaxHops {
				return absent(now, y.header), nil
			}
			next = to
		case y.status == http.StatusTooManyRequests || y.status >= 500:
			return old.failed(now, &Error{Fault: faultOfStatus(y.status), Why: fmt.Sprintf("status %d", y.status)}, y.after), nil
		case y.status >= 200 && y.status < 300:
			file := robots.Parse(y.body, s.f.robots.token)
			return &robotsState{State: RobotsOK, Fetched: now, Expires: now.Add(robotsLife(y.header)), GoodAt: now, File: file}, nil
		default:
			return absent(now, y.header), nil
		}
	}
}

// askRobots asks once more where the connection broke, which says nothing of the site, and twice more where the host asks
// for a short pause, which the gate keeps: as for a page.
func (s *Slice) askRobots(x *exchange, u *url.URL, old *robotsState) *exchange {
	y := s.onceRobots(x, u, old)
	for tries := 1; tries <= 2; tries++ {
		broken := tries == 1 && y.err != nil && y.err.Fault == FaultReset
		brief := (y.status == http.StatusTooManyRequests || y.status == http.StatusServiceUnavailable) && y.after > 0 && y.after <= time.Minute
		if !broken && !brief {
			return y
		}
		again := s.onceRobots(x, u, old)
		if brief && again.err != nil && again.err.Fault == FaultDeferred { // the pause ends after the visit
			return y
		}
		y = again
	}
	return y
}

func absent(now time.Time, h http.Header) *robotsState {
	return &robotsState{State: RobotsAbsent, Fetched: now, Expires: now.Add(robotsLife(h)), GoodAt: now, File: &robots.File{}}
}

// failed is the state after one more failure: the last good copy goes along.
func (s *robotsState) failed(now time.Time, err *Error, after time.Duration) *robotsState {
	st := &robotsState{State: RobotsUnreachable, Fetched: now, Since: now, Why: err.Error(), cause: err}
	if s != nil {
		st.File, st.GoodAt = s.File, s.GoodAt
		if s.State == RobotsUnreachable {
			st.Since, st.Failures = s.Since, s.Failures
		}
	}
	wait := robotsRetry[min(st.Failures, len(robotsRetry)-1)]
	st.Failures++
	st.Expires = now.Add(max(wait, after))
	if after > 0 {
		st.After = now.Add(after)
	}
	return st
}

func robotsLife(h http.Header) time.Duration {
	age, ok := maxAge(h)
	if !ok {
		return robotsTTL
	}
	return min(max(age, robotsMinTTL), robotsMaxTTL)
}

// onceRobots is one request on the way to a robots.txt, through the same gate and transport as pages
// but not through Colly. The delay that the last known file asks for holds here too.
func (s *Slice) onceRobots(x *exchange, u *url.URL, old *robotsState) *exchange {
	y := &exchange{slice: s, ctx: x.ctx, kind: KindPage, robots: true}
	defer func() { x.requests += y.requests; x.waited += y.waited }()
	defer y.finish()
	r, err := http.NewRequestWithContext(x.ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		y.err = &Error{Fault: FaultURL, Err: err}
		return y
	}
	r.Header.Set("User-Agent", s.site.Agent)
	r.Header.Set("Accept", "text/plain,*/*;q=0.5")
	delay := time.Duration(0)
	if old != nil && old.File != nil {
		delay = old.File.Delay
	}
	res, err := s.send(y, r, delay)
	if err != nil {
		y.err = classify(x.ctx, err)
		return y
	}
	y.body, err = io.ReadAll(io.LimitReader(res.Body, robots.MaxBytes+1))
	_ = res.Body.Close() // a body never fails to close
	switch y.status {
	case 429, 503, 301:
		y.after = retryAfter(y.header, s.f.clock.Now())
	}
	switch {
	case err != nil:
		y.err = classify(x.ctx, err)
	case y.short != nil && len(y.body) == 0:
		y.err = classify(x.ctx, y.short)
	case x.ctx.Err() != nil:
		y.err = &Error{Fault: FaultCanceled, Err: context.Cause(x.ctx)}
	}
	return y
}
