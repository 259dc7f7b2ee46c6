package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/dateline-go/dateline/crawler"
	"github.com/spf13/cobra"
)

func newStateCmd() *cobra.Command {
	return group(&cobra.Command{
		Use:     "state",
		Short:   "Look after the state of a crawl",
		Long:    "Look after the state of a crawl: what it remembers from run to run. What is in it is said by\ndateline status.",
		Example: "  dateline state vacuum --state news.db",
	}, newVacuumCmd())
}

func newVacuumCmd() *cobra.Command {
	var state string
	var older time.Duration
	cmd := &cobra.Command{
		Use:   "vacuum",
		Short: "Forget what only serves the recent past, and give the space back",
		Long: `Forget what only serves the recent past, and give the space back: runs, claims of
sources, older versions' hashes, what a site repeats on its pages, the paths of dead
addresses. What keeps an article from coming out twice stays for ever.

No crawl may be at work on the state (exit status 75).`,
		Example: "  dateline state vacuum --state news.db\n  dateline state vacuum --state news.db --older-than 30d",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			gone, err := crawler.Vacuum(cmd.Context(), state, older)
			switch {
			case errors.Is(err, crawler.ErrLocked):
				return &exitError{exitLocked, err, "a crawl uses this state: try again later"}
			case err != nil:
				return stateError(err)
			}
			for _, what := range slices.Sorted(maps.Keys(gone)) {
				if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s: %d\n", what, gone[what]); err != nil {
					return err
				}
			}
			return nil
		},
	}
	stateFlag(cmd, &state)
	spanVar(cmd.Flags(), &older, "older-than", 90*day, "age beyond which it is forgotten")
	return cmd
}
