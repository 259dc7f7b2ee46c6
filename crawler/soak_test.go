package crawler

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/clock"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/fixtures/newsite"
	"github.com/dateline-go/dateline/output"
)

// soakRun is the environment that makes the test binary one run of cron: a soakOrder as JSON.
const soakRun = "DATELINE_SOAK_RUN"

type soakOrder struct {
	Now        time.Time
	Start      []string
	State, Out string
	Full       bool // the disk
}

// soakOnce is one run at a moment of its own. It prints its summary.
func soakOnce() error {
	var o soakOrder
	if err := json.Unmarshal([]byte(os.Getenv(soakRun)), &o); err != nil {
		return err
	}
	debug.SetMemoryLimit(MemoryLimit)
	f, err := output.Open(o.Out)
	if err != nil {
		return err
	}
	none := time.Duration(0)
	c := Config{Start: o.Start, State: o.State, Delay: &none, clock: clock.NewFake(o.Now), fast: true}
	c.disk = func(string) (uint64, uint64, error) {
		if o.Full {
			return 1 << 30, 100 << 30, nil
		}
		return 50 << 30, 100 << 30, nil
	}
	sum, err := Run(context.Background(), c, f)
	if err != nil && !errors.Is(err, ErrLocked) {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(soakResult{sum, peakKB()})
}

// A soakResult is what a run of cron says of itself.
type soakResult struct {
	Summary
	Peak int64 `json:"peak_kb"` // of its memory
}

// peakKB is the most memory that this process ever took, 0 where nobody tells. What getrusage tells of a child
// would include its parent, as it was when it began.
func peakKB() int64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(b), "VmHWM:")
	kb, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, err := strconv.ParseInt(kb, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// soakChild runs one order in a process of its own.
func soakChild(t *testing.T, o *soakOrder) (res soakResult) {
	t.Helper()
	b, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), soakRun+"="+string(b))
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &errs)
	}
	if err := json.Unmarshal(out, &res); err != nil {
		t.Fatal(err)
	}
	return res
}

// An act is what happens to one site, from one day to another, and the alarm that must tell of it.
type act struct {
	kind     string
	from, to int // days
	begin    func(*newsite.Site)
	end      func(*newsite.Site)
	each     func(s *newsite.Site, run int) // run by run meanwhile
	raised   int                            // the day on which it is raised, where that is not from
	also     string                         // alarms that may come with it
	late     int                            // days after its end by which it must have cleared, 2 if 0
}

func healthy(s *newsite.Site) { s.SetFaults(); s.Turn(newsite.Turn{}); s.SetRobots("") }

// articleFaults makes the pages of all articles go wrong.
func articleFaults(f newsite.Fault) func(*newsite.Site) {
	return func(s *newsite.Site) {
		var all []newsite.Fault
		for _, sec := range s.Sections() {
			f.Path = sec + "2*" // the year
			all = append(all, f)
		}
		s.SetFaults(all...)
	}
}

func faults(f newsite.Fault) func(*newsite.Site) { return func(s *newsite.Site) { s.SetFaults(f) } }
func turn(t newsite.Turn) func(*newsite.Site)    { return func(s *newsite.Site) { s.Turn(t) } }
func relayout(broken bool) func(s *newsite.Site) { return func(s *newsite.Site) { s.Relayout(broken) } }
func robotsText(text string) func(s *newsite.Site) {
	return func(s *newsite.Site) { s.SetRobots(text) }
}

// freeze stops the feeds where they are; the sitemaps go on.
func freeze(s *newsite.Site) {
	all := s.Articles()
	s.Turn(newsite.Turn{Frozen: all[len(all)-1].Published})
}

