package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/dateline-go/dateline/extract/evaluate"
	"github.com/dateline-go/dateline/extract/internal/body"
)

// run trains the model that is shipped and, where folds is not empty, the fold models
// and the table of the confidence.
func run(corpora, out, folds string) error {
	samples, err := read(corpora, false)
	if err != nil {
		return err
	}
	fmt.Printf("%d pages\n", len(samples))
	firsts := crossFirst(samples)
	if folds != "" {
		if err := writeFolds(samples, firsts, folds); err != nil {
			return err
		}
		if err := writeConfidence(samples, filepath.Join(filepath.Dir(out), body.ConfidenceFile)); err != nil {
			return err
		}
	}
	m := body.Model{First: boost(firstRows(samples, everyFold), firstBoosting), Second: boost(secondRows(samples, outOfFold, everyFold), secondBoosting)}
	b := m.Bytes()
	fmt.Printf("%s: %d bytes\n", out, len(b))
	return os.WriteFile(out, b, 0o644)
}

func everyFold(int) bool { return true }

// without leaves folds out.
func without(folds ...int) func(int) bool {
	return func(f int) bool {
		for _, x := range folds {
			if x == f {
				return false
			}
		}
		return true
	}
}

// outOfFold is the first pass of a model that did not see the sample's part of the publishers.
func outOfFold(s *sample) []float32 { return s.first }

// crossFirst trains the first pass without each fold, and fills the probabilities of
// each sample by the forest that did not see its part of the publishers. masked is the
// bounds of columns that must not be used, if any.
func crossFirst(samples []*sample, masked ...int) []body.Forest {
	firsts := make([]body.Forest, evaluate.Folds)
	for f := range firsts {
		t := firstRows(samples, without(f))
		if len(masked) == 2 {
			t.masked = make([]bool, t.width)
			for i := masked[0]; i < masked[1]; i++ {
				t.masked[i] = true
			}
		}
		firsts[f] = boost(t, firstBoosting)
		for _, s := range samples {
			if s.fold == f {
				s.first = predict(&firsts[f], s.First(), body.FirstFeatures)
			}
		}
	}
	return firsts
}

// nestedFirst is, by left-out fold, the probabilities of the samples of the other
// folds by forests that saw neither that fold nor theirs: what a second pass that is
// to be measured on the fold must learn from.
func nestedFirst(samples []*sample) [evaluate.Folds]map[*sample][]float32 {
	var nested [evaluate.Folds]map[*sample][]float32
	for f := range nested {
		nested[f] = map[*sample][]float32{}
	}
	for f := range evaluate.Folds {
		for g := range f {
			forest := boost(firstRows(samples, without(f, g)), firstBoosting)
			for _, s := range samples {
				switch s.fold {
				case f:
					nested[g][s] = predict(&forest, s.First(), body.FirstFeatures)
				case g:
					nested[f][s] = predict(&forest, s.First(), body.FirstFeatures)
				}
			}
		}
	}
	return nested
}

// writeFolds writes a model for each fold that saw none of its publishers, in either
// pass, and fills the probabilities of the second pass of each sample by it.
func writeFolds(samples []*sample, firsts []body.Forest, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	nested := nestedFirst(samples)
	for f := range firsts {
		inner := func(s *sample) []float32 { return nested[f][s] }
		m := body.Model{First: firsts[f], Second: boost(secondRows(samples, inner, without(f)), secondBoosting)}
		for _, s := range samples {
			if s.fold == f {
				s.second = predict(&m.Second, s.Second(s.first), body.SecondFeatures)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("fold%d.bin", f)), m.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
