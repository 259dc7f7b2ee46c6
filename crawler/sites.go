package crawler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	siteconf "github.com/dateline-go/dateline/crawler/internal/site"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/extract"
	"github.com/dateline-go/dateline/internal/whole"
)

// SitesSchema is the JSON Schema of a sites.yaml.
func SitesSchema() []byte { return siteconf.Schema() }

// CheckSites reads a sites.yaml and describes each of its sites in a line. The error is ErrConfig with
// everything that is wrong, each with its line and a suggestion. No line holds a secret. Where the state of the
// crawl, dateline.db beside the file if stateName is empty, is there to be read, further lines say which
// addresses of the file have moved for good or are gone.
func CheckSites(ctx context.Context, name, stateName string) ([]string, error) {
	f, err := loadSites(name)
	if err != nil {
		return nil, err
	}
	known, forget, err := openKnown(ctx, cmp.Or(stateName, stateBeside(name)), stateName == "")
	if err != nil {
		return nil, err
	}
	defer forget()
	var out []string
	for _, s := range f.All {
		out = append(out, describe(s))
		if known == nil {
			continue
		}
		sources, err := known.Sources(ctx, state.Hash(s.Key))
		if err != nil {
			return nil, fmt.Errorf("read the state of %s: %w", s.Key, err)
		}
		out = append(out, outdated(s, sources)...)
	}
	return out, nil
}

// describe is a site in a line: what differs from what is usual.
func describe(s *siteconf.Site) string {
	var parts []string
	say := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	count := func(n int, what string) {
		switch {
		case n == 1:
			say("1 %s", what)
		case n > 1:
			say("%d %ss", n, what)
		}
	}
	count(len(s.Start), "start page")
	count(len(s.Feeds), "feed")
	count(len(s.Sitemaps), "sitemap")
	count(len(s.Hosts), "further host")
	count(len(s.Include)+len(s.Exclude), "pattern")
	if s.Delay != nil {
		say("every %v", time.Duration(*s.Delay))
	}
	if s.Limits.Pages > 0 {
		say("at most %d pages", s.Limits.Pages)
	}
	if s.Limits.Duration > 0 {
		say("at most %v", time.Duration(s.Limits.Duration))
	}
	count(len(s.Headers), "header")
	if s.Cookies != "" {
		say("cookies")
	}
	if p := s.Proxy.String(); p != "" {
		say("by way of %s", p)
	}
	if fields := s.Rules.Fields(); len(fields) > 0 {
		say("rules for %s", strings.Join(fields, ", "))
	}
	if s.IgnoreRobots {
		say("robots.txt ignored: %s", s.Reason)
	}
	if len(s.Tags) > 0 {
		say("tags %s", strings.Join(s.Tags, ", "))
	}
	return fmt.Sprintf("%s (%s): %s", s.Name, s.Key, strings.Join(parts, "; "))
}

// AddSite puts an entry, such as a probe gives, into a sites.yaml, which is made where it is missing.
// All else in the file stays as it stands. The file with the entry must be right as a whole, else it is left
// as it was; the error is then ErrConfig with what is wrong.
func AddSite(name, entry string) error {
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	title, _, _ := strings.Cut(entry, ":\n")
	out, err := siteconf.Add(text, title, entry)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrConfig, name, err)
	}
	if _, err := siteconf.Parse(out, name, os.LookupEnv); err != nil {
		return fmt.Errorf("%w:\n%w", ErrConfig, err)
	}
	return whole.Write(name, out)
}

// SiteRules is what a file of sites says of the pages of one site, for looking at a saved one.
type SiteRules struct {
	Rules          *extract.Rules
	Language, Zone string
}

// RulesOf is what a sites.yaml says of the pages of the site with that name, or, where it is empty, of the
// site that holds the address.
func RulesOf(file, name, where string) (SiteRules, error) {
	f, err := loadSites(file)
	if err != nil {
		return SiteRules{}, err
	}
	for _, s := range f.All {
		if s.Name == name || s.Key == name || name == "" && s.Holds(where) {
			return SiteRules{s.Rules.Extract(), string(s.Language), string(s.Zone)}, nil
		}
	}
	if name == "" {
		name = where
	}
	return SiteRules{}, fmt.Errorf("%w: no site of %s is or holds %q", ErrConfig, file, name)
}
