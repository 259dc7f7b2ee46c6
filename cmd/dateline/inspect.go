package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"github.com/dateline-go/dateline/crawler"
	"github.com/dateline-go/dateline/extract"
	"github.com/dateline-go/dateline/extract/inspect"
	"github.com/dateline-go/dateline/internal/whole"
	"github.com/dateline-go/dateline/normalize"
	"github.com/spf13/cobra"
)

func newInspectCmd() *cobra.Command {
	var url, charset, out, config, site, memory string
	cmd := &cobra.Command{
		Use:   "inspect INPUT",
		Short: "Show why a page gave the record it gave",
		Long: `Show each field's candidates with the one chosen and why, and what became of each block
of the page. With --config the rules of its site in a file of sites hold, so that they
can be tried on a saved page.`,
		Example: "  dateline inspect page.html --url https://news.example/a\n  dateline inspect page.html --config sites.yaml --site news.example",
		Args:    takes(1, 1, "one saved page"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if site != "" && config == "" {
				return usageError("name the file with --config", "--site names a site of a file of sites, and there is no --config")
			}
			known, err := memoryThere(memory)
			if err != nil {
				return err
			}
			ins, err := gather(args)
			if err != nil {
				return err
			}
			switch {
			case len(ins) == 0:
				return &exitError{exitNothing, fmt.Errorf("no input matched: %s", args[0]), "inspect reads one saved page"}
			case len(ins) > 1:
				return usageError("name one page", "inspect reads one page, %d matched", len(ins))
			case url != "" && normalize.URL(url, "") == "":
				return notAnAddress("url", url)
			}
			if charset != "" && !extract.KnownCharset(charset) {
				return unknownCharset(charset)
			}
			body, err := readInput(ins[0].path, cmd.InOrStdin(), maxInput)
			if err != nil {
				return &exitError{exitPartial, fmt.Errorf("%s: %w", ins[0].path, err), ""}
			}
			in := extract.Input{Name: ins[0].path, URL: url, Body: body, Format: ins[0].format, Charset: charset, Trace: true}
			if config != "" {
				said, err := crawler.RulesOf(config, site, url)
				if err != nil {
					return sitesError(err)
				}
				in.Rules, in.Language, in.Zone = said.Rules, said.Language, said.Zone
			}
			res, err := extractWith(in, known)
			if err != nil {
				return err
			}
			if out == "" {
				w := bufio.NewWriter(cmd.OutOrStdout())
				printTrace(w, res)
				return w.Flush()
			}
			return writeInspection(out, res)
		},
	}
	cmd.Flags().StringVar(&url, "url", "", "address of the page")
	cmd.Flags().StringVar(&charset, "charset", "", "encoding of the page, over all evidence")
	cmd.Flags().StringVar(&config, "config", "", "sites file whose rules, language and zone hold")
	cmd.Flags().StringVar(&site, "site", "", "with --config, the site by name or domain (default that of --url)")
	cmd.Flags().StringVar(&memory, "site-memory", "", "file that extract --site-memory wrote: what the site repeats")
	newFileVar(cmd.Flags(), &out, "output", "o", "write a self-contained HTML page to this file instead of text")
	return cmd
}

// memoryThere reads a memory file that must be there, for nothing is learned: a name that is mistyped is
// told. Without a name it is nil.
func memoryThere(path string) (*memoryFile, error) {
	if path == "" {
		return nil, nil
	}
	if _, err := os.Stat(path); err != nil {
		return nil, usageError("name a file that extract --site-memory wrote", "read the site memory: %w", err)
	}
	return readMemory(path)
}

// extractWith extracts a page with what a memory file, nil for none, knows of its site.
func extractWith(in extract.Input, known *memoryFile) (extract.Result, error) {
	res, err := extract.Extract(in)
	if err != nil {
		return res, &exitError{exitPartial, fmt.Errorf("%s: %w", in.Name, err), ""}
	}
	if known == nil {
		return res, nil
	}
	if in.Memory = known.of(res.Record.URL); in.Memory == nil {
		return res, nil
	}
	return extract.Extract(in) // it was read once already
}

// writeInspection writes the page beside its name first, so that a failure leaves no half of one.
func writeInspection(path string, res extract.Result) error {
	f, err := whole.Create(path)
	if err != nil {
		return fmt.Errorf("write the inspection: %w", err)
	}
	defer f.Abort()
	if err := inspect.HTML(f, res); err != nil {
		return err
	}
	if err := f.Commit(); err != nil {
		return fmt.Errorf("write the inspection: %w", err)
	}
	return nil
}

func printTrace(w io.Writer, res extract.Result) {
	t := res.Trace
	fmt.Fprintf(w, "%s: %s, confidence %.2f, charset %s (%s)\n", res.Record.Source.Input, res.Record.PageKind, res.Record.Quality.Confidence, t.Charset, t.CharsetEvidence)
	var silent []string
	for _, f := range t.Fields {
		if len(f.Candidates) == 0 {
			silent = append(silent, f.Field)
			continue
		}
		fmt.Fprintf(w, "\n%s\n", f.Field)
		for _, c := range f.Candidates {
			mark := " "
			if c.Chosen {
				mark = "*"
			}
			fmt.Fprintf(w, "  %s %-28s %s  (%s)\n", mark, c.Rule, short(c.Value, 90), c.Why)
		}
	}
	if len(silent) > 0 {
		fmt.Fprintf(w, "\nno source speaks of: %s\n", strings.Join(silent, ", "))
	}
	fmt.Fprintf(w, "\npage kind: %s\n", t.KindWhy)
	if len(t.Kind) > 0 {
		fmt.Fprintf(w, "    %+.2f  to begin with\n", t.KindBias)
	}
	for _, k := range t.Kind {
		if k.Value != 0 {
			fmt.Fprintf(w, "    %+.2f  %s (%.2f)\n", k.Weight*k.Value, k.Feature, k.Value)
		}
	}
	fmt.Fprintf(w, "\nblocks\n")
	for _, b := range t.Blocks {
		mark := "-"
		if b.Kept {
			mark = "+"
		}
		fmt.Fprintf(w, "  %s %.2f %-10s %s\n", mark, b.Probability, cmp.Or(b.Role, b.Field), short(b.Text, 100))
		fmt.Fprintf(w, "    %s%s\n", b.Why, heaviest(b.Weights, 3))
	}
}

// heaviest is the n heaviest weights of each pass, in words, without those that read as nothing.
func heaviest(ws []extract.WeightTrace, n int) string {
	var out strings.Builder
	for pass, name := range []string{2: "second pass", 1: "first pass"} {
		var top []string
		for _, x := range ws {
			if x.Pass == pass && len(top) < n && math.Abs(x.Weight) >= .05 {
				top = append(top, fmt.Sprintf("%s %+.1f", x.Feature, x.Weight))
			}
		}
		if len(top) > 0 {
			out.WriteString("; " + name + ": " + strings.Join(top, ", "))
		}
	}
	return out.String()
}

func short(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}
