package main

import (
	"time"

	"github.com/dateline-go/dateline/crawler"
	"github.com/spf13/pflag"
)

// opsFlags are the flags of dateline crawl for who runs it unattended.
type opsFlags struct {
	metrics, ping string
	minFree       int64
	rotate        crawler.Rotation
	pingAll, zstd bool
}

func (f *opsFlags) register(fl *pflag.FlagSet) {
	newFileVar(fl, &f.metrics, "metrics", "", "file for Prometheus' textfile collector, rewritten at the end of a run")
	fl.StringVar(&f.ping, "ping", "", "URL to ask when a run ended as planned (a dead man's switch)")
	fl.BoolVar(&f.pingAll, "ping-all", false, "ask also URL/start when a run begins, and URL/fail instead when it could not begin, did not end so or raised an alarm")
	sizeVar(fl, &f.minFree, "min-free", crawler.MinFree, "room to leave on the disks of state and output, and a twentieth of them; 0 for no limit")
	sizeVar(fl, &f.rotate.Size, "rotate-size", 0, "seal the output beyond this size (100MB): it gets a dated name, and a new one is begun")
	spanVar(fl, &f.rotate.Age, "rotate-age", 0, "seal the output beyond this age (24h, 7d)")
	fl.BoolVar(&f.rotate.Run, "rotate-run", false, "seal the output at the end of each run")
	fl.BoolVar(&f.zstd, "zstd", false, "compress what is sealed")
}

// apply puts the flags into the config; out is the name of the output, empty for stdout.
func (f *opsFlags) apply(c *crawler.Config, out string) error {
	c.MinFree, c.Metrics, c.Ping, c.PingAll, c.Rotate = &f.minFree, f.metrics, f.ping, f.pingAll, f.rotate
	rotates := c.Rotate != (crawler.Rotation{})
	if c.Rotate.Age > 0 && c.Rotate.Age < time.Second {
		return usageError("such as 24h or 7d", "--rotate-age is a second or more")
	}
	if rotates && out == "" {
		return usageError("name a file with -o", "stdout cannot be rotated")
	}
	if f.pingAll && f.ping == "" {
		return usageError("name the address with --ping", "--ping-all without --ping")
	}
	if f.zstd && !rotates {
		return usageError("add --rotate-size, --rotate-age or --rotate-run", "--zstd compresses what a rotation seals")
	}
	return nil
}
