package main

import (
	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/crawler"
	"github.com/spf13/cobra"
)

func newSchemaCmd() *cobra.Command {
	return &cobra.Command{
		Use:       "schema [record|sites]",
		Short:     "Print the JSON Schema of a record, or of a file of sites",
		Long:      "Print the JSON Schema (draft 2020-12) that every record validates against, or that of a file\nof sites, for an editor.",
		Example:   "  dateline schema\n  dateline schema sites > sites.schema.json",
		Args:      takes(0, 1, "record or sites"),
		ValidArgs: []string{"record", "sites"},
		RunE: func(cmd *cobra.Command, args []string) error {
			text := dateline.JSONSchema()
			switch {
			case len(args) > 0 && args[0] == "sites":
				text = crawler.SitesSchema()
			case len(args) > 0 && args[0] != "record":
				return usageError("use record or sites", "there is no schema of %q", args[0])
			}
			_, err := cmd.OutOrStdout().Write(text)
			return err
		},
	}
}
