package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/dateline-go/dateline/crawler"
	"github.com/dateline-go/dateline/internal/whole"
	"github.com/dateline-go/dateline/output"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// crawlFlags are the flags of dateline crawl.
type crawlFlags struct {
	sites                       siteFlags
	since, until                string
	state, out, agent, summary  string
	delay, maxDuration, grace   time.Duration
	maxPages, workers, backfill int
	ops                         opsFlags
}

func newCrawlCmd() *cobra.Command {
	var f crawlFlags
	cmd := &cobra.Command{
		Use:   "crawl [URL...]",
		Short: "Crawl news sites into records, each article once",
		Long: `Crawl news sites into records, one line of JSON each.

A URL is a front page, a section, a feed or a sitemap. The site's feeds, sitemaps and
section pages are read, its articles fetched and extracted. robots.txt is obeyed on
every hop, and no host is asked more often than its pace allows.

Without a URL the sites are those of --config FILE, or of sites.yaml in the working
folder; the state is then dateline.db beside it. Of these sites those are visited that
are due, by intervals that follow how often each source brings something; see
dateline sites check and docs/sites.md.

A first run takes all articles that the sources name, newest first. --since and
--until ask for the past instead: sitemaps are read for articles between them, after
all that is fresh.

With --state FILE the crawl remembers: the next run fetches only what is new or was
changed, and a run that was killed goes on where it stood, with no record lost and
none twice. -o FILE is appended to, in whole lines.

Exit status: 0 the crawl ended as planned (also with nothing new), 3 no source could
be read, 10 an alarm was raised, 75 another run holds state or output, 130 and 143 stopped
by a signal with state and output whole.`,
		Example: `  dateline crawl https://news.example/
  dateline crawl https://news.example/ --state news.db -o news.jsonl
  dateline crawl https://news.example/politics/ --max-pages 50 --max-duration 10m
  dateline crawl --config sites.yaml -o news.jsonl --max-duration 14m --quiet
  dateline crawl --config sites.yaml --site news.example --since 2026-01 --until 2026-03 -o past.jsonl`,
		RunE: func(cmd *cobra.Command, args []string) error { return runCrawl(cmd, args, &f) },
	}
	fl := cmd.Flags()
	f.addWhat(fl)
	newFileVar(fl, &f.out, "output", "o", "file to append records to (default stdout)")
	countVar(fl, &f.maxPages, "max-pages", "", 0, 0, "article pages to fetch at most in this run, 0 for no limit")
	countVar(fl, &f.backfill, "backfill-pages", "", 0, 0, "with --since, pages of the past to fetch at most of each site in this run, 0 for no limit")
	spanVar(fl, &f.maxDuration, "max-duration", 0, "time after which nothing more is begun, 0 for no limit")
	fl.StringVar(&f.agent, "user-agent", "", "User-Agent to send; robots.txt is asked for the name dateline all the same")
	countVar(fl, &f.workers, "workers", "", crawler.DefaultWorkers, 1, "sites worked on at once")
	spanVar(fl, &f.grace, "alarm-grace", 3*day, "time in which a new site raises no alarm but no_articles")
	newFileVar(fl, &f.summary, "summary", "", "file to write the run's counts to, as JSON")
	f.ops.register(fl)
	return cmd
}

func runCrawl(cmd *cobra.Command, args []string, f *crawlFlags) error {
	c := crawler.Config{State: f.state, MaxPages: f.maxPages, BackfillPages: f.backfill, MaxDuration: f.maxDuration, UserAgent: f.agent, Workers: f.workers, AlarmGrace: &f.grace}
	if err := f.sites.apply(&c, args); err != nil {
		return err
	}
	if err := f.past(&c); err != nil {
		return err
	}
	if err := f.keepApart(&c); err != nil {
		return err
	}
	quiet, _ := cmd.Flags().GetBool("quiet")
	live := newLiveView(cmd.ErrOrStderr(), quiet)
	log, err := newLogger(cmd, live)
	if err != nil {
		return err
	}
	if err := f.ops.apply(&c, f.out); err != nil {
		return err
	}
	sink, closeSink, err := openSink(cmd.OutOrStdout(), f.out, f.ops.zstd)
	if err != nil {
		return &exitError{exitInternal, err, ""}
	}
	defer closeSink()
	ctx, got, stop := catchSignals(cmd.Context())
	defer stop()
	c.Log, c.Progress = log, live.tell
	if cmd.Flags().Changed("delay") {
		c.Delay = &f.delay
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(crawler.MemoryLimit)
	}
	sum, err := crawler.Run(ctx, c, sink)
	live.clear()
	for _, a := range sum.Alarms {
		fmt.Fprintln(cmd.ErrOrStderr(), "alarm:", a)
	}
	if quiet && errors.Is(err, crawler.ErrLocked) && len(sum.Alarms) == 0 {
		return &exitError{code: exitLocked} // cron would mail of each overlap
	}
	if err != nil {
		return crawlError(err, sum)
	}
	for _, n := range sum.Notes {
		if !quiet {
			fmt.Fprintln(cmd.ErrOrStderr(), "note:", n)
		}
	}
	if !quiet {
		fmt.Fprintln(cmd.ErrOrStderr(), sum)
	}
	if err := writeSummary(f.summary, sum); err != nil {
		return &exitError{exitInternal, err, ""}
	}
	return crawlExit(sum, got())
}

