package main

import (
	"fmt"

	"github.com/dateline-go/dateline/fixtures"
	"github.com/dateline-go/dateline/internal/spell"
	"github.com/spf13/cobra"
)

func newVerifyCmd() *cobra.Command {
	var update bool
	cmd := &cobra.Command{
		Use:   "verify DIR",
		Short: "Compare saved pages with the records they should give",
		Long: `Compare saved pages with the records they should give.

Beside each page.html stands page.html.want.json: what is known of the page, one
word (article, not-article or blocked) and the record that a person accepted.
Pages without one are reported; --update accepts what they give now.

Exit status: 0 all pages give their record, 4 some do not, 3 the folder holds no page.`,
		Example: `  dateline verify fixtures/pages
  dateline verify mysite/ --update`,
		Args: takes(1, 1, "one folder of pages"),
		RunE: func(cmd *cobra.Command, args []string) error {
			results, err := fixtures.Verify(args[0], update)
			if err != nil {
				return &exitError{exitNothing, err, ""}
			}
			if len(results) == 0 {
				return &exitError{exitNothing, fmt.Errorf("no page below %s", args[0]), "save pages as .html, .txt or .mhtml"}
			}
			return reportVerified(cmd, results)
		},
	}
	cmd.Flags().BoolVar(&update, "update", false, "accept the records that the pages give now")
	return cmd
}

// reportVerified prints what differs and what was accepted; errors go to stderr.
func reportVerified(cmd *cobra.Command, results []fixtures.Result) error {
	differ, failed := 0, 0
	for _, r := range results {
		if r.Updated {
			fmt.Fprintf(cmd.OutOrStdout(), "%s: accepted\n", r.Page)
		}
		if r.Diff != "" {
			fmt.Fprintf(cmd.OutOrStdout(), "%s:\n%s", r.Page, r.Diff)
		}
		switch {
		case r.Err != nil:
			failed++
			complain(cmd, fmt.Errorf("%s: %w", r.Page, r.Err), "")
		case r.Diff != "":
			differ++
		}
	}
	switch {
	case differ > 0:
		return &exitError{exitPartial, fmt.Errorf("of %s %d differ, %d could not be compared", spell.Count(len(results), "page"), differ, failed), "look at the changes, then accept them with --update"}
	case failed > 0:
		return &exitError{exitPartial, fmt.Errorf("of %s %d could not be compared", spell.Count(len(results), "page"), failed), "mend or remove what is named above: --update accepts no record without its page"}
	}
	return nil
}