// soakScript is played on the first sites, one act each; the others must never raise anything.
var soakScript = []act{
	{kind: "layout_drift", from: 5, to: 8, begin: relayout(true), end: relayout(false), also: "silent"},
	{kind: "feed_dead", from: 5, to: 8, begin: faults(newsite.Fault{Kind: newsite.FaultStatus, Status: 404, Path: "/feed.xml"}), end: healthy},
	{kind: "feed_is_html", from: 5, to: 8, begin: faults(newsite.Fault{Kind: newsite.FaultHTML, Path: "/feed.xml"}), end: healthy, also: "feed_dead"},
	{kind: "blocked", from: 5, to: 7, begin: articleFaults(newsite.Fault{Kind: newsite.FaultStatus, Status: 403}), end: healthy, also: "silent recall_low", late: 9},
	{kind: "silent", from: 5, to: 8, begin: turn(newsite.Turn{Still: true}), end: healthy, also: "recall_low"},
	{kind: "robots_closed", from: 5, to: 8, begin: robotsText("User-agent: *\nDisallow: /\n"), end: healthy, also: "silent recall_low"},
	{kind: "redirect_home", from: 5, to: 6, begin: articleFaults(newsite.Fault{Kind: newsite.FaultHome}), end: healthy, also: "silent recall_low layout_drift same_body", late: 9},
	{kind: "same_body", from: 5, to: 7, begin: turn(newsite.Turn{Same: true}), end: healthy, also: "short_bodies"},
	{kind: "paywall_up", from: 5, to: 7, begin: turn(newsite.Turn{Paywalled: true}), end: healthy, also: "short_bodies"},
	{kind: "short_bodies", from: 5, to: 7, begin: turn(newsite.Turn{Short: true}), end: healthy},
	{kind: "recall_low", from: 5, to: 7, begin: articleFaults(newsite.Fault{Kind: newsite.FaultStatus, Status: 500}), end: healthy, also: "silent", late: 9},
	{kind: "feed_overflow", from: 5, to: 7, begin: turn(newsite.Turn{Still: true}), end: healthy, also: "silent"},                 // all that was held back comes at once
	{kind: "layout_drift", from: 5, to: 8, each: func(s *newsite.Site, run int) { s.Relayout(run%2 == 0) }, end: relayout(false)}, // it flaps
	{kind: "dates_odd", from: 5, to: 8, begin: turn(newsite.Turn{Dated: newsite.Epoch}), end: healthy},
	{kind: "feed_frozen", from: 5, to: 24, raised: 19, begin: freeze, end: healthy},
	{kind: "no_articles", from: 0, to: 1, begin: articleFaults(newsite.Fault{Kind: newsite.FaultStatus, Status: 404}), end: healthy},
}

// A soak is a number of sites and days, all by one clock.
type soak struct {
	t     *testing.T
	sites []*newsite.Site
	urls  []string
	now   atomic.Int64 // unix

	order  soakOrder
	raised map[string][]Alarm // by site
	at     map[string][]time.Time
	rss    []int64 // KB, of each run
	sizes  []int64 // of the state's file, after each run
	counts []int64 // articles
	last   Summary
}

// TestAMonthOfCronRaisesAndClearsItsAlarms plays two weeks on a few sites; make soak thirty days on 200.
func TestAMonthOfCronRaisesAndClearsItsAlarms(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a while")
	}
	sites, days, step := len(soakScript)+2, 11, 12*time.Hour
	if long := os.Getenv("DATELINE_SOAK_SITES"); long != "" {
		n, err := strconv.Atoi(long)
		if err != nil {
			t.Fatal(err)
		}
		sites, days, step = n, 30, 6*time.Hour
	}
	k := newSoak(t, sites)
	perDay := int(24 * time.Hour / step)
	diskRun, lockRun := 9*perDay, 10*perDay
	for run := range days * perDay {
		k.act(run, perDay)
		k.order.Full = run == diskRun
		if run == lockRun {
			k.locked()
		}
		k.run()
		k.now.Add(int64(step / time.Second))
		if run%perDay == perDay-1 {
			t.Logf("day %d: %d articles, %d MB, state %.1f MB, %v", run/perDay+1, k.counts[run], k.rss[run]>>10, float64(k.sizes[run])/(1<<20), k.last.Recall.String())
		}
	}
	k.judgeAlarms(days)
	k.judgeSources(k.order.Now)
	k.judgeGrowth()
	k.judgeOutput(k.order.Now)
	t.Logf("%d sites, %d days, %d runs, %d articles; peak memory %d MB; state %.1f MB, %d bytes an article; last run: %v",
		sites, days, days*perDay, k.counts[len(k.counts)-1], slices.Max(k.rss)>>10, float64(k.sizes[len(k.sizes)-1])/(1<<20),
		k.sizes[len(k.sizes)-1]/k.counts[len(k.counts)-1], k.last)
}

