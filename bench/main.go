// Command bench measures dateline beside its peers: time and memory a page as ratios
// to html.Parse on the same bytes in the same run, with the share of dates and bylines in ours, and with -accuracy the peers'
// figures in the table of eval; with -crawl a whole crawl beside bare Colly. It is a module of its own, so that the peers stay out
// of the main go.mod. make bench runs it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"

	"github.com/dateline-go/dateline/extract/evaluate"
)

func main() {
	corpora := flag.String("corpora", "", "folder of unpacked corpora")
	fixtures := flag.String("fixtures", "../fixtures/pages", "folder of pages to take where the corpora are not there")
	sets := flag.String("sets", "fundus,wcxb", "sets to measure, comma separated")
	pages := flag.Int("pages", 60, "pages of a set to time, evenly spread; 0 is all")
	rounds := flag.Int("rounds", 5, "rounds to time; the median counts")
	only := flag.String("only", "", "time the unit and the contender of this name only")
	profile := flag.String("cpuprofile", "", "write a CPU profile of the timing to this file")
	memory := flag.String("memprofile", "", "write a profile of all that was allocated to this file")
	accuracy := flag.Bool("accuracy", false, "measure the peers' accuracy instead")
	crawl := flag.Bool("crawl", false, "measure a crawl of a fake site beside bare Colly instead")
	flag.Parse()
	stop, err := startProfile(*profile)
	if err == nil {
		if *crawl {
			err = printCrawl(os.Stdout, max(1, *rounds), *only)
		} else {
			err = run(*corpora, *fixtures, strings.Split(*sets, ","), *pages, max(1, *rounds), *only, *accuracy, *profile == "")
		}
		stop()
	}
	if err == nil && *memory != "" {
		err = writeAllocs(*memory)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// startProfile profiles into a file until stop is called; "" is no profile.
func startProfile(path string) (stop func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); f.Close() }, nil
}

func writeAllocs(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := pprof.Lookup("allocs").WriteTo(f, 0); err != nil {
		return err
	}
	return f.Close()
}

func run(corpora, fixtures string, sets []string, pages, rounds int, only string, accuracy, share bool) error {
	cs := contenders()
	if only != "" {
		cs = choose(cs, only)
	}
	found := false
	for _, set := range sets {
		dir := filepath.Join(corpora, set)
		if _, err := os.Stat(filepath.Join(dir, "truth.jsonl")); corpora == "" || err != nil {
			fmt.Fprintf(os.Stderr, "bench: %s is not there, skipped\n", dir)
			continue
		}
		found = true
		if accuracy {
			if err := printAccuracy(dir, append(cs, datePeers()...)); err != nil {
				return err
			}
			continue
		}
		sheets, err := fromCorpus(dir, pages)
		if err != nil {
			return err
		}
		printCosts(os.Stdout, set, cs, measure(cs, sheets, rounds), sheets)
		if share {
			printShare(os.Stdout, sheets, rounds)
		}
	}
	switch {
	case found:
		return nil
	case accuracy:
		return errors.New("accuracy needs the corpora")
	}
	sheets, err := fromFolder(fixtures)
	if err != nil {
		return err
	}
	printCosts(os.Stdout, "fixtures (small pages: ratios mean little)", cs, measure(cs, sheets, rounds), sheets)
	return nil
}

// choose keeps the unit and the contender of a name.
func choose(cs []contender, name string) []contender {
	out := cs[:1:1]
	for _, c := range cs[1:] {
		if c.name == name {
			out = append(out, c)
		}
	}
	return out
}

// printAccuracy prints the table of eval for each peer.
func printAccuracy(dir string, cs []contender) error {
	for _, c := range cs {
		if c.predict == nil {
			continue
		}
		report, err := evaluate.Run(dir, evaluate.Options{Predict: c.predict})
		if err != nil {
			return err
		}
		report.Set = c.name + " on " + report.Set
		report.Print(os.Stdout)
	}
	return nil
}

// fromCorpus reads n pages of a corpus, evenly spread.
func fromCorpus(dir string, n int) ([]sheet, error) {
	pages, err := evaluate.Load(dir)
	if err != nil {
		return nil, err
	}
	if n <= 0 || n > len(pages) {
		n = len(pages)
	}
	sheets := make([]sheet, n)
	for i := range sheets {
		p := &pages[i*len(pages)/n]
		body, err := os.ReadFile(filepath.Join(p.Dir, p.File))
		if err != nil {
			return nil, fmt.Errorf("read a page: %w", err)
		}
		sheets[i] = sheet{p, body}
	}
	return sheets, nil
}

// fromFolder reads the pages of a folder of fixtures.
func fromFolder(dir string) ([]sheet, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.html"))
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("no pages in %s", dir)
	}
	var sheets []sheet
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read a page: %w", err)
		}
		sheets = append(sheets, sheet{&evaluate.Page{File: filepath.Base(name)}, body})
	}
	return sheets, nil
}
