package discover

import (
	"strings"
	"testing"
)

// The traps of notes/crawling.md 3.3 that an address shows by its form, and what looks like one.
func TestSection33_TrapsAreRefusedByTheirForm(t *testing.T) {
	for why, cases := range map[string]struct{ refused, fine []string }{
		"longer than 2000 bytes": {[]string{"/x?" + strings.Repeat("a", 2000)}, []string{"/x?" + strings.Repeat("a", 1900)}},
		"more than 12 segments":  {[]string{"/a/b/c/d/e/f/g/h/i/j/k/l/m"}, []string{"/a/b/c/d/e/f/g/h/i/j/k/l"}},
		"segments repeat":        {[]string{"/x/a/x/b/x", "/a/b/a/b/", "/n/a/b/a/b/c"}, []string{"/x/a/x/b", "/a/b/c/a/b"}},
		"more than 4 parameters": {[]string{"/f?a=1&b=2&c=3&d=4&e=5"}, []string{"/f?a=1&b=2&c=3&d=4", "/f?id=9&a=1&b=2&c=3&d=4&utm_source=x&fbclid=y", "/f?idx=9&a=1&b=2&c=3&d=&e=&g="}},
		"a date far off":         {[]string{"/world/2027/01/05/a-story", "/1987/05/03/a-story", "/20261127/x"}, []string{"/world/2026/11/26/a-story", "/1990/05/03/a-story", "/world/2031-vision"}},
		"too deep in a list":     {[]string{"/world/?page=6", "/world/page/9/", "/world/?paged=99999999999"}, []string{"/world/?page=5", "/world/page/5/", "/a-story?page=all", "/page/how-to-build-it"}},
		"a page of a calendar":   {[]string{"/events/2026/11/", "/events/town/2025-06-01", "/calendar/2024", "/agenda/2026/11/20/"}, []string{"/events/2026/11/20/a-night-of-music", "/world/2026/11/20/", "/calendar/a-year-of-fairs"}},
	} {
		for _, path := range cases.refused {
			if got := Refusal(parse(t, path), now); !strings.HasPrefix(got, why) {
				t.Errorf("%.80s: refused for %q, want %q", path, got, why)
			}
		}
		for _, path := range cases.fine {
			if got := Refusal(parse(t, path), now); got != "" {
				t.Errorf("%.80s: refused for %q, and it looks like %q only", path, got, why)
			}
		}
	}
}
