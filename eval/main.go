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
	memory := flag.Int("memory", 0, "measure what the memory of a site brings to pages whose publisher has at least N others in place of the fields; with -worst N show N pages that it moved")
	flag.Parse()
	opts := evaluate.Options{Worst: *worst, Bare: *bare, Predictions: *predictions, HeldOut: *heldOut}
	err := load(*corpora, *folds, &opts)
	if err == nil {
		all := strings.Split(*sets, ",")
		names := present(*corpora, all)
		switch {
		case len(names) == 0:
			err = fmt.Errorf("there is no set in %s", *corpora)
		case *dates:
			err = runDates(*corpora, names, opts)
		case *memory > 0:
			err = runMemory(*corpora, names, *memory, opts)
		default:
			err = run(*corpora, all, names, *held, opts)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(1)
	}
}

// load checks the folder of the corpora and reads the fold models, where there are any.
func load(dir, folds string, opts *evaluate.Options) error {
	if dir == "" {
		return fmt.Errorf("no -corpora folder given")
	}
	if folds == "" {
		return nil
	}
	models, err := evaluate.LoadFolds(folds)
	opts.Models = models
	return err
}

// present is the sets that are there.
func present(dir string, sets []string) []string {
	var out []string
	for _, set := range sets {
		if _, err := os.Stat(filepath.Join(dir, set)); err != nil {
			fmt.Fprintf(os.Stderr, "eval: %s is not there, skipped\n", set)
			continue
		}
		out = append(out, set)
	}
	return out
}

// run measures the fields of the sets that are there; held keeps to those of the floor, of which none that was asked for may be missing.
func run(dir string, asked, sets []string, held bool, opts evaluate.Options) error {
	least, err := parseFloor(floorTable)
	if err != nil {
		return err
	}
	if gone := least.gone(asked, sets); held && len(gone) > 0 {
		return fmt.Errorf("the floor cannot be held: %s not in %s", strings.Join(gone, ", "), dir)
	}
	var under []string
	for _, set := range sets {
		if held && !least.holds(set) {
			continue
		}
		report, err := evaluate.Run(filepath.Join(dir, set), opts)
		if err != nil {
			return err
		}
		report.Print(os.Stdout)
		if held {
			under = append(under, least.under(report)...)
		}
	}
	if len(under) > 0 {
		return fmt.Errorf("under the floor of eval/floor.tsv:\n  %s", strings.Join(under, "\n  "))
	}
	return nil
}

// runDates measures the sources of the date of publication, in one table over all sets.
func runDates(dir string, sets []string, opts evaluate.Options) error {
	var reports []*evaluate.DateReport
	for _, set := range sets {
		report, err := evaluate.DateSources(filepath.Join(dir, set), opts)
		if err != nil {
			return err
		}
		if report.Pages > 0 {
			report.PrintMisses(os.Stdout)
			reports = append(reports, report)
		}
	}
	evaluate.PrintDateSources(os.Stdout, reports)
	return nil
}

// runMemory measures what the memory of a site brings, in one table over all sets.
func runMemory(dir string, sets []string, others int, opts evaluate.Options) error {
	var reports []*evaluate.MemoryReport
	for _, set := range sets {
		report, err := evaluate.Memory(filepath.Join(dir, set), others, opts)
		if err != nil {
			return err
		}
		if report.Pages > 0 {
			report.PrintMoved(os.Stdout)
			reports = append(reports, report)
		}
	}
	evaluate.PrintMemory(os.Stdout, reports)
	return nil
}
