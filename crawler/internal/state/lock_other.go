//go:build !unix

package state

import (
	"fmt"
	"os"
)

// lock takes a file by creating it anew; a crash leaves it behind, and the operator removes it.
func lock(name string, o *Options) (unlock func() error, err error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if os.IsExist(err) {
		return nil, turnedAway(name, "unknown", o)
	}
	if err != nil {
		return nil, fmt.Errorf("lock the state: %w", err)
	}
	_ = os.Remove(heldName(name)) // those who were turned away may count anew
	return func() error {
		_ = f.Close()
		return os.Remove(name)
	}, nil
}
