package fetch

import "time"

// A Fault is the kind of an Error; it decides when, and whether, a URL is tried again.
type Fault string

// The faults. What is to be done about each is the frontier's to say (notes in docs/crawling.md).
const (
	FaultURL      Fault = "url"      // no address that can be asked: never again
	FaultScope    Fault = "scope"    // a redirect leads off the site
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
