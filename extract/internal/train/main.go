// Command train makes the weights of the block model from corpora of pages with
// their true text. The held-out tenth of publishers is never read. With -folds it
// also writes five models, each trained without a fifth of the publishers, for an
// honest measurement, and with those the weights of the page kind. make train runs it; the same corpora give the same bytes.
package main

import (
	"crypto/md5"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/dateline-go/dateline/extract"
	"github.com/dateline-go/dateline/extract/evaluate"
	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/label"
	"github.com/dateline-go/dateline/extract/internal/page"
)

// sets are the corpora whose licences allow a model made from them to be shipped,
// with the weight of their rows (docs/accuracy.md).
var sets = []struct {
	name   string
	weight float32
}{{"fundus", 1}, {"fundus_eval", 1}, {"scrapinghub", 1}, {"misinfo", 1}, {"newspaper4k", 1}, {"wcxb", .4}}

// A sample is the blocks of one page.
type sample struct {
	fold   int
	weight float32
	labels []label.Label
	first  []float32
	width  int
	toks   []float32
	second func([]float32) ([]float32, int)
	probs  []float32 // the first pass's, out of fold
}

func main() {
	corpora := flag.String("corpora", "", "folder of unpacked corpora")
	out := flag.String("o", "extract/internal/body/model/blocks.bin", "file to write")
	folds := flag.String("folds", "", "folder for the fold models")
	kind := flag.String("kind", "extract/kind.tsv", "file for the weights of the page kind; needs -folds")
	onlyKind := flag.Bool("only-kind", false, "train the page kind only, with the fold models that stand in -folds")
	flag.Parse()
	var err error
	if !*onlyKind {
		err = run(*corpora, *out, *folds)
	}
	if err == nil && *folds != "" {
		var models []*extract.Model
		if models, err = evaluate.LoadFolds(*folds); err == nil {
			err = trainKind(*corpora, models, *kind)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(corpora, out, folds string) error {
	samples, err := read(corpora)
	if err != nil {
		return err
	}
	fmt.Printf("%d pages\n", len(samples))
	firsts := make([]body.Forest, evaluate.Folds)
	for f := range firsts {
		firsts[f] = boost(firstRows(samples, f), 7)
		for i := range samples {
			if s := &samples[i]; s.fold == f {
				s.probs = predict(&firsts[f], s.first, s.width)
			}
		}
	}
	if folds != "" {
		if err := os.MkdirAll(folds, 0o755); err != nil {
			return err
		}
		for f := range firsts {
			m := body.Model{First: firsts[f], Second: boost(secondRows(samples, f), 11)}
			if err := os.WriteFile(filepath.Join(folds, fmt.Sprintf("fold%d.bin", f)), m.Bytes(), 0o644); err != nil {
				return err
			}
		}
	}
	m := body.Model{First: boost(firstRows(samples, -1), 7), Second: boost(secondRows(samples, -1), 11)}
	b := m.Bytes()
	fmt.Printf("%s: %d bytes\n", out, len(b))
	return os.WriteFile(out, b, 0o644)
}

// read extracts every page of the training sets with a recorder in the place of the model.
func read(corpora string) ([]sample, error) {
	var out []sample
	for _, set := range sets {
		pages, err := evaluate.Load(filepath.Join(corpora, set.name))
		if err != nil {
			return nil, err
		}
		for i := range pages {
			pg := &pages[i]
			if pg.Truth.Body == "" || pg.HeldOut() {
				continue
			}
			out = append(out, samplesOf(pg, set.weight)...)
		}
	}
	return out, nil
}

func samplesOf(pg *evaluate.Page, weight float32) []sample {
	b, err := os.ReadFile(filepath.Join(pg.Dir, pg.File))
	if err != nil {
		return nil
	}
	var out []sample
	record := &body.Model{Record: func(p *page.Page, k body.Known) {
		s := sample{fold: evaluate.FoldOf(pg.Publisher), weight: weight}
		s.labels = label.Align(p, pg.Truth.Body, pg.Truth.Standfirst, pg.Truth.BodyFull)
		s.first, s.width, s.toks, s.second = body.Rows(p, k)
		if faithful(&s, pg.Truth.Body) {
			out = append(out, s)
		}
	}}
	in := extract.Input{Name: pg.File, URL: pg.URL, Body: b, Model: record}
	if t, err := time.Parse(time.DateOnly, pg.Crawled); err == nil {
		in.Fetched = t
	}
	if pg.Charset != "" {
		in.ContentType = "text/html; charset=" + pg.Charset
	}
	if _, err := extract.Extract(in); err != nil {
		return nil
	}
	// A copy of every seventh page as plain text teaches the model pages without structure.
	if h := md5.Sum([]byte(pg.ID)); h[0]%7 == 0 && len(out) == 1 {
		if res, err := extract.Extract(extract.Input{Name: pg.File, Body: b, Trace: true, Model: nil}); err == nil && res.Trace != nil {
			var lines []string
			for _, x := range res.Trace.Blocks {
				lines = append(lines, x.Text)
			}
			in := extract.Input{Name: pg.File, Body: []byte(strings.Join(lines, "\n\n")), Format: extract.FormatText, Model: record}
			_, _ = extract.Extract(in)
		}
	}
	return out
}

// faithful leaves out pages whose blocks cannot give the truth.
func faithful(s *sample, truth string) bool {
	want := float64(len(evaluate.Tokens(truth)))
	var got float64
	for i, l := range s.labels {
		if l == label.Body {
			got += float64(s.toks[i])
		}
	}
	return want > 0 && got/want > .8 && got/want < 1.25
}

// rowsOf adds the rows of a sample: all near the body, all long blocks, a fifth of
// the rest with five times the weight.
func (s *sample) rowsOf(t *table, rows []float32, width int) {
	lo, hi := len(s.labels), -1
	for i, l := range s.labels {
		if l == label.Body {
			lo, hi = min(lo, i), i
		}
	}
	for i, l := range s.labels {
		w := s.weight * float32(math.Sqrt(1+float64(s.toks[i])))
		if i < lo-12 || i > hi+20 {
			if s.toks[i] < 15 {
				if i%5 != 0 {
					continue
				}
				w *= 5
			}
		}
		y := float32(0)
		switch l {
		case label.Body:
			y = 1
		case label.Optional:
			w *= .02
		}
		t.add(rows[i*width:(i+1)*width], y, w)
	}
}

func firstRows(samples []sample, without int) *table {
	t := &table{}
	for i := range samples {
		if s := &samples[i]; s.fold != without {
			t.width = s.width
			s.rowsOf(t, s.first, s.width)
		}
	}
	return t
}

func secondRows(samples []sample, without int) *table {
	t := &table{}
	for i := range samples {
		if s := &samples[i]; s.fold != without {
			rows, width := s.second(s.probs)
			t.width = width
			s.rowsOf(t, rows, width)
		}
	}
	return t
}

func predict(f *body.Forest, rows []float32, width int) []float32 {
	out := make([]float32, len(rows)/width)
	f.Predict(rows, width, out)
	return out
}
