package discover

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/address"
)

// readJSON reads JSON Feed 1.x (https://www.jsonfeed.org/version/1.1/).
func readJSON(text []byte) (Document, error) {
	var f struct {
		Version, Title, Language string
		Items                    []struct {
			ID            any
			URL           string `json:"url"`
			External      string `json:"external_url"`
			Title         string
			DatePublished string `json:"date_published"`
			DateModified  string `json:"date_modified"`
			Language      string
		}
	}
	if err := json.Unmarshal(text, &f); err != nil || !strings.Contains(f.Version, "jsonfeed") && len(f.Items) == 0 {
		return Document{}, fmt.Errorf("%w: JSON, but no JSON Feed", ErrUnread)
	}
	d := Document{Kind: Feed, Title: f.Title, Language: f.Language}
	for _, it := range f.Items[:min(len(f.Items), maxEntries)] {
		e := Entry{URL: it.URL, Title: it.Title, Published: it.DatePublished, Updated: it.DateModified, Language: it.Language}
		if it.ID != nil {
			e.GUID = fmt.Sprint(it.ID)
		}
		if e.URL == "" {
			e.URL = it.External
		}
		if e.URL == "" && isAddress(e.GUID) {
			e.URL = e.GUID
		}
		if e.Updated == "" {
			e.Updated = e.Published
		}
		d.Entries = append(d.Entries, e)
	}
	return d, nil
}

// readLines reads a sitemap of plain text: one address a line, nothing else.
func readLines(text []byte) (Document, error) {
	d := Document{Kind: Sitemap}
	for line := range bytes.Lines(text) {
		s := string(bytes.TrimSpace(line))
		if s == "" {
			continue
		}
		if !isAddress(s) {
			return Document{}, fmt.Errorf("%w: plain text that is no list of addresses", ErrUnread)
		}
		if len(d.Entries) == maxEntries {
			d.Cut = true
			break
		}
		d.Entries = append(d.Entries, Entry{URL: s})
	}
	return d, nil
}

func isAddress(s string) bool {
	return (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")) && len(s) < 2000 && !strings.ContainsAny(s, " \t<>")
}

// resolve makes addresses absolute and drops entries without one.
func resolve(d *Document, base string) {
	kept := d.Entries[:0]
	for _, e := range d.Entries {
		if e.URL = address.Absolute(base, e.URL); e.URL == "" {
			continue
		}
		if e.Language == "" {
			e.Language = d.Language
		}
		if e.Publisher == "" {
			e.Publisher = d.Title
		}
		kept = append(kept, e)
	}
	d.Entries = kept
}

// distrust drops lastmod where a machine wrote it: most entries say "now", or all one day, which
// is what a sitemap made on each request and a redesign look like. Feeds keep their dates.
func distrust(d *Document, fetched time.Time) {
	if d.Kind != Sitemap || len(d.Entries) < 5 {
		return
	}
	now, days := 0, map[string]int{}
	for _, e := range d.Entries {
		if len(e.Updated) >= 10 {
			days[e.Updated[:10]]++
		}
		if t, err := time.Parse(time.RFC3339, e.Updated); err == nil && fetched.Sub(t).Abs() < 2*time.Minute {
			now++
		}
	}
	most := 0
	for _, n := range days {
		most = max(most, n)
	}
	if n := len(d.Entries); now*5 < n*4 && most*5 < n*4 {
		return
	}
	d.Bogus = true
	for i := range d.Entries {
		d.Entries[i].Updated = ""
	}
}
