package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract"
	"github.com/dateline-go/dateline/internal/spell"
	"github.com/dateline-go/dateline/internal/whole"
	"github.com/dateline-go/dateline/normalize"
	"github.com/dateline-go/dateline/output"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// extractFlags are the flags of dateline extract.
type extractFlags struct {
	url, charset, index string
	format, out         string
	fields              []string
	jobs                int
	maxBytes            int64
	siteMemory          string
	errors, trace       string
}

func newExtractCmd() *cobra.Command {
	var f extractFlags
	cmd := &cobra.Command{
		Use:   "extract [INPUT...]",
		Short: "Turn saved pages into records",
		Long: `Turn saved pages into records, one line of JSON each, in the order of the inputs.

An INPUT is a file (.html .htm .xhtml .txt .mhtml, plain or packed as .gz or .zst),
a folder, a glob, or - for stdin. A page that is no article gives a record all the
same; its page_kind says so.

With --site-memory a block that a site repeats on its articles, an appeal for donations
say, is taken out of their text. FILE holds what the latest 64 articles of each site had,
as hashes; it is made where there is none. All inputs are read twice: first FILE learns
from those that are articles and say their address, in their order, then each is
extracted with what is known of the others of its site. --jobs does not change that.

Exit status: 0 all inputs gave a record, 3 no input matched or the one page given
is no article, 4 some inputs failed (each is named on stderr and in --errors).`,
		Example: `  dateline extract page.html
  dateline extract saved/ --fields title,authors,published,text
  curl -s https://news.example/a | dateline extract - --url https://news.example/a
  dateline extract --index pages.jsonl --jobs 8 -o records.jsonl
  dateline extract --site-memory sites.jsonl saved/news.example/`,
		RunE: func(cmd *cobra.Command, args []string) error { return runExtract(cmd, args, &f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.url, "url", "", "address of the page (for one input)")
	fl.StringVar(&f.charset, "charset", "", "encoding of the pages, over all evidence")
	fl.StringVar(&f.index, "index", "", "JSON lines with file, url, fetched_at, content_type: the inputs and what is known of them")
	fl.StringVar(&f.format, "format", "jsonl", "form of the output: jsonl, json, csv, md or txt")
	fl.StringSliceVar(&f.fields, "fields", nil, "keys to print, in that order (default all)")
	countVar(fl, &f.jobs, "jobs", "j", runtime.GOMAXPROCS(0), 1, "pages worked on at once; does not change the output")
	newFileVar(fl, &f.out, "output", "o", "file to write, beside and renamed when whole (default stdout)")
	newFileVar(fl, &f.errors, "errors", "", "file for a line of JSON for each input that failed")
	newFileVar(fl, &f.trace, "trace", "", "file for a line of JSON for each page: how its record came about")
	newFileVar(fl, &f.siteMemory, "site-memory", "", "file of what sites repeat on their pages: learned from the inputs, and used for them")
	sizeVar(fl, &f.maxBytes, "max-bytes", maxInput, "largest input, packed or not")
	complete(cmd, "format", output.Formats())
	complete(cmd, "fields", dateline.FieldNames())
	return cmd
}

func runExtract(cmd *cobra.Command, args []string, f *extractFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	ins, err := extractInputs(cmd, args, f)
	if err != nil {
		return err
	}
	if err := f.keepApart(ins); err != nil {
		return err
	}
	w, err := openOutputs(cmd, f)
	if err != nil {
		return err
	}
	defer w.abort()
	ctx, got, stop := catchSignals(cmd.Context())
	defer stop()
	memory, tally, err := extractTo(ctx, cmd.InOrStdin(), ins, f, w)
	if s := got(); s != nil {
		w.status.clear()
		return errors.Join(w.records.Close(), stoppedBy(s)) // what went to stdout is whole; a file gets no name
	}
	if err != nil {
		return err
	}
	if err := w.close(); err != nil {
		return err
	}
	if memory != nil {
		if err := memory.save(); err != nil {
			return &exitError{exitInternal, fmt.Errorf("write the site memory: %w", err), ""}
		}
	}
	w.status.end(tally.String())
	return tally.exit(len(ins))
}

// extractInputs is the inputs that arguments and flags name, or why there are none.
func extractInputs(cmd *cobra.Command, args []string, f *extractFlags) ([]input, error) {
	if f.index != "" && len(args) > 0 {
		return nil, usageError("name the inputs in the index, or leave --index out", "--index and inputs exclude each other")
	}
	var ins []input
	var err error
	switch {
	case f.index != "":
		ins, err = readIndex(f.index)
	case len(args) == 0:
		if in, ok := cmd.InOrStdin().(*os.File); ok && term.IsTerminal(int(in.Fd())) {
			_ = cmd.Help()
			return nil, &exitError{code: exitUsage}
		}
		ins, err = gather([]string{"-"})
	default:
		ins, err = gather(args)
	}
	if err != nil {
		return nil, err
	}
	if len(ins) == 0 {
		return nil, &exitError{exitNothing, fmt.Errorf("no input matched: %s", cmp.Or(strings.Join(args, " "), f.index)), "extract reads .html .htm .xhtml .txt .mhtml, each also as .gz or .zst"}
	}
	if f.url != "" {
		if len(ins) > 1 {
			return nil, usageError("use --index for several pages", "--url is for one input, %d matched", len(ins))
		}
		ins[0].known.URL = f.url
	}
	return ins, nil
}

func unknownCharset(label string) error {
	return usageError("use a name like utf-8, windows-1251 or gb18030", "unknown --charset %q", label)
}

// check refuses values of flags that no input could be read with.
func (f *extractFlags) check() error {
	switch {
	case f.maxBytes < 1:
		return usageError("leave it out for 64 MB", "--max-bytes must be 1 or more")
	case f.charset != "" && !extract.KnownCharset(f.charset):
		return unknownCharset(f.charset)
	case f.url != "" && normalize.URL(f.url, "") == "":
		return notAnAddress("url", f.url)
	case len(f.fields) > 0 && (f.format == "md" || f.format == "txt"):
		return usageError("use jsonl, json or csv", "--fields picks keys of a record; --format %s has none", f.format)
	}
	return checkFields(f.fields)
}

// keepApart refuses to write to one file for two purposes, or over an input.
func (f *extractFlags) keepApart(ins []input) error {
	read := []use{{"--index", f.index}}
	for _, in := range ins {
		if in.path != "-" {
			read = append(read, use{"an input", in.path})
		}
	}
	return keepApart([]use{{"--output", f.out}, {"--errors", f.errors}, {"--trace", f.trace}, {"--site-memory", f.siteMemory}}, read)
}

// A tally counts what became of the inputs.
type tally struct{ records, articles, failed int }

func (t tally) String() string {
	return fmt.Sprintf("%d records, %d of them articles, %d failed", t.records, t.articles, t.failed)
}

func (t tally) exit(inputs int) error {
	switch {
	case t.failed > 0:
		return &exitError{code: exitPartial}
	case inputs == 1 && t.articles == 0:
		return &exitError{exitNothing, errors.New("the page is no article"), "its record says what it is in page_kind"}
	}
	return nil
}

// A pageResult is what one input gave.
type pageResult struct {
	name string
	res  extract.Result
	err  error
}

// extractTo extracts the inputs to w, after a rehearsal where there is a memory of sites.
func extractTo(ctx context.Context, stdin io.Reader, ins []input, f *extractFlags, w *outputs) (memory *memoryFile, t tally, err error) {
	if f.siteMemory != "" {
		if memory, err = readMemory(f.siteMemory); err != nil {
			return nil, t, err
		}
		if stdin, err = memory.rehearse(ctx, stdin, ins, f, func(done int, name string) { w.status.show(done, len(ins), name) }); err != nil {
			return nil, t, err
		}
	}
	err = extractAll(ctx, stdin, ins, f, func(r pageResult) error {
		if err := w.write(r, &t); err != nil {
			return err
		}
		w.status.show(t.records+t.failed, len(ins), r.name)
		return nil
	})
	return memory, t, err
}

// extractAll works the inputs with f.jobs workers and hands results on in the
// order of the inputs. It holds at most a few results a worker.
func extractAll(ctx context.Context, stdin io.Reader, ins []input, f *extractFlags, each func(pageResult) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	slots := make(chan chan pageResult, 2*f.jobs)
	work := make(chan func(), f.jobs)
	for range f.jobs {
		go func() {
			for job := range work {
				job()
			}
		}()
	}
	go func() {
		defer close(slots)
		defer close(work)
		for _, in := range ins {
			slot := make(chan pageResult, 1)
			select {
			case slots <- slot:
			case <-ctx.Done():
				return
			}
			work <- func() { slot <- extractOne(stdin, in, f) }
		}
	}()
	for slot := range slots {
		select {
		case r := <-slot:
			if err := each(r); err != nil {
				return err
			}
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

func extractOne(stdin io.Reader, in input, f *extractFlags) pageResult {
	name := in.path
	body, err := readInput(in.path, stdin, f.maxBytes)
	if err != nil {
		return pageResult{name: name, err: err}
	}
	res, err := extract.Extract(extract.Input{
		Name: name, URL: in.known.URL, Body: body, Format: in.format, Charset: f.charset,
		ContentType: in.known.ContentType, Fetched: in.known.fetched, Trace: f.trace != "", Memory: in.memory,
	})
	return pageResult{name, res, err}
}

// outputs are the places where results go.
type outputs struct {
	records       *output.Writer
	file          *whole.File    // nil for stdout
	errors, trace *os.File       // nil where not asked for
	cmd           *cobra.Command // whose stderr names what failed
	log           *slog.Logger
	status        *statusLine
}

func openOutputs(cmd *cobra.Command, f *extractFlags) (w *outputs, err error) {
	w = &outputs{cmd: cmd}
	defer func() {
		if err != nil {
			w.abort()
		}
	}()
	if w.log, err = newLogger(cmd, cmd.ErrOrStderr()); err != nil {
		return w, err
	}
	dst := cmd.OutOrStdout()
	if f.out != "" {
		if w.file, err = whole.Create(f.out); err != nil {
			return w, &exitError{exitInternal, err, ""}
		}
		dst = w.file
	}
	if w.records, err = output.NewWriter(dst, f.format, f.fields); err != nil {
		return w, usageError("use jsonl, json, csv, md or txt", "%w", err)
	}
	for _, x := range []struct {
		path string
		file **os.File
	}{{f.errors, &w.errors}, {f.trace, &w.trace}} {
		if x.path != "" {
			if *x.file, err = os.Create(x.path); err != nil {
				return w, &exitError{exitInternal, err, ""}
			}
		}
	}
	quiet, _ := cmd.Flags().GetBool("quiet")
	w.status = newStatusLine(cmd.ErrOrStderr(), quiet)
	return w, nil
}

func checkFields(fields []string) error {
	known := dateline.FieldNames()
	for _, n := range fields {
		if slices.Contains(known, n) {
			continue
		}
		hint := "dateline schema lists the keys of a record"
		if meant := spell.Nearest(n, known); meant != "" {
			hint = "did you mean " + meant + "?"
		}
		return usageError(hint, "unknown field %q", n)
	}
	return nil
}

// write hands one result on: the record to the output, a failure to stderr and --errors.
func (w *outputs) write(r pageResult, t *tally) error {
	if r.err != nil {
		t.failed++
		w.status.clear()
		complain(w.cmd, fmt.Errorf("%s: %w", r.name, r.err), "")
		return writeLine(w.errors, struct {
			Input string `json:"input"`
			Error string `json:"error"`
		}{r.name, r.err.Error()})
	}
	t.records++
	w.log.Debug("extracted", "input", r.name, "page_kind", r.res.Record.PageKind, "words", r.res.Record.WordCount, "confidence", r.res.Record.Quality.Confidence)
	if r.res.Record.PageKind.IsArticle() {
		t.articles++
	}
	if err := w.records.Write(r.res.Record); err != nil {
		return err
	}
	if r.res.Trace == nil {
		return nil
	}
	return writeLine(w.trace, struct {
		Input string         `json:"input"`
		Trace *extract.Trace `json:"trace"`
	}{r.name, r.res.Trace})
}

func writeLine(f *os.File, v any) error {
	if f == nil {
		return nil
	}
	enc := json.NewEncoder(f)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// close finishes all outputs; only then does the output file get its name.
func (w *outputs) close() error {
	err := w.records.Close()
	for _, f := range []*os.File{w.errors, w.trace} {
		if f != nil {
			err = errors.Join(err, f.Close())
		}
	}
	if err == nil && w.file != nil {
		err = w.file.Commit()
	}
	return err
}

// abort leaves no half-written output file behind; after close it does nothing.
func (w *outputs) abort() {
	if w.file != nil {
		w.file.Abort()
	}
}
