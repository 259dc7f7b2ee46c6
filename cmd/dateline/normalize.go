package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/dateline-go/dateline/normalize"
	"github.com/spf13/cobra"
	"golang.org/x/text/language"
)

// normalizeFlags are the hints that every line gets, and the form of the input.
type normalizeFlags struct {
	lang, country, now, kind string
	publisher, base          string
	explain, tsv             bool
	hints                    map[string]hintFlag // by column
}

// A lineNormalizer answers one line. It takes its hints from hint, by column name.
type lineNormalizer struct {
	name, short, long, example string
	columns                    []string // what --tsv may name
	answer                     func(input string, hint func(string) string, explain bool) (any, error)
}

func newNormalizeCmd() *cobra.Command {
	subs := make([]*cobra.Command, 0, len(lineNormalizers))
	for _, n := range lineNormalizers {
		subs = append(subs, newLineCmd(n))
	}
	return group(&cobra.Command{
		Use:   "normalize",
		Short: "Turn printed dates, bylines, URLs and text into values",
		Long: `Turn printed strings into values: lines on stdin, one JSON object a line on
stdout, in order, also for lines that give nothing.

With --tsv the first line names the columns: input and the hints that change from
line to line. There is no quoting or escaping: a field is its bytes.`,
		Example: `  echo '29 May 2021, 7.47pm' | dateline normalize date --country GB
  dateline normalize byline --lang de < bylines.txt
  dateline normalize url --base https://news.example/ < links.txt`,
	}, subs...)
}

func newLineCmd(n lineNormalizer) *cobra.Command {
	f := newNormalizeFlags()
	cmd := &cobra.Command{
		Use:     n.name,
		Short:   n.short,
		Long:    n.long + "\n\nColumns of --tsv: " + strings.Join(n.columns, " ") + ".",
		Example: n.example,
		Args:    takes(0, 0, "its lines on stdin"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return normalizeLines(n, f, cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	fl := cmd.Flags()
	for _, column := range n.columns {
		if hint, ok := f.hints[column]; ok {
			fl.StringVar(hint.value, column, "", hint.usage)
		}
	}
	fl.BoolVar(&f.explain, "explain", false, "add which rule and which hint made the value")
	fl.BoolVar(&f.tsv, "tsv", false, "read tab-separated lines; the first names the columns")
	return cmd
}

// A hintFlag is a flag that gives every line the hint that a column gives one.
type hintFlag struct {
	value *string
	usage string
}

func newNormalizeFlags() *normalizeFlags {
	f := new(normalizeFlags)
	f.hints = map[string]hintFlag{
		"lang":      {&f.lang, "language of the lines, BCP 47"},
		"country":   {&f.country, "country of the publisher, ISO 3166"},
		"now":       {&f.now, "moment of reading, RFC 3339: the reference of relative dates and the upper bound"},
		"kind":      {&f.kind, "what the line stood in: attr or text (default text)"},
		"publisher": {&f.publisher, "name of the site"},
		"base":      {&f.base, "address that relative URLs resolve against"},
	}
	return f
}

const momentHint = "use RFC 3339, as in 2026-11-23T12:00:00Z"

// check refuses values of flags that would be no hint at all.
func (f *normalizeFlags) check() error {
	if _, err := parseNow(f.now); err != nil {
		return usageError(momentHint, "--now: %v", err)
	}
	if f.kind != "" && f.kind != "text" && f.kind != "attr" {
		return usageError("use attr or text", "unknown --kind %q", f.kind)
	}
	if tag, _, _ := strings.Cut(strings.ReplaceAll(f.lang, "_", "-"), "-"); tag != "" && len(tag) != 2 && len(tag) != 3 {
		return usageError("use a tag such as de or pt-BR", "--lang %q is no language", f.lang)
	}
	if _, err := language.ParseRegion(f.country); f.country != "" && (err != nil || len(f.country) != 2) {
		return usageError("use two letters, such as DE or GB", "--country %q is no country", f.country)
	}
	if f.base != "" && normalize.URL(f.base, "") == "" {
		return notAnAddress("base", f.base)
	}
	return nil
}

// notAnAddress refuses the value of a flag that wants the address of a page.
func notAnAddress(flag, value string) error {
	return usageError("write it whole, as in https://news.example/a", "--%s %q is no web address", flag, value)
}

// value is the flag of a column.
func (f *normalizeFlags) value(column string) string {
	if hint, ok := f.hints[column]; ok {
		return *hint.value
	}
	return ""
}

// normalizeLines answers each line of in on out, flushed line by line, so that it can serve as a co-process.
func normalizeLines(n lineNormalizer, f *normalizeFlags, in io.Reader, out io.Writer) error {
	if err := f.check(); err != nil {
		return err
	}
	r, w := bufio.NewReaderSize(in, 64<<10), bufio.NewWriter(out)
	columns := []string{"input"}
	if f.tsv {
		header, err := readLine(r)
		if errors.Is(err, io.EOF) {
			return usageError("", "--tsv: the first line, which names the columns, is missing")
		}
		if err != nil {
			return err
		}
		if columns, err = tsvColumns(n, strings.TrimSuffix(header, "\r")); err != nil {
			return err
		}
	}
	first := 1
	if f.tsv {
		first = 2 // behind the names of the columns
	}
	for number := first; ; number++ {
		line, err := readLine(r)
		if errors.Is(err, io.EOF) {
			return w.Flush()
		}
		if err != nil {
			return fmt.Errorf("reading stdin: %w", err)
		}
		input, hint := line, f.value
		if f.tsv {
			input, hint = tsvFields(columns, line, f)
		}
		answer, err := n.answer(input, hint, f.explain)
		if err != nil {
			return usageError(momentHint, "line %d: %v", number, err)
		}
		if err := writeAnswer(w, answer); err != nil {
			return err
		}
	}
}

// readLine reads to the next line feed and cuts only that; a last line need not have one.
func readLine(r *bufio.Reader) (string, error) {
	line, err := r.ReadString('\n')
	if err != nil && (line == "" || !errors.Is(err, io.EOF)) {
		return "", err
	}
	return strings.TrimSuffix(line, "\n"), nil
}

// tsvColumns checks the header line.
func tsvColumns(n lineNormalizer, header string) ([]string, error) {
	columns := strings.Split(header, "\t")
	input := false
	for _, c := range columns {
		known := false
		for _, k := range n.columns {
			known = known || k == c
		}
		if !known {
			return nil, usageError("columns of "+n.name+": "+strings.Join(n.columns, " "), "--tsv: unknown column %q", c)
		}
		input = input || c == "input"
	}
	if !input {
		return nil, usageError("", "--tsv: no column is named input")
	}
	return columns, nil
}

// tsvFields splits a line by the columns. A field that is empty or missing leaves the flag's value.
func tsvFields(columns []string, line string, f *normalizeFlags) (input string, hint func(string) string) {
	fields := strings.Split(line, "\t")
	get := func(name string) string {
		for i, c := range columns {
			if c == name && i < len(fields) {
				return fields[i]
			}
		}
		return ""
	}
	return get("input"), func(name string) string {
		if v := get(name); v != "" {
			return v
		}
		return f.value(name)
	}
}

// parseNow reads a moment; a bare day is its last second, so that dates of that day are not in the future.
func parseNow(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if day, err := time.Parse(time.DateOnly, s); err == nil {
		return day.Add(24*time.Hour - time.Second), nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is no moment", s)
	}
	return t, nil
}
