package crawler

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/fetch"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

// ill is a network on which something goes wrong.
type ill struct {
	http.RoundTripper
	wrong func() error // before each request, nil while all is well
}

func (i *ill) RoundTrip(r *http.Request) (*http.Response, error) {
	if i.wrong != nil {
		if err := i.wrong(); err != nil {
			return nil, err
		}
	}
	return i.RoundTripper.RoundTrip(r)
}

// TestAlarmsOfTheNetworkAndTheStateAreRaisedAndCleared has a week and more of cron for what no fake site can do: one
// run a day over a file of sites, on the sixth of which the network or the disk fails.
func TestAlarmsOfTheNetworkAndTheStateAreRaisedAndCleared(t *testing.T) {
	for kind, wrong := range map[string]func(c *county) error{
		"slow": func(c *county) error { c.clock.Advance(3 * time.Second); return nil },
		"dns": func(*county) error {
			return &net.DNSError{Err: "no such host", Name: "paper.example", IsNotFound: true}
		},
		"tls":        func(*county) error { return &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}} },
		"state_slow": nil,
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			c := newCounty(t, 2, newsite.Config{Articles: 12, Grow: true, Every: 3 * time.Hour, NoSitemap: true, NoNewsSitemap: true}, "")
			network := &ill{RoundTripper: http.DefaultTransport}
			var disk func(string)
			day := func() (kinds []string) {
				c.clock.Advance(24 * time.Hour)
				sum := c.crawl(func(conf *Config) { conf.transport, conf.crash = fetch.Options{Transport: network}, disk })
				for _, a := range sum.Alarms {
					if a.Kind == "state_slow" && kind == "slow" {
						continue // by the one clock what is fetched beside a commit delays it
					}
					if (a.Site == "") != (kind == "state_slow") || a.Detail == "" || a.URL == "" || a.Do == "" {
						t.Errorf("%+v", a)
					}
					if !slices.Contains(kinds, a.Kind) {
						kinds = append(kinds, a.Kind)
					}
				}
				return kinds
			}
			for n := range 5 {
				if got := day(); len(got) > 0 {
					t.Fatalf("day %d raised %v", n, got)
				}
			}
			if wrong != nil {
				network.wrong = func() error { return wrong(c) }
			} else {
				disk = func(point string) {
					if point == "before-commit" {
						c.clock.Advance(3 * time.Second)
					}
				}
			}
			if got := day(); !slices.Contains(got, kind) {
				t.Errorf("the bad day raised %v", got)
			}
			if got := c.standing(t); !slices.Contains(got, kind) {
				t.Errorf("standing: %v", got)
			}
			network.wrong, disk = nil, nil
			for n := range 3 {
				if got := day(); len(got) > 0 {
					t.Errorf("good day %d raised %v", n, got)
				}
			}
			if got := c.standing(t); len(got) > 0 {
				t.Errorf("still standing: %v", got)
			}
		})
	}
}

// standing are the kinds of the alarms that stand, of the crawl and of all sites.
func (c *county) standing(t *testing.T) (kinds []string) {
	t.Helper()
	rep, err := Status(t.Context(), filepath.Join(filepath.Dir(c.file), "dateline.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range rep.Alarms {
		kinds = append(kinds, a.Kind)
	}
	for _, s := range rep.Sites {
		for _, a := range s.Alarms {
			kinds = append(kinds, a.Kind)
		}
	}
	return kinds
}

// TestAFileOfSitesIsWatchedSiteBySite follows alarms, metrics and pings where only some sites are due in a run.
func TestAFileOfSitesIsWatchedSiteBySite(t *testing.T) {
	c := newCounty(t, 2, newsite.Config{Articles: 24, Grow: true, Every: 2 * time.Hour}, "")
	prom := filepath.Join(t.TempDir(), "dateline.prom")
	var asked []string
	sw := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked = append(asked, r.URL.Path) }))
	defer sw.Close()
	run := func() (Summary, string) {
		t.Helper()
		asked = nil
		sum := c.crawl(func(conf *Config) { conf.Metrics, conf.Ping, conf.PingAll = prom, sw.URL+"/p", true })
		b, err := os.ReadFile(prom)
		if err != nil {
			t.Fatal(err)
		}
		return sum, string(b)
	}
	heard := func(what, want string) {
		t.Helper()
		if got := strings.Join(asked, " "); got != want {
			t.Errorf("%s: the switch heard %q, want %q", what, got, want)
		}
	}
	names := []string{strings.TrimPrefix(c.urls[0], "http://"), strings.TrimPrefix(c.urls[1], "http://")}
	has := func(prom string, lines ...string) {
		t.Helper()
		for _, want := range lines {
			if !strings.Contains(prom, want) {
				t.Errorf("no %s in\n%s", want, prom)
			}
		}
	}

	for range 6 {
		c.clock.Advance(12 * time.Hour)
		run()
	}
	heard("a good run", "/p/start /p")
	sum, text := run() // at the same moment: none is due
	heard("a run without a due site", "/p/start /p")
	if len(sum.Sites) > 0 || len(sum.Alarms) > 0 {
		t.Errorf("%v", sum)
	}
	stamp := "dateline_last_success_timestamp_seconds " // of this run
	has(text, stamp, `dateline_site_emitted_total{site="`+names[0]+`"} `, `dateline_site_emitted_total{site="`+names[1]+`"} `)

	c.sites[1].Relayout(true)
	for range 2 {
		c.clock.Advance(12 * time.Hour)
		sum, text = run()
	}
	heard("an alarm", "/p/start /p/fail")
	if len(sum.Alarms) != 1 || sum.Alarms[0].Kind != "layout_drift" || sum.Alarms[0].Site != names[1] || len(sum.Sites[names[0]].Alarms) > 0 {
		t.Fatalf("alarms %v", sum.Alarms)
	}
	alarm := `dateline_alarm_since_timestamp_seconds{site="` + names[1] + `",kind="layout_drift"} `
	has(text, alarm)

	_, text = run() // none is due: nothing is raised anew, and what stands is still told
	heard("a run without a due site while an alarm stands", "/p/start /p")
	has(text, alarm)

	c.sites[1].Relayout(false)
	for range 3 {
		c.clock.Advance(12 * time.Hour)
		_, text = run()
	}
	heard("a mended site", "/p/start /p")
	if strings.Contains(text, "dateline_alarm_since") || len(c.standing(t)) > 0 {
		t.Errorf("still standing: %v\n%s", c.standing(t), text)
	}
}
