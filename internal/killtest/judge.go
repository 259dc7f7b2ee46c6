package killtest

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

// A Verdict is what Judge found: articles, their versions (one line each), and of those the second ones and later.
type Verdict struct{ Articles, Versions, Corrections int }

// Judge holds lines against sites by their addresses: each line is whole and of an article that is there; the lines of
// an article have one id and count their versions from 1, in the order in which the site had them, none twice;
// and the last is the article as it stands.
func Judge(t *testing.T, lines []byte, sites map[string]*newsite.Site) (v Verdict) {
	t.Helper()
	last, owner := map[string]seen{}, map[string]string{}
	for line := range bytes.Lines(lines) {
		var r dateline.Record
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatalf("torn line %.80q: %v", line, err)
		}
		had, now := last[r.CanonicalURL], newsite.VersionOf(r.Text)
		switch {
		case r.Source.Version != had.n+1:
			t.Errorf("%s: version %d comes after %d", r.CanonicalURL, r.Source.Version, had.n)
		case now <= had.version:
			t.Errorf("%s: the site's version %d comes after %d", r.CanonicalURL, now, had.version)
		}
		if at, known := owner[r.ID]; known && at != r.CanonicalURL || had.n > 0 && !known {
			t.Errorf("%s: its id %s is that of %q", r.CanonicalURL, r.ID, at)
		}
		last[r.CanonicalURL], owner[r.ID] = seen{had.n + 1, now}, r.CanonicalURL
		v.Versions++
	}
	v.Articles = len(last)
	v.Corrections = v.Versions - v.Articles
	for base, site := range sites {
		for _, a := range site.Articles() {
			got, ok := last[base+a.Path]
			if delete(last, base+a.Path); !ok {
				t.Errorf("%s%s is lost", base, a.Path)
			} else if got.version != a.Version {
				t.Errorf("%s%s: the last line has the site's version %d, which is at %d", base, a.Path, got.version, a.Version)
			}
		}
	}
	for url := range last {
		t.Errorf("%s is no article", url)
	}
	return v
}

// seen is the last line of an article: how many there were, and which of the site's versions it has.
type seen struct{ n, version int }
