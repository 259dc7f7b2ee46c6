package fetch

import (
	"context"
	"mime"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"time"
)

// taskHeader carries the exchange's number through Colly to the wire, and no further.
const taskHeader = "X-Dateline-Task"

// wire is the transport that Colly's client asks: robots, gate, deadline, transport, body.
type wire struct {
	slice *Slice
	tasks sync.Map // number → *exchange
}

// RoundTrip gives Colly an answer whose body is decoded as it is read, under limits, and whose
// Content-Type has lost its charset, so that Colly leaves the bytes alone.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	v, ok := w.tasks.Load(r.Header.Get(taskHeader))
	if !ok {
		return nil, &Error{Fault: FaultPanic, Why: "a request that nobody made"}
	}
	x := v.(*exchange)
	x.url = r.URL
	delay, err := w.slice.allowed(x, r.URL)
	if err != nil {
		return nil, err
	}
	res, err := w.slice.send(x, r, delay)
	if err != nil {
		return nil, err
	}
	h := res.Header.Clone()
	if x.mime == "" {
		h.Del("Content-Type")
	} else {
		h.Set("Content-Type", x.mime)
	}
	if _, err := r.URL.Parse(h.Get("Location")); err != nil {
		h.Del("Location") // http.Client would make an error of it, before anybody asked it to follow
	}
	h.Del("Content-Encoding")
	h.Del("Content-Length")
	res.Header = h
	res.Uncompressed, res.ContentLength = true, -1 // no second gunzip of *.xml.gz
	if x.read != nil && x.good() {
		res.Body = &passed{body: res.Body.(*body)}
	}
	return res, nil
}

// transport is who gets the requests of the slice.
func (s *Slice) transport() (http.RoundTripper, error) {
	if s.f.opt.Transport != nil {
		return s.f.opt.Transport, nil
	}
	return s.f.transports.get(s.site.profile())
}

// send passes r through the gate and to the network. The answer's body is read by the caller, who
// closes it; the exchange is finished after that.
func (s *Slice) send(x *exchange, r *http.Request, crawlDelay time.Duration) (*http.Response, error) {
	next, err := s.transport()
	if err != nil {
		return nil, &Error{Fault: FaultURL, Err: err}
	}
	x.url = r.URL
	x.key, x.pace = paceKey(r.URL, s.site.SplitHosts), s.site.pace(r.URL, crawlDelay)
	leave, waited, err := s.f.gate.enter(x.ctx, x.key, x.pace)
	if err != nil {
		return nil, err
	}
	x.leave, x.waited = leave, x.waited+waited
	x.requests++
	total, limit, _ := s.f.opt.Limits.of(x.kind)
	ctx, stop := context.WithCancelCause(s.paced(x.timer.trace(x.ctx), x))
	b := &body{x: x, ctx: ctx, stop: stop, idle: s.f.opt.Limits.Idle, limit: limit, began: s.f.clock.Now(),
		ends: time.Now().Add(total), over: time.AfterFunc(total, func() { stop(context.DeadlineExceeded) })}
	x.started = b.began
	free, err := s.enterAddress(ctx, x, r.URL)
	if err != nil {
		err = classify(x.ctx, b.cause(err))
		b.end()
		return nil, err
	}
	b.done = append(b.done, free)
	r = r.Clone(ctx)
	r.Header.Del(taskHeader)
	r.Header.Set("Accept-Encoding", accepted)
	res, err := next.RoundTrip(r)
	if err != nil {
		x.err = classify(x.ctx, b.cause(err))
		b.end()
		return nil, x.err
	}
	x.status, x.header = res.StatusCode, res.Header
	x.mime, _, err = mime.ParseMediaType(res.Header.Get("Content-Type"))
	if err != nil {
		x.mime, _, _ = strings.Cut(res.Header.Get("Content-Type"), ";")
		x.mime = strings.ToLower(strings.TrimSpace(x.mime))
	}
	b.open(res)
	res.Body = b
	return res, nil
}

// paced makes the transport's own second try wait its turn: net/http asks again where a connection that was
// used before breaks without an answer, and the server may have seen the first.
func (s *Slice) paced(ctx context.Context, x *exchange) context.Context {
	tries := 0
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GetConn: func(string) {
		if tries++; tries > 1 {
			s.f.gate.again(ctx, x.key, x.pace)
			x.requests++
		}
	}})
}

// enterAddress holds the limit per address, where the address is the host's and not a proxy's.
func (s *Slice) enterAddress(ctx context.Context, x *exchange, u *url.URL) (func(), error) {
	if s.f.opt.Transport != nil || s.site.Proxy != "" || x.pace.free {
		return func() {}, nil
	}
	return s.f.addresses.enter(ctx, u.Hostname())
}
