package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/dateline-go/dateline"
	"github.com/google/go-cmp/cmp"
)

// What the documents show as a command line must be one: each command and each flag is known.
func TestTheCommandsOfTheDocumentsExist(t *testing.T) {
	seen := 0
	for _, name := range []string{"../../README.md", "../../docs/operations.md", "../../docs/sites.md", "../../docs/fixtures.md", "../../docs/accuracy.md", "../../docs/normalize.md"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			_, call, ok := strings.Cut(line, "dateline ")
			if !ok || !strings.HasPrefix(line, "    ") {
				continue
			}
			call, _, _ = strings.Cut(call, " ||")
			call, _, _ = strings.Cut(call, " #")
			words := strings.Fields(strings.TrimPrefix(call, "dateline "))
			cmd, _, err := newRootCmd().Find(words)
			if err != nil || cmd.Parent() == nil {
				t.Errorf("%s: %q: no such command", name, call)
				continue
			}
			seen++
			for _, w := range words {
				flag, _, _ := strings.Cut(w, "=")
				long, isLong := strings.CutPrefix(flag, "--")
				switch {
				case isLong && cmd.Flags().Lookup(long) == nil && cmd.InheritedFlags().Lookup(long) == nil:
					t.Errorf("%s: dateline %s has no flag %s", name, cmd.Name(), w)
				case !isLong && len(w) == 2 && w[0] == '-' && cmd.Flags().ShorthandLookup(w[1:]) == nil && cmd.InheritedFlags().ShorthandLookup(w[1:]) == nil:
					t.Errorf("%s: dateline %s has no flag %s", name, cmd.Name(), w)
				}
			}
		}
	}
	if seen < 6 {
		t.Errorf("%d commands were looked at", seen)
	}
}

// The README's first command is the first thing that anyone tries.
func TestTheReadmesFirstCommandPrintsTheRecordOfAFixture(t *testing.T) {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, call, ok := strings.Cut(string(b), "bin/dateline ")
	call, _, _ = strings.Cut(call, "\n")
	args := strings.Fields(call)
	if !ok || len(args) < 2 || args[0] != "extract" {
		t.Fatalf("the README's first command is %q", call)
	}
	args[1] = "../../" + args[1]
	var out, errs bytes.Buffer
	code := run(args, strings.NewReader(""), &out, &errs)
	var r dateline.Record
	if err := json.Unmarshal(out.Bytes(), &r); err != nil || code != exitOK || errs.Len() > 0 {
		t.Fatalf("exit %d, %v, %s", code, err, &errs)
	}
	if r.Title == "" || r.Published == "" || len(r.Authors) == 0 || r.Text == "" {
		t.Errorf("a poor record to begin with: %s", &out)
	}
}

func TestTheRecordInTheReadmeIsTheOneThatIsPrinted(t *testing.T) {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(b), "```json\n")
	example, _, _ = strings.Cut(example, "```")
	var want, got map[string]any
	if err := json.Unmarshal([]byte(example), &want); err != nil || len(want) < 10 {
		t.Fatalf("the README's record: %v", err)
	}
	var out bytes.Buffer
	if code := run([]string{"extract", "../../fixtures/pages/jsonld-rich.html"}, strings.NewReader(""), &out, io.Discard); code != exitOK {
		t.Fatalf("exit %d", code)
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	for key, value := range want {
		if diff := cmp.Diff(value, got[key]); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
}

func TestTheTableOfTheReadmeHasEveryCommand(t *testing.T) {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(b), "## Commands")
	table, _, _ = strings.Cut(table, "## ")
	n := 0
	for _, c := range newRootCmd().Commands() {
		leaves := c.Commands()
		if len(leaves) == 0 {
			leaves = append(leaves, c)
		}
		for _, leaf := range leaves {
			path := strings.TrimPrefix(leaf.CommandPath(), "dateline ")
			if leaf.Hidden || c.Name() == "normalize" { // its kinds are named in one cell
				continue
			}
			n++
			if !strings.Contains(table, "`dateline "+path) && !strings.Contains(table, "`"+path) {
				t.Errorf("the table lacks %s", path)
			}
		}
	}
	if n < 12 {
		t.Errorf("%d commands were looked for", n)
	}
}
