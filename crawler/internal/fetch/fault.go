package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"
)

// A Fault is the kind of an Error; it decides when, and whether, a URL is tried again.
type Fault string

// The faults. What is to be done about each is the frontier's to say.
const (
	FaultURL      Fault = "url"      // no address that can be asked: never again
	FaultScope    Fault = "scope"    // the address, or where it redirects to, is not of the site
	FaultRobots   Fault = "robots"   // robots.txt denies it
	FaultDeferred Fault = "deferred" // the host is not to be asked now (Error.Until): back-off, robots.txt unreachable, slice over
	FaultPrivate  Fault = "private"  // the address is not a public one
	FaultDNS      Fault = "dns"
	FaultRefused  Fault = "refused"
	FaultTLS      Fault = "tls"
	FaultTimeout  Fault = "timeout"
	FaultReset    Fault = "reset"    // the connection broke, before or in the body
	FaultProtocol Fault = "protocol" // the answer is no HTTP
	FaultRedirect Fault = "redirect" // loop, too many hops, no usable Location: permanent
	FaultGone     Fault = "gone"     // 404, 410
	FaultBlocked  Fault = "blocked"  // 401, 402, 403, 407, 429, 451, or a bot wall of any status
	FaultServer   Fault = "server"   // 5xx, 408, 425
	FaultStatus   Fault = "status"   // any other status that carries no page
	FaultBody     Fault = "body"     // unknown or broken content coding, empty
	FaultType     Fault = "type"     // not a type we read; the body was not loaded
	FaultSize     Fault = "size"     // declared far beyond the limit; not loaded
	FaultCanceled Fault = "canceled" // ctx ended; nothing is known about the URL
	FaultPanic    Fault = "panic"    // a callback panicked
)

// An Error says why an Outcome has no body.
type Error struct {
	Fault Fault
	// Until is when a deferred host may be asked again.
	Until time.Time
	// Why is one sentence: the rule of robots.txt, the reason of a back-off, the cause.
	Why string
	// Err is the cause, where there is one.
	Err error
}

func (e *Error) Error() string {
	switch {
	case e.Why != "":
		return string(e.Fault) + ": " + e.Why
	case e.Err != nil:
		return string(e.Fault) + ": " + e.Err.Error()
	}
	return string(e.Fault)
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// Cause is the fault at the bottom: dns where a host is deferred because its robots.txt could not
// be asked for, for want of an address.
func (e *Error) Cause() Fault {
	var inner *Error
	if e.Err != nil && errors.As(e.Err, &inner) {
		return inner.Cause()
	}
	return e.Fault
}

var errIdle = errors.New("no byte came for too long")

// classify says what kind of failure err is. ctx is the caller's: if it has ended, nothing was learned.
func classify(ctx context.Context, err error) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	if ctx.Err() != nil {
		return &Error{Fault: FaultCanceled, Err: ctx.Err()}
	}
	return &Error{Fault: faultOf(err), Err: err}
}

func faultOf(err error) Fault {
	var (
		dns    *net.DNSError
		record tls.RecordHeaderError
		alert  tls.AlertError
		cert   *tls.CertificateVerificationError
		echo   *tls.ECHRejectionError
		host   x509.HostnameError
		ca     x509.UnknownAuthorityError
		bad    x509.CertificateInvalidError
		netErr net.Error
	)
	switch {
	case errors.Is(err, errPrivate):
		return FaultPrivate
	case errors.As(err, &dns):
		return FaultDNS
	case errors.As(err, &record), errors.As(err, &alert), errors.As(err, &cert), errors.As(err, &echo),
		errors.As(err, &host), errors.As(err, &ca), errors.As(err, &bad), strings.Contains(err.Error(), "tls: "):
		return FaultTLS
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return FaultRefused
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, errIdle), errors.As(err, &netErr) && netErr.Timeout():
		return FaultTimeout
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE),
		strings.Contains(err.Error(), "stream error"), strings.Contains(err.Error(), "GOAWAY"), strings.Contains(err.Error(), "connection lost"):
		return FaultReset
	}
	return FaultProtocol
}

// faultOfStatus is the fault of an answer that is neither 2xx nor a redirect; empty for those.
func faultOfStatus(status int) Fault {
	switch status {
	case http.StatusNotFound, http.StatusGone:
		return FaultGone
	case 401, 402, 403, 407, 429, 451:
		return FaultBlocked
	case http.StatusRequestTimeout, http.StatusTooEarly:
		return FaultServer
	}
	switch {
	case status >= 500:
		return FaultServer
	case status >= 200 && status < 300:
		return ""
	}
	return FaultStatus
}

// redirects says whether status sends the client elsewhere (RFC 9110 15.4); 300 and 304 do not.
func redirects(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}
