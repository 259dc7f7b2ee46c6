package crawler

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline/fixtures/newsite"
)

func TestTheMetricsFileHoldsEachSiteAndReadsAsExposition(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 12})
	name := filepath.Join(t.TempDir(), "dateline.prom")
	l.site.SetFaults(newsite.Fault{Kind: newsite.FaultStatus, Status: 404, Path: l.site.Articles()[0].Path})
	sum := l.crawl(func(c *Config) { c.Metrics = name })
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	site := strings.TrimPrefix(l.url, "http://")
	for _, want := range []string{
		"dateline_site_emitted_total{site=\"" + site + "\"} 11\n", "dateline_site_fetched_total{site=\"" + site + "\"} " + strconv.Itoa(sum.Handed()) + "\n",
		"dateline_site_errors_total{site=\"" + site + "\",kind=\"gone\"} 1\n", "dateline_run_pages{outcome=\"new\"} 11\n",
		"# TYPE dateline_last_success_timestamp_seconds gauge\n", "dateline_site_queue{site=\"" + site + "\"} 1\n",
	} {
		if !strings.Contains(string(b), want) {
			t.Errorf("no %q in\n%s", want, b)
		}
	}
	line := regexp.MustCompile(`^(# (HELP|TYPE) [a-z0-9_]+ .+|[a-z0-9_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [-+0-9.e]+)$`)
	said := map[string]int{}
	for s := range strings.Lines(string(b)) {
		if s = strings.TrimSuffix(s, "\n"); !line.MatchString(s) {
			t.Errorf("line %q", s)
		}
		if strings.HasPrefix(s, "# TYPE ") {
			if said[s]++; said[s] > 1 {
				t.Errorf("%s is said twice", s)
			}
		}
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(name), ".*")); err != nil || len(left) > 0 {
		t.Errorf("left over: %v %v", left, err)
	}
}

func TestADeadMansSwitchHearsHowTheRunEnded(t *testing.T) {
	var asked []string
	sw := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked = append(asked, r.URL.String()) }))
	defer sw.Close()
	l := newLab(t, newsite.Config{Articles: 3})
	for name, tc := range map[string]struct {
		change func(*Config)
		want   string
	}{
		"a good run":             {func(*Config) {}, "/p?k=1"},
		"a good run, all of it":  {func(c *Config) { c.PingAll = true }, "/p/start?k=1 /p?k=1"},
		"an alarm, all of it":    {func(c *Config) { c.PingAll = true; c.disk = nothingFree }, "/p/start?k=1 /p/fail?k=1"},
		"an alarm":               {func(c *Config) { c.disk = nothingFree }, "/p?k=1"},
		"metrics nowhere to put": {func(c *Config) { c.Metrics = filepath.Join(l.state, "none") }, ""},
	} {
		asked = nil
		none := time.Duration(0)
		c := Config{Start: []string{l.url + "/"}, State: l.state, Delay: &none, Ping: sw.URL + "/p?k=1"}
		tc.change(&c)
		_, err := Run(t.Context(), c, &l.sink)
		if got := strings.Join(asked, " "); got != tc.want || (err != nil) != (tc.want == "") {
			t.Errorf("%s: asked %q, want %q, error %v", name, got, tc.want, err)
		}
	}
}

func nothingFree(string) (uint64, uint64, error) { return 0, 1 << 30, nil }

func TestAPrivateAddressIsNotPinged(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 3})
	if _, err := Run(t.Context(), Config{Start: []string{l.url + "/"}, Ping: "http://10.1.2.3/x"}, &l.sink); err == nil || !strings.Contains(err.Error(), "not a public one") {
		t.Errorf("%v", err)
	}
}

func TestVacuumLeavesACrawlThatGoesOn(t *testing.T) {
	l := newLab(t, newsite.Config{Articles: 12})
	l.crawl()
	if _, err := Vacuum(t.Context(), l.state, 0); err != nil {
		t.Fatal(err)
	}
	sum := l.crawl()
	if rep := l.site.Judge(); sum.Records > 0 || rep.Pages > 0 {
		t.Errorf("%v, %d pages asked for again", sum, rep.Pages)
	}
	l.complete()
}
