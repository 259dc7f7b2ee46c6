package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
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
	_, url := paper(t, newsite.Config{Articles: 6})
	db := filepath.Join(t.TempDir(), "news.db")
	if code, _, stderr := crawlOnce(url+"/", "--state", db, "--delay", "0", "--quiet"); code != exitOK {
		t.Fatal(stderr)
	}
	var out, errs bytes.Buffer
	if code := run([]string{"state", "vacuum", "--state", db, "--older-than", "0d"}, strings.NewReader(""), &out, &errs); code != exitOK || !strings.Contains(out.String(), "runs: 1\n") {
		t.Errorf("exit %d, %s%s", code, &out, &errs)
	}
}
