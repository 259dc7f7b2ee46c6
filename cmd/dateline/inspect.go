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

// inspectFlags are the flags of dateline inspect.
type inspectFlags struct{ url, charset, out, config, site, memory string }

func newInspectCmd() *cobra.Command {
	var f inspectFlags
	cmd := &cobra.Command{
		Use:   "inspect INPUT",
		Short: "Show why a page gave the record it gave",
		Long: `Show each field's candidates with the one chosen and why, and what became of each block
of the page. With --config the rules of its site in a file of sites hold, so that they
can be tried on a saved page.`,
		Example: "  dateline inspect page.html --url https://news.example/a\n  dateline inspect page.html --config sites.yaml --site news.example",
		Args:    takes(1, 1, "one saved page"),
		RunE:    func(cmd *cobra.Command, args []string) error { return runInspect(cmd, args, &f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.url, "url", "", "address of the page")
	fl.StringVar(&f.charset, "charset", "", "encoding of the page, over all evidence")
	fl.StringVar(&f.config, "config", "", "sites file whose rules, language and zone hold")
	fl.StringVar(&f.site, "site", "", "with --config, the site by name or domain (default that of --url)")
	fl.StringVar(&f.memory, "site-memory", "", "file that extract --site-memory wrote: what the site repeats")
	newFileVar(fl, &f.out, "output", "o", "write a self-contained HTML page to this file instead of text")
	return cmd
}

func runInspect(cmd *cobra.Command, args []string, f *inspectFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	known, err := memoryThere(f.memory)
	if err != nil {
		return err
	}
	in, err := f.input(cmd.InOrStdin(), args)
	if err != nil {
		return err
	}
	res, err := extractWith(in, known)
	if err != nil {
		return err
	}
	if f.out == "" {
		w := bufio.NewWriter(cmd.OutOrStdout())
		printTrace(w, res)
		return w.Flush()
	}
	return writeInspection(f.out, res)
}

// check refuses values of flags that no page could be read with.
func (f *inspectFlags) check() error {
	switch {
	case f.site != "" && f.config == "":
		return usageError("name the file with --config", "--site names a site of a file of sites, and there is no --config")
	case f.config != "" && f.site == "" && f.url == "":
		return usageError("name it with --site, or the address of the page with --url", "--config holds sites, and none is named")
	case f.url != "" && normalize.URL(f.url, "") == "":
		return notAnAddress("url", f.url)
	case f.charset != "" && !extract.KnownCharset(f.charset):
		return unknownCharset(f.charset)
	}
	return nil
}

// input is the one page that the arguments name, with what flags and the file of sites say of it.
func (f *inspectFlags) input(stdin io.Reader, args []string) (in extract.Input, err error) {
	ins, err := gather(args)
	switch {
	case err != nil:
		return in, err
	case len(ins) == 0:
		return in, &exitError{exitNothing, fmt.Errorf("no input matched: %s", args[0]), "inspect reads one saved page"}
	case len(ins) > 1:
		return in, usageError("name one page", "inspect reads one page, %d matched", len(ins))
	}
	page := ins[0]
	if err := keepApart([]use{{"--output", f.out}}, []use{{"the input", page.path}, {"--site-memory", f.memory}, {"--config", f.config}}); err != nil {
		return in, err
	}
	body, err := readInput(page.path, stdin, maxInput)
	if err != nil {
		return in, &exitError{exitPartial, fmt.Errorf("%s: %w", page.path, err), ""}
	}
	in = extract.Input{Name: page.path, URL: f.url, Body: body, Format: page.format, Charset: f.charset, Trace: true}
	if f.config == "" {
		return in, nil
	}
	said, err := crawler.RulesOf(f.config, f.site, f.url)
	if err != nil {
		return in, sitesError(err)
	}
	in.Rules, in.Language, in.Zone = said.Rules, said.Language, said.Zone
	return in, nil
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
