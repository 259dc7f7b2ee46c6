package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/fixtures/newsite"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver, for a database of the test's own
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

// TestACrawlThatIsKilledAtRandomMomentsLosesAndDoublesNothing kills with SIGKILL while the site
// changes, DATELINE_KILLS times (20 if unset; make kill sets 300), and then judges the file.
func TestACrawlThatIsKilledAtRandomMomentsLosesAndDoublesNothing(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { killAndJudge(t, filepath.Join(t.TempDir(), "news.db")) })
	t.Run("postgres", func(t *testing.T) {
		dsn := os.Getenv("DATELINE_TEST_POSTGRES")
		if dsn == "" {
			t.Skip("DATELINE_TEST_POSTGRES names no database")
		}
		killAndJudge(t, freshDatabase(t, dsn))
	})
}

// freshDatabase makes an empty database beside the one that dsn names, and drops it in the end.
func freshDatabase(t *testing.T, dsn string) string {
	t.Helper()
	admin, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("kill_%d", os.Getpid())
	if _, err := admin.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
		_ = admin.Close()
	})
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

// killAndJudge crawls a few sites that change between kills; 50 of them with 5,000 articles in the long form.
func killAndJudge(t *testing.T, state string) {
	t.Helper()
	kills, err := strconv.Atoi(os.Getenv("DATELINE_KILLS"))
	sites, articles := 50, 100
	if err != nil {
		kills, sites, articles = 20, 3, 50
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	dir := t.TempDir()
	out := filepath.Join(dir, "news.jsonl")
	args := []string{"crawl", "--state", state, "-o", out, "--delay", "0", "--quiet"}
	papers := map[string]*newsite.Site{}
	var bases []string
	for n := range sites {
		site, url := paper(t, newsite.Config{Seed: uint64(n + 1), Articles: articles})
		papers[url], bases = site, append(bases, url)
		args = append(args, url+"/")
	}
	for n := range kills {
		cmd := itself(t, dir, args...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		<-time.NewTimer(time.Duration(30+rnd.IntN(400)) * time.Millisecond).C
		_ = cmd.Process.Kill() // it may have ended by itself
		_ = cmd.Wait()
		if n%4 == 3 {
			site := papers[bases[rnd.IntN(len(bases))]]
			site.Publish(3)
			all := site.Articles()
			site.Correct(all[rnd.IntN(len(all))].Path)
		}
	}
	for range 2 {
		if b, err := itself(t, dir, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, b)
		}
	}
	judgeFile(t, out, papers)
}

// judgeFile holds a file against the truth: whole lines, each version once, none skipped, all articles.
func judgeFile(t *testing.T, name string, papers map[string]*newsite.Site) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	versions, had := map[string]int{}, map[string]bool{}
	for line := range bytes.Lines(b) {
		var r dateline.Record
		if err := json.Unmarshal(line, &r); err != nil || !bytes.HasSuffix(line, []byte("\n")) {
			t.Fatalf("torn line %.80q: %v", line, err)
		}
		if versions[r.ID]++; r.Source.Version != versions[r.ID] {
			t.Errorf("%s: version %d comes %d.", r.CanonicalURL, r.Source.Version, versions[r.ID])
		}
		if key := r.ID + r.Fingerprint.Content; had[key] {
			t.Errorf("%s: the same text twice", r.CanonicalURL)
		} else {
			had[key] = true
		}
		had[r.CanonicalURL] = true
	}
	for base, site := range papers {
		for _, a := range site.Articles() {
			if !had[base+a.Path] {
				t.Errorf("%s%s is lost", base, a.Path)
			}
		}
	}
	t.Logf("%d articles, %d lines", len(versions), bytes.Count(b, []byte("\n")))
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
	judgeFile(t, out, map[string]*newsite.Site{url: site})
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
