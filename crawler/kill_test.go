package crawler

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/dateline-go/dateline/fixtures/newsite"
	"github.com/dateline-go/dateline/internal/killtest"
	"github.com/dateline-go/dateline/output"
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
	sum, err := Run(context.Background(), Config{Start: strings.Fields(os.Getenv(killURL)), State: os.Getenv(killState), Delay: &none, Rotate: Rotation{Size: size},
		crash: func(point string) {
			if point != os.Getenv(killPoint) {
				return
			}
			if left--; left == 0 {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
				select {} // it comes at once, but not before this line
			}
		}}, f)
	if len(sum.Alarms) > 0 { // what was killed is no fault of a site
		err = errors.Join(err, fmt.Errorf("alarms %v", sum.Alarms))
	}
	return err
}

// TestKilledAtAnyMarkedPointACrawlLosesAndDoublesNothing kills a crawl of three sites at each marked point for
// the first time, the second or the third, with an output that is appended to and one that is rotated.
func TestKilledAtAnyMarkedPointACrawlLosesAndDoublesNothing(t *testing.T) {
	for _, point := range []string{"after-open", "after-cut", "before-commit", "after-commit", "before-append", "after-append", "after-mark",
		"after-intent", "after-rotate", "after-sealed"} {
		t.Run(point, func(t *testing.T) {
			t.Parallel()
			killtest.EachStore(t, func(t *testing.T, state string) { killAt(t, point, state) })
		})
	}
}

func killAt(t *testing.T, point, state string) {
	kills, size := 2, 0
	if os.Getenv("DATELINE_KILLS") != "" { // make kill
		kills = 8
	}
	sites := map[string]*newsite.Site{}
	var starts, urls []string
	for n, articles := range []int{24, 16, 8} {
		l := newLab(t, newsite.Config{Articles: articles, Seed: uint64(n + 1)})
		sites[l.url], urls, starts = l.site, append(urls, l.url), append(starts, l.url+"/")
	}
	out := filepath.Join(t.TempDir(), "news.jsonl")
	if strings.Contains(point, "intent") || strings.Contains(point, "rotate") || strings.Contains(point, "sealed") {
		size = 10_000
	}
	run := func(point string, times int) bool {
		t.Helper()
		return dies(t, killURL+"="+strings.Join(starts, " "), killState+"="+state, killOut+"="+out, killPoint+"="+point,
			killTimes+"="+strconv.Itoa(times), killRotate+"="+strconv.Itoa(size))
	}
	died := 0
	for n := 1; n <= kills; n++ {
		times := 1 + n%3
		if point == "after-open" || point == "after-cut" { // a run comes there once
			times = 1
		}
		if run(point, times) {
			died++
		}
		site := sites[urls[n%len(urls)]] // it changes between two kills
		site.Publish(6)
		for i := range 4 {
			site.Correct(site.Articles()[i+n].Path)
		}
	}
	if died == 0 {
		t.Fatal("the point was never reached")
	}
	run("none", 1)
	v := killtest.Judge(t, killtest.Output(t, out), sites)
	t.Logf("%d kills: %d articles in %d versions", died, v.Articles, v.Versions)
	judgeMemory(t, state, sites)
}

// dies runs crawlToDeath in a process of its own and reports whether it came to its death.
func dies(t *testing.T, env ...string) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), env...)
	b, err := cmd.CombinedOutput()
	if err == nil {
		return false
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGKILL {
		t.Fatalf("%v\n%s", err, b)
	}
	return true
}

func TestWhatAKilledRunGaveCountsForTheAlarmsAndMetricsOfTheNext(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 6})
	if !dies(t, killURL+"="+l.url+"/", killState+"="+l.state, killOut+"="+filepath.Join(t.TempDir(), "news.jsonl"), killPoint+"=after-mark", killTimes+"=1", killRotate+"=0") {
		t.Fatal("it did not come that far")
	}
	if sum := l.crawl(); sum.Records > 0 || len(sum.Alarms) > 0 {
		t.Errorf("%v, alarms %v", sum, sum.Alarms)
	}
	rep, err := Status(t.Context(), l.state)
	if err != nil || rep.Sites[0].Total.Records != 6 {
		t.Errorf("%d records are booked, %v", rep.Sites[0].Total.Records, err)
	}
}
