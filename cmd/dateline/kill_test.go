package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler"
	"github.com/dateline-go/dateline/fixtures/newsite"
	"github.com/dateline-go/dateline/internal/killtest"
)

// TestACrawlThatIsKilledAtRandomMomentsLosesAndDoublesNothing kills with SIGKILL while the sites change,
// DATELINE_KILLS times on 50 sites with 5,000 articles (make kill sets 300), else 12 times on three small ones.
// The next run goes on, often with another rotation.
func TestACrawlThatIsKilledAtRandomMomentsLosesAndDoublesNothing(t *testing.T) {
	killtest.EachStore(t, func(t *testing.T, state string) {
		kills, err := strconv.Atoi(os.Getenv("DATELINE_KILLS"))
		sites, articles := 50, 100
		if err != nil {
			kills, sites, articles = 12, 3, 30
		}
		began := time.Now()
		k := newSeries(t, state, sites, articles, kills)
		for run := 0; k.killed() < kills; run++ {
			if run > 3*kills {
				t.Fatalf("of %d runs only %d came to the moment of their death", run, k.killed())
			}
			k.run()
			k.change()
		}
		v := k.end()
		t.Logf("%d kills (%s) in %v: %d articles in %d versions, %d of them corrections; %d runs ended by themselves; the sites were asked %d times for pages",
			k.killed(), k.said(), time.Since(began).Round(time.Second), v.Articles, v.Versions, v.Corrections, k.whole, k.pages.Load())
	})
}

// A series is one crawl that is killed again and again.
type series struct {
	t     *testing.T
	rnd   *rand.Rand
	dir   string
	out   string
	state string
	sites map[string]*newsite.Site
	urls  []string
	span  int // pages from one kill to the next, on average, while there are enough
	reach int // and of the next run: less where runs come to their end

	pages  atomic.Int64   // of articles that were asked for
	kills  map[string]int // by moment
	whole  int            // runs that ended by themselves
	follow follower
}

func newSeries(t *testing.T, state string, sites, articles, kills int) *series {
	dir := t.TempDir()
	k := &series{t: t, rnd: rand.New(rand.NewPCG(1, 2)), dir: dir, out: filepath.Join(dir, "news.jsonl"), state: state,
		sites: map[string]*newsite.Site{}, kills: map[string]int{}, span: max(5, 3*sites*articles/2/kills)}
	k.reach = k.span
	for n := range sites {
		site := newsite.New(newsite.Config{Seed: uint64(n + 1), Articles: articles})
		pages := site.Handler()
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, ".html") {
				k.pages.Add(1)
			}
			pages.ServeHTTP(w, r)
		}))
		t.Cleanup(func() { srv.CloseClientConnections(); srv.Close() })
		k.sites[srv.URL], k.urls = site, append(k.urls, srv.URL)
	}
	return k
}

// The moments at which a run is killed; each gives what must be true for the run that begins now.
var moments = []struct {
	name string
	when func(*series) func() bool
}{
	{"start", (*series).someTime}, {"page", (*series).somePages}, {"page", (*series).somePages}, {"page", (*series).somePages},
	{"write", (*series).someBytes}, {"write", (*series).someBytes}, {"rotation", (*series).aRotation},
}

// someTime after it was begun a run is still in its start: the schema, the cut to the mark, the first sources.
func (k *series) someTime() func() bool {
	end := time.Now().Add(time.Duration(k.rnd.IntN(80_000)) * time.Microsecond)
	return func() bool { return time.Now().After(end) }
}

func (k *series) somePages() func() bool {
	end := k.pages.Load() + 1 + int64(k.rnd.IntN(2*k.reach))
	return func() bool { return k.pages.Load() >= end }
}

// someBytes more are in the output: the crawl is between an append and its mark, or soon after.
func (k *series) someBytes() func() bool {
	end := size(k.out) + 1 + int64(k.rnd.IntN(2*k.reach))*5000
	return func() bool { return size(k.out) >= end }
}

// aRotation is under way when a new name is there, or it was finished between two looks.
func (k *series) aRotation() func() bool {
	names := func() int {
		all, err := os.ReadDir(k.dir)
		if err != nil {
			k.t.Fatal(err)
		}
		return len(all)
	}
	before, late := names(), time.Duration(k.rnd.IntN(4_000))*time.Microsecond
	var seen time.Time
	return func() bool {
		if seen.IsZero() && names() > before {
			seen = time.Now()
		}
		return !seen.IsZero() && time.Since(seen) >= late
	}
}

func size(name string) int64 {
	info, err := os.Stat(name)
	if err != nil {
		return 0
	}
	return info.Size()
}

// args are those of one run: the sites in any order, and a rotation of its own.
func (k *series) args(moment string) []string {
	args := []string{"crawl", "--state", k.state, "-o", k.out, "--delay", "0", "--quiet"}
	if moment == "rotation" || k.rnd.IntN(3) == 0 {
		args = append(args, "--rotate-size", strconv.Itoa(5000+k.rnd.IntN(10_000*k.reach)))
		if k.rnd.IntN(2) == 0 {
			args = append(args, "--zstd")
		}
	}
	for _, n := range k.rnd.Perm(len(k.urls)) {
		args = append(args, k.urls[n]+"/")
	}
	return args
}

