package main

import (
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/dateline-go/dateline/extract/evaluate"
	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/label"
)

// ablate prints what each mechanism adds to the body: the mean F1 of each set, cross-validated by
// publisher. The groups named are left out of the first pass in turn; "all" names every one. To be
// done in minutes the second pass learns from one round of out-of-fold probabilities, not nested.
func ablate(corpora string, groups string) error {
	samples, err := read(corpora, true)
	if err != nil {
		return err
	}
	w := newScoreTable()
	w.add("blocks labelled by the truth", samples, byTruth)
	w.add("rules alone", samples, func(s *sample) []bool { return s.Rules().Keep })
	firsts := crossFirst(samples)
	w.add("first pass, p over .5", samples, func(s *sample) []bool { return over(s.first, .5) })
	w.add("first pass, expected-F cut", samples, func(s *sample) []bool { return over(s.first, s.Cut(s.first)) })
	decideBy(samples, foldModels(firsts, crossSecond(samples, func(int) func(*sample) []float32 { return outOfFold })))
	w.add("second pass, p over .5", samples, func(s *sample) []bool { return over(s.second, .5) })
	w.add("second pass, expected-F cut", samples, func(s *sample) []bool { return over(s.second, s.Cut(s.second)) })
	w.add("… comments, lone links, copies, empty headings out: as shipped", samples, func(s *sample) []bool { return s.Decide(s.second).Keep })
	for _, g := range body.FirstGroups {
		if groups == "all" || strings.Contains(","+groups+",", ","+g.Name+",") {
			crossFirst(samples, g.Name)
			w.add("first pass without "+g.Name, samples, func(s *sample) []bool { return over(s.first, s.Cut(s.first)) })
		}
	}
	return w.tab.Flush()
}

func byTruth(s *sample) []bool {
	keep := make([]bool, len(s.labels))
	for i, l := range s.labels {
		keep[i] = l == label.Body
	}
	return keep
}

func over(p []float32, cut float32) []bool {
	keep := make([]bool, len(p))
	for i := range p {
		keep[i] = p[i] >= cut
	}
	return keep
}

// A scoreTable is a line of figures for each way of choosing, a column for each set.
type scoreTable struct{ tab *tabwriter.Writer }

func newScoreTable() *scoreTable {
	t := &scoreTable{tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)}
	fmt.Fprint(t.tab, "body 4-gram F1")
	for _, set := range sets {
		fmt.Fprintf(t.tab, "\t%s", set.name)
	}
	fmt.Fprintln(t.tab, "\tsum")
	return t
}

func (t *scoreTable) add(name string, samples []*sample, keep func(*sample) []bool) {
	scores := make([]float64, len(samples))
	parallel(len(samples), func(i int) {
		s := samples[i]
		scores[i] = evaluate.Score(s.truth, &evaluate.Prediction{Text: textOf(s, keep(s))})["body.f1"]
	})
	fmt.Fprint(t.tab, name)
	total := 0.0
	for _, set := range sets {
		sum, n := 0.0, 0.0
		for i, s := range samples {
			if s.set == set.name {
				sum, n = sum+scores[i], n+1
			}
		}
		total += sum / max(n, 1)
		fmt.Fprintf(t.tab, "\t%.4f", sum/max(n, 1))
	}
	fmt.Fprintf(t.tab, "\t%.4f\n", total)
	_ = t.tab.Flush() // to the terminal
}

// textOf is the text that a choice makes of a page.
func textOf(s *sample, keep []bool) string {
	var parts []string
	for i, k := range keep {
		if k {
			parts = append(parts, s.Page().BlockText(i))
		}
	}
	return strings.Join(parts, "\n\n")
}
