package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/dateline-go/dateline/crawler"
	"github.com/dateline-go/dateline/internal/spell"
	"github.com/spf13/cobra"
)

func newPlanCmd() *cobra.Command {
	var f crawlFlags
	var asJSON, all bool
	cmd := &cobra.Command{
		Use:   "plan [URL...]",
		Short: "Say what a crawl would do now, why, and how long that would take",
		Long: `Say what a crawl would do now: which sites and sources are due and why, which pages
wait, what is refused for which reason, and how long it would take by politeness.
The state is only read, also beside a running crawl; nothing is fetched. What the
sources will name is not known before they are read, so it is the least that a run does.

The sites are those of the URLs, of --config, of sites.yaml in the working folder, or,
where only --state is given, all that the state knows.`,
		Example: "  dateline plan\n  dateline plan --config sites.yaml --site news.example --all\n  dateline plan --state news.db --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			c := crawler.Config{State: f.state, Workers: f.workers}
			if len(args) > 0 || f.sites.config != "" || f.state == "" {
				if err := f.sites.apply(&c, args); err != nil {
					return err
				}
			} else if len(f.sites.names) > 0 || f.sites.shard != "" {
				return usageError("name the file with --config", "--site and --shard choose sites of a file, and there is no --config")
			}
			if err := f.past(&c); err != nil {
				return err
			}
			if cmd.Flags().Changed("delay") {
				c.Delay = &f.delay
			}
			if c.State == "" && c.Sites == "" {
				return usageError("name the state with --state", "a crawl without a state plans from nothing")
			}
			rep, err := crawler.Plan(cmd.Context(), c)
			if err != nil {
				return stateError(err)
			}
			if asJSON {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(rep)
			}
			return printPlan(cmd.OutOrStdout(), rep, all)
		},
	}
	f.addWhat(cmd.Flags())
	countVar(cmd.Flags(), &f.workers, "workers", "", crawler.DefaultWorkers, 1, "sites worked on at once")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object, with all sites and sources")
	cmd.Flags().BoolVar(&all, "all", false, "also print sites and sources that are not due")
	return cmd
}

func printPlan(w io.Writer, rep crawler.PlanReport, all bool) error {
	for i := range rep.Sites {
		if p := &rep.Sites[i]; p.Due || all {
			printSitePlan(w, p, all)
		}
	}
	_, err := fmt.Fprintf(w, "due: %d of %s; %s at least, %v by politeness\n", rep.Due, spell.Count(len(rep.Sites), "site"), spell.Count(rep.Requests, "request"), rep.Takes)
	return err
}

func printSitePlan(w io.Writer, p *crawler.SitePlan, all bool) {
	fmt.Fprintf(w, "%s: %s\n", p.Name, p.Why)
	if p.WaitWhy != "" && p.Wait > 0 {
		fmt.Fprintf(w, "  waits %v: %s\n", p.Wait, p.WaitWhy)
	}
	for _, s := range p.Sources {
		switch {
		case s.Due:
			fmt.Fprintf(w, "  read %s %s: %s\n", s.Kind, s.URL, s.Why)
		case all:
			fmt.Fprintf(w, "  leave %s %s: %s\n", s.Kind, s.URL, s.Why)
		}
	}
	for _, x := range []struct {
		n    int
		what string
	}{{p.New, "new"}, {p.Retries, "that failed before"}, {p.Rechecks, "to look at again"}, {p.Past, "of the past"}} {
		if x.n > 0 {
			fmt.Fprintf(w, "  fetch %s %s\n", spell.Count(x.n, "page"), x.what)
		}
	}
	for _, why := range slices.Sorted(maps.Keys(p.Refusals)) {
		fmt.Fprintf(w, "  refused %d: %s\n", p.Refusals[why], why)
	}
	if p.Due {
		fmt.Fprintf(w, "  %s, %v apart: %v\n", spell.Count(p.Requests, "request"), p.Gap, p.Takes)
	}
}
