package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"syscall"

	"github.com/dateline-go/dateline/crawler"
	"github.com/spf13/cobra"
)

// The exit statuses of the program; the README lists them.
const (
	exitOK       = 0
	exitInternal = 1   // an internal error; nothing that was written is broken
	exitUsage    = 2   // wrong usage or config
	exitNothing  = 3   // nothing to do or nothing found
	exitPartial  = 4   // done, but some inputs failed
	exitAlarm    = 10  // the crawl finished and raised an alarm
	exitLocked   = 75  // another run holds the lock
	exitInt      = 130 // stopped by SIGINT
	exitTerm     = 143 // stopped by SIGTERM
)

// An exitError carries the exit status of a command, with what to say and a hint.
// One without a cause has been reported already.
type exitError struct {
	code int
	err  error
	hint string
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit status %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// usageError is wrong usage: exit status 2.
func usageError(hint, format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...), hint}
}

// stoppedBy is the end of a command that a signal stopped.
func stoppedBy(s os.Signal) error {
	if s == os.Interrupt {
		return &exitError{code: exitInt}
	}
	return &exitError{code: exitTerm}
}

// complain says on stderr what went wrong and what may help, in the form that --log-format asks for.
func complain(cmd *cobra.Command, err error, hint string) {
	w := cmd.ErrOrStderr()
	text := strings.TrimLeft(strings.TrimPrefix(err.Error(), crawler.ErrConfig.Error()+":"), " \n") // the exit status says that
	if format, _ := cmd.Flags().GetString("log-format"); format == "json" {
		var with []any
		if hint != "" {
			with = []any{"hint", hint}
		}
		slog.New(slog.NewJSONHandler(w, nil)).Error(text, with...)
		return
	}
	fmt.Fprintf(w, "dateline: %s\n", text)
	if hint != "" {
		fmt.Fprintf(w, "hint: %s\n", hint)
	}
}

// report says why a command failed, once, and gives the exit status.
func report(cmd *cobra.Command, err error) int {
	if err == nil || errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) {
		return exitOK // who closed the pipe has seen enough
	}
	var ee *exitError
	if !errors.As(err, &ee) {
		// cobra's own errors, all of them about flags, arguments and command names
		ee = &exitError{exitUsage, err, seeHelp(cmd)}
	}
	if ee.err != nil {
		complain(cmd, ee.err, ee.hint)
	}
	return ee.code
}
