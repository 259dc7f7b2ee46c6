package main

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dateline-go/dateline/extract/evaluate"
)

// floorTable is what a change must not fall under, a line a measure: set, key of
// evaluate.Measures, least mean. It is raised by hand when a figure has risen.
//
//go:embed floor.tsv
var floorTable string

// A floor maps set and measure to the least mean that is let through.
type floor map[string]map[string]float64

func parseFloor(table string) (floor, error) {
	known := map[string]bool{}
	for _, m := range evaluate.Measures {
		known[m.Key] = true
	}
	f := floor{}
	n := 0
	for line := range strings.Lines(table) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 {
			return nil, fmt.Errorf("floor line %d: %d cells, want set, measure, least", n, len(cells))
		}
		least, err := strconv.ParseFloat(cells[2], 64)
		if err != nil || !known[cells[1]] {
			return nil, fmt.Errorf("floor line %d: no measure %q of at least %q", n, cells[1], cells[2])
		}
		if f[cells[0]] == nil {
			f[cells[0]] = map[string]float64{}
		}
		f[cells[0]][cells[1]] = least
	}
	return f, nil
}

// under names each measure of the report that is below the floor, in the order of
// the table. A measure that the report lacks is below it too.
func (f floor) under(r *evaluate.Report) []string {
	var out []string
	for _, m := range evaluate.Measures {
		least, held := f[r.Set][m.Key]
		if held && (r.N[m.Key] == 0 || r.Mean[m.Key] < least) {
			out = append(out, fmt.Sprintf("%s: %s is %.4f, the floor is %.4f", r.Set, m.Name, r.Mean[m.Key], least))
		}
	}
	return out
}

// holds reports whether a set has a floor.
func (f floor) holds(set string) bool { return f[set] != nil }

// gone is the sets of the floor that were asked for and are not there.
func (f floor) gone(asked, there []string) []string {
	return slices.DeleteFunc(slices.Clone(asked), func(set string) bool { return !f.holds(set) || slices.Contains(there, set) })
}