// keepApart refuses files of the crawl that are one.
func (f *crawlFlags) keepApart(c *crawler.Config) error {
	state := c.State
	if state == "" && c.Sites != "" {
		state = filepath.Join(filepath.Dir(c.Sites), stateFile)
	}
	return keepApart([]use{{"--output", f.out}, {"--summary", f.summary}, {"--metrics", f.ops.metrics}}, []use{{"the state", state}, {"the file of sites", c.Sites}})
}

// addWhat adds the flags that say what is to be done, which dateline plan has too.
func (f *crawlFlags) addWhat(fl *pflag.FlagSet) {
	f.sites.add(fl)
	fl.StringVar(&f.since, "since", "", "also take articles of the past from this day on: 2026-01-31, 2026-01 or 30d")
	fl.StringVar(&f.until, "until", "", "with --since, up to this day, which is no part of it (default now)")
	fl.StringVar(&f.state, "state", "", "file (or postgres:// address) that remembers across runs (default dateline.db beside a sites file)")
	spanVar(fl, &f.delay, "delay", 2*time.Second, "least gap between two requests to a host; not under 500ms, but on a loopback host")
}

// past reads --since and --until.
func (f *crawlFlags) past(c *crawler.Config) (err error) {
	now := time.Now()
	if c.Since, err = parseDay("since", f.since, now); err != nil {
		return err
	}
	if f.since == "" && (f.until != "" || f.backfill > 0) {
		return usageError("add --since, such as --since 2020", "--until and --backfill-pages are of the past, and there is no --since")
	}
	c.Until, err = parseDay("until", f.until, now)
	return err
}

// openSink is the file to append to, stdout, or a device or pipe.
func openSink(stdout io.Writer, name string, compress bool) (crawler.Sink, func(), error) {
	if name == "" {
		return &stream{w: stdout}, func() {}, nil
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		w, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return nil, nil, fmt.Errorf("open the output: %w", err)
		}
		return &stream{w: w}, func() { _ = w.Close() }, nil
	}
	f, err := output.Open(name)
	if err != nil {
		return nil, nil, err
	}
	f.Compress = compress
	return f, func() { _ = f.Close() }, nil // every line was synced before it was promised
}

// A stream is stdout, or what else cannot be cut, as a sink: after a kill a line may come out again.
type stream struct {
	w io.Writer
	n int64
}

func (s *stream) Place() string { return "-" }

func (s *stream) Size() (int64, error) { return 0, nil }

func (s *stream) Resume(mark int64) error {
	s.n = mark
	return nil
}

func (s *stream) Append(lines [][]byte) (int64, error) {
	for _, l := range lines {
		n, err := s.w.Write(l)
		s.n += int64(n)
		if err != nil {
			return 0, fmt.Errorf("write the records: %w", err)
		}
	}
	return s.n, nil
}

func (s *stream) Seal() error { return nil }

// catchSignals ends the context at the first SIGINT or SIGTERM and tells which it was; a second one
// ends the process as if nothing had caught it.
func catchSignals(ctx context.Context) (c context.Context, got func() os.Signal, stop func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	ch := make(chan os.Signal, 1)
	signal.Notify(ch, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case s := <-ch:
			signal.Stop(ch)
			cancel(caught{s})
		case <-ctx.Done():
		}
	}()
	got = func() os.Signal {
		var c caught
		if errors.As(context.Cause(ctx), &c) {
			return c.Signal
		}
		return nil
	}
	return ctx, got, func() { signal.Stop(ch); cancel(nil) }
}

type caught struct{ os.Signal }

func (c caught) Error() string { return "stopped by " + c.String() }

func writeSummary(name string, sum crawler.Summary) error {
	if name == "" {
		return nil
	}
	b, err := json.MarshalIndent(sum, "", "  ")
	if err != nil {
		return fmt.Errorf("write the summary: %w", err)
	}
	if err := whole.Write(name, append(b, '\n')); err != nil {
		return fmt.Errorf("write the summary: %w", err)
	}
	return nil
}

func crawlError(err error, sum crawler.Summary) error {
	switch {
	case errors.Is(err, crawler.ErrLocked) && len(sum.Alarms) > 0:
		return &exitError{exitAlarm, err, ""}
	case errors.Is(err, crawler.ErrLocked):
		return &exitError{exitLocked, err, "another crawl uses this state; it is no error for cron: try again later"}
	case errors.Is(err, output.ErrBusy):
		return &exitError{exitLocked, err, "each state wants an output of its own: name another with -o, or try again later"}
	case errors.Is(err, crawler.ErrConfig):
		return &exitError{exitUsage, err, "see dateline crawl --help and docs/sites.md"}
	case errors.Is(err, crawler.ErrForeign):
		return &exitError{exitInternal, err, "give each state an output of its own with -o; where the state is a backup that was put back, cut the file first: truncate -s BYTES FILE"}
	case errors.Is(err, output.ErrShort):
		return &exitError{exitInternal, err, "lines that were promised are gone; put the file back, or begin a new state and a new file"}
	}
	return &exitError{exitInternal, err, ""}
}

func crawlExit(sum crawler.Summary, got os.Signal) error {
	switch {
	case got != nil:
		return stoppedBy(got)
	case len(sum.Alarms) > 0:
		return &exitError{code: exitAlarm}
	case sum.SourcesRead+sum.SourcesFailed+sum.SourcesDenied == 0 && !sum.Idle():
		return &exitError{exitNothing, errors.New("time was up before a start page, feed or sitemap could be read"), "give it a longer --max-duration, or run again with -v to see each request"}
	case sum.SourcesRead == 0 && !sum.Idle():
		return &exitError{exitNothing, errors.New("no start page, feed or sitemap could be read"), "run again with -v to see each request"}
	}
	return nil
}
