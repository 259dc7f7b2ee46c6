package crawler

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/dateline-go/dateline/fixtures/newsite"
	"github.com/dateline-go/dateline/output"
	"github.com/klauspost/compress/zstd"
)

// The environment that makes the test binary a crawl which kills itself.
const (
	killURL, killState, killOut = "DATELINE_KILL_URL", "DATELINE_KILL_STATE", "DATELINE_KILL_OUT"
	killPoint, killTimes        = "DATELINE_KILL_POINT", "DATELINE_KILL_TIMES"
	killRotate                  = "DATELINE_KILL_ROTATE" // a size; sealed files are compressed
)

func TestMain(m *testing.M) {
	if os.Getenv(soakRun) != "" {
		if err := soakOnce(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if os.Getenv(killURL) != "" {
		if err := crawlToDeath(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// crawlToDeath crawls until it comes to the marked point for the nth time, and dies there by SIGKILL:
// nothing is flushed, closed or undone.
func crawlToDeath() error {
	left, err := strconv.Atoi(os.Getenv(killTimes))
	if err != nil {
		return err
	}
	f, err := output.Open(os.Getenv(killOut))
	if err != nil {
		return err
	}
	none := time.Duration(0)
	size, err := strconv.ParseInt(os.Getenv(killRotate), 10, 64)
	if err != nil {
		return err
	}
	f.Compress = true
	_, err = Run(context.Background(), Config{Start: strings.Fields(os.Getenv(killURL)), State: os.Getenv(killState), Delay: &none, Rotate: Rotation{Size: size},
		crash: func(point string) {
			if point != os.Getenv(killPoint) {
				return
			}
			if left--; left == 0 {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
				select {} // it comes at once, but not before this line
			}
		}}, f)
	return err
}

// TestKilledAtAnyMarkedPointACrawlLosesAndDoublesNothing kills a crawl of three sites at each marked point for
// the first time, the second and so on, with an output that is appended to and one that is rotated.
func TestKilledAtAnyMarkedPointACrawlLosesAndDoublesNothing(t *testing.T) {
	stores := map[string]func(*testing.T) string{"sqlite": func(t *testing.T) string { return filepath.Join(t.TempDir(), "state.db") }}
	if dsn := os.Getenv("DATELINE_TEST_POSTGRES"); dsn != "" {
		stores["postgres"] = func(t *testing.T) string { return freshDatabase(t, dsn) }
	}
	for store, open := range stores {
		for _, point := range []string{"before-commit", "after-commit", "before-append", "after-append", "after-mark", "after-intent", "after-rotate", "after-sealed"} {
			t.Run(store+" "+point, func(t *testing.T) {
				t.Parallel()
				killAt(t, point, open(t))
			})
		}
	}
}

func killAt(t *testing.T, point, state string) {
	kills, size := 2, "0"
	if os.Getenv("DATELINE_KILLS") != "" { // make kill
		kills = 8
	}
	labs := []*lab{newLab(t, newsite.Config{Articles: 24}), newLab(t, newsite.Config{Articles: 16, Seed: 2}), newLab(t, newsite.Config{Articles: 8, Seed: 3})}
	var starts []string
	for _, l := range labs {
		starts = append(starts, l.url+"/")
	}
	dir := t.TempDir()
	out := filepath.Join(dir, "news.jsonl")
	if strings.Contains(point, "intent") || strings.Contains(point, "rotate") || strings.Contains(point, "sealed") {
		size = "50000"
	}
	run := func(point string, times int) bool {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), killURL+"="+strings.Join(starts, " "), killState+"="+state, killOut+"="+out, killPoint+"="+point,
			killTimes+"="+strconv.Itoa(times), killRotate+"="+size)
		b, err := cmd.CombinedOutput()
		if err == nil {
			return false
		}
		if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGKILL {
			t.Fatalf("%v\n%s", err, b)
		}
		return true
	}
	died := 0
	for n := 1; n <= kills; n++ {
		if run(point, n) {
			died++
		}
		site := labs[n%len(labs)].site // it changes between two kills
		site.Publish(2)
		site.Correct(site.Articles()[n].Path)
	}
	if died == 0 {
		t.Fatal("the point was never reached")
	}
	run("none", 1)
	judgeLines(t, sealedAndOpen(t, dir), labs)
}

// sealedAndOpen is what stands in a folder of outputs, oldest first.
func sealedAndOpen(t *testing.T, dir string) (out []byte) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		switch filepath.Ext(f.Name()) {
		case ".zst":
			z, err := zstd.NewReader(nil)
			if err != nil {
				t.Fatal(err)
			}
			if b, err = z.DecodeAll(b, nil); err != nil {
				t.Fatal(err)
			}
			z.Close()
		case ".jsonl":
		default:
			t.Errorf("%s was left over", f.Name())
			continue
		}
		out = append(out, b...)
	}
	return out
}

// judgeLines holds lines against the truth: each version of each article once, in its order.
func judgeLines(t *testing.T, lines []byte, labs []*lab) {
	t.Helper()
	sink := memory{*bytes.NewBuffer(lines)}
	versions, had := map[string]int{}, map[string]bool{}
	for _, r := range sink.records(t) {
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
	for _, l := range labs {
		for _, a := range l.site.Articles() {
			if !had[l.url+a.Path] {
				t.Errorf("%s%s is lost", l.url, a.Path)
			}
		}
	}
}

// freshDatabase makes an empty database beside the one that dsn names, and drops it in the end.
func freshDatabase(t *testing.T, dsn string) string {
	t.Helper()
	admin, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("point_%d_%d", os.Getpid(), databases.Add(1))
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

var databases atomic.Int64