func newSoak(t *testing.T, sites int) *soak {
	dir := t.TempDir()
	k := &soak{t: t, raised: map[string][]Alarm{}, at: map[string][]time.Time{}, order: soakOrder{State: filepath.Join(dir, "state.db"), Out: filepath.Join(dir, "out.jsonl")}}
	k.now.Store(newsite.Epoch.Unix())
	now := func() time.Time { return time.Unix(k.now.Load(), 0).UTC() }
	for n := range sites {
		cfg := newsite.Config{Seed: uint64(n + 1), Now: now, Grow: true, Every: 12 * time.Hour, Articles: 12}
		if n < len(soakScript) {
			cfg.Every, cfg.Articles = 2*time.Hour, 24
			if soakScript[n].kind == "feed_overflow" {
				cfg.NoSitemap, cfg.NoNewsSitemap, cfg.FeedItems = true, true, 14
			}
			if kind := soakScript[n].kind; kind == "paywall_up" || kind == "dates_odd" {
				cfg.Layouts = []newsite.Layout{newsite.LayoutJSONLD}
			}
			if soakScript[n].kind == "dates_odd" { // a date in the address, with the feed's, would right that of the page
				cfg.URLs = newsite.URLSlug
			}
			if soakScript[n].each != nil {
				cfg.Every = time.Hour
			}
		}
		site := newsite.New(cfg)
		srv := httptest.NewServer(site.Handler())
		t.Cleanup(srv.Close)
		k.sites, k.urls = append(k.sites, site), append(k.urls, srv.URL)
		k.order.Start = append(k.order.Start, srv.URL+"/")
	}
	return k
}

// act plays what the script has for this run.
func (k *soak) act(run, perDay int) {
	for i, a := range soakScript {
		s := k.sites[i]
		switch {
		case run == a.from*perDay && a.begin != nil:
			a.begin(s)
		case run == a.to*perDay && a.end != nil:
			a.end(s)
		}
		if a.each != nil && run >= a.from*perDay && run < a.to*perDay {
			a.each(s, run)
		}
	}
}

