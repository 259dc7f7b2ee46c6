package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// The README promises it of each command.
func TestEveryCommandSaysWhatItDoesAndShowsHow(t *testing.T) {
	n := 0
	var look func(*cobra.Command)
	look = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			look(sub)
		}
		if c.Hidden {
			return
		}
		n++
		if c.Short == "" || c.Long == "" || c.Example == "" {
			t.Errorf("%s has no words of its own: short %q, long %q, example %q", c.CommandPath(), c.Short, c.Long, c.Example)
		}
		for line := range strings.Lines(c.Long) {
			if len([]rune(line)) > 101 {
				t.Errorf("%s: a line that a terminal breaks: %s", c.CommandPath(), line)
			}
		}
		for line := range strings.Lines(c.Example) {
			checkExample(t, c, line)
		}
	}
	look(newRootCmd())
	if n < 20 {
		t.Errorf("%d commands were looked at", n)
	}
}

// checkExample holds an example to the command that it is of: its path is called, and with flags that there are.
func checkExample(t *testing.T, c *cobra.Command, line string) {
	t.Helper()
	if c.HasSubCommands() || !strings.HasPrefix(line, "  ") { // those of a group show its commands
		return
	}
	_, call, ok := strings.Cut(line, c.CommandPath())
	if !ok {
		t.Errorf("%s: the example is of another command: %s", c.CommandPath(), line)
	}
	call, _, _ = strings.Cut(call, "|")
	for _, w := range strings.Fields(call) {
		name, isFlag := strings.CutPrefix(w, "--")
		if isFlag && c.Flags().Lookup(name) == nil && c.InheritedFlags().Lookup(name) == nil {
			t.Errorf("%s: the example has an unknown flag --%s", c.CommandPath(), name)
		}
	}
}
