package extract

import (
	"os"
	"path/filepath"
	"testing"
)

// Rules may ask for any attribute, so pages that have rules are parsed whole.
func TestNoFieldAsksForAnAttributeThatWasLeftOut(t *testing.T) {
	pages, err := filepath.Glob("../fixtures/pages/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatal("no fixtures")
	}
	for _, name := range pages {
		html, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		in := Input{URL: "https://paper.example/a-story", Body: html}
		some, err := Extract(in)
		if err != nil {
			t.Fatal(err)
		}
		in.Rules = &Rules{}
		all, err := Extract(in)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := string(some.Record.AppendJSON(nil)), string(all.Record.AppendJSON(nil)); got != want {
			t.Errorf("%s:\n%s\nwith all attributes:\n%s", name, got, want)
		}
	}
}