// locked has cron begin three runs while another has the state; the third says so.
func (k *soak) locked() {
	k.t.Helper()
	other, err := state.Open(k.t.Context(), k.order.State, state.Options{})
	if err != nil {
		k.t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	for n, want := range []int{0, 0, 1} {
		if res := soakChild(k.t, &k.order); len(res.Alarms) != want || want > 0 && res.Alarms[0].Kind != "lock_held" {
			k.t.Errorf("turned away %d times: alarms %v", n+1, res.Alarms)
		}
	}
}

func (k *soak) run() {
	k.t.Helper()
	k.order.Now = time.Unix(k.now.Load(), 0).UTC()
	res := soakChild(k.t, &k.order)
	k.last = res.Summary
	k.rss = append(k.rss, res.Peak)
	for _, a := range k.last.Alarms {
		k.raised[a.Site] = append(k.raised[a.Site], a)
		k.at[a.Site+" "+a.Kind] = append(k.at[a.Site+" "+a.Kind], k.order.Now)
	}
	if info, err := os.Stat(k.order.State); err == nil {
		k.sizes = append(k.sizes, info.Size())
	}
	articles := int64(0)
	for _, s := range k.sites {
		s.ResetLog()
		articles += int64(len(s.Articles()))
	}
	k.counts = append(k.counts, articles)
	for key, c := range k.last.Sites {
		if c.Handed()+c.Left != c.Discovered {
			k.t.Errorf("%s: the outcomes are no partition: %v", key, c)
		}
	}
}

// judgeAlarms holds what was raised against the script.
func (k *soak) judgeAlarms(days int) {
	day := func(t time.Time) float64 { return t.Sub(newsite.Epoch).Hours() / 24 }
	for i, url := range k.urls {
		name := strings.TrimPrefix(url, "http://")
		if i >= len(soakScript) {
			if len(k.raised[name]) > 0 {
				k.t.Errorf("a healthy site raised %v", k.raised[name])
			}
			continue
		}
		a := soakScript[i]
		if a.raised > days {
			continue // a soak that is too short for it
		}
		first := float64(max(a.from, a.raised))
		late := float64(a.to + 2)
		if a.late > 0 {
			late = float64(a.to + a.late)
		}
		at := k.at[name+" "+a.kind]
		switch {
		case len(at) == 0:
			k.t.Errorf("site %d never raised %s, but %v", i, a.kind, k.raised[name])
			continue
		case day(at[0]) < first || day(at[0]) > first+2:
			k.t.Errorf("%s was raised on day %.1f first, the script has it from %.0f", a.kind, day(at[0]), first)
		case day(at[len(at)-1]) > late && late < float64(days):
			k.t.Errorf("%s was raised on day %.1f still, the script ends it on %d", a.kind, day(at[len(at)-1]), a.to)
		}
		for _, r := range k.raised[name] {
			if r.Kind != a.kind && !slices.Contains(strings.Fields(a.also), r.Kind) {
				k.t.Errorf("the site of %s raised %v", a.kind, r)
			}
			if r.Kind == a.kind && !r.Since.Equal(at[0]) {
				k.t.Errorf("%s came back as another alarm: since %v, first raised %v", a.kind, r.Since, at[0])
			}
		}
	}
	if at := k.at[" disk_low"]; len(at) != 1 {
		k.t.Errorf("a full disk was told of %d times", len(at))
	}
}

// judgeSources looks at the state in the end: no alarm stands that should not, no source has gone unread.
func (k *soak) judgeSources(end time.Time) {
	store, err := state.OpenRead(k.t.Context(), k.order.State, state.Options{})
	if err != nil {
		k.t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	sites, err := store.AllSites(k.t.Context())
	if err != nil || len(sites) != len(k.sites) {
		k.t.Fatalf("%d sites, %v", len(sites), err)
	}
	for _, s := range sites {
		sources, err := store.Sources(k.t.Context(), s.ID)
		if err != nil {
			k.t.Fatal(err)
		}
		for _, src := range sources {
			// A section that never named anything is left alone where a sitemap names everything.
			idle := src.Kind == kindSection && src.Found == 0
			if src.Note != guessed && !idle && end.Sub(src.LastRead) > 36*time.Hour {
				k.t.Errorf("%s %s was last read on %v, the end is %v", src.Kind, src.URL, src.LastRead, end)
			}
		}
		if end.Sub(s.Served) > time.Hour {
			k.t.Errorf("%s was last served on %v", s.Key, s.Served)
		}
	}
}

// judgeGrowth: memory is flat, the state grows as the articles do. What the state keeps of its file in memory
// is bounded, and aside: the file is still small here.
func (k *soak) judgeGrowth() {
	n := len(k.rss)
	own := make([]int64, n)
	for i := range own {
		kb := k.sizes[i] >> 10
		own[i] = k.rss[i] - min(kb, 64<<10) - 2*min(kb, 8<<10)
	}
	early, late := slices.Max(own[n/6:n/3]), slices.Max(own[n-n/6:])
	if late > early*13/10 || slices.Max(k.rss) > 250<<10 {
		k.t.Errorf("a run took %d MB early and %d MB late, %d MB at most with the state's own", early>>10, late>>10, slices.Max(k.rss)>>10)
	}
	mid := n / 2
	first := float64(k.sizes[mid]-k.sizes[1]) / float64(k.counts[mid]-k.counts[1])
	second := float64(k.sizes[n-1]-k.sizes[mid]) / float64(k.counts[n-1]-k.counts[mid])
	if second > 1.3*first {
		k.t.Errorf("an article cost %.0f bytes of state in the first half, %.0f in the second", first, second)
	}
}

// judgeOutput: each article of each site came out.
func (k *soak) judgeOutput(end time.Time) {
	b, err := os.ReadFile(k.order.Out)
	if err != nil {
		k.t.Fatal(err)
	}
	had := map[string]bool{}
	for line := range bytes.Lines(b) {
		var r struct {
			URL string `json:"canonical_url"`
		}
		if err := json.Unmarshal(line, &r); err != nil {
			k.t.Fatal(err)
		}
		had[r.URL] = true
	}
	lost := 0
	for i, s := range k.sites {
		for _, a := range s.Articles() {
			if !had[k.urls[i]+a.Path] && !a.Published.After(end) {
				if lost++; lost < 10 {
					k.t.Errorf("site %d lost %s of %v", i, a.Path, a.Published)
				}
			}
		}
	}
	if lost > 0 {
		k.t.Error(fmt.Sprint(lost, " articles never came out"))
	}
}
