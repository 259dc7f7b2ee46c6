package crawler

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/watch"
	"github.com/dateline-go/dateline/internal/whole"
)

// writeMetrics writes the state of all sites, and of this run, for Prometheus' textfile collector, which never
// finds half a file.
func (r *run) writeMetrics(ctx context.Context) error {
	if r.Metrics == "" {
		return nil
	}
	rep, err := report(ctx, r.store, r.clock.Now(), siteFigures)
	if err != nil {
		return err
	}
	success := r.summary.Ended
	if !r.summary.asPlanned() {
		success = lastSuccess(r.Metrics)
	}
	if err := whole.Write(r.Metrics, metrics(&r.summary, success, rep)); err != nil {
		return fmt.Errorf("write the metrics: %w", err)
	}
	return nil
}

const successName = "dateline_last_success_timestamp_seconds"

// lastSuccess is when the last run ended as planned, as the metrics file of an earlier run says; zero where it does not.
func lastSuccess(file string) time.Time {
	b, err := os.ReadFile(file)
	if err != nil {
		return time.Time{}
	}
	for line := range strings.Lines(string(b)) {
		if v, ok := strings.CutPrefix(line, successName+" "); ok {
			unix, err := strconv.ParseInt(strings.TrimSpace(v), 10, 64)
			if err != nil || unix <= 0 {
				break
			}
			return time.Unix(unix, 0)
		}
	}
	return time.Time{}
}

// An exposition collects metrics in the text format; each name is described once.
type exposition struct {
	bytes.Buffer
	said map[string]bool
}

func (x *exposition) put(name, kind, help string, v float64, labels ...string) {
	if !x.said[name] {
		x.said[name] = true
		fmt.Fprintf(x, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
	}
	x.WriteString(name)
	for i := 0; i+1 < len(labels); i += 2 {
		sep := ","
		if i == 0 {
			sep = "{"
		}
		fmt.Fprintf(x, "%s%s=\"%s\"", sep, labels[i], escapeLabel.Replace(labels[i+1]))
	}
	if len(labels) > 0 {
		x.WriteByte('}')
	}
	x.WriteString(" " + strconv.FormatFloat(v, 'f', -1, 64) + "\n")
}

var escapeLabel = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func stamp(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.Unix())
}

// metrics is the text; success is when a run last ended as planned.
func metrics(sum *Summary, success time.Time, rep Report) []byte {
	x := &exposition{said: map[string]bool{}}
	x.put(successName, "gauge", "When a run last ended as planned.", stamp(success))
	x.put("dateline_run_duration_seconds", "gauge", "How long the last run took.", sum.Took.Seconds())
	x.put("dateline_run_alarms", "gauge", "Alarms that the last run raised.", float64(len(sum.Alarms)))
	for _, o := range Outcomes {
		x.put("dateline_run_pages", "gauge", "Pages of the last run by outcome.", float64(sum.Outcomes[o]), "outcome", string(o))
	}
	x.put("dateline_run_left", "gauge", "Pages that were due and that the last run left.", float64(sum.Left))
	for _, table := range slices.Sorted(maps.Keys(rep.Rows)) {
		x.put("dateline_state_rows", "gauge", "Rows of the state by table.", float64(rep.Rows[table]), "table", table)
	}
	sites(x, rep, "dateline_site_last_success_timestamp_seconds", "gauge", "When the site was last served.", func(s *SiteReport) float64 { return stamp(s.Served) })
	sites(x, rep, "dateline_site_queue", "gauge", "Pages of the site that are due.", func(s *SiteReport) float64 { return float64(s.Due) })
	sites(x, rep, "dateline_site_fetched_total", "counter", "Pages of the site that were fetched.", func(s *SiteReport) float64 { return float64(s.Total.Pages) })
	sites(x, rep, "dateline_site_emitted_total", "counter", "Records of the site.", func(s *SiteReport) float64 { return float64(s.Total.Records) })
	sites(x, rep, "dateline_site_requests_total", "counter", "Requests to the site.", func(s *SiteReport) float64 { return float64(s.Total.Requests) })
	sites(x, rep, "dateline_site_bytes_total", "counter", "Bytes that came from the site.", func(s *SiteReport) float64 { return float64(s.Total.Bytes) })
	for _, s := range rep.Sites {
		for _, kind := range slices.Sorted(maps.Keys(s.Total.Errors)) {
			x.put("dateline_site_errors_total", "counter", "Pages of the site that gave no record, by outcome.", float64(s.Total.Errors[kind]), "site", s.Site, "kind", kind)
		}
	}
	recallMetrics(x, rep)
	for _, a := range rep.Alarms {
		x.put("dateline_alarm_since_timestamp_seconds", "gauge", "When an alarm that stands was raised.", stamp(a.Since), "site", "", "kind", a.Kind)
	}
	for _, s := range rep.Sites {
		for _, a := range s.Alarms {
			x.put("dateline_alarm_since_timestamp_seconds", "gauge", "When an alarm that stands was raised.", stamp(a.Since), "site", s.Site, "kind", a.Kind)
		}
	}
	return x.Bytes()
}

func sites(x *exposition, rep Report, name, kind, help string, v func(*SiteReport) float64) {
	for i := range rep.Sites {
		x.put(name, kind, help, v(&rep.Sites[i]), "site", rep.Sites[i].Site)
	}
}

// recallMetrics are those of the last run of each site.
func recallMetrics(x *exposition, rep Report) {
	for _, s := range rep.Sites {
		if s.LastRun == nil {
			continue
		}
		r := s.LastRun.Recall
		for _, w := range []struct {
			name   string
			in, of int
		}{{"1h", r.Within1h, r.Claimed1h}, {"24h", r.Within24h, r.Claimed24h}} {
			if w.of > 0 {
				x.put("dateline_site_recall_ratio", "gauge", "Share of the claimed articles that came out in time.", float64(w.in)/float64(w.of), "site", s.Site, "within", w.name)
			}
		}
	}
	for _, s := range rep.Sites {
		if s.LastRun == nil {
			continue
		}
		r := s.LastRun.Recall
		for _, l := range []struct {
			step string
			lag  *watch.Lag
		}{{"published_to_seen", &r.Found}, {"seen_to_emitted", &r.Emitted}, {"published_to_emitted", &r.Lag}} {
			if l.lag.Articles == 0 {
				continue
			}
			const help = "How late articles came, in the last seven days."
			x.put("dateline_site_lag_seconds", "gauge", help, float64(l.lag.P50), "site", s.Site, "step", l.step, "quantile", "0.5")
			x.put("dateline_site_lag_seconds", "gauge", help, float64(l.lag.P95), "site", s.Site, "step", l.step, "quantile", "0.95")
		}
	}
}
