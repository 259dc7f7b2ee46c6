package main

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/dateline-go/dateline/crawler"
)

// sitesFile is the configuration that is taken from the working folder where nothing else is named.
const sitesFile = "sites.yaml"

// siteFlags say which sites a command is about: those of a file, or those of the addresses it was given.
type siteFlags struct {
	config, shard string
	names         []string
}

func (f *siteFlags) add(fl *pflag.FlagSet) {
	fl.StringVar(&f.config, "config", "", "sites file (default "+sitesFile+" of the working folder, where no URL is given)")
	fl.StringArrayVar(&f.names, "site", nil, "name, domain or tag of a site in the file; may be given again")
	fl.StringVar(&f.shard, "shard", "", "part of the sites that this machine does, such as 2/5: n machines with one file and a state each")
}

// apply puts the sites into c. Without addresses it is the file of the flag, or that of the working folder.
func (f *siteFlags) apply(c *crawler.Config, urls []string) error {
	switch {
	case f.config != "" && len(urls) > 0:
		return usageError("name sites of the file with --site", "URLs and --config at once")
	case len(urls) > 0:
		if err := addresses(urls); err != nil {
			return err
		}
		c.Start = urls
		if len(f.names) > 0 {
			return usageError("name the file with --config, and no URL", "--site names sites of a file, not of URLs")
		}
	default:
		if c.Sites = f.config; c.Sites == "" {
			c.Sites = sitesFile
			if _, err := os.Stat(sitesFile); errors.Is(err, fs.ErrNotExist) {
				return usageError("try dateline crawl https://news.example/, or write a sites file with dateline sites add https://news.example/",
					"name a site to crawl: there is no URL, no --config and no %s here", sitesFile)
			}
		}
	}
	c.Only = f.names
	if f.shard == "" {
		return nil
	}
	var err error
	if c.Shard, err = crawler.ParseShard(f.shard); err != nil {
		return &exitError{exitUsage, err, "2/5 is the second of five parts"}
	}
	return nil
}

// addresses refuses what is written without the https:// that makes it one, and saved pages.
func addresses(urls []string) error {
	for _, u := range urls {
		if strings.Contains(u, "://") {
			continue
		}
		hint := "write it whole: https://" + u
		if _, err := os.Stat(u); err == nil {
			hint = "a saved page is read by dateline extract " + u
		}
		return usageError(hint, "%q is no web address", u)
	}
	return nil
}

// parseDay reads a day, a moment or a span back from now.
func parseDay(flag, s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.DateOnly, "2006-01", "2006", time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	var back span
	if err := back.Set(s); err == nil && back > 0 {
		return now.Add(-time.Duration(back)), nil
	}
	return time.Time{}, usageError("write 2026-01-31, 2026-01, 2026-01-31T12:00:00Z or 30d for thirty days ago", "--%s %q is no day", flag, s)
}
