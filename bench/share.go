package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/dateline-go/dateline/extract/evaluate"
	"github.com/dateline-go/dateline/internal/replay"
)

// shareRepeats is how many times a round goes over the pages: what is measured takes some
// tens of microseconds a page.
const shareRepeats = 10

// printShare prints what the normalisation of dates and bylines takes of a page, as a share of what
// parsing its HTML takes. The calls are those that the extraction of each page makes, recorded once.
func printShare(w io.Writer, sheets []sheet, rounds int) {
	calls := recordCalls(sheets)
	n := 0
	for _, c := range calls {
		n += len(c)
	}
	costs := measure([]contender{contenders()[0], {name: "normalize", run: func(pg *evaluate.Page, _ []byte) error {
		for _, again := range calls[pg] {
			again()
		}
		return nil
	}}}, slices.Repeat(sheets, shareRepeats), rounds)
	normalising, parsing := costs[1].median(), costs[0].median()
	fmt.Fprintf(w, "dates and bylines: %.2f %% of html.Parse (%.1f calls a page, %.1f µs)\n", 100*float64(normalising)/float64(parsing),
		float64(n)/float64(len(sheets)), normalising.Seconds()*1e6/float64(shareRepeats*len(sheets)))
}

// recordCalls is what the extraction of each page asks of the normalisation of dates and bylines.
func recordCalls(sheets []sheet) map[*evaluate.Page][]func() {
	calls := map[*evaluate.Page][]func(){}
	defer func() { replay.Record = nil }()
	for _, s := range sheets {
		replay.Record = func(again func()) { calls[s.page] = append(calls[s.page], again) }
		_ = dateline(s.page, s.body) // a page that fails is counted by measure
	}
	return calls
}
