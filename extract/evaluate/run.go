package evaluate

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract"
)

// Options say how a corpus is measured.
type Options struct {
	// Worst is how many of the worst bodies the report shows.
	Worst int
	// Bare leaves out what extract --index would tell: URL, crawl day, charset.
	Bare bool
	// Models are the fold models; with them no page is scored by a model trained on its publisher.
	Models []*extract.Model
	// HeldOut measures only the tenth of publishers that is kept unread.
	HeldOut bool
	// Predictions is a folder to write the predictions to; "" for none.
	Predictions string
	// Predict, where set, is the extractor to measure in place of this project's own:
	// it is given what the corpus tells of a page and the bytes of it.
	Predict func(p *Page, body []byte) Prediction

	memory *extract.Memory
}

// A Report is the measures of one corpus.
type Report struct {
	Set    string
	Pages  int
	Failed int
	Mean   map[string]float64
	N      map[string]int
	worst  []pageScore
}

type pageScore struct {
	page   *Page
	pred   Prediction
	scores Scores
}

// Run extracts every page of the corpus in dir and scores the records.
func Run(dir string, opts Options) (*Report, error) {
	pages, err := Load(dir)
	if err != nil {
		return nil, err
	}
	if opts.HeldOut {
		pages = slices.DeleteFunc(pages, func(p Page) bool { return !p.HeldOut() })
	}
	results := make([]pageScore, len(pages))
	each(len(pages), func(i int) {
		pred := predict(&pages[i], &opts)
		results[i] = pageScore{&pages[i], pred, Score(&pages[i], &pred)}
	})
	if opts.Predictions != "" {
		if err := writePredictions(opts.Predictions, filepath.Base(dir), results); err != nil {
			return nil, err
		}
	}
	return summarize(filepath.Base(dir), results, opts.Worst), nil
}

// each runs f for the numbers under n, on all processors.
func each(n int, f func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

func predict(p *Page, opts *Options) Prediction {
	if opts.Predict != nil {
		body, err := os.ReadFile(filepath.Join(p.Dir, p.File))
		if err != nil {
			return Prediction{ID: p.ID}
		}
		return opts.Predict(p, body)
	}
	res, err := extractPage(p, opts, false)
	if err != nil {
		return Prediction{ID: p.ID}
	}
	return PredictionOf(p.ID, res.Record)
}

// extractPage is the page's record as the program would make it.
func extractPage(p *Page, opts *Options, trace bool) (extract.Result, error) {
	body, err := os.ReadFile(filepath.Join(p.Dir, p.File))
	if err != nil {
		return extract.Result{}, fmt.Errorf("read page: %w", err)
	}
	in := extract.Input{Name: p.File, Body: body, Trace: trace, Memory: opts.memory}
	if opts.Models != nil {
		in.Model = opts.Models[FoldOf(p.Publisher)]
	}
	if !opts.Bare {
		in.URL = p.URL
		if t, err := time.Parse(time.DateOnly, p.Crawled); err == nil {
			in.Fetched = t.Add(24*time.Hour - time.Second)
		}
		if p.Charset != "" {
			in.ContentType = "text/html; charset=" + p.Charset
		}
	}
	return extract.Extract(in)
}

// PredictionOf is a record in the words of the scorer.
func PredictionOf(id string, r dateline.Record) Prediction {
	return Prediction{
		ID: id, Title: r.Title, Authors: r.Authors, Published: r.Published, Updated: r.Modified, Standfirst: r.Standfirst,
		Text: r.Text, Section: r.Section, Lang: &r.Language, Tags: r.Tags,
	}
}

func summarize(set string, results []pageScore, worst int) *Report {
	rep := &Report{Set: set, Pages: len(results), Mean: map[string]float64{}, N: map[string]int{}}
	for _, r := range results {
		for k, v := range r.scores {
			rep.Mean[k] += v
			rep.N[k]++
		}
	}
	for k, n := range rep.N {
		if k != "under.9" {
			rep.Mean[k] /= float64(n)
		}
	}
	if worst > 0 {
		seen := slices.DeleteFunc(slices.Clone(results), func(r pageScore) bool {
			_, judged := r.scores["body.f1"]
			return !judged || r.page.HeldOut()
		})
		slices.SortStableFunc(seen, func(a, b pageScore) int {
			return int(1e6 * (a.scores["body.f1"] - b.scores["body.f1"]))
		})
		rep.worst = seen[:min(worst, len(seen))]
	}
	return rep
}

// Print writes the table of a corpus, then its worst pages with what is missing and what is too much.
func (r *Report) Print(w io.Writer) {
	fmt.Fprintf(w, "\n%s: %d pages\n", r.Set, r.Pages)
	for _, m := range Measures {
		if n := r.N[m.Key]; n > 0 {
			form := "%-42s %8.4f   n=%d\n"
			if m.Key == "under.9" {
				form = "%-42s %8.0f   n=%d\n"
			}
			fmt.Fprintf(w, form, m.Name, r.Mean[m.Key], n)
		}
	}
	for _, x := range r.worst {
		fmt.Fprintf(w, "\n%s F1 %.3f (P %.3f R %.3f)\n", x.page.ID, x.scores["body.f1"], x.scores["body.p"], x.scores["body.r"])
		diff(w, "-", x.page.Truth.Body, x.pred.Text)
		diff(w, "+", x.pred.Text, optionalText(&x.page.Truth))
	}
}

// diff prints the paragraphs of a that b lacks.
func diff(w io.Writer, mark, a, b string) {
	have := Squash(b)
	for par := range strings.SplitSeq(a, "\n\n") {
		if s := Squash(par); s != "" && !strings.Contains(have, s) {
			if len(par) > 160 {
				par = strings.ToValidUTF8(par[:160], "") + "…"
			}
			fmt.Fprintf(w, "  %s %s\n", mark, strings.ReplaceAll(par, "\n", " / "))
		}
	}
}

func writePredictions(dir, set string, results []pageScore) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, set+".jsonl"))
	if err != nil {
		return err
	}
	enc := json.NewEncoder(f)
	enc.SetEscapeHTML(false)
	for _, r := range results {
		if err := enc.Encode(r.pred); err != nil {
			return fmt.Errorf("write predictions: %w", err)
		}
	}
	return f.Close()
}
