package main

import (
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// shells are those whose completion cobra writes.
var shells = map[string]func(root *cobra.Command, w io.Writer) error{
	"bash":       func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) },
	"fish":       func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) },
	"powershell": (*cobra.Command).GenPowerShellCompletionWithDesc,
	"zsh":        (*cobra.Command).GenZshCompletion,
}

func newCompletionCmd() *cobra.Command {
	names := slices.Sorted(maps.Keys(shells))
	list := strings.Join(names, ", ")
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print the script that lets a shell complete commands and flags",
		Long: `Print the script that lets a shell complete commands, flags and their values. SHELL is
one of ` + list + `. The script is read by the shell as it starts;
bash needs its package bash-completion for it.`,
		Example: `  source <(dateline completion bash)
  dateline completion bash > /etc/bash_completion.d/dateline
  dateline completion zsh > "${fpath[1]}/_dateline"
  dateline completion fish > ~/.config/fish/completions/dateline.fish`,
		Args:      takes(1, 1, "one shell: "+list),
		ValidArgs: names,
		RunE: func(cmd *cobra.Command, args []string) error {
			write, ok := shells[args[0]]
			if !ok {
				return usageError("use one of "+list, "unknown shell %q", args[0])
			}
			return write(cmd.Root(), cmd.OutOrStdout())
		},
	}
}
