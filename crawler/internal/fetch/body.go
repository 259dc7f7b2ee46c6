package fetch

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

const (
	// errorBytes is how much of an answer that is no page is read: enough to know a bot wall.
	errorBytes = 512 << 10
	// drainBytes of a redirect are read, so that the connection can be used again.
	drainBytes = 64 << 10
	// wireFactor: more compressed bytes than this many times the limit are not read.
	wireFactor = 4
	// bombRatio is how far an honest page unpacks at most.
	bombRatio = 200
)

var errBomb = errors.New("it unpacks to hundreds of times its size")

// body is the answer's body on its way to Colly: type gate, decoding, limits, deadlines. It never
// gives an error to its reader: a body that breaks off ends, and the exchange knows why.
type body struct {
	x      *exchange
	ctx    context.Context
	stop   context.CancelCauseFunc
	idle   time.Duration
	limit  int64
	began  time.Time
	paused time.Duration // since then, in wait for something of ours
	ends   time.Time     // of the machine's clock: the deadline,
	over   *time.Timer   // which stops the exchange
	done   []func()

	passing bool // it is read as it comes, and not kept

	raw    io.ReadCloser
	timer  *time.Timer
	src    *bufio.Reader
	share  *share
	n      int64
	closed bool
}

// open looks at the head of the answer and decides what of the body is read.
func (b *body) open(res *http.Response) {
	x := b.x
	b.raw = res.Body
	ok := x.good()
	switch {
	case x.robots:
	case redirects(res.StatusCode) || res.StatusCode == http.StatusNotModified:
		b.limit = drainBytes
	case !ok:
		b.limit = min(b.limit, errorBytes)
	}
	if !x.robots && !readable(x.mime) {
		if ok {
			x.err = &Error{Fault: FaultType, Why: "content type " + x.mime}
		}
		return
	}
	if ok && !x.robots && res.ContentLength > wireFactor*b.limit {
		x.err = &Error{Fault: FaultSize, Why: fmt.Sprintf("%d bytes declared", res.ContentLength)}
		return
	}
	b.timer = time.AfterFunc(b.idle, func() { b.stop(errIdle) })
	b.passing = x.read != nil && ok
	if err := b.take(min(res.ContentLength, b.limit)); err != nil {
		x.short = err
		return
	}
	src, release, err := decode(counted{b}, res.Header.Get("Content-Encoding"))
	b.done = append(b.done, release)
	if err != nil {
		if ok {
			x.err = &Error{Fault: FaultBody, Err: err}
		}
		return
	}
	b.src = src
	if x.mime == "" || x.mime == "application/octet-stream" || x.mime == "binary/octet-stream" {
		if head, _ := src.Peek(512); ok && !x.robots && !readable(sniff(head)) {
			x.err = &Error{Fault: FaultType, Why: "content type " + sniff(head) + " by its bytes"}
			b.src = nil
		}
	}
}

func sniff(head []byte) string {
	t, _, _ := strings.Cut(http.DetectContentType(head), ";")
	if t == "application/octet-stream" {
		return "application/binary"
	}
	return t
}

// readable says whether a body of this type may hold a page, a feed or a sitemap.
func readable(mime string) bool {
	switch mime {
	case "", "application/octet-stream", "binary/octet-stream", "application/gzip", "application/x-gzip", "application/javascript", "multipart/related", "message/rfc822":
		return true
	case "text/css", "text/javascript", "text/calendar", "text/csv", "text/vcard":
		return false
	}
	return strings.HasPrefix(mime, "text/") || strings.Contains(mime, "html") || strings.Contains(mime, "xml") ||
		strings.Contains(mime, "json") || strings.Contains(mime, "rss") || strings.Contains(mime, "atom")
}

// counted reads the raw body: it counts, watches for silence and holds the limit on the wire.
type counted struct{ b *body }

