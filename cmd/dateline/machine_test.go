package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The fixtures hold dates with and without zones, relative ones, and scripts whose case
// folds by locale: if anything of the machine reached a record, it would show there.
func TestNothingOfTheMachineReachesARecord(t *testing.T) {
	dir := t.TempDir()
	index := filepath.Join(dir, "index.jsonl")
	pages, err := filepath.Abs("../../fixtures/pages")
	if err != nil {
		t.Fatal(err)
	}
	writeIndex(t, index, pages)
	var first []byte
	for _, m := range []struct{ zone, locale, jobs string }{
		{"UTC", "C", "1"}, {"UTC", "C", "8"}, {"Asia/Kathmandu", "tr_TR.UTF-8", "8"}, {"America/St_Johns", "th_TH.UTF-8", "2"},
	} {
		cmd := itself(t, dir, "extract", "--index", index, "--jobs", m.jobs)
		cmd.Env = append(os.Environ(), "TZ="+m.zone, "LC_ALL="+m.locale, "LANG="+m.locale)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = out
		}
		if !bytes.Equal(out, first) {
			t.Errorf("TZ=%s LC_ALL=%s --jobs %s: other bytes than the first run", m.zone, m.locale, m.jobs)
		}
	}
	if n := bytes.Count(first, []byte("\n")); n < 24 {
		t.Errorf("%d records", n)
	}
}

// writeIndex lists the pages below dir, half of them with the day of their fetch.
func writeIndex(t *testing.T, name, dir string) {
	t.Helper()
	ins, err := walk(dir)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for i, in := range ins {
		b.WriteString(`{"file":"` + filepath.ToSlash(in.path) + `"`)
		if i%2 == 0 {
			b.WriteString(`,"fetched_at":"2024-06-02T12:00:00Z"`)
		}
		b.WriteString("}\n")
	}
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
