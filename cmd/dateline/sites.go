package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/dateline-go/dateline/crawler"
	"github.com/spf13/cobra"
)

func newSitesCmd() *cobra.Command {
	return group(&cobra.Command{
		Use:   "sites",
		Short: "Check a file of sites, or add a site to it",
		Long: `Check a file of sites (sites.yaml), or add a site to it. The file is what
dateline crawl reads without a URL; docs/sites.md has all its keys, and
dateline schema sites prints its JSON Schema for an editor.`,
		Example: "  dateline sites add https://news.example/\n  dateline sites check",
	}, newSitesCheckCmd(), newSitesAddCmd())
}

func newSitesCheckCmd() *cobra.Command {
	var state string
	cmd := &cobra.Command{
		Use:   "check [FILE]",
		Short: "Say what is wrong with a file of sites, or what its sites are",
		Long: `Read a file of sites (default sites.yaml of the working folder). What is wrong is
said all at once, each with its line and a suggestion, and the exit status is 2; else
each site is printed in a line. Where the crawl's state is beside it, or named, addresses
that have moved for good or are gone are said too. Nothing is fetched, and no secret is
printed.`,
		Example: "  dateline sites check\n  dateline sites check /etc/dateline/sites.yaml",
		Args:    takes(0, 1, "one file of sites at most"),
		RunE: func(cmd *cobra.Command, args []string) error {
			lines, err := crawler.CheckSites(cmd.Context(), fileArg(args), state)
			if err != nil {
				return sitesError(err)
			}
			for _, l := range lines {
				if _, err := fmt.Fprintln(cmd.OutOrStdout(), l); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&state, "state", "", "the state of the crawl: a file or a postgres:// address (default dateline.db beside the file)")
	return cmd
}

func newSitesAddCmd() *cobra.Command {
	var f probeFlags
	cmd := &cobra.Command{
		Use:   "add URL [FILE]",
		Short: "Look at a site and write its entry into a file of sites",
		Long: `Look at a site as dateline probe does and write its entry into a file of sites
(default sites.yaml of the working folder, made where it is missing). All else in the
file, comments too, stays as it stands. Of a site whose start page cannot be read nothing
is written, and the exit status is 3.`,
		Example: "  dateline sites add https://news.example/\n  dateline sites add https://news.example/ /etc/dateline/sites.yaml",
		Args:    takes(1, 2, "the address of a site, and a file of sites at most"),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := f.config(cmd)
			if err = cmp.Or(err, addresses(args[:1])); err != nil {
				return err
			}
			rep, err := crawler.Probe(cmd.Context(), c, args[0])
			if err != nil {
				return sitesError(err)
			}
			if err := unread(rep); err != nil {
				return err
			}
			file := fileArg(args[1:])
			if err := crawler.AddSite(file, rep.Entry); err != nil {
				return sitesError(err)
			}
			if _, err := io.WriteString(cmd.OutOrStdout(), rep.Entry); err != nil {
				return err
			}
			if quiet, _ := cmd.Flags().GetBool("quiet"); !quiet {
				fmt.Fprintf(cmd.ErrOrStderr(), "added to %s\n", file)
			}
			return nil
		},
	}
	f.add(cmd.Flags())
	return cmd
}

// fileArg is the file of sites that a command was given, or that of the working folder.
func fileArg(args []string) string {
	if len(args) > 0 {
		return args[0]
	}
	return sitesFile
}

// sitesError is what is wrong with a file of sites, or with an address.
func sitesError(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &exitError{exitUsage, err, "dateline sites add URL makes one"}
	case errors.Is(err, crawler.ErrConfig):
		return &exitError{exitUsage, err, ""}
	}
	return &exitError{exitInternal, err, ""}
}
