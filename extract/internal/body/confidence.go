package body

import (
	"strconv"
	"strings"
	"sync"
)

// ConfidenceFile is the table beside the model that maps the F1 which the model
// expects of a body to how often such bodies have an F1 of .95 or more. make train
// fits it on pages whose publishers the model did not see (docs/accuracy.md).
const ConfidenceFile = "confidence.tsv"

// A reliability is one line of the table.
type reliability struct{ expected, confidence float64 }

var reliabilities = sync.OnceValue(func() []reliability {
	b, err := modelFiles.ReadFile("model/" + ConfidenceFile)
	if err != nil {
		return nil
	}
	out := []reliability{{0, 0}}
	for line := range strings.Lines(string(b)) {
		x, y, _ := strings.Cut(strings.TrimSpace(line), "\t")
		expected, err1 := strconv.ParseFloat(x, 64)
		confidence, err2 := strconv.ParseFloat(y, 64)
		if err1 == nil && err2 == nil {
			out = append(out, reliability{expected, confidence})
		}
	}
	return out
})

// calibrate is the confidence in a body of which the model expects the F1, between
// the lines of the table in proportion.
func calibrate(expected float64) float64 {
	table := reliabilities()
	if len(table) == 0 {
		return expected
	}
	for i := 1; i < len(table); i++ {
		a, b := table[i-1], table[i]
		if expected <= b.expected {
			v := a.confidence + (b.confidence-a.confidence)*(expected-a.expected)/(b.expected-a.expected)
			return float64(int(v*1000+.5)) / 1000
		}
	}
	return table[len(table)-1].confidence
}
