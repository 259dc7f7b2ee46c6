package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dateline-go/dateline/crawler"
	"github.com/spf13/pflag"
)

// opsFlags are the flags of dateline crawl for who runs it unattended.
type opsFlags struct {
	metrics, ping, minFree, rotateSize, rotateAge string
	pingAll, rotateRun, zstd                      bool
}

func (f *opsFlags) register(fl *pflag.FlagSet) {
	fl.StringVar(&f.metrics, "metrics", "", "file for Prometheus' textfile collector, rewritten when a run ended as planned")
	fl.StringVar(&f.ping, "ping", "", "URL to ask when a run ended as planned (a dead man's switch)")
	fl.BoolVar(&f.pingAll, "ping-all", false, "ask also URL/start when a run begins, and URL/fail instead when it failed or raised an alarm")
	fl.StringVar(&f.minFree, "min-free", "2GB", "room to leave on the disks of state and output, and a twentieth of them; 0 for no limit")
	fl.StringVar(&f.rotateSize, "rotate-size", "", "seal the output under a dated name beyond this size (100MB), and begin it anew")
	fl.StringVar(&f.rotateAge, "rotate-age", "", "seal it beyond this age (24h, 7d)")
	fl.BoolVar(&f.rotateRun, "rotate-run", false, "seal it at the end of each run")
	fl.BoolVar(&f.zstd, "zstd", false, "compress what is sealed")
}

// apply puts the flags into the config; out is the name of the output, empty for stdout.
func (f *opsFlags) apply(c *crawler.Config, out string) error {
	free, err := parseSize(f.minFree)
	if err != nil {
		return usageError("a size is a number with KB, MB or GB: 2GB", "--min-free: %v", err)
	}
	c.MinFree, c.Metrics, c.Ping, c.PingAll = &free, f.metrics, f.ping, f.pingAll
	c.Rotate.Run = f.rotateRun
	if f.rotateSize != "" {
		if c.Rotate.Size, err = parseSize(f.rotateSize); err != nil {
			return usageError("a size is a number with KB, MB or GB: 100MB", "--rotate-size: %v", err)
		}
	}
	if f.rotateAge != "" {
		if c.Rotate.Age, err = parseAge(f.rotateAge); err != nil || c.Rotate.Age < time.Second {
			return usageError("an age is a number with d, h or m: 7d", "--rotate-age %q is none", f.rotateAge)
		}
	}
	rotates := c.Rotate != (crawler.Rotation{})
	if rotates && out == "" {
		return usageError("name a file with -o", "stdout cannot be rotated")
	}
	if f.zstd && !rotates {
		return usageError("add --rotate-size, --rotate-age or --rotate-run", "--zstd compresses what a rotation seals")
	}
	return nil
}

// parseSize reads a number of bytes with a unit: 1024 of each make one of the next.
func parseSize(s string) (int64, error) {
	num := strings.TrimRight(s, "KMGTiBbkmgt")
	n, err := strconv.ParseFloat(num, 64)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%q is no size", s)
	}
	unit := strings.ToUpper(strings.TrimSuffix(strings.TrimSuffix(strings.ToUpper(s[len(num):]), "B"), "I"))
	shift, ok := map[string]uint{"": 0, "K": 10, "M": 20, "G": 30, "T": 40}[unit]
	if !ok {
		return 0, fmt.Errorf("%q has no unit that is known", s)
	}
	return int64(n * float64(int64(1)<<shift)), nil
}
