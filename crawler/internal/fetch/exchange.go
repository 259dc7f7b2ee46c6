package fetch

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// An exchange is one request and its answer: what the wire learned of it.
type exchange struct {
	slice *Slice
	ctx   context.Context
	kind  Kind
	room  func(context.Context) error // asked when the body grows large
	alone bool                        // it was given: the body goes beyond the budget
	read  func(Answer, io.Reader) func()
	keep  func() // what it returned
	// conditional is true where validators were sent; robots where this is for robots.txt.
	conditional, robots bool

	key  string
	pace pace

	requests     int
	url          *url.URL
	started      time.Time
	waited, took time.Duration
	timer        timer

	status    int
	header    http.Header
	mime      string
	body      []byte // of one that was read as it came only the beginning
	size      int64  // of the body, as far as it came
	wireBytes int64
	truncated bool
	bomb      bool
	short     error // the body broke off
	location  string
	wall      string
	suspect   string
	after     time.Duration

	err   *Error
	leave func()
}

// finish tells the gate what came and lets the next request through. It is called once, after the
// answer was judged, because a wall is known by its body only.
func (x *exchange) finish() {
	if x.leave == nil {
		return
	}
	if x.err == nil || x.err.Fault != FaultCanceled {
		x.slice.f.gate.observe(x.key, x.pace, x.took, x.status, x.after, x.wall)
	}
	x.slice.touch("host", x.key)
	x.leave()
	x.leave = nil
}

// good says whether the status promises what was asked for.
func (x *exchange) good() bool { return x.status >= 200 && x.status < 300 }

// leastShort is how much of a body that broke off is worth keeping.
const leastShort = 8 << 10

// judge makes of status, header and body what they mean.
func (x *exchange) judge() {
	if x.status == 0 {
		return
	}
	switch x.status {
	case 429, 503, 403, 301:
		x.after = retryAfter(x.header, x.slice.f.clock.Now())
	}
	if redirects(x.status) {
		return
	}
	x.wall, x.suspect = findWall(x.status, x.header, x.body)
	if x.wall != "" {
		x.err = &Error{Fault: FaultBlocked, Why: fmt.Sprintf("bot wall (%s), status %d", x.wall, x.status)}
		return
	}
	if x.err != nil {
		return
	}
	if x.status == http.StatusNotModified && x.conditional {
		return
	}
	if f := faultOfStatus(x.status); f != "" {
		x.err = &Error{Fault: f, Why: fmt.Sprintf("status %d", x.status)}
		return
	}
	if x.short != nil && (len(x.body) < leastShort || x.ctx.Err() != nil) {
		x.err = classify(x.ctx, x.short)
		if x.err.Fault == FaultProtocol {
			x.err.Fault = FaultBody
		}
		return
	}
	if x.status == http.StatusPartialContent {
		x.truncated = true
	}
	if len(x.body) == 0 {
		x.err = &Error{Fault: FaultBody, Why: fmt.Sprintf("empty body, status %d", x.status)}
	}
}

// brokeOff says whether the connection broke in the middle of a body: worth a second try.
func (x *exchange) brokeOff() bool {
	return x.short != nil && x.ctx.Err() == nil && faultOf(x.short) == FaultReset
}

// validators are what to keep for the next time: nothing of an answer that was not whole.
func (x *exchange) validators(sent Validators) Validators {
	if x.err != nil || x.truncated || x.suspect != "" || !mayKeep(x.header) {
		return Validators{}
	}
	v := Validators{ETag: x.header.Get("ETag"), LastModified: x.header.Get("Last-Modified")}
	switch {
	case x.status == http.StatusOK:
		return v
	case x.status == http.StatusNotModified:
		// A 304 may bring new ones; what it does not name stays.
		if v.ETag == "" {
			v.ETag = sent.ETag
		}
		if v.LastModified == "" {
			v.LastModified = sent.LastModified
		}
		return v
	}
	return Validators{}
}

func (x *exchange) hop() Hop {
	return Hop{
		URL:       x.url.String(),
		Status:    x.status,
		Location:  x.location,
		Permanent: x.status == http.StatusMovedPermanently || x.status == http.StatusPermanentRedirect,
		Waited:    x.waited,
		Took:      x.took,
		WireBytes: x.wireBytes,
		Timing:    x.timer.get(),
		Err:       x.err,
	}
}