// run begins a crawl and kills it at one of the moments, unless it ends before.
func (k *series) run() {
	k.t.Helper()
	m := moments[k.rnd.IntN(len(moments))]
	cmd := itself(k.t, k.dir, k.args(m.name)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	now := m.when(k)
	if err := cmd.Start(); err != nil {
		k.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	look := time.NewTicker(200 * time.Microsecond)
	defer look.Stop()
	for dead := false; ; {
		select {
		case err := <-ended:
			if dead && cmd.ProcessState.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL {
				k.kills[m.name]++
				k.reach = min(k.span, k.reach*5/4+1)
			} else if err != nil {
				k.t.Fatalf("%v: %s", err, &errs)
			} else {
				k.whole++
				k.reach = max(1, k.reach/2)
			}
			k.follow.look(k.t, k.out)
			return
		case <-look.C:
			if !dead && now() {
				_ = cmd.Process.Kill() // it may have ended by itself
				dead = true
			}
		}
	}
}

// change is what happens on the sites between two runs.
func (k *series) change() {
	for range 1 + k.span/4 {
		site := k.sites[k.urls[k.rnd.IntN(len(k.urls))]]
		if k.rnd.IntN(8) == 0 {
			site.Publish(1)
			continue
		}
		all := site.Articles()
		site.Correct(all[k.rnd.IntN(len(all))].Path)
	}
}

func (k *series) killed() (n int) {
	for _, m := range k.kills {
		n += m
	}
	return n
}

func (k *series) said() string {
	var parts []string
	for m, n := range k.kills {
		parts = append(parts, fmt.Sprintf("%d at a %s", n, m))
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}

// end lets the crawl finish, twice, and judges what came of it.
func (k *series) end() killtest.Verdict {
	k.t.Helper()
	sum := filepath.Join(k.t.TempDir(), "run.json")
	for range 2 {
		if b, err := itself(k.t, k.dir, append(k.args(""), "--summary", sum)...).CombinedOutput(); err != nil {
			k.t.Fatalf("%v\n%s", err, b)
		}
	}
	b, err := os.ReadFile(sum)
	if err != nil {
		k.t.Fatal(err)
	}
	var last crawler.Summary
	if err := json.Unmarshal(b, &last); err != nil || last.Handed()+last.Left+last.Records > 0 {
		k.t.Errorf("the last run had still to do %v, %v", last, err)
	}
	v := killtest.Judge(k.t, killtest.Output(k.t, k.out), k.sites)
	k.judgeState(v)
	return v
}

// judgeState holds what the state says was committed against what came out.
func (k *series) judgeState(v killtest.Verdict) {
	k.t.Helper()
	rep, err := crawler.Status(k.t.Context(), k.state)
	if err != nil {
		k.t.Fatal(err)
	}
	rows := rep.Rows
	if rows["articles"] != int64(v.Articles) || rows["article_versions"] != int64(v.Versions) || rows["outbox"] > 0 || rows["sites"] != int64(len(k.sites)) {
		k.t.Errorf("%d articles in %d versions came out, the state has %v", v.Articles, v.Versions, rows)
	}
	for _, s := range rep.Sites {
		if s.Due > 0 {
			k.t.Errorf("%s has %d pages due", s.Site, s.Due)
		}
	}
	if strings.Contains(k.state, "://") {
		return
	}
	db, err := sql.Open("sqlite", k.state)
	if err != nil {
		k.t.Fatal(err)
	}
	defer db.Close()
	var said string
	if err := db.QueryRowContext(context.Background(), "PRAGMA integrity_check").Scan(&said); err != nil || said != "ok" {
		k.t.Errorf("the file of the state: %s %v", said, err)
	}
}

// A follower reads an output as tail -f does: bytes that were there once never become others.
type follower struct {
	file   os.FileInfo
	sealed []string
	from   int64
	tail   []byte
}

func (f *follower) look(t *testing.T, name string) {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil { // between a rotation's rename and the new file
		f.file = nil
		return
	}
	const far = 256 << 10
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := filepath.Glob(strings.TrimSuffix(name, ".jsonl") + "-*")
	if err != nil {
		t.Fatal(err)
	}
	// Else it was rotated: where what was sealed is compressed and removed, the new file may have its number.
	if f.file != nil && os.SameFile(f.file, info) && slices.Equal(f.sealed, sealed) {
		now := b[min(f.from, int64(len(b))):]
		if n := min(len(now), len(f.tail)); !bytes.Equal(now[:n], f.tail[:n]) {
			t.Errorf("bytes of the output became others, between %d and %d", f.from, f.from+int64(n))
		}
	}
	f.file, f.sealed, f.from = info, sealed, max(0, int64(len(b))-far)
	f.tail = b[f.from:]
}
