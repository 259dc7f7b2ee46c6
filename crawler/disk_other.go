//go:build !linux && !darwin && !freebsd

package crawler

// diskRoom knows nothing here: no room is ever found too little.
func diskRoom(string) (free, total uint64, err error) { return 0, 0, nil }
