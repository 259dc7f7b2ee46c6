package main

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dateline-go/dateline/fixtures/newsite"
	"github.com/dateline-go/dateline/output"
)

// paper serves a fake site for a test.
func paper(t *testing.T, cfg newsite.Config) (site *newsite.Site, url string) {
	t.Helper()
	site = newsite.New(cfg)
	srv := httptest.NewServer(site.Handler())
	t.Cleanup(func() { srv.CloseClientConnections(); srv.Close() })
	return site, srv.URL
}

// crawlOnce runs dateline crawl and gives its exit status and streams.
func crawlOnce(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(append([]string{"crawl"}, args...), strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

func TestCrawlAppendsEachArticleOnceToItsFile(t *testing.T) {
	_, url := paper(t, newsite.Config{Articles: 12})
	dir := t.TempDir()
	db, out, sum := filepath.Join(dir, "news.db"), filepath.Join(dir, "news.jsonl"), filepath.Join(dir, "run.json")
	if err := os.WriteFile(out, []byte("{\"a\":1}\n"), 0o644); err != nil { // what stood there stays
		t.Fatal(err)
	}
	for range 2 {
		code, stdout, stderr := crawlOnce(url+"/", "--state", db, "-o", out, "--delay", "0", "--summary", sum)
		if code != exitOK || stdout != "" || !strings.Contains(stderr, "records") {
			t.Fatalf("exit %d, stdout %q, stderr %q", code, stdout, stderr)
		}
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(b, []byte("\n")); n != 13 || !bytes.HasPrefix(b, []byte("{\"a\":1}\n")) || !bytes.HasSuffix(b, []byte("}\n")) {
			t.Fatalf("%d lines", n)
		}
	}
	if b, err := os.ReadFile(sum); err != nil || !bytes.Contains(b, []byte("\"discovered\"")) {
		t.Errorf("summary %q, %v", b, err)
	}
}

func TestStatusAndExplainReadTheState(t *testing.T) {
	site, url := paper(t, newsite.Config{Articles: 12})
	dir := t.TempDir()
	db := filepath.Join(dir, "news.db")
	if code, _, stderr := crawlOnce(url+"/", "--state", db, "--delay", "0"); code != exitOK {
		t.Fatal(stderr)
	}
	for name, tc := range map[string]struct {
		args []string
		want []string
	}{
		"status":                               {[]string{"status", "--state", db}, []string{"last run: 12 records; of 13 URLs 12 new", "12 articles", "0 pages due", "0 lines not yet written"}},
		"a known article":                      {[]string{"explain", url + site.Articles()[0].Path, "--state", db}, []string{": article,", "named by feed", "version 1"}},
		"an address that only a sitemap names": {[]string{"explain", url + site.Articles()[11].Path, "--state", db}, []string{"named by sitemap", `articles-1.xml: updated "`}},
		"an address not named":                 {[]string{"explain", url + "/tag/x", "--state", db}, []string{"/tag/ in the path", "no source"}},
	} {
		var out, errs bytes.Buffer
		code := run(tc.args, strings.NewReader(""), &out, &errs)
		for _, w := range tc.want {
			if code != exitOK || !strings.Contains(out.String(), w) {
				t.Errorf("%s: exit %d, no %q in\n%s%s", name, code, w, &out, &errs)
			}
		}
	}
}

// A new -o begins a file of its own; the old one stays as it is.
func TestAnotherOutputFileHasAMarkOfItsOwn(t *testing.T) {
	site, url := paper(t, newsite.Config{Articles: 6})
	dir := t.TempDir()
	db := filepath.Join(dir, "news.db")
	for i, want := range []int{6, 2} {
		out := filepath.Join(dir, fmt.Sprintf("day%d.jsonl", i))
		if code, _, stderr := crawlOnce(url+"/", "--state", db, "--delay", "0", "-o", out); code != exitOK {
			t.Fatal(stderr)
		}
		if b, err := os.ReadFile(out); err != nil || bytes.Count(b, []byte("\n")) != want {
			t.Errorf("%s has %d lines, %v", out, bytes.Count(b, []byte("\n")), err)
		}
		site.Publish(2)
	}
}

func TestAnOutputIsOfOneStateAndOfOneRunAtATime(t *testing.T) {
	_, url := paper(t, newsite.Config{Articles: 3})
	dir := t.TempDir()
	out := filepath.Join(dir, "news.jsonl")
	crawl := func(state string, code int, say string) {
		t.Helper()
		if got, _, stderr := crawlOnce(url+"/", "--state", filepath.Join(dir, state), "--delay", "0", "-o", out); got != code || !strings.Contains(stderr, say) {
			t.Errorf("%s: exit %d, stderr %q", state, got, stderr)
		}
	}
	crawl("mine.db", exitOK, "3 records")
	crawl("theirs.db", exitOK, "3 records")
	crawl("mine.db", exitInternal, "an output of its own")
	crawl("theirs.db", exitOK, "0 records")

	other, err := output.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	size, err := other.Size()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Resume(size); err != nil {
		t.Fatal(err)
	}
	crawl("theirs.db", exitLocked, "another process appends to it")
}

func TestCrawlWritesToStdoutAndIsQuietWhenAsked(t *testing.T) {
	_, url := paper(t, newsite.Config{Articles: 5})
	code, stdout, stderr := crawlOnce(url, "--delay", "0", "--quiet")
	if code != exitOK || strings.Count(stdout, "\n") != 5 || stderr != "" {
		t.Errorf("exit %d, %d lines, stderr %q", code, strings.Count(stdout, "\n"), stderr)
	}
}

func TestCrawlSaysWhatIsWrongByItsExitStatus(t *testing.T) {
	_, url := paper(t, newsite.Config{Robots: "User-agent: *\nDisallow: /\n"})
	for name, tc := range map[string]struct {
		args []string
		code int
		say  string
	}{
		"no address":                {nil, exitUsage, "name a site"},
		"not an address":            {[]string{"news.example"}, exitUsage, "write it whole: https://news.example"},
		"nothing that may be read":  {[]string{url, "--delay", "0"}, exitNothing, "no start page"},
		"no time for a source":      {[]string{url, "--max-duration", "1ns"}, exitNothing, "time was up before"},
		"a budget below zero":       {[]string{url, "--max-pages=-1"}, exitUsage, "0 or more"},
		"an output that is no file": {[]string{url, "-o", t.TempDir()}, exitUsage, "it is a folder"},
	} {
		t.Run(name, func(t *testing.T) {
			code, _, stderr := crawlOnce(tc.args...)
			if code != tc.code || !strings.Contains(stderr, tc.say) {
				t.Errorf("exit %d, stderr %q", code, stderr)
			}
		})
	}
}
