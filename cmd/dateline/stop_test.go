package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestAnExtractionThatIsStoppedLeavesNoHalfFile(t *testing.T) {
	for signal, want := range map[syscall.Signal]int{syscall.SIGINT: exitInt, syscall.SIGTERM: exitTerm} {
		t.Run(signal.String(), func(t *testing.T) {
			dir := t.TempDir()
			cmd := itself(t, t.TempDir(), "extract", "-", "-o", filepath.Join(dir, "out.jsonl"))
			stdin, err := cmd.StdinPipe() // never closed: the program waits for its page
			if err != nil {
				t.Fatal(err)
			}
			defer stdin.Close()
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			waitFor(t, func() bool { left, err := os.ReadDir(dir); return err == nil && len(left) == 1 })
			if _, err := stdin.Write(make([]byte, 1<<20)); err != nil { // more than a pipe holds: it is reading
				t.Fatal(err)
			}
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			if code := cmd.ProcessState.ExitCode(); code != want {
				t.Errorf("exit %d, want %d", code, want)
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
				t.Errorf("%v was left, %v", left, err)
			}
		})
	}
}
