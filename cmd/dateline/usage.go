package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/dateline-go/dateline/internal/spell"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// seeHelp is the hint where there is no better one.
func seeHelp(cmd *cobra.Command) string { return "see " + cmd.CommandPath() + " --help" }

// flagError says what is wrong with a flag: which one was meant, or what its value may be.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "" {
		if meant := nearestFlag(cmd, unknown.GetSpecifiedName()); meant != "" {
			return usageError("did you mean --"+meant+"?", "%w", err)
		}
	}
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		why := errors.Unwrap(invalid)
		if invalid.GetFlag().Value.Type() == "bool" {
			why = errors.New("true or false is wanted, or nothing")
		}
		return usageError(seeHelp(cmd), "--%s %q: %w", invalid.GetFlag().Name, invalid.GetValue(), why)
	}
	return usageError(seeHelp(cmd), "%w", err)
}

// nearestFlag is the flag whose name begins with what was written, or is most like it.
func nearestFlag(cmd *cobra.Command, name string) string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	for _, n := range names {
		if len(name) > 1 && strings.HasPrefix(n, name) {
			return n
		}
	}
	return spell.Nearest(name, names)
}

// takes checks the number of arguments, which what names.
func takes(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usageError(seeHelp(cmd), "%s wants %s", cmd.CommandPath(), what)
		case len(args) > most:
			return usageError(seeHelp(cmd), "%s wants %s; %q is more than that", cmd.CommandPath(), what, args[most])
		}
		return nil
	}
}

// noArgs refuses arguments of a command that takes none.
var noArgs = takes(0, 0, "no arguments, only flags")

// group makes cmd one that holds others: alone it prints its help, and a word that it does not hold is told.
func group(cmd *cobra.Command, subs ...*cobra.Command) *cobra.Command {
	cmd.AddCommand(subs...)
	cmd.SuggestionsMinimumDistance = 2
	cmd.Args = cobra.ArbitraryArgs
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return cmd.Help()
		}
		return unknownCommand(cmd, args[0])
	}
	return cmd
}

func unknownCommand(cmd *cobra.Command, name string) error {
	hint := seeHelp(cmd)
	if s := cmd.SuggestionsFor(name); len(s) > 0 {
		for i := range s {
			s[i] = cmd.CommandPath() + " " + s[i]
		}
		hint = "did you mean " + strings.Join(s, ", ") + "?"
	}
	return usageError(hint, "unknown command %q", strings.TrimPrefix(cmd.CommandPath()+" "+name, cmd.Root().Name()+" "))
}

// newHelpCmd is cobra's help, which says nothing of a command that there is not.
func newHelpCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Print the help of a command",
		Long:    "Print the help of a command, the same as its --help.",
		Example: "  dateline help extract\n  dateline help sites add",
		RunE: func(cmd *cobra.Command, args []string) error {
			at, rest, err := cmd.Root().Find(args)
			if err != nil {
				return fmt.Errorf("find the command: %w", err)
			}
			if len(rest) > 0 {
				return unknownCommand(at, rest[0])
			}
			at.InitDefaultHelpFlag()
			return at.Help()
		},
	}
}

// ownErrors makes an error that a command's own work ends with, and that says nothing of its exit status, an
// internal one: what is left are cobra's errors, about flags, arguments and names of commands.
func ownErrors(cmd *cobra.Command) {
	for _, sub := range cmd.Commands() {
		ownErrors(sub)
	}
	if run := cmd.RunE; run != nil {
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			err := run(cmd, args)
			var known *exitError
			if err == nil || errors.As(err, &known) {
				return err
			}
			return &exitError{exitInternal, err, ""}
		}
	}
}
