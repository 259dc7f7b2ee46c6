package main

import (
	"fmt"

	"github.com/dateline-go/dateline/fixtures"
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
			bad := 0
			for _, r := range results {
				if r.Err != nil {
					complain(cmd, fmt.Errorf("%s: %w", r.Page, r.Err), "")
				}
				if r.Updated {
					fmt.Fprintf(cmd.OutOrStdout(), "%s: accepted\n", r.Page)
				}
				if r.Diff != "" {
					fmt.Fprintf(cmd.OutOrStdout(), "%s:\n%s", r.Page, r.Diff)
				}
				if r.Err != nil || r.Diff != "" {
					bad++
				}
			}
			if bad > 0 {
				return &exitError{exitPartial, fmt.Errorf("%d of %d pages differ", bad, len(results)), "look at the changes, then accept them with --update"}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&update, "update", false, "accept the records that the pages give now")
	return cmd
}