func (c counted) Read(p []byte) (int, error) {
	b := c.b
	if b.x.wireBytes > wireFactor*b.limit {
		b.x.truncated = true
		return 0, io.EOF
	}
	b.timer.Reset(b.idle)
	n, err := b.raw.Read(p)
	b.x.wireBytes += int64(n)
	if err != nil && err != io.EOF {
		err = b.cause(err)
	}
	return n, err
}

// cause is why the exchange was stopped, where err comes of that.
func (b *body) cause(err error) error {
	if cause := context.Cause(b.ctx); cause != nil {
		return cause
	}
	return err
}

// Read gives decoded bytes up to the limit.
func (b *body) Read(p []byte) (int, error) {
	if b.src == nil {
		return 0, io.EOF
	}
	if b.n >= b.limit {
		if _, err := b.src.Peek(1); err == nil {
			b.x.truncated = true
		}
		b.src = nil
		return 0, io.EOF
	}
	n, err := b.src.Read(p[:min(int64(len(p)), b.limit-b.n)])
	b.n += int64(n)
	b.x.size = b.n
	if err == nil {
		err = b.grow()
	}
	if err != nil {
		b.src = nil
		if err != io.EOF {
			b.x.short, b.x.truncated = err, true
			err = io.EOF
		}
	}
	return n, err
}

// take makes room for what the answer declares. Who is in the room already waits for nothing here: who holds what
// he would wait for, may wait for the room.
func (b *body) take(declared int64) error {
	switch {
	case b.x.alone:
		declared = 0
	case b.passing:
		declared = undeclared
	}
	return b.wait(func(ctx context.Context) (err error) {
		b.share, err = b.x.slice.f.bodies.take(ctx, declared)
		return err
	})
}

// grow makes room for what was read: in the budget, or as the one large body that goes beyond it. Where the
// caller has a room for large ones, that is the only thing waited for: of two, taken in turn, each of two bodies
// could hold what the other waits for. A body that unpacks to far more than it is, is not read to its end.
func (b *body) grow() error {
	alone := b.x.room
	large := alone != nil && b.n > LargeBody
	switch {
	case large && b.unpacks():
		return errBomb
	case b.x.alone:
		b.share.fits(b.n) // what there is, so that others come later
		return nil
	case !large && (b.passing || b.share.fits(b.n)):
		return nil
	case alone == nil:
		alone = b.share.alone
	}
	if err := b.wait(alone); err != nil {
		b.x.err = classify(b.x.ctx, err)
		return err
	}
	b.x.alone = true
	return nil
}

// wait is for something of ours: the peer is not idle meanwhile, and the request has its time afterwards.
func (b *body) wait(ready func(context.Context) error) error {
	b.timer.Stop()
	b.over.Stop()
	left, began := time.Until(b.ends), b.x.slice.f.clock.Now()
	if err := ready(b.ctx); err != nil {
		return b.cause(err)
	}
	b.paused += b.x.slice.f.clock.Now().Sub(began)
	b.ends = time.Now().Add(left)
	b.over.Reset(left)
	b.timer.Reset(b.idle)
	return nil
}

// unpacks reports whether the body has grown beyond what an honest page does.
func (b *body) unpacks() bool { return b.n > 1<<20 && b.n > bombRatio*max(b.x.wireBytes, 1) }

// Close ends the exchange on the network side.
func (b *body) Close() error {
	if b.closed {
		return nil
	}
	b.x.bomb = b.unpacks()
	b.end()
	return nil
}

func (b *body) end() {
	if b.closed {
		return
	}
	b.closed = true
	b.x.took = b.x.slice.f.clock.Now().Sub(b.began) - b.paused
	b.over.Stop()
	if b.timer != nil {
		b.timer.Stop()
	}
	for i := len(b.done) - 1; i >= 0; i-- {
		b.done[i]()
	}
	if b.share != nil {
		b.share.free()
	}
	if b.raw != nil {
		_ = b.raw.Close() // what it says comes too late to matter
	}
	b.stop(nil)
}
