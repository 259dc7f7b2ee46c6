//go:build !unix

package output

import "os"

// lock does nothing where there is no flock: a lock file would outlive a crash.
func lock(*os.File) error { return nil }
