package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/dateline-go/dateline/crawler"
	"github.com/dateline-go/dateline/internal/spell"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// probeFlags are how a site is looked at.
type probeFlags struct {
	delay time.Duration
	agent string
}

func (f *probeFlags) add(fl *pflag.FlagSet) {
	spanVar(fl, &f.delay, "delay", 2*time.Second, "least gap between two requests to a host; not under 500ms, but on a loopback host")
	fl.StringVar(&f.agent, "user-agent", "", "User-Agent to send; robots.txt is asked for the name dateline all the same")
}

func (f *probeFlags) config(cmd *cobra.Command) (crawler.Config, error) {
	log, err := newLogger(cmd, cmd.ErrOrStderr())
	c := crawler.Config{UserAgent: f.agent, Log: log}
	if cmd.Flags().Changed("delay") {
		c.Delay = &f.delay
	}
	return c, err
}

func newProbeCmd() *cobra.Command {
	var f probeFlags
	var config, state string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "probe SITE|URL",
		Short: "Look at a site: robots.txt, feeds, sitemaps, and what to write of it",
		Long: `Look at a site, politely: its robots.txt and the lines of it that say nothing, the
feeds and sitemaps that it names and those at the usual places, ranked by how much
of the start page they name, and how it answers for an address that cannot exist.
The entry for a file of sites comes last. SITE is a name in the file of sites.
A state keeps that last answer: later pages that equal it are gone, and no articles.

Some twenty requests are made, at the crawl's pace.`,
		Example: "  dateline probe https://news.example/\n  dateline probe news.example --config sites.yaml\n  dateline probe https://news.example/ --json",
		Args:    takes(1, 1, "one address, or the name of a site in the file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := f.config(cmd)
			if err != nil {
				return err
			}
			c.Sites, c.State = config, state
			if _, missing := os.Stat(config); missing != nil && !cmd.Flags().Changed("config") {
				if err := addresses(args); err != nil { // and no name of a site either: there is no file
					return err
				}
			}
			rep, err := crawler.Probe(cmd.Context(), c, args[0])
			if errors.Is(err, crawler.ErrLocked) {
				if quiet, _ := cmd.Flags().GetBool("quiet"); !quiet {
					fmt.Fprintln(cmd.ErrOrStderr(), "note: a crawl has the state, so nothing was kept in it")
				}
				err = nil
			}
			if err != nil {
				return sitesError(err)
			}
			if asJSON {
				err = json.NewEncoder(cmd.OutOrStdout()).Encode(rep)
			} else {
				err = printProbe(cmd.OutOrStdout(), rep)
			}
			return cmp.Or(err, unread(rep))
		},
	}
	f.add(cmd.Flags())
	cmd.Flags().StringVar(&config, "config", sitesFile, "sites file in which SITE is looked up")
	cmd.Flags().StringVar(&state, "state", "", "state of a crawl in which to keep what it has use for (of a SITE that is dateline.db beside the file)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

// unread is the exit status of a look that did not get past the start page.
func unread(rep crawler.ProbeReport) error {
	if rep.Failure == "" {
		return nil
	}
	return &exitError{exitNothing, fmt.Errorf("%s could not be read: %s", rep.Start, rep.Failure), ""}
}

func printProbe(w io.Writer, rep crawler.ProbeReport) error {
	r := rep.Robots
	fmt.Fprintf(w, "%s, looked at from %s with %s\n", rep.Site, rep.Start, spell.Count(rep.Requests, "request"))
	fmt.Fprintf(w, "robots.txt: %s", r.State)
	if r.Why != "" {
		fmt.Fprintf(w, ": %s", r.Why)
	}
	if r.CrawlDelay > 0 {
		fmt.Fprintf(w, "; asks for %v between two requests", r.CrawlDelay)
	}
	fmt.Fprintln(w)
	for _, l := range r.BadLines {
		fmt.Fprintf(w, "  not understood: %q\n", l)
	}
	if rep.Failure == "" {
		fmt.Fprintf(w, "start page: links to %d addresses that look like articles\n", rep.Links)
	}
	for _, s := range rep.Sources {
		from := s.From
		if from != "guessed" {
			from = "by " + from
		}
		fmt.Fprintf(w, "%s %s (%s): %d entries, %d of them on the start page", s.Kind, s.URL, from, s.Entries, s.Overlap)
		if !s.Newest.IsZero() {
			fmt.Fprintf(w, ", newest %s", s.Newest.Format("2006-01-02 15:04"))
		}
		if s.Same != "" {
			fmt.Fprintf(w, "; the same as %s", s.Same)
		}
		if s.Problem != "" {
			fmt.Fprintf(w, "; %s", s.Problem)
		}
		fmt.Fprintln(w)
	}
	switch {
	case rep.Absent.Soft:
		fmt.Fprintf(w, "an address that cannot exist is answered with a page (status %d): what is gone looks like an article\n", rep.Absent.Status)
	case rep.Absent.Status > 0:
		fmt.Fprintf(w, "an address that cannot exist is answered with %d\n", rep.Absent.Status)
	}
	_, err := fmt.Fprintf(w, "\n%s", rep.Entry)
	return err
}
