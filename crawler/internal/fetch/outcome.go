package fetch

import (
	"context"
	"io"
	"net/http"
	"time"
)

// Kind says what a request is for: it sets the limits, the types accepted and the Accept header.
type Kind string

// The kinds of request.
const (
	KindPage    Kind = "page" // an article, or what may be one; the zero value means the same
	KindSection Kind = "section"
	KindFeed    Kind = "feed"
	KindSitemap Kind = "sitemap"
)

// LargeBody is the size of a body beyond which Request.Large is asked.
const LargeBody = 2 << 20

// Validators make a request conditional. They are kept and sent exactly as received.
type Validators struct{ ETag, LastModified string }

// A Request is one URL to get.
type Request struct {
	// URL is the fetch form: as found, resolved; a fragment is dropped here.
	URL  string
	Kind Kind
	// Validators are those of URL; a hop never inherits them.
	Validators Validators
	// Large, if set, is called when a body grows beyond LargeBody: it waits until there is room for it, which
	// the caller gives back when he is done with the body; the time does not count towards that of the request. It is
	// also called for a smaller body where there are too many at once. An error fails the request.
	Large func(context.Context) error
	// Read, if set, gets the body of a 2xx answer as it comes, instead of Outcome.Body. Where the body is cut, the reader
	// ends with io.ErrUnexpectedEOF; what is left unread is not fetched. It is called once more where the body broke off;
	// what it returns is called for the answer that counts, if that is no error.
	Read func(a Answer, body io.Reader) (keep func())
	// Hop, if set, is asked before a redirect is followed: it gives the validators of the target, or
	// false if the target is known already and need not be fetched (Outcome.Known).
	Hop func(h Hop) (v Validators, follow bool)
}

// An Answer is what is known of one before its body is read.
type Answer struct {
	URL string
	// ContentType is the header as sent, charset and all.
	ContentType string
	// Fetched is when the request started, by the clock.
	Fetched time.Time
}

// A Hop is one answer on the way of a Request; the last one is the answer itself.
type Hop struct {
	URL    string
	Status int
	// Location is where a redirect leads, resolved; empty for an answer that is none.
	Location string
	// Permanent is true for 301 and 308.
	Permanent bool
	// Waited is the time at the gate, Took from the start of the request to the end of the body.
	Waited, Took time.Duration
	// WireBytes counts the body as it came, still compressed.
	WireBytes int64
	// Timing says where Took went.
	Timing Timing
	Err    *Error
}

// Timing are the steps of one request; zero where a step was not taken (a reused connection).
type Timing struct{ DNS, Connect, TLS, FirstByte time.Duration }

// An Outcome is all that came of one Request. Err is nil if, and only if, there is a whole or
// truncated Body of an accepted type with a 2xx status (or Request.Read has had it), or NotModified, or Known.
type Outcome struct {
	// Requested is Request.URL; Final is the address that gave the answer (or the redirect that was
	// not followed, if Err or Known says so).
	Requested, Final string
	Kind             Kind
	// Hops are all requests for pages made, in order; the last one is the answer.
	Hops []Hop
	// Requests counts everything that went over the wire for this outcome, robots.txt included.
	Requests int

	Status int
	Header http.Header
	// ContentType is the header as sent, charset and all.
	ContentType string
	// Body is decompressed and otherwise untouched.
	Body []byte
	// Truncated is true where Body was cut by a limit or by the peer.
	Truncated bool
	// Bomb is true where the body unpacked to more than 200 times its size.
	Bomb bool
	// NotModified is a 304 to a conditional request.
	NotModified bool
	// Known is true where Request.Hop said that the target of the last hop is known.
	Known bool
	// Validators are to be kept for Final: empty where they must not be (blocked, truncated, no-store).
	Validators Validators
	// MaxAge is what Cache-Control promises, at most 24 h.
	MaxAge time.Duration
	// Wall names the bot wall that answered, empty for none; Suspect one whose mark stands in a page with text.
	Wall, Suspect string
	// RetryAfter is the wait that the last answer asked for, at most 24 h, 0 for none.
	RetryAfter time.Duration
	// Fetched is when the last request started, by the clock.
	Fetched time.Time
	// Waited and Took are sums over Hops; WireBytes too.
	Waited, Took time.Duration
	WireBytes    int64

	Err *Error
}

// MovedTo is the address that Requested moved to for good: the end of the leading run of
// permanent redirects, empty if the first hop is none.
func (o *Outcome) MovedTo() string {
	to := ""
	for _, h := range o.Hops {
		if !h.Permanent || h.Location == "" {
			break
		}
		to = h.Location
	}
	return to
}

// book adds what an exchange cost.
func (o *Outcome) book(x *exchange) {
	o.Hops = append(o.Hops, x.hop())
	o.Requests += x.requests
	o.Waited += x.waited
	o.Took += x.took
	o.WireBytes += x.wireBytes
	if !x.started.IsZero() {
		o.Fetched = x.started
	}
}

// take makes x, the last exchange, the answer. sent are the validators it carried.
func (o *Outcome) take(x *exchange, sent Validators) {
	o.Status, o.Header, o.Err = x.status, x.header, x.err
	o.Wall, o.Suspect, o.RetryAfter = x.wall, x.suspect, x.after
	if x.header == nil {
		return
	}
	o.ContentType = x.header.Get("Content-Type")
	o.NotModified = x.status == http.StatusNotModified && x.err == nil
	o.MaxAge, _ = maxAge(x.header)
	o.Validators = x.validators(sent)
	if !x.good() {
		return
	}
	o.Truncated, o.Bomb = x.truncated, x.bomb
	switch {
	case x.read == nil:
		o.Body = x.body
	case x.err == nil && x.keep != nil:
		x.keep()
	}
}
