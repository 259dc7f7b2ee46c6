package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"time"

	"github.com/dateline-go/dateline/extract/evaluate"
)

// A sheet is a page with its bytes, read before the clock runs.
type sheet struct {
	page *evaluate.Page
	body []byte
}

// A cost is what a contender took for all sheets.
type cost struct {
	times  []time.Duration // one a round
	bytes  uint64
	allocs uint64
	failed int
}

// median is the middle round: neither the luckiest nor the one that was disturbed.
func (c cost) median() time.Duration {
	t := slices.Sorted(slices.Values(c.times))
	return t[len(t)/2]
}

// measure runs each contender over all sheets, round by round in turn, so that a
// change of the machine's speed meets them all alike. It counts the time of the
// processor, so that other work on the machine does not count, with the collector's.
func measure(cs []contender, sheets []sheet, rounds int) []cost {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // else the collector works ahead on idle processors
	costs := make([]cost, len(cs))
	var before, after runtime.MemStats
	for round := range rounds + 1 {
		for i, c := range cs {
			failed := 0
			runtime.GC()
			runtime.ReadMemStats(&before)
			start := cpuTime()
			for _, s := range sheets {
				if c.run(s.page, s.body) != nil {
					failed++
				}
			}
			took := cpuTime() - start
			runtime.ReadMemStats(&after)
			if round == 0 {
				continue // tables are built and caches filled
			}
			costs[i].times = append(costs[i].times, took)
			costs[i].bytes, costs[i].allocs = after.TotalAlloc-before.TotalAlloc, after.Mallocs-before.Mallocs
			costs[i].failed = failed
		}
	}
	return costs
}

// printCosts writes the table of a set; the first contender is the unit of the ratios.
func printCosts(w io.Writer, set string, cs []contender, costs []cost, sheets []sheet) {
	size := 0
	for _, s := range sheets {
		size += len(s.body)
	}
	n := float64(len(sheets))
	fmt.Fprintf(w, "\n%s: %d pages of %.0f KB\n", set, len(sheets), float64(size)/n/1024)
	fmt.Fprintf(w, "%-24s %9s %7s %10s %7s %9s %7s %7s\n", "", "ms/page", "ratio", "KB/page", "ratio", "allocs", "ratio", "failed")
	unit := costs[0]
	for i, c := range costs {
		fmt.Fprintf(w, "%-24s %9.3f %7.2f %10.0f %7.2f %9.0f %7.2f %7d\n", cs[i].name,
			c.median().Seconds()*1e3/n, float64(c.median())/float64(unit.median()),
			float64(c.bytes)/n/1024, float64(c.bytes)/float64(unit.bytes),
			float64(c.allocs)/n, float64(c.allocs)/float64(unit.allocs), c.failed)
	}
}
