package main

import (
	"github.com/dateline-go/dateline"
	"github.com/spf13/cobra"
)

func newSchemaCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of a record",
		Long:  "Print the JSON Schema (draft 2020-12) that every record validates against.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := cmd.OutOrStdout().Write(dateline.JSONSchema())
			return err
		},
	}
}
