package main

import (
	"io"
	"log/slog"

	"github.com/dateline-go/dateline"
	"github.com/spf13/cobra"
)

// newRootCmd builds the command tree. There are no globals: two trees do not know each other.
func newRootCmd() *cobra.Command {
	root := &cobra.Command{
		Use:   "dateline",
		Short: "Turn news pages into clean, typed JSON Lines",
		Long: `Dateline turns news pages into clean, typed JSON Lines: one record an article,
with title, authors, dates, section, body and the evidence for each value.

Data goes to stdout (or -o FILE), everything else to stderr.`,
		Example: `  dateline extract page.html
  dateline extract saved/ -o records.jsonl
  dateline crawl https://news.example/ --state news.db -o news.jsonl
  dateline sites add https://news.example/ && dateline crawl -o news.jsonl`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       dateline.Version,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			_, err := newLogger(cmd, cmd.ErrOrStderr()) // a bad log flag is told by every command alike
			return err
		},
	}
	root.SetVersionTemplate(versionLine())
	f := root.PersistentFlags()
	f.BoolP("quiet", "q", false, "say nothing but errors on stderr")
	f.BoolP("verbose", "v", false, "log every step (the same as --log-level debug)")
	f.String("log-level", "warn", "least level to log: debug, info, warn or error")
	f.String("log-format", "text", "form of the log on stderr: text or json")
	complete(root, "log-level", []string{"debug", "info", "warn", "error"})
	complete(root, "log-format", []string{"text", "json"})
	group(root, newExtractCmd(), newCrawlCmd(), newPlanCmd(), newProbeCmd(), newSitesCmd(), newStatusCmd(), newExplainCmd(), newStateCmd(),
		newInspectCmd(), newNormalizeCmd(), newVerifyCmd(), newSchemaCmd(), newVersionCmd(), newCompletionCmd(), newManCmd())
	root.SetHelpCommand(newHelpCmd())
	root.SetFlagErrorFunc(flagError)
	ownErrors(root)
	return root
}

// complete lets the shell complete the values of a flag.
func complete(cmd *cobra.Command, flag string, values []string) {
	if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // there is no such flag
	}
}

// newLogger is the logger that the persistent flags ask for.
func newLogger(cmd *cobra.Command, w io.Writer) (*slog.Logger, error) {
	f := cmd.Flags()
	quiet, _ := f.GetBool("quiet")
	verbose, _ := f.GetBool("verbose")
	word, _ := f.GetString("log-level")
	format, _ := f.GetString("log-format")
	var level slog.Level
	if err := level.UnmarshalText([]byte(word)); err != nil {
		return nil, usageError("use debug, info, warn or error", "unknown --log-level %q", word)
	}
	switch {
	case quiet:
		level = slog.LevelError
	case verbose:
		level = slog.LevelDebug
	}
	opts := &slog.HandlerOptions{Level: level}
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, opts)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, opts)), nil
	}
	return nil, usageError("use text or json", "unknown --log-format %q", format)
}
