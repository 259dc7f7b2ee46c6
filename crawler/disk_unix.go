//go:build linux || darwin || freebsd

package crawler

import "golang.org/x/sys/unix"

// diskRoom is what is free for us on the disk of a folder, and its size.
func diskRoom(folder string) (free, total uint64, err error) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return 0, 0, err
	}
	return uint64(s.Bavail) * uint64(s.Bsize), uint64(s.Blocks) * uint64(s.Bsize), nil //nolint:unconvert // signed on some systems
}
