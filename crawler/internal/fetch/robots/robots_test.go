package robots

import (
	"strings"
	"testing"
	"time"
)

// The cases follow the list of google/robotstxt (robots_test.cc) and RFC 9309, in words of our own.
func TestWhatMayBeFetched(t *testing.T) {
	tests := []struct {
		name, file, path string
		want             bool
	}{
		{"an empty file allows all", "", "/x", true},
		{"a group for all", "User-agent: *\nDisallow: /x", "/x/y", false},
		{"other paths stay open", "User-agent: *\nDisallow: /x", "/y", true},
		{"a rule before any agent says nothing", "Disallow: /\nUser-agent: *\nDisallow: /x", "/y", true},
		{"our own group beats the group for all", "User-agent: *\nDisallow: /\nUser-agent: dateline\nDisallow: /x", "/y", true},
		{"our own empty group allows all", "User-agent: dateline\n\nUser-agent: *\nDisallow: /\nUser-agent: dateline\nDisallow:", "/y", false},
		{"our own group without rules allows all", "User-agent: *\nDisallow: /\nUser-agent: dateline\nDisallow:", "/y", true},
		{"groups of one token merge", "User-agent: dateline\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: dateline\nDisallow: /b", "/b", false},
		{"the token is blind to case", "USER-AGENT: DateLine\nDISALLOW: /x", "/x", false},
		{"a version after the token is dropped", "User-agent: dateline/1.0\nDisallow: /x", "/x", false},
		{"a token that is longer is another", "User-agent: datelinebot\nDisallow: /", "/x", true},
		{"a token that is shorter is another", "User-agent: date\nDisallow: /", "/x", true},
		{"several agents share a group", "User-agent: a\nUser-agent: dateline\nUser-agent: b\nDisallow: /x", "/x", false},
		{"a crawl delay does not part a group", "User-agent: dateline\nCrawl-delay: 3\nUser-agent: b\nDisallow: /x", "/x", false},
		{"a sitemap does not part a group", "User-agent: dateline\nSitemap: http://a/s.xml\nUser-agent: b\nDisallow: /x", "/x", false},
		{"the longest rule wins", "User-agent: *\nAllow: /x/page\nDisallow: /x/", "/x/page.html", true},
		{"the longest rule wins whatever the order", "User-agent: *\nDisallow: /x/\nAllow: /x/page", "/x/page.html", true},
		{"the longest denies too", "User-agent: *\nAllow: /x\nDisallow: /x/secret", "/x/secret/1", false},
		{"equal length allows", "User-agent: *\nDisallow: /page\nAllow: /page", "/page", true},
		{"equal length allows with wildcards", "User-agent: *\nDisallow: /*.html\nAllow: /x/a.h", "/x/a.html", false},
		{"paths have case", "User-agent: *\nDisallow: /X", "/x", true},
		{"a star spans slashes", "User-agent: *\nDisallow: /a*b", "/a/1/2/b", false},
		{"a pattern is anchored at the start", "User-agent: *\nDisallow: /a*b", "/z/a1b", true},
		{"a leading star is not", "User-agent: *\nDisallow: */print/", "/a/b/print/1", false},
		{"a dollar ends", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", true},
		{"a dollar ends at the end", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf", false},
		{"a dollar inside is a dollar", "User-agent: *\nDisallow: /a$b", "/a$bc", false},
		{"star before dollar", "User-agent: *\nDisallow: /a*$", "/abc", false},
		{"slash and dollar is the front page alone", "User-agent: *\nAllow: /$\nDisallow: /", "/", true},
		{"slash and dollar denies the rest", "User-agent: *\nAllow: /$\nDisallow: /", "/x", false},
		{"many stars stay cheap", "User-agent: *\nDisallow: /" + strings.Repeat("a*", 200) + "$", "/" + strings.Repeat("a", 199) + "b", true},
		{"letters beyond ASCII are compared encoded", "User-agent: *\nDisallow: /é", "/%C3%A9/x", false},
		{"and the other way", "User-agent: *\nDisallow: /%c3%a9", "/é", false},
		{"an encoded letter is the letter", "User-agent: *\nDisallow: /%61bc", "/abc", false},
		{"an encoded slash is no slash", "User-agent: *\nDisallow: /a/b", "/a%2Fb", true},
		{"the query counts, as sent", "User-agent: *\nDisallow: /p?b=1&a=2;c", "/p?b=1&a=2;c", false},
		{"the order of the query counts", "User-agent: *\nDisallow: /p?b=1", "/p?a=2&b=1", true},
		{"robots.txt itself is never denied", "User-agent: *\nDisallow: /", "/robots.txt", true},
		{"a byte-order mark is no line", "\xef\xbb\xbfUser-agent: *\nDisallow: /x", "/x", false},
		{"lines may end in a bare return", "User-agent: *\rDisallow: /x\r", "/x", false},
		{"comments end a line", "User-agent: * # all\nDisallow: /x # not here", "/x", false},
		{"a space may stand for the colon", "user-agent *\ndisallow /x", "/x", false},
		{"misspelt keys still hold", "Useragent: *\nDisalow: /x", "/x", false},
		{"a pattern without a slash matches nothing", "User-agent: *\nDisallow: x", "/x", true},
		{"odd lines do not kill the file", "User-agent: *\nCrawl-delay: 5s\nFoo\nDisallow: /x\n<html>", "/x", false},
		{"an empty path is the front page", "User-agent: *\nDisallow: /$", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, rule := Parse([]byte(tt.file), "dateline").Allowed(tt.path); got != tt.want {
				t.Errorf("Allowed(%q) = %v by %v, want %v", tt.path, got, rule, tt.want)
			}
		})
	}
}

func TestCrawlDelay(t *testing.T) {
	tests := []struct {
		name, file string
		want       time.Duration
	}{
		{"seconds", "User-agent: *\nCrawl-delay: 5", 5 * time.Second},
		{"a fraction", "User-agent: *\nCrawl-delay: 0.5", 500 * time.Millisecond},
		{"a fraction with a comma", "User-agent: *\nCrawl-delay: 1,5", 1500 * time.Millisecond},
		{"with a unit", "User-agent: *\nCrawl-delay: 5s", 5 * time.Second},
		{"zero is none", "User-agent: *\nCrawl-delay: 0", 0},
		{"a negative is none", "User-agent: *\nCrawl-delay: -3", 0},
		{"junk is none", "User-agent: *\nCrawl-delay: soon", 0},
		{"a day at most", "User-agent: *\nCrawl-delay: 1e300", 24 * time.Hour},
		{"of another group", "User-agent: x\nCrawl-delay: 9\n\nUser-agent: *\nDisallow: /a", 0},
		{"our own", "User-agent: *\nCrawl-delay: 9\n\nUser-agent: dateline\nCrawl-delay: 2", 2 * time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Parse([]byte(tt.file), "dateline").Delay; got != tt.want {
				t.Errorf("delay %v, want %v", got, tt.want)
			}
		})
	}
}

