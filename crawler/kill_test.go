package crawler

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/dateline-go/dateline/fixtures/newsite"
	"github.com/dateline-go/dateline/output"
)

// The environment that makes the test binary a crawl which kills itself.
const (
	killURL, killState, killOut = "DATELINE_KILL_URL", "DATELINE_KILL_STATE", "DATELINE_KILL_OUT"
	killPoint, killTimes        = "DATELINE_KILL_POINT", "DATELINE_KILL_TIMES"
)

func TestMain(m *testing.M) {
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
	_, err = Run(context.Background(), Config{Start: []string{os.Getenv(killURL)}, State: os.Getenv(killState), Delay: &none,
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

func TestKilledAtAnyMarkedPointACrawlLosesAndDoublesNothing(t *testing.T) {
	for _, point := range []string{"before-commit", "after-commit", "before-append", "after-append", "after-mark"} {
		t.Run(point, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, newsite.Config{Articles: 80})
			out := filepath.Join(t.TempDir(), "news.jsonl")
			died := 0
			for n := 1; n <= 5; n++ {
				cmd := exec.Command(os.Args[0])
				cmd.Env = append(os.Environ(), killURL+"="+l.url+"/", killState+"="+l.state, killOut+"="+out, killPoint+"="+point, killTimes+"="+strconv.Itoa(n))
				if b, err := cmd.CombinedOutput(); err != nil {
					if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGKILL {
						t.Fatalf("%v\n%s", err, b)
					}
					died++
				}
			}
			if died == 0 {
				t.Fatal("the point was never reached")
			}
			f, err := output.Open(out)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			none := time.Duration(0)
			if _, err := Run(context.Background(), Config{Start: []string{l.url + "/"}, State: l.state, Delay: &none}, f); err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			l.sink = memory{*bytes.NewBuffer(b)}
			l.complete()
		})
	}
}
