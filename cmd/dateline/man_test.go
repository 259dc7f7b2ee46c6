package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEveryVisibleCommandHasAManPage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "man")
	root := newRootCmd()
	root.SetArgs([]string{"man", dir})
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, c := range newRootCmd().Commands() {
		if c.Hidden || !c.IsAvailableCommand() {
			continue
		}
		n++
		b, err := os.ReadFile(filepath.Join(dir, "dateline-"+c.Name()+".1"))
		if err != nil || !strings.Contains(string(b), c.Short) {
			t.Errorf("%s: %v", c.Name(), err)
		}
	}
	if n < 5 {
		t.Errorf("%d commands", n)
	}
}
