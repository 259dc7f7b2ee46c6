// Command eval measures the extractor on corpora of saved pages with their truth.
// make eval runs it; docs/accuracy.md has its tables.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/dateline-go/dateline/extract/evaluate"
)

func main() {
	corpora := flag.String("corpora", "", "folder of unpacked corpora")
	sets := flag.String("sets", "fundus,wcxb,fundus_eval,scrapinghub,misinfo,daniel,big_chaos,newspaper4k,htmldate,trafilatura,wcxb_other", "sets to measure, comma separated")
	worst := flag.Int("worst", 0, "show the N pages with the lowest body F1 (never of the held-out tenth)")
	bare := flag.Bool("bare", false, "do without URL, crawl day and charset")
	predictions := flag.String("predictions", "", "folder to write the predictions to, one file a set")
	folds := flag.String("folds", "", "folder of fold models: measure cross-validated")
	heldOut := flag.Bool("held-out", false, "measure only the tenth of publishers that is kept unread")
	held := flag.Bool("floor", false, "measure the sets of floor.tsv and fail where a figure fell under it")
	dates := flag.Bool("dates", false, "measure the sources of the date of publication in place of the fields; with -worst N show N missed pages of each set")
	flag.Parse()
	opts := evaluate.Options{Worst: *worst, Bare: *bare, Predictions: *predictions, HeldOut: *heldOut}
	measure := measureFields
	if *dates {
		measure = measureDates
	}
	if err := run(*corpora, *folds, strings.Split(*sets, ","), *held, opts, measure); err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(1)
	}
}

func run(dir, folds string, sets []string, held bool, opts evaluate.Options, measure measurement) error {
	if dir == "" {
		return fmt.Errorf("no -corpora folder given")
	}
	if folds != "" {
		models, err := evaluate.LoadFolds(folds)
		if err != nil {
			return err
		}
		opts.Models = models
	}
	least, err := parseFloor(floorTable)
	if err != nil {
		return err
	}
	var under []string
	for _, set := range sets {
		if held && !least.holds(set) {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, set)); err != nil {
			fmt.Fprintf(os.Stderr, "eval: %s is not there, skipped\n", set)
			continue
		}
		report, err := measure(filepath.Join(dir, set), opts)
		if err != nil {
			return err
		}
		if held && report != nil {
			under = append(under, least.under(report)...)
		}
	}
	if len(under) > 0 {
		return fmt.Errorf("under the floor of eval/floor.tsv:\n  %s", strings.Join(under, "\n  "))
	}
	return nil
}

// A measurement prints what it finds in a corpus; the report is what the floor holds.
type measurement func(dir string, opts evaluate.Options) (*evaluate.Report, error)

func measureFields(dir string, opts evaluate.Options) (*evaluate.Report, error) {
	report, err := evaluate.Run(dir, opts)
	if err == nil {
		report.Print(os.Stdout)
	}
	return report, err
}

func measureDates(dir string, opts evaluate.Options) (*evaluate.Report, error) {
	report, err := evaluate.DateSources(dir, opts)
	if err == nil && report.Pages > 0 {
		report.Print(os.Stdout)
	}
	return nil, err
}
