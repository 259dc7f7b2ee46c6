package body

import "github.com/dateline-go/dateline/extract/internal/page"

// The widths of the rows of the two passes.
const (
	FirstFeatures  = firstFeatures
	SecondFeatures = secondFeatures
)

// A Sample is one page as the passes of the model see it; training and measuring read pages so.
type Sample struct {
	m    *measured
	like *likeness
}

// NewSample measures a page.
func NewSample(p *page.Page, k Known) *Sample {
	s := &Sample{m: new(measured)} // not pooled: the caller keeps the rows
	s.m.scan.read(p)
	s.like = liken(p, k, &s.m.scan)
	rules, kinds := byRules(p, s.like)
	s.m.measure(p, k, s.like, rules, kinds)
	return s
}

// Page is the page that was measured.
func (s *Sample) Page() *page.Page { return s.m.p }

// Tokens is how many words each block has.
func (s *Sample) Tokens() []float32 { return s.m.toks }

// First is the rows of the first pass.
func (s *Sample) First() []float32 { return s.m.rows }

// Second is the rows of the second pass for all blocks, given the probabilities of the
// first. They hold until it is called again.
func (s *Sample) Second(first []float32) []float32 {
	all := make([]int32, len(first))
	for i := range all {
		all[i] = int32(i)
	}
	return s.m.second(first, all)
}

// Probabilities are those by which a model decides on the page.
func (s *Sample) Probabilities(model *Model) []float32 {
	first, of, rows := s.m.passes(model)
	return model.Second.again(rows, of, first)
}

// Rules is the choice that the rules alone make.
func (s *Sample) Rules() Choice { return s.m.rules }

// Decide is the choice that the probabilities of the second pass make.
func (s *Sample) Decide(probs []float32) Choice {
	return s.m.decide(s.like, probs)
}

// Cut is the probability from which blocks are kept.
func (s *Sample) Cut(probs []float32) float32 {
	cut, _ := expectedF(probs, s.m.toks)
	return cut
}
