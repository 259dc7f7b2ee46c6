package main

import (
	"math"

	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/label"
)

// The parameters of each forest of the two passes.
var (
	firstBoosting  = boosting{rounds: 120, eta: .12, lambda: 2, minChild: 3, subsample: .6, colsample: .25, seed: 7}
	secondBoosting = boosting{rounds: 120, eta: .12, lambda: 2, minChild: 3, subsample: .6, colsample: .4, seed: 11}
)

// What rows of a page are learned from: all near the body and all long blocks, of the
// rest one in farOneIn with so many times the weight.
const (
	nearBefore, nearAfter = 12, 20
	longTokens            = 15
	farOneIn              = 5
)

// optionalWeight is the weight of what a text may have or not.
const optionalWeight = .02

// rowsOf adds the rows of a sample to a table.
func (s *sample) rowsOf(t *table, rows []float32) {
	lo, hi := len(s.labels), -1
	for i, l := range s.labels {
		if l == label.Body {
			lo, hi = min(lo, i), i
		}
	}
	toks := s.Tokens()
	for i, l := range s.labels {
		w := s.weight * float32(math.Sqrt(1+float64(toks[i])))
		if (i < lo-nearBefore || i > hi+nearAfter) && toks[i] < longTokens {
			if i%farOneIn != 0 {
				continue
			}
			w *= farOneIn
		}
		y := float32(0)
		switch l {
		case label.Body:
			y = 1
		case label.Optional:
			w *= optionalWeight
		}
		t.add(rows[i*t.width:(i+1)*t.width], y, w)
	}
}

// firstRows is the table of the first pass of the folds asked for.
func firstRows(samples []*sample, with func(fold int) bool) *table {
	t := &table{width: body.FirstFeatures}
	for _, s := range samples {
		if s.weight > 0 && with(s.fold) {
			s.rowsOf(t, s.First())
		}
	}
	return t
}

// secondRows is the table of the second pass, which learns from the probabilities of a first.
func secondRows(samples []*sample, first func(*sample) []float32, with func(fold int) bool) *table {
	t := &table{width: body.SecondFeatures}
	for _, s := range samples {
		if s.weight > 0 && with(s.fold) {
			s.rowsOf(t, s.Second(first(s)))
		}
	}
	return t
}
