package main

import (
	"fmt"
	"runtime"

	"github.com/dateline-go/dateline"
	"github.com/spf13/cobra"
)

func newVersionCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program and of the record",
		Long: `Print the version of the program, that of the record it writes and that of Go; the key
extractor of a record names the first too.`,
		Example: "  dateline version",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprint(cmd.OutOrStdout(), versionLine())
			return err
		},
	}
}

// versionLine is what version and --version print.
func versionLine() string {
	return fmt.Sprintf("dateline %s (record %s, %s)\n", dateline.Version, dateline.Schema, runtime.Version())
}
