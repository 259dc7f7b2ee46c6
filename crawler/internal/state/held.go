package state

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"
)

// A LockedError is ErrLocked with what is known of those who wait.
type LockedError struct {
	// Holder is the process that holds the lock, as it says.
	Holder, Lock string
	// Times is how many runs in a row were turned away, this one included; Since is when the first was.
	Times int
	Since time.Time
}

func (e *LockedError) Error() string {
	return fmt.Sprintf("%v (%s, process %s)", ErrLocked, e.Lock, e.Holder)
}

// Unwrap is ErrLocked.
func (e *LockedError) Unwrap() error { return ErrLocked }

// turnedAway counts a run of a timetable that found the lock taken, in a file beside it: one line each, with its
// moment. Who has the lock next removes it. Where it cannot be written, nothing is counted.
func turnedAway(lock, holder string, o *Options) error {
	now := o.Now()
	e := &LockedError{Holder: holder, Lock: lock, Times: 1, Since: now}
	if !o.Cron {
		return e
	}
	f, err := os.OpenFile(heldName(lock), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return e
	}
	defer f.Close()
	if _, err := fmt.Fprintln(f, now.Unix()); err != nil {
		return e
	}
	b, err := os.ReadFile(heldName(lock))
	if err != nil {
		return e
	}
	e.Times = 0
	for line := range bytes.Lines(b) {
		unix, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 10, 64)
		if err != nil {
			continue // a full disk may have cut it
		}
		if at := time.Unix(unix, 0).UTC(); at.Before(e.Since) {
			e.Since = at
		}
		e.Times++
	}
	e.Times = max(e.Times, 1)
	return e
}

func heldName(lock string) string { return lock + ".held" }
