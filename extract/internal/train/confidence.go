package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/dateline-go/dateline/extract/evaluate"
)

// goodBody is the body F1 from which a body counts as good; the confidence is how often bodies are.
const goodBody = .95

// A judged page is what the model expected of its body, and what came of it.
type judgedPage struct{ expected, f1 float64 }

func (j judgedPage) good() float64 {
	if j.f1 >= goodBody {
		return 1
	}
	return 0
}

// judge decides each page by models that did not see its publisher; rising by what they expected.
func judge(samples []*sample) []judgedPage {
	out := make([]judgedPage, len(samples))
	parallel(len(samples), func(i int) {
		c := samples[i].Decide(samples[i].second)
		score := evaluate.Score(samples[i].truth, &evaluate.Prediction{Text: textOf(samples[i], c.Keep)})
		out[i] = judgedPage{c.Expected, score["body.f1"]}
	})
	slices.SortStableFunc(out, func(a, b judgedPage) int { return cmp.Compare(a.expected, b.expected) })
	return out
}

// A step is a run of pages of about the same expectation.
type step struct{ expected, good, n float64 }

// isotonic is the rising steps nearest to how often the pages are good (pool adjacent
// violators). Steps of fewer than the least pages are put together first, so that a
// lucky few do not make a confidence of their own.
func isotonic(pages []judgedPage, least int) []step {
	var out []step
	for i := 0; i < len(pages); i += least {
		var s step
		for _, p := range pages[i:min(i+least, len(pages))] {
			s.expected, s.good, s.n = s.expected+p.expected, s.good+p.good(), s.n+1
		}
		out = append(out, s)
		for k := len(out) - 1; k > 0 && out[k].good/out[k].n <= out[k-1].good/out[k-1].n; k-- {
			a, b := out[k-1], out[k]
			out = append(out[:k-1], step{a.expected + b.expected, a.good + b.good, a.n + b.n})
		}
	}
	return out
}

// writeConfidence writes the table that maps what a model expects of a body to the
// confidence, and prints how reliable that is.
func writeConfidence(samples []*sample, file string) error {
	pages := judge(samples)
	steps := isotonic(pages, 25)
	var b strings.Builder
	for _, s := range steps {
		fmt.Fprintf(&b, "%.4f\t%.3f\n", s.expected/s.n, s.good/s.n)
	}
	printReliability(pages, steps)
	return os.WriteFile(file, []byte(b.String()), 0o644)
}

func printReliability(pages []judgedPage, steps []step) {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "confidence\tpages\tmean F1\tF1 of .95 or more\t")
	at := 0
	for _, s := range steps {
		sum := 0.0
		for range int(s.n) {
			sum += pages[at].f1
			at++
		}
		fmt.Fprintf(w, "%.3f\t%.0f\t%.3f\t%.2f\t\n", s.good/s.n, s.n, sum/s.n, s.good/s.n)
	}
	_ = w.Flush() // to the terminal
}
