package main

import (
	"bytes"
	"fmt"
	"io"
	"runtime/pprof"
	"strings"
	"time"

	"github.com/google/pprof/profile"
)

// shareTime is how long extraction is sampled for printShare, in time of the processor.
const shareTime = 10 * time.Second

// printShare prints what the normalisation of dates and bylines takes of a page, as a share of what
// parsing its HTML takes: both as samples of the same run of the whole extraction.
func printShare(w io.Writer, sheets []sheet) error {
	var b bytes.Buffer
	if err := pprof.StartCPUProfile(&b); err != nil {
		return fmt.Errorf("sample the normalisation: %w", err)
	}
	for began := cpuTime(); cpuTime()-began < shareTime; {
		for _, s := range sheets {
			_ = dateline(s.page, s.body) // a page that fails is counted by measure
		}
	}
	pprof.StopCPUProfile()
	p, err := profile.Parse(&b)
	if err != nil {
		return fmt.Errorf("sample the normalisation: %w", err)
	}
	normalising := samples(p, "github.com/dateline-go/dateline/normalize.Date", "github.com/dateline-go/dateline/normalize.Byline")
	parsing := samples(p, "golang.org/x/net/html.Parse")
	_, err = fmt.Fprintf(w, "dates and bylines: %.1f %% of html.Parse (%d samples of %d)\n", 100*float64(normalising)/float64(max(1, parsing)), normalising, parsing)
	return err
}

// samples counts the samples taken inside a function whose name begins with one of the prefixes.
func samples(p *profile.Profile, prefixes ...string) int64 {
	var n int64
	for _, s := range p.Sample {
		if within(s, prefixes) {
			n += s.Value[0]
		}
	}
	return n
}

func within(s *profile.Sample, prefixes []string) bool {
	for _, l := range s.Location {
		for _, line := range l.Line {
			for _, prefix := range prefixes {
				if strings.HasPrefix(line.Function.Name, prefix) {
					return true
				}
			}
		}
	}
	return false
}
