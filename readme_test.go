package dateline

import (
	"os"
	"strings"
	"testing"
)

// CI runs the README's commands; this holds the README to what CI runs.
func TestTheReadmesCommandsAreThoseOfCI(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	ci, err := os.ReadFile(".ci/run")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(readme)) {
		if cmd, ok := strings.CutPrefix(line, "    "); ok {
			n++
			if !strings.Contains(string(ci), strings.TrimSpace(cmd)) {
				t.Errorf(".ci/run does not run %q", strings.TrimSpace(cmd))
			}
		}
	}
	if n != 2 {
		t.Errorf("README has %d commands in blocks, want 2", n)
	}
}
