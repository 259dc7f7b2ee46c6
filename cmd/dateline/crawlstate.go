package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/dateline-go/dateline/crawler"
	"github.com/dateline-go/dateline/internal/spell"
	"github.com/spf13/cobra"
)

func newStatusCmd() *cobra.Command {
	var state string
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "status",
		Short:   "Say what a crawl's state knows: sites, failing sources, alarms",
		Long:    "Say what a crawl's state knows. It is only read, also beside a running crawl.",
		Example: "  dateline status --state news.db\n  dateline status --state news.db --json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			rep, err := crawler.Status(cmd.Context(), state)
			if err != nil {
				return stateError(err)
			}
			if asJSON {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(rep)
			}
			return printStatus(cmd, rep)
		},
	}
	stateFlag(cmd, &state)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object, with all sources")
	return cmd
}

func printStatus(cmd *cobra.Command, rep crawler.Report) error {
	w := cmd.OutOrStdout()
	for _, a := range rep.Alarms {
		fmt.Fprintf(w, "alarm: %s\n", a)
	}
	for _, s := range rep.Sites {
		if _, err := fmt.Fprintf(w, "%s: %s, %s due, %s, %s in memory\n", s.Site, served(s.Served), spell.Count(s.Due, "page"), spell.Count(len(s.Sources), "source"), spell.Count(s.Remembered, "article")); err != nil {
			return err
		}
		for _, x := range s.Sources {
			switch {
			case !x.GoneSince.IsZero():
				fmt.Fprintf(w, "  gone: %s %s, since %s\n", x.Kind, x.URL, x.GoneSince.Format("2006-01-02 15:04"))
			case x.Fails > 0:
				fmt.Fprintf(w, "  failing: %s %s, %s\n", x.Kind, x.URL, spell.Count(x.Fails, "time"))
			}
			if x.Was != "" {
				fmt.Fprintf(w, "  moved: %s %s, to %s\n", x.Kind, x.Was, x.URL)
			}
			if !x.DeniedSince.IsZero() {
				fmt.Fprintf(w, "  denied by robots.txt: %s %s, since %s\n", x.Kind, x.URL, x.DeniedSince.Format("2006-01-02 15:04"))
			}
		}
		for _, a := range s.Alarms {
			fmt.Fprintf(w, "  alarm: %s since %s: %s (%s); %s\n", a.Kind, a.Since.Format("2006-01-02 15:04"), a.Detail, a.URL, a.Do)
		}
		if s.LastRun != nil {
			fmt.Fprintf(w, "  last run: %s\n", s.LastRun)
		}
	}
	_, err := fmt.Fprintf(w, "%s, %s, %s, %s not yet written\n", spell.Count(rep.Rows["urls"], "URL"), spell.Count(rep.Rows["articles"], "article"),
		spell.Count(rep.Rows["article_versions"], "version"), spell.Count(rep.Rows["outbox"], "line"))
	return err
}

// served is when a site was visited last to the end.
func served(at time.Time) string {
	if at.IsZero() {
		return "never served"
	}
	return "served " + at.Format("2006-01-02 15:04")
}

func newExplainCmd() *cobra.Command {
	var c crawler.Config
	cmd := &cobra.Command{
		Use:   "explain URL",
		Short: "Say what a crawl makes of an address, and why",
		Long: `Say what a crawl makes of an address, and why: its form, the patterns and rules of its
site in the sites file, robots.txt as it is known, what named it and what became of it.
All of it comes from state and file: nothing is fetched.`,
		Example: "  dateline explain https://news.example/world/a-story-12345 --state news.db\n  dateline explain https://news.example/world/a-story-12345 --config sites.yaml",
		Args:    takes(1, 1, "one address"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if c.State == "" && c.Sites == "" {
				if isMissing(sitesFile) {
					return noState(cmd)
				}
				c.Sites = sitesFile
			}
			if err := addresses(args); err != nil {
				return err
			}
			x, err := crawler.Explain(cmd.Context(), c, args[0])
			if err != nil {
				return stateError(err)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s\nidentity %s\n%s\n", x.URL, x.Key, strings.Join(x.Lines, "\n"))
			return err
		},
	}
	cmd.Flags().StringVar(&c.State, "state", "", "the state that crawl was given: a file or a postgres:// address (default dateline.db beside a sites file)")
	cmd.Flags().StringVar(&c.Sites, "config", "", "sites file whose patterns and rules hold (default "+sitesFile+" of the working folder, where no state is given)")
	return cmd
}

// stateFlag asks for the state of a crawl.
func stateFlag(cmd *cobra.Command, state *string) {
	cmd.Flags().StringVar(state, "state", "", "the state that crawl was given: a file or a postgres:// address (default "+stateFile+", where the working folder has a "+sitesFile+")")
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		if *state != "" {
			return nil
		}
		if isMissing(sitesFile) {
			return noState(cmd)
		}
		*state = stateFile
		return nil
	}
}

// stateFile is the state of a crawl of the working folder's file of sites.
const stateFile = "dateline.db"

func noState(cmd *cobra.Command) error {
	return usageError("name with --state the file that crawl was given", "%s needs a state: there is no --state, and no %s here", cmd.CommandPath(), sitesFile)
}

// stateError is a state that cannot be read, or wrong usage that says itself what is wrong.
func stateError(err error) error {
	if errors.Is(err, crawler.ErrConfig) {
		return &exitError{exitUsage, err, ""}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return &exitError{exitUsage, err, "--state names the file that crawl was given"}
	}
	return &exitError{exitInternal, err, ""}
}
