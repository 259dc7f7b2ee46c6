package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAFileThatCannotGetItsNameLeavesNothingBeside(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "out")
	a, err := createAtomic(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(name, 0o755); err != nil {
		t.Fatal(err)
	}
	err = a.commit()
	if err == nil || !strings.Contains(err.Error(), "create "+name) || strings.Contains(err.Error(), a.File.Name()) {
		t.Errorf("the error is %v", err)
	}
	a.abort()
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("left are %v, %v", left, err)
	}
}
