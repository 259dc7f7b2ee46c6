package evaluate

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/dateline-go/dateline/extract"
)

// A MemoryReport is what the memory of a site brings in one corpus.
type MemoryReport struct {
	Set string
	// Pages are those whose truth has a body and whose publisher has enough others; Publishers those of them.
	Pages, Publishers int
	// Without and With are the mean body F1 of those pages, each with no memory and with that
	// of the other pages of its publisher, 64 at most.
	Without, With float64
	// ExactWithout and ExactWith are their shares of exact bodies.
	ExactWithout, ExactWith float64
	// Better and Worse count the pages whose F1 moved, BetterOf and WorseOf their publishers.
	Better, Worse, BetterOf, WorseOf int
	moved                            []memoryMove
}

type memoryMove struct {
	page          *Page
	without, with Scores
	dropped       []extract.BlockTrace
}

// Memory measures the pages of the corpus in dir whose publisher has at least this many others, each
// with a memory of those.
func Memory(dir string, others int, opts Options) (*MemoryReport, error) {
	pages, err := Load(dir)
	if err != nil {
		return nil, err
	}
	sites := map[string][]*memoryPage{}
	for i := range pages {
		if p := &pages[i]; !opts.HeldOut || p.HeldOut() {
			sites[p.Publisher] = append(sites[p.Publisher], &memoryPage{page: p})
		}
	}
	var all []*memoryPage
	for site, ps := range sites {
		if len(ps) <= others {
			delete(sites, site)
			continue
		}
		all = append(all, ps...)
	}
	each(len(all), func(i int) { all[i].without, all[i].err = extractPage(all[i].page, &opts, false) })
	for _, ps := range sites {
		for _, x := range ps {
			x.memory = &extract.Memory{}
			for _, y := range ps {
				if y != x && y.err == nil {
					x.memory.Learn(y.page.ID, y.without.Lesson)
				}
			}
		}
	}
	each(len(all), func(i int) {
		if x := all[i]; x.err == nil {
			with := opts
			with.memory = x.memory
			x.with, x.err = extractPage(x.page, &with, true)
		}
	})
	return memoryReport(filepath.Base(dir), all, opts.Worst), nil
}

// A memoryPage is one page, extracted without a memory and with one.
type memoryPage struct {
	page          *Page
	memory        *extract.Memory
	without, with extract.Result
	err           error
}

func memoryReport(set string, pages []*memoryPage, worst int) *MemoryReport {
	rep := &MemoryReport{Set: set}
	of, better, worse := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, x := range pages {
		if x.err != nil || x.page.Truth.Body == "" {
			continue
		}
		before, after := PredictionOf(x.page.ID, x.without.Record), PredictionOf(x.page.ID, x.with.Record)
		m := memoryMove{page: x.page, without: Score(x.page, &before), with: Score(x.page, &after)}
		rep.Pages++
		of[x.page.Publisher] = true
		rep.Without += m.without["body.f1"]
		rep.With += m.with["body.f1"]
		rep.ExactWithout += m.without["exact"]
		rep.ExactWith += m.with["exact"]
		switch d := m.with["body.f1"] - m.without["body.f1"]; {
		case d > 0:
			rep.Better++
			better[x.page.Publisher] = true
		case d < 0:
			rep.Worse++
			worse[x.page.Publisher] = true
		default:
			continue
		}
		m.dropped = slices.DeleteFunc(x.with.Trace.Blocks, func(b extract.BlockTrace) bool { return b.Role != "repeated" })
		if !x.page.HeldOut() {
			rep.moved = append(rep.moved, m)
		}
	}
	rep.Publishers, rep.BetterOf, rep.WorseOf = len(of), len(better), len(worse)
	if n := float64(rep.Pages); n > 0 {
		rep.Without, rep.With, rep.ExactWithout, rep.ExactWith = rep.Without/n, rep.With/n, rep.ExactWithout/n, rep.ExactWith/n
	}
	slices.SortFunc(rep.moved, func(a, b memoryMove) int {
		return int(1e6 * (a.with["body.f1"] - a.without["body.f1"] - b.with["body.f1"] + b.without["body.f1"]))
	})
	rep.moved = rep.moved[:min(worst, len(rep.moved))]
	return rep
}

// PrintMemory writes a row for each corpus.
func PrintMemory(w io.Writer, reports []*MemoryReport) {
	fmt.Fprintln(w, "| set | pages (publishers) | body F1 without | with | exact without | with | pages better (publishers) | worse |")
	fmt.Fprintln(w, "| --- | --- | --- | --- | --- | --- | --- | --- |")
	for _, r := range reports {
		fmt.Fprintf(w, "| %s | %d (%d) | %.4f | %.4f | %.3f | %.3f | %d (%d) | %d (%d) |\n",
			r.Set, r.Pages, r.Publishers, r.Without, r.With, r.ExactWithout, r.ExactWith, r.Better, r.BetterOf, r.Worse, r.WorseOf)
	}
}

// PrintMoved writes the pages that were asked for, those that lost most first, with what was taken out.
func (r *MemoryReport) PrintMoved(w io.Writer) {
	for _, m := range r.moved {
		fmt.Fprintf(w, "\n%s %s: F1 %.4f → %.4f\n", r.Set, m.page.ID, m.without["body.f1"], m.with["body.f1"])
		for _, b := range m.dropped {
			text := b.Text
			if len(text) > 160 {
				text = text[:160]
			}
			fmt.Fprintf(w, "  %.2f %q (%s)\n", b.Probability, text, b.Why)
		}
	}
}
