package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/dateline-go/dateline/fixtures/newsite"
)

func TestAnOutputIsSealedAtTheEndOfEachRunIfAsked(t *testing.T) {
	site, url := paper(t, newsite.Config{Articles: 6})
	dir := t.TempDir()
	out := filepath.Join(dir, "news.jsonl")
	args := []string{url + "/", "--state", filepath.Join(dir, "news.db"), "-o", out, "--delay", "0", "--quiet", "--rotate-run", "--zstd"}
	for range 2 {
		if code, _, stderr := crawlOnce(args...); code != exitOK {
			t.Fatal(stderr)
		}
		site.Publish(2)
	}
	sealed, err := filepath.Glob(filepath.Join(dir, "news-*.jsonl.zst"))
	if err != nil || len(sealed) != 2 {
		t.Fatalf("sealed %v, %v", sealed, err)
	}
	if b, err := os.ReadFile(out); err != nil || len(b) > 0 {
		t.Errorf("%d bytes in the open file, %v", len(b), err)
	}
	for i, want := range []int{6, 2} {
		b, err := readInput(sealed[i], nil, 1<<20)
		if err != nil || bytes.Count(b, []byte("\n")) != want {
			t.Errorf("%s has %d lines, want %d: %v", sealed[i], bytes.Count(b, []byte("\n")), want, err)
		}
	}
}

func TestFlagsOfTheOperatorThatMakeNoSenseAreNamed(t *testing.T) {
	for name, tc := range map[string]struct {
		args []string
		say  string
	}{
		"rotating stdout":          {[]string{"--rotate-run"}, "stdout cannot be rotated"},
		"compressing what is open": {[]string{"-o", "x", "--zstd"}, "what a rotation seals"},
		"a size without a number":  {[]string{"-o", "x", "--rotate-size", "big"}, `--rotate-size "big": a size is written as`},
		"an age without a number":  {[]string{"-o", "x", "--rotate-age", "old"}, `--rotate-age "old": a length of time is written as`},
		"room below zero":          {[]string{"--min-free", "-1"}, "--min-free"},
		"a private ping":           {[]string{"--ping", "http://192.168.1.1/"}, "not a public one"},
	} {
		code, _, stderr := crawlOnce(append([]string{"http://127.0.0.1:1/"}, tc.args...)...)
		if code != exitUsage || !strings.Contains(stderr, tc.say) {
			t.Errorf("%s: exit %d, %q", name, code, stderr)
		}
	}
}

func TestVacuumSaysWhatItForgotAndKeepsOffARunningCrawl(t *testing.T) {
	site := newsite.New(newsite.Config{Articles: 6})
	arrived, goOn := make(chan struct{}), make(chan struct{})
	once := sync.OnceFunc(func() { close(arrived); <-goOn })
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		once()
		site.Handler().ServeHTTP(w, r)
	}))
	t.Cleanup(srv.Close)
	db := filepath.Join(t.TempDir(), "news.db")
	ended := make(chan string)
	go func() {
		_, _, stderr := crawlOnce(srv.URL+"/", "--state", db, "--delay", "0")
		ended <- stderr
	}()
	<-arrived
	if code, stdout, stderr := call("state", "vacuum", "--state", db); code != exitLocked || stdout != "" || !strings.Contains(stderr, "try again later") {
		t.Errorf("beside a crawl: exit %d, %s%s", code, stdout, stderr)
	}
	other, url := paper(t, newsite.Config{Articles: 2})
	for flag, want := range map[string]bool{"--quiet": false, "--delay=0": true} {
		if code, _, stderr := call("probe", url+"/", "--state", db, "--delay", "0", flag); code != exitOK || strings.Contains(stderr, "note: a crawl has the state") != want {
			t.Errorf("a probe beside a crawl, %s: exit %d, %q", flag, code, stderr)
		}
	}
	if other.Judge().Requests == 0 {
		t.Error("nothing was looked at")
	}
	close(goOn)
	if stderr := <-ended; !strings.Contains(stderr, "6 records") {
		t.Fatal(stderr)
	}
	if code, stdout, stderr := call("state", "vacuum", "--state", db, "--older-than", "0d"); code != exitOK || !strings.Contains(stdout, "runs: 1\n") {
		t.Errorf("exit %d, %s%s", code, stdout, stderr)
	}
}

func TestWrongUsageOfAStateSaysOnlyWhatHelps(t *testing.T) {
	inFolder(t, "sites:\n  paper:\n    strat: https://paper.example/\n")
	for line, want := range map[string]struct{ say, not string }{
		"explain paper.example/a --config sites.yaml":         {"write it whole: https://paper.example/a", "strat"},
		"explain https://paper.example/a --config sites.yaml": {`did you mean "start"?`, "hint: name an address"},
		"plan --config sites.yaml":                            {`did you mean "start"?`, "hint: name an address"},
		"state vacuum --state news.db --older-than=-1d":       {"--older-than", "hint: name an address"},
	} {
		if code, _, stderr := call(strings.Fields(line)...); code != exitUsage || !strings.Contains(stderr, want.say) || strings.Contains(stderr, want.not) {
			t.Errorf("%s: exit %d, %s", line, code, stderr)
		}
	}
}
