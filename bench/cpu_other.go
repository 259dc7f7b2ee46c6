//go:build !unix

package main

import "time"

var began = time.Now()

// cpuTime is the time that has passed, where the system is not asked for that of the processor.
func cpuTime() time.Duration { return time.Since(began) }
