package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/dateline-go/dateline/normalize"
	"github.com/spf13/cobra"
)

// A row is one input line of normalize: its string and its hints, by column name.
type row map[string]string

// normalizers are the kinds of value that normalize reads, with the columns each knows.
var normalizers = []struct {
	name, short string
	columns     []string
	answer      func(row) any
}{
	{"date", "Normalize dates", []string{"input", "lang", "country", "now", "kind"}, answerDate},
	{"byline", "Normalize credit lines", []string{"input", "lang", "publisher"}, answerByline},
	{"url", "Normalize addresses", []string{"input", "base"}, answerURL},
	{"text", "Clean text", []string{"input"}, func(r row) any {
		return struct {
			Text string `json:"text"`
		}{normalize.Text(r["input"])}
	}},
	{"language", "Tell the language of texts", []string{"input", "lang"}, answerLanguage},
}

func newNormalizeCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "normalize",
		Short: "Normalize dates, bylines, addresses, text or languages, a line at a time",
		Long: `Read lines on stdin and print one JSON object a line, in order, also for lines
that give nothing. With --tsv the first line names the columns; fields are parted
by tabs and taken as they are, without quoting.`,
		Example: `  echo '29. Mai 2021, 07:47 Uhr' | dateline normalize date --lang de
  echo 'By ANN BEE and Cy Dee' | dateline normalize byline`,
	}
	for _, n := range normalizers {
		flags, tsv := map[string]*string{}, false
		sub := &cobra.Command{
			Use: n.name, Short: n.short, Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				base := row{}
				for name, v := range flags {
					base[name] = *v
				}
				return normalizeLines(cmd.InOrStdin(), cmd.OutOrStdout(), base, n.columns, tsv, n.answer)
			},
		}
		for _, c := range n.columns[1:] {
			flags[c] = sub.Flags().String(c, "", columnHelp[c])
		}
		sub.Flags().BoolVar(&tsv, "tsv", false, "the first line names the columns: "+strings.Join(n.columns, ", "))
		cmd.AddCommand(sub)
	}
	return cmd
}

var columnHelp = map[string]string{
	"lang": "language of the page", "country": "country of the publisher (ISO 3166)", "kind": "attr or text (default text)",
	"now": "reference and upper bound, RFC 3339 or a day", "publisher": "name of the house", "base": "address that links resolve against",
}

func normalizeLines(in io.Reader, out io.Writer, base row, columns []string, tsv bool, answer func(row) any) error {
	r, w := bufio.NewReader(in), bufio.NewWriter(out)
	defer w.Flush()
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	var header []string
	for {
		line, err := r.ReadString('\n')
		if line == "" && errors.Is(err, io.EOF) {
			return w.Flush()
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		line = strings.TrimSuffix(line, "\n")
		fields := row{}
		for k, v := range base {
			fields[k] = v
		}
		switch {
		case tsv && header == nil:
			header = strings.Split(line, "\t")
			for _, h := range header {
				if !slices.Contains(columns, h) {
					return usageError("columns are "+strings.Join(columns, ", "), "unknown column %q", h)
				}
			}
			continue
		case tsv:
			for i, f := range strings.Split(line, "\t") {
				if i < len(header) && (f != "" || header[i] == "input") {
					fields[header[i]] = f
				}
			}
		default:
			fields["input"] = line
		}
		if now := fields["now"]; now != "" {
			if _, err := parseNow(now); err != nil {
				return usageError("give RFC 3339 or a day", "bad now %q", now)
			}
		}
		if err := enc.Encode(answer(fields)); err != nil {
			return err
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
}

func parseNow(s string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return t, fmt.Errorf("neither RFC 3339 nor a day: %q", s)
	}
	return t.Add(24*time.Hour - time.Second), nil
}

func answerDate(r row) any {
	h := normalize.DateHints{Lang: r["lang"], Country: r["country"], Machine: r["kind"] == "attr"}
	if r["now"] != "" {
		h.Now, _ = parseNow(r["now"])
	}
	return normalize.DateAnswer(r["input"], h)
}

func answerByline(r row) any {
	type contributor struct {
		Name string `json:"name"`
		Kind string `json:"kind"`
		Role string `json:"role"`
	}
	out := struct {
		Authors      []string      `json:"authors"`
		Contributors []contributor `json:"contributors"`
		Agency       *string       `json:"agency"`
	}{Authors: []string{}, Contributors: []contributor{}}
	for _, c := range normalize.Byline(r["input"], normalize.BylineHints{Lang: r["lang"], Publisher: r["publisher"]}) {
		out.Contributors = append(out.Contributors, contributor{c.Name, c.Kind, c.Role})
		if c.Kind == "person" && c.Role == "writer" {
			out.Authors = append(out.Authors, c.Name)
		}
		if c.Kind == "agency" && out.Agency == nil {
			out.Agency = &c.Name
		}
	}
	return out
}

func answerURL(r row) any {
	out := struct {
		URL *string `json:"url"`
		Key *string `json:"key"`
	}{}
	if u := normalize.URL(r["input"], r["base"]); u != "" {
		k := normalize.URLKey(u)
		out.URL, out.Key = &u, &k
	}
	return out
}

func answerLanguage(r row) any {
	var declared []string
	if r["lang"] != "" {
		declared = []string{r["lang"]}
	}
	v := normalize.Language(r["input"], normalize.LanguageHints{Declared: declared})
	null := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	return struct {
		Language  *string `json:"language"`
		Direction *string `json:"direction"`
		Script    *string `json:"script"`
		Source    *string `json:"source"`
	}{null(v.Tag), null(v.Direction), null(v.Script), null(v.Source)}
}
