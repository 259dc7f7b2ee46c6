package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/dateline-go/dateline/extract"
	"github.com/dateline-go/dateline/extract/evaluate"
)

// kindSets are the sets that teach what an article is, and the one of other pages (docs/accuracy.md).
var kindSets = []string{"fundus", "fundus_eval", "scrapinghub", "misinfo", "wcxb", otherSet}

const otherSet = "wcxb_other"

// A kindRow is the features of one page.
type kindRow struct {
	set     string
	fold    int
	article bool
	address bool // of the page was given
	ruled   bool // refused before the sum
	values  []float64
}

// trainKind writes the weights of the page kind. models are the fold models of the blocks: a page's
// confidence is that of a model which never saw its publisher.
func trainKind(corpora string, models []*extract.Model, out string) error {
	rows, names, err := kindRows(corpora, models)
	if err != nil {
		return err
	}
	printKindFolds(rows)
	bias, weights := fitKind(rows, -1)
	var b strings.Builder
	fmt.Fprintf(&b, "bias\t%.3f\n", bias)
	for i, name := range names {
		fmt.Fprintf(&b, "%s\t%.3f\n", name, weights[i])
	}
	return os.WriteFile(out, []byte(b.String()), 0o644)
}

// kindRows extracts each page with its address and without one. Documentation is left out: much of it
// reads like an article.
func kindRows(corpora string, models []*extract.Model) (rows []kindRow, names []string, err error) {
	for _, set := range kindSets {
		pages, err := evaluate.Load(filepath.Join(corpora, set))
		if err != nil {
			return nil, nil, err
		}
		for i := range pages {
			pg := &pages[i]
			if pg.HeldOut() || pg.PageType == "documentation" {
				continue
			}
			body, err := os.ReadFile(filepath.Join(pg.Dir, pg.File))
			if err != nil {
				return nil, nil, err
			}
			fold := evaluate.FoldOf(pg.Publisher)
			for _, url := range []string{pg.URL, ""} {
				res, err := extract.Extract(extract.Input{Name: pg.ID, URL: url, Body: body, Model: models[fold], Trace: true})
				if err != nil {
					return nil, nil, fmt.Errorf("%s: %w", pg.ID, err)
				}
				row := kindRow{set: set, fold: fold, article: set != otherSet, address: url != "",
					ruled: res.Trace.KindWhy == extract.RuleTeasers || res.Trace.KindWhy == extract.RuleHollow}
				names = names[:0]
				for _, f := range res.Trace.Kind {
					row.values, names = append(row.values, f.Value), append(names, f.Feature)
				}
				rows = append(rows, row)
			}
		}
	}
	return rows, names, nil
}

// printKindFolds prints what models that never saw a page's publisher would refuse.
func printKindFolds(rows []kindRow) {
	type count struct{ refused, all int }
	counts := map[string]*count{}
	for fold := range evaluate.Folds {
		bias, weights := fitKind(rows, fold)
		for i := range rows {
			r := &rows[i]
			if r.fold != fold || !r.address {
				continue
			}
			c := counts[r.set]
			if c == nil {
				c = &count{}
				counts[r.set] = c
			}
			c.all++
			if r.ruled || bias+dot(weights, r.values) < extract.RefusedKind {
				c.refused++
			}
		}
	}
	for _, set := range kindSets {
		if c := counts[set]; c != nil {
			fmt.Printf("kind: %s: %d of %d refused (%.3f)\n", set, c.refused, c.all, float64(c.refused)/float64(c.all))
		}
	}
}

// fitKind is a logistic regression by gradient descent with momentum on standardised features, both
// classes weighing the same, without the rows of one fold (-1: with all).
func fitKind(rows []kindRow, without int) (bias float64, weights []float64) {
	const steps, momentum, decay = 250, .8, .002
	n := len(rows[0].values)
	mean, deviation := make([]float64, n), make([]float64, n)
	var in []*kindRow
	classes := map[bool]float64{}
	for i := range rows {
		if rows[i].fold != without {
			in = append(in, &rows[i])
			classes[rows[i].article]++
		}
	}
	for j := range n {
		var sum, squares float64
		for _, r := range in {
			sum += r.values[j]
			squares += r.values[j] * r.values[j]
		}
		mean[j] = sum / float64(len(in))
		if deviation[j] = math.Sqrt(max(0, squares/float64(len(in))-mean[j]*mean[j])); deviation[j] < 1e-9 {
			deviation[j] = 1
		}
	}
	w, speed, z := make([]float64, n), make([]float64, n), make([]float64, n)
	b, biasSpeed := 0.0, 0.0
	for range steps {
		gradient, biasGradient := make([]float64, n), 0.0
		for _, r := range in {
			for j := range z {
				z[j] = (r.values[j] - mean[j]) / deviation[j]
			}
			off := 1 / (1 + math.Exp(-b-dot(w, z)))
			if r.article {
				off--
			}
			off *= .5 / classes[r.article]
			biasGradient += off
			for j := range z {
				gradient[j] += off * z[j]
			}
		}
		for j := range w {
			speed[j] = momentum*speed[j] + gradient[j] + decay*w[j]
			w[j] -= speed[j]
		}
		biasSpeed = momentum*biasSpeed + biasGradient
		b -= biasSpeed
	}
	for j := range w {
		w[j] /= deviation[j]
		b -= w[j] * mean[j]
	}
	return b, w
}

func dot(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}
