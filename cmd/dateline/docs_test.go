package main

import (
	"os"
	"strings"
	"testing"
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
