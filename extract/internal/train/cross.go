package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"

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
	m := body.Model{First: boostViews(firstRows(samples, everyFold), body.FirstGroups, firstBoosting), Second: boostViews(secondRows(samples, outOfFold, everyFold), body.SecondGroups, secondBoosting)}
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
// each sample by the forest that did not see its part of the publishers. hidden are
// groups of features that must not be used, if any.
func crossFirst(samples []*sample, hidden ...string) []body.Forest {
	firsts := make([]body.Forest, evaluate.Folds)
	parallel(len(firsts), func(f int) {
		firsts[f] = boostViews(firstRows(samples, without(f)), body.FirstGroups, firstBoosting, hidden...)
		for _, s := range samples {
			if s.fold == f {
				s.first = predict(&firsts[f], s.First(), body.FirstFeatures)
			}
		}
	})
	return firsts
}

// nestedFirst is, by left-out fold, the probabilities of the samples of the other
// folds by forests that saw neither that fold nor theirs: what a second pass that is
// to be measured on the fold must learn from.
func nestedFirst(samples []*sample) [evaluate.Folds]map[*sample][]float32 {
	type pair struct{ f, g int }
	var pairs []pair
	var nested [evaluate.Folds]map[*sample][]float32
	for f := range evaluate.Folds {
		nested[f] = map[*sample][]float32{}
		for g := range f {
			pairs = append(pairs, pair{f, g})
		}
	}
	var mu sync.Mutex
	parallel(len(pairs), func(i int) {
		f, g := pairs[i].f, pairs[i].g
		forest := boostViews(firstRows(samples, without(f, g)), body.FirstGroups, firstBoosting)
		for _, s := range samples {
			if s.fold != f && s.fold != g {
				continue
			}
			p := predict(&forest, s.First(), body.FirstFeatures)
			mu.Lock()
			nested[f+g-s.fold][s] = p // that of the pair which the sample is not of
			mu.Unlock()
		}
	})
	return nested
}

// crossSecond trains the second pass without each fold. first gives what the pass without a fold learns from.
func crossSecond(samples []*sample, first func(fold int) func(*sample) []float32) []body.Forest {
	tables := make([]*table, evaluate.Folds) // one by one: a sample has room for the rows of one pass
	for f := range tables {
		tables[f] = secondRows(samples, first(f), without(f))
	}
	seconds := make([]body.Forest, len(tables))
	parallel(len(tables), func(f int) { seconds[f] = boostViews(tables[f], body.SecondGroups, secondBoosting) })
	return seconds
}

// decideBy fills the probabilities by which pages are decided, of each sample by the model that did not see its part of
// the publishers, and prints how many blocks it would decide otherwise if it asked all of its trees.
func decideBy(samples []*sample, models []body.Model) {
	blocks, otherwise := 0, 0
	for _, s := range samples {
		m := &models[s.fold]
		s.second = s.Probabilities(m)
		for i, p := range predict(&m.Second, s.Second(s.first), body.SecondFeatures) {
			blocks++
			if (p >= .5) != (s.second[i] >= .5) {
				otherwise++
			}
		}
	}
	fmt.Printf("trees left early: of %d blocks %d are decided otherwise\n", blocks, otherwise)
}

// writeFolds writes a model for each fold that saw none of its publishers, in either
// pass, and fills the probabilities of each sample by which the model decides that did not see its publisher.
func writeFolds(samples []*sample, firsts []body.Forest, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	nested := nestedFirst(samples)
	seconds := crossSecond(samples, func(f int) func(*sample) []float32 {
		return func(s *sample) []float32 { return nested[f][s] }
	})
	models := foldModels(firsts, seconds)
	decideBy(samples, models)
	for f := range models {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("fold%d.bin", f)), models[f].Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// foldModels is the models of the passes of each fold.
func foldModels(firsts, seconds []body.Forest) []body.Model {
	models := make([]body.Model, len(firsts))
	for f := range models {
		models[f] = body.Model{First: firsts[f], Second: seconds[f]}
	}
	return models
}
