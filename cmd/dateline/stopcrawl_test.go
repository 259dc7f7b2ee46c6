package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/dateline-go/dateline/fixtures/newsite"
	"github.com/dateline-go/dateline/internal/killtest"
)

// itself is a command that runs this test binary as dateline.
func itself(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "dateline") // testscript.Main tells the command by its name
	if err := os.Symlink(exe, link); err != nil && !os.IsExist(err) {
		t.Fatal(err)
	}
	return exec.CommandContext(context.Background(), link, args...)
}

func TestSIGTERMLeavesWholeLinesAndSaysSo(t *testing.T) {
	site, url := paper(t, newsite.Config{Articles: 150})
	site.SetFaults(newsite.Fault{Kind: newsite.FaultSlow, Delay: 25 * time.Millisecond}) // so that it is in its middle
	dir := t.TempDir()
	out := filepath.Join(dir, "news.jsonl")
	args := []string{"crawl", url + "/", "--state", filepath.Join(dir, "news.db"), "-o", out, "--delay", "0", "--quiet"}
	cmd := itself(t, dir, args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, func() bool { info, err := os.Stat(out); return err == nil && info.Size() > 0 })
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitTerm {
		t.Errorf("exit %d", code)
	}
	site.SetFaults()
	if b, err := itself(t, dir, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	killtest.Judge(t, killtest.Output(t, out), map[string]*newsite.Site{url: site})
}

func TestASecondCrawlOnOneStateIsTurnedAway(t *testing.T) {
	_, url := paper(t, newsite.Config{Faults: []newsite.Fault{{Kind: newsite.FaultSlow, Delay: time.Minute}}})
	dir := t.TempDir()
	db := filepath.Join(dir, "news.db")
	cmd := itself(t, dir, "crawl", url+"/", "--state", db, "--delay", "0", "--quiet")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	waitFor(t, func() bool { b, err := os.ReadFile(db + ".lock"); return err == nil && len(b) > 0 })
	code, _, stderr := crawlOnce(url+"/", "--state", db, "--delay", "0")
	if code != exitLocked || stderr == "" {
		t.Errorf("exit %d, %q", code, stderr)
	}
	if code, _, stderr := crawlOnce(url+"/", "--state", db, "--delay", "0", "--quiet"); code != exitLocked || stderr != "" {
		t.Errorf("quiet: exit %d, %q", code, stderr)
	}
}

// waitFor waits for another process to have come somewhere.
func waitFor(t *testing.T, there func() bool) {
	t.Helper()
	for range 2000 {
		if there() {
			return
		}
		<-time.NewTimer(5 * time.Millisecond).C
	}
	t.Fatal("it did not come that far in ten seconds")
}
