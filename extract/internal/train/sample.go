package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/dateline-go/dateline/extract"
	"github.com/dateline-go/dateline/extract/evaluate"
	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/label"
	"github.com/dateline-go/dateline/extract/internal/page"
)

// sets are the corpora whose licences allow a model made from them to be shipped,
// with the weight of their rows (docs/accuracy.md), and two of no weight that are
// only measured.
var sets = []struct {
	name   string
	weight float32
}{
	{"fundus", 1}, {"wcxb", .4}, {"fundus_eval", 1}, {"scrapinghub", 1}, {"misinfo", 1}, {"newspaper4k", 1}, {"daniel", 0}, {"big_chaos", 0},
}

// A sample is one page with what the truth makes of its blocks.
type sample struct {
	*body.Sample
	set           string
	truth         *evaluate.Page
	fold          int
	weight        float32 // 0: nothing is learned from it
	labels        []label.Label
	first, second []float32 // probabilities of the passes, out of fold
}

// read extracts every page with a recorder in the place of the model; of the sets
// that are only measured where measured is true.
func read(corpora string, measured bool) ([]*sample, error) {
	var out []*sample
	for _, set := range sets {
		if set.weight == 0 && !measured {
			continue
		}
		pages, err := evaluate.Load(filepath.Join(corpora, set.name))
		if err != nil {
			return nil, err
		}
		of := make([]*sample, len(pages))
		var mu sync.Mutex
		parallel(len(pages), func(i int) {
			if pages[i].HeldOut() || pages[i].Truth.Body == "" {
				return
			}
			s, failed := sampleOf(set.name, &pages[i], set.weight)
			mu.Lock()
			defer mu.Unlock()
			if of[i] = s; failed != nil {
				err = failed
			}
		})
		if err != nil {
			return nil, err
		}
		for _, s := range of {
			if s != nil {
				out = append(out, s)
			}
		}
	}
	return out, nil
}

func sampleOf(set string, pg *evaluate.Page, weight float32) (*sample, error) {
	b, err := os.ReadFile(filepath.Join(pg.Dir, pg.File))
	if err != nil {
		return nil, err
	}
	var s *sample
	record := &body.Model{Record: func(p *page.Page, k body.Known) {
		s = &sample{Sample: body.NewSample(p, k), set: set, truth: pg, fold: evaluate.FoldOf(pg.Publisher), weight: weight}
		s.label()
	}}
	in := extract.Input{Name: pg.File, URL: pg.URL, Body: b, Model: record}
	if t, err := time.Parse(time.DateOnly, pg.Crawled); err == nil {
		in.Fetched = t
	}
	if pg.Charset != "" {
		in.ContentType = "text/html; charset=" + pg.Charset
	}
	if _, err := extract.Extract(in); err != nil {
		return nil, fmt.Errorf("%s: %w", pg.ID, err)
	}
	return s, nil
}

// label holds the blocks against the truth. Nothing is learned from a page whose
// blocks cannot give it.
func (s *sample) label() {
	t := &s.truth.Truth
	s.labels = label.Align(s.Page(), t.Body, t.Standfirst, t.BodyFull)
	want, got := float64(len(evaluate.Tokens(t.Body))), 0.0
	for i, l := range s.labels {
		if l == label.Body {
			got += float64(s.Tokens()[i])
		}
	}
	if want == 0 || got/want <= .8 || got/want >= 1.25 {
		s.weight = 0
	}
}

func predict(f *body.Forest, rows []float32, width int) []float32 {
	out := make([]float32, len(rows)/width)
	f.Predict(rows, width, out)
	return out
}
