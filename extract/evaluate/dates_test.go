package evaluate_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-go/dateline/extract/evaluate"
)

func TestTheSourcesOfDatesAreHeldAgainstTheTruth(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "harbour")
	pages := map[string]string{
		"agrees.html":  `<html><head><meta property="article:published_time" content="2023-08-15T09:00:00+02:00"></head><body><h1>A ferry for the harbour</h1><p>15 August 2023</p><p>The old one was sold to an island in the south last spring.</p></body></html>`,
		"differs.html": `<html><head><meta property="article:published_time" content="2023-08-15T09:00:00+02:00"></head><body><h1>A ferry for the harbour</h1><p>17 August 2023</p><p>The old one was sold to an island in the south last spring.</p></body></html>`,
	}
	truth := ""
	for name, page := range pages {
		write(t, filepath.Join(dir, "pages", name), page)
		truth += `{"id":"` + name + `","file":"pages/` + name + `","publisher":"example.org","truth":{"published":"2023-08-15","precision":"day"}}` + "\n"
	}
	write(t, filepath.Join(dir, "truth.jsonl"), truth)
	report, err := evaluate.DateSources(dir, evaluate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	evaluate.PrintDateSources(&out, []*evaluate.DateReport{report})
	want := `| source | harbour 2 |
| --- | --- |
| all rarer ones | 4/3 → 2/2 |
| some source right | 2 |
| **the record** | 2/2 |
`
	if d := cmp.Diff(want, out.String()); d != "" {
		t.Error(d)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
