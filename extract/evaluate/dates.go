package evaluate

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dateline-go/dateline/extract"
)

// A DateSource says what one source of the date of publication is worth: alone, and
// where the record took its date from it.
type DateSource struct {
	Rule string
	// Given counts the pages where the source has a day; Right where its first is the truth's.
	Given, Right int
	// Chosen counts the pages whose record takes its date from the source; ChosenRight where that day is the truth's.
	Chosen, ChosenRight int
}

// A DateReport is the sources of the date of publication in one corpus.
type DateReport struct {
	Set     string
	Pages   int
	Sources []DateSource
	// Found counts the pages where some source has the truth's day: what no choice can exceed.
	Found int
	// Given and Right count the records with a date and those with the right day.
	Given, Right int
	misses       []dateMiss
}

type dateMiss struct {
	page       *Page
	got, from  string
	candidates []extract.CandidateTrace
}

// DateSources extracts every page of the corpus in dir whose truth has a date and
// holds each candidate of the trace against it.
func DateSources(dir string, opts Options) (*DateReport, error) {
	pages, err := Load(dir)
	if err != nil {
		return nil, err
	}
	rep := &DateReport{Set: filepath.Base(dir)}
	rows := map[string]*DateSource{}
	for i := range pages {
		p := &pages[i]
		if p.Truth.Published == "" || opts.HeldOut && !p.HeldOut() {
			continue
		}
		res, err := extractPage(p, &opts, true)
		if err != nil {
			return nil, fmt.Errorf("date sources of %s: %w", p.ID, err)
		}
		rep.add(p, &res, rows)
	}
	for _, row := range rows {
		rep.Sources = append(rep.Sources, *row)
	}
	slices.SortFunc(rep.Sources, func(a, b DateSource) int {
		return cmp.Or(b.Given-a.Given, cmp.Compare(a.Rule, b.Rule))
	})
	if len(rep.misses) > opts.Worst {
		rep.misses = rep.misses[:opts.Worst]
	}
	return rep, nil
}

func (rep *DateReport) add(p *Page, res *extract.Result, rows map[string]*DateSource) {
	rep.Pages++
	right := sameDay(p.Truth.Published, res.Record.Published) == 1
	if res.Record.Published != "" {
		rep.Given++
	}
	if right {
		rep.Right++
	}
	var candidates []extract.CandidateTrace
	for _, f := range res.Trace.Fields {
		if f.Field == "published" {
			candidates = f.Candidates
		}
	}
	seen, found := map[string]bool{}, false
	for _, c := range candidates {
		if len(c.Value) < len("2006-01-02") {
			continue
		}
		row := rows[c.Rule]
		if row == nil {
			row = &DateSource{Rule: c.Rule}
			rows[c.Rule] = row
		}
		hit := sameDay(p.Truth.Published, c.Value) == 1
		found = found || hit
		if !seen[c.Rule] {
			seen[c.Rule] = true
			row.Given++
			row.Right += int(truth01(hit))
		}
		if c.Chosen {
			row.Chosen++
			row.ChosenRight += int(truth01(right))
		}
	}
	if found {
		rep.Found++
	}
	if !right && !p.HeldOut() {
		rep.misses = append(rep.misses, dateMiss{p, res.Record.Published, res.Record.Provenance["published"], candidates})
	}
}

// Print writes the table of the sources, then the missed pages that were asked for.
func (rep *DateReport) Print(w io.Writer) {
	fmt.Fprintf(w, "\n| %s, %d pages | given | right | chosen | right |\n| --- | --- | --- | --- | --- |\n", rep.Set, rep.Pages)
	for _, s := range rep.Sources {
		fmt.Fprintf(w, "| %s | %d | %d | %d | %d |\n", s.Rule, s.Given, s.Right, s.Chosen, s.ChosenRight)
	}
	fmt.Fprintf(w, "| some source | | %d | | |\n| the record | | | %d | %d |\n", rep.Found, rep.Given, rep.Right)
	for _, m := range rep.misses {
		kind := "wrong"
		if m.got == "" {
			kind = "missing"
		}
		fmt.Fprintf(w, "\n%s %s\n  %s\n  %s: truth %s, got %q (%s), crawled %s\n", rep.Set, m.page.ID, m.page.URL, kind, m.page.Truth.Published, m.got, m.from, m.page.Crawled)
		for _, c := range m.candidates {
			raw := strings.ReplaceAll(c.Raw, "\n", " ")
			if len(raw) > 120 {
				raw = strings.ToValidUTF8(raw[:120], "") + "…"
			}
			mark := " "
			if sameDay(m.page.Truth.Published, c.Value) == 1 {
				mark = "+"
			}
			fmt.Fprintf(w, "  %s %-28s %-26s %q (%s)\n", mark, c.Rule, c.Value, raw, c.Why)
		}
	}
}
