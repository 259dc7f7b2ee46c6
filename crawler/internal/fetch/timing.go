package fetch

import (
	"context"
	"crypto/tls"
	"net/http/httptrace"
	"sync"
	"time"
)

type timingKey struct{}

// timer measures the steps of one request by the machine's clock: it is for the log, and nothing is
// decided by it. The hooks may run after the request is over, hence the lock.
type timer struct {
	mu    sync.Mutex
	steps Timing
}

func (t *timer) set(f func(*Timing)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f(&t.steps)
}

func (t *timer) get() Timing {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.steps
}

func (t *timer) trace(ctx context.Context) context.Context {
	began := time.Now()
	var connect, handshake time.Time
	ctx = context.WithValue(ctx, timingKey{}, t)
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		ConnectStart: func(_, _ string) { t.set(func(*Timing) { connect = time.Now() }) },
		ConnectDone: func(_, _ string, err error) {
			t.set(func(s *Timing) {
				if err == nil {
					s.Connect = time.Since(connect)
				}
			})
		},
		TLSHandshakeStart:    func() { t.set(func(*Timing) { handshake = time.Now() }) },
		TLSHandshakeDone:     func(tls.ConnectionState, error) { t.set(func(s *Timing) { s.TLS = time.Since(handshake) }) },
		GotFirstResponseByte: func() { t.set(func(s *Timing) { s.FirstByte = time.Since(began) }) },
	})
}