func TestSitemapsAndBadLinesAreKept(t *testing.T) {
	f := Parse([]byte("Sitemap: https://a.example/s.xml\nwhat is this\nUser-agent: *\nsite-map: /rel.xml\nHost: a\n"), "dateline")
	if len(f.Sitemaps) != 2 || f.Sitemaps[0] != "https://a.example/s.xml" || f.Sitemaps[1] != "/rel.xml" {
		t.Errorf("sitemaps %q", f.Sitemaps)
	}
	if len(f.Bad) != 2 {
		t.Errorf("bad lines %q", f.Bad)
	}
}

func TestAFileTooLargeIsCutAtALine(t *testing.T) {
	big := "User-agent: *\nDisallow: /early\n" + strings.Repeat("# nothing to see\n", MaxBytes/17) + "Disallow: /late\n"
	f := Parse([]byte(big), "dateline")
	if ok, _ := f.Allowed("/early"); ok {
		t.Error("the first rule was lost")
	}
	if ok, _ := f.Allowed("/late"); !ok {
		t.Error("a rule beyond the limit was read")
	}
}

// naive is the matcher as RFC 9309 words it, without a thought for cost.
func naive(pattern, path string) bool {
	if pattern == "" {
		return true
	}
	if pattern == "$" {
		return path == ""
	}
	if pattern[0] == '*' {
		for i := 0; i <= len(path); i++ {
			if naive(pattern[1:], path[i:]) {
				return true
			}
		}
		return false
	}
	return path != "" && path[0] == pattern[0] && naive(pattern[1:], path[1:])
}

func FuzzMatchAgreesWithTheNaiveOne(f *testing.F) {
	for _, s := range [][2]string{{"/a*b$", "/axxb"}, {"/*/*", "/a/b"}, {"/a$b", "/a$b"}, {"*$", ""}, {"/a*", "/a"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, pattern, path string) {
		if len(pattern) > 24 || len(path) > 40 || strings.Count(pattern, "*") > 5 {
			return
		}
		if got, want := match(pattern, path), naive(pattern, path); got != want {
			t.Errorf("match(%q, %q) = %v, want %v", pattern, path, got, want)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /x\nCrawl-delay: 5s\nSitemap: s"), "/x?y")
	f.Add([]byte("\xef\xbb\xbfuser-agent dateline\rdisalow /%zz*$"), "/%ZZ")
	f.Fuzz(func(t *testing.T, data []byte, path string) {
		file := Parse(data, "dateline")
		file.Allowed(path)
		if n := normal(path); normal(n) != n && !strings.Contains(path, "%") {
			t.Errorf("normal(%q) is not stable", path)
		}
		if file.Delay < 0 || file.Delay > 24*time.Hour {
			t.Errorf("delay %v", file.Delay)
		}
	})
}

func TestGroupsThatNameCrawlersForLanguageModelsAreKept(t *testing.T) {
	f := Parse([]byte("User-agent: gptbot\nUser-agent: CCBot\nDisallow: /\nAllow: /open/\n\nUser-agent: Bytespider\nDisallow: /open/b\n\nUser-agent: *\nDisallow: /private/\n\nUser-agent: NotGPTBot\nDisallow: /x\n"), "dateline")
	if len(f.AI) != 2 {
		t.Errorf("%v", f.AI)
	}
	for path, want := range map[string]bool{"/a": true, "/open/a": false, "/open/b": true, "/private/a": true} {
		if f.DeniesAI(path) != want {
			t.Errorf("%s: %v", path, !want)
		}
	}
	if f := Parse([]byte("User-agent: *\nDisallow: / # no GPTBot here\n"), "dateline"); f.DeniesAI("/") {
		t.Error("a group for all is no word on language models")
	}
}
