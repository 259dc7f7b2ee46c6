package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"dateline": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script"})
}

const story = `<html lang="en"><head><title>Story %d</title></head><body><article><h1>Story number %d of the day</h1><p>By Ann Bee</p>
<p>The harbor council voted on Tuesday to rebuild the old fish market number %d, ending a dispute that had divided the town.</p>
<p>Work will begin in September and is expected to take eighteen months, according to the plan that the council published.</p></article></body></html>`

// mixed writes n inputs, every twentieth of them broken in one of the ways that are errors.
func mixed(t *testing.T, n int) (dir string, broken int) {
	dir = t.TempDir()
	bad := [][]byte{nil, []byte("\x89PNG\r\n\x1a\n\x00\x00\x00"), []byte("\x1f\x8bbroken gzip"), []byte("\x28\xb5\x2f\xfdbroken zstd"), bytes.Repeat([]byte("x"), 70_000)}
	for i := range n {
		content := fmt.Appendf(nil, story, i, i, i)
		name := filepath.Join(dir, fmt.Sprintf("p%04d.html", i))
		if i%20 == 7 {
			broken++
			if broken%6 == 0 { // unreadable
				if err := os.Symlink(filepath.Join(dir, "gone"), name); err != nil {
					t.Fatal(err)
				}
				continue
			}
			content = bad[broken%len(bad)]
		}
		if err := os.WriteFile(name, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir, broken
}

func TestBrokenInputsCostNoOtherItsRecord(t *testing.T) {
	dir, broken := mixed(t, 1000)
	var outs []string
	for _, jobs := range []string{"1", "8"} {
		var out, errs bytes.Buffer
		failed := filepath.Join(t.TempDir(), "errors.jsonl")
		code := run([]string{"extract", dir, "--jobs", jobs, "--max-bytes", "65536", "--errors", failed}, nil, &out, &errs)
		if code != exitPartial {
			t.Errorf("exit status %d, want %d", code, exitPartial)
		}
		if got := strings.Count(out.String(), "\n"); got != 1000-broken || broken != 50 {
			t.Errorf("%d records and %d broken inputs, want 950 and 50", got, broken)
		}
		b, err := os.ReadFile(failed)
		if err != nil {
			t.Fatal(err)
		}
		if a, c := strings.Count(errs.String(), "dateline: "), bytes.Count(b, []byte("\n")); a != broken || c != broken {
			t.Errorf("%d errors named on stderr and %d in --errors, want %d", a, c, broken)
		}
		outs = append(outs, out.String())
	}
	if outs[0] != outs[1] {
		t.Error("--jobs changes the output")
	}
}
