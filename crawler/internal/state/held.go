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

// turnedAway counts a run that found the lock taken, in a file beside it: one line each, with its moment.
// The next run that has the lock removes it. Where it cannot be written, nothing is counted.
func turnedAway(lock, holder string, now time.Time) error {
	e := &LockedError{Holder: holder, Lock: lock, Times: 1, Since: now}
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
	lines := bytes.Fields(b)
	e.Times = max(len(lines), 1)
	if first, err := strconv.ParseInt(string(lines[0]), 10, 64); err == nil {
		e.Since = time.Unix(first, 0).UTC()
	}
	return e
}

func heldName(lock string) string { return lock + ".held" }
