package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/publicsuffix"
)

func noEnv(string) (string, bool) { return "", false }

func parse(t *testing.T, text string, env func(string) (string, bool)) *File {
	t.Helper()
	f, err := Parse([]byte(text), "sites.yaml", env)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestWhatIsWrongIsSaidWithItsLineAndAllAtOnce(t *testing.T) {
	const good = "sites:\n  a:\n    start: https://a.example/\n"
	for name, tc := range map[string]struct{ in, want string }{
		"an unknown key of a site":      {good + "    delya: 3s\n", `sites.yaml:4: unknown key "delya" in site "a" (did you mean "delay"?)`},
		"an unknown key far from all":   {good + "    colour_of_the_logo: red\n", `sites.yaml:4: unknown key "colour_of_the_logo" in site "a" (see docs/sites.md for the keys)`},
		"an unknown key of the file":    {"default:\n  delay: 2s\n" + good, `sites.yaml:1: unknown key "default" in the file (did you mean "defaults"?)`},
		"an unknown field of the rules": {good + "    rules: {titel: h1}\n", `sites.yaml:4: unknown key "titel" in rules (did you mean "title"?)`},
		"a list where a text belongs":   {good + "    language: [en]\n", `sites.yaml:4: language wants one value, not a list`},
		"a text where keys belong":      {good + "    limits: 3\n", `sites.yaml:4: limits wants a block of keys, not "3"`},
		"a text that is no number":      {good + "    limits: {pages: many}\n", `sites.yaml:4: pages wants a whole number, not "many"`},
		"a number below zero":           {good + "    limits: {pages: -1}\n", `sites.yaml:4: pages wants a whole number, not "-1"`},
		"a text that is no truth":       {good + "    http1: perhaps\n", `sites.yaml:4: http1 wants true or false, not "perhaps"`},
		"a bad duration":                {good + "    delay: 3 seconds\n", `sites.yaml:4: delay "3 seconds": not a duration`},
		"a bad selector":                {good + "    rules:\n      title: [h1, 'h2[']\n", `sites.yaml:5: title "h2[": not a CSS selector`},
		"a bad expression":              {good + "    include: ['~(']\n", `sites.yaml:4: include "~(": not a regular expression: missing closing )`},
		"a bad pattern":                 {good + "    exclude: [news]\n", `sites.yaml:4: exclude "news": a pattern begins with /`},
		"a bad zone":                    {good + "    zone: Berlin\n", `sites.yaml:4: zone "Berlin": not a time zone`},
		"a bad language":                {good + "    language: englisch!\n", `sites.yaml:4: language "englisch!": not a language tag`},
		"a bad proxy":                   {good + "    proxy: ftp://x:1\n", `sites.yaml:4: proxy "ftp://x:1": a proxy is http, https or socks5`},
		"a bad tls":                     {good + "    tls: http1\n", `tls can only be legacy; HTTP/1.1 is http1: true`},
		"a bad address":                 {"sites:\n  a:\n    start: a.example\n", `sites.yaml:3: start "a.example": not a web address`},
		"a variable that is missing":    {good + "    headers: {X-Key: '${PAPER_KEY}'}\n", `sites.yaml:4: headers X-Key needs the environment variable PAPER_KEY, which is not set`},
		"a key that stands twice":       {good + "    zone: UTC\n    zone: UTC\n", `sites.yaml:5: site "a" has "zone" twice: it stands in line 4 already`},
		"a site that stands twice":      {good + "  a:\n    start: https://b.example/\n", `sites.yaml:4: sites has "a" twice`},
		"no start at all":               {"sites:\n  a:\n    zone: UTC\n", `sites.yaml:2: site "a" names no start page, feed or sitemap`},
		"no sites at all":               {"sites:\n", `sites.yaml: no sites (dateline sites add URL`},
		"an empty file":                 {"", `sites.yaml: no sites`},
		"a file of another shape":       {"- a\n- b\n", `sites.yaml:1: the file wants the keys defaults and sites, not a list`},
		"no YAML":                       {"sites:\n\ta: b\n", `sites.yaml:2: found character that cannot start any token (it is not YAML`},
		"robots without a reason":       {good + "    ignore_robots: true\n", `sites.yaml:2: site "a" ignores robots.txt without a reason`},
		"too little delay":              {good + "    delay: 100ms\n", `site "a": a delay under 500ms (i_own_this_site: true allows it`},
		"two entries of one domain":     {good + "  b:\n    start: https://www.a.example/x/\n", `sites.yaml:4: site "b" is of a.example, as is site "a" in line 2`},
		"a start page of another site":  {"sites:\n  a:\n    start: [https://a.example/, https://b.example/]\n", `sites.yaml:3: https://b.example/ is not of a.example`},
		"another's host":                {good + "    hosts: www.b.example\n  b:\n    start: https://b.example/\n", `host www.b.example of site "a" is of site "b"`},
		"a default that is none":        {"defaults:\n  start: https://a.example/\n" + good, `sites.yaml:2: start cannot be a default`},
		"cookies that are missing":      {good + "    cookies: gone.txt\n", `cookies of site "a": there is no gone.txt`},
		"a name with a space":           {"sites:\n  a b:\n    start: https://a.example/\n", `a name has letters, digits, dots and dashes`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse([]byte(tc.in), "sites.yaml", noEnv)
			var ps Problems
			if !errors.As(err, &ps) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%v\nwant %s", err, tc.want)
			}
			if strings.Count(err.Error(), "\n") > 0 {
				t.Errorf("more than that one:\n%v", err)
			}
		})
	}
	_, err := Parse([]byte(good+"    zone: x\n    delay: y\n    xyzzy: 1\n  b:\n    start: 7\n"), "sites.yaml", noEnv)
	if err == nil || strings.Count(err.Error(), "\n") != 3 || !strings.HasPrefix(err.Error(), "sites.yaml:4") {
		t.Errorf("not all at once, in order:\n%v", err)
	}
}

func TestASiteBeginsAsTheDefaults(t *testing.T) {
	f := parse(t, `
defaults: {delay: 5s, language: de, headers: {X-A: one, X-B: two}, limits: {pages: 9}, tags: all}
sites:
  a: {start: https://a.example/, headers: {X-B: three}, delay: 2s}
  b: {feeds: [https://feeds.example/b], sitemaps: https://www.b.example/s.xml, limits: {duration: 1m}}
`, noEnv)
	a, b := f.Sites["a"], f.Sites["b"]
	if *a.Delay != Duration(2*time.Second) || *b.Delay != Duration(5*time.Second) || a.Language != "de" || b.Limits.Pages != 9 || b.Limits.Duration != Duration(time.Minute) {
		t.Errorf("a %+v\nb %+v", a, b)
	}
	if a.Headers["X-A"] != "one" || a.Headers["X-B"] != "three" || b.Headers["X-B"] != "two" || f.Defaults.Headers["X-B"] != "two" {
		t.Error("the headers of a site are the defaults' under its own")
	}
	if f.All[0] != a || f.All[1] != b || a.Key != "a.example" || b.Key != "feeds.example" {
		t.Errorf("%v %v", f.All, b.Key)
	}
}

func TestAnchorsAndMergesAreYAMLAsEver(t *testing.T) {
	f := parse(t, "x-slow: &slow {delay: 9s, zone: UTC}\nsites:\n  a:\n    <<: *slow\n    start: https://a.example/\n    zone: Europe/Berlin\n", noEnv)
	if a := f.Sites["a"]; *a.Delay != Duration(9*time.Second) || a.Zone != "Europe/Berlin" {
		t.Errorf("%+v", a)
	}
}

func TestPatternsTellAddressesApart(t *testing.T) {
	for _, tc := range []struct {
		pattern, url string
		want         bool
	}{
		{"/news/", "https://a.example/news/x", true}, {"/news/", "https://a.example/other/news/x", false},
		{"/*/2026/", "https://a.example/news/2026/x", true}, {"/*.html$", "https://a.example/x.html", true}, {"/*.html$", "https://a.example/x.html?a=1", false},
		{"*?print=", "https://a.example/x?print=1", true}, {"/a.c", "https://a.example/abc", false},
		{"https://blog.a.example/", "https://blog.a.example/x", true}, {"https://blog.a.example/", "https://a.example/x", false},
		{`~\d{6}`, "https://a.example/x-123456", true}, {`~^/x-\d+$`, "https://a.example/x-1?b", false},
	} {
		var p Pattern
		u, _ := url.Parse(tc.url)
		if err := p.set(tc.pattern, 1); err != nil || p.Match(u) != tc.want {
			t.Errorf("%s on %s: %v, %v", tc.pattern, tc.url, p.Match(u), err)
		}
	}
}

func TestExcludeGoesBeforeIncludeAndIncludeLeavesTheRestOut(t *testing.T) {
	s := parse(t, "sites:\n  a: {start: https://a.example/, include: [/news/], exclude: [/news/ads/]}\n", noEnv).Sites["a"]
	for where, want := range map[string]string{"/news/x": "true true include /news/", "/news/ads/x": "false true exclude /news/ads/", "/x": "false true "} {
		u, _ := url.Parse("https://a.example" + where)
		article, sure, by := s.Verdict(u)
		if got := fmt.Sprint(article, " ", sure, " ", by); got != want {
			t.Errorf("%s: %s", where, got)
		}
	}
}

func TestSecretsComeFromTheEnvironmentAndAreNeverShown(t *testing.T) {
	env := func(name string) (string, bool) {
		return map[string]string{"KEY": "s3cret", "PW": "hush", "EMPTY": ""}[name], name != "GONE"
	}
	const text = "sites:\n  a:\n    start: https://a.example/\n    headers: {Authorization: 'Bearer ${KEY}', X-Empty: '${EMPTY}'}\n    proxy: http://me:${PW}@proxy.example:8080\n"
	s := parse(t, text, env).Sites["a"]
	if string(s.Headers["Authorization"]) != "Bearer s3cret" || s.Proxy.URL() != "http://me:hush@proxy.example:8080" || s.Headers["X-Empty"] != "" {
		t.Fatal("the variables were not put in")
	}
	asJSON, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	_, bad := Parse([]byte(text+"    proxy: ftp://me:${PW}@x\n    delay: ${PW}\n"), "sites.yaml", env)
	_, worse := Parse([]byte(strings.ReplaceAll(text, "http://me:${PW}@", "ftp://me:hush@")), "sites.yaml", env)
	for _, shown := range []string{fmt.Sprint(s), fmt.Sprintf("%+v", *s), fmt.Sprintf("%#v", *s), string(asJSON), bad.Error(), worse.Error()} {
		if strings.Contains(shown, "s3cret") || strings.Contains(shown, "hush") {
			t.Errorf("a secret in %s", shown)
		}
	}
}

func TestCookiesAreReadFromAFileThatNobodyElseMayRead(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "cookies.txt")
	write := func(mode os.FileMode, text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
	}
	config := []byte("sites:\n  a: {start: https://www.a.example/, cookies: cookies.txt}\n")
	write(0o644, "")
	if _, err := Parse(config, filepath.Join(dir, "sites.yaml"), noEnv); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a file that all may read: %v", err)
	}
	write(0o600, "# Netscape HTTP Cookie File\n.a.example\tTRUE\t/\tFALSE\t0\tsession\tabc\n#HttpOnly_www.a.example\tFALSE\t/\tTRUE\t0\tonly\tx\n.example\tTRUE\t/\tFALSE\t0\twide\tx\n")
	f, err := Parse(config, filepath.Join(dir, "sites.yaml"), noEnv)
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Sites["a"].PutCookies(jar); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, where := range []string{"https://www.a.example/", "http://www.a.example/", "https://b.a.example/", "https://b.example/"} {
		u, _ := url.Parse(where)
		for _, c := range jar.Cookies(u) {
			got[where] += c.Name + " "
		}
	}
	want := map[string]string{"https://www.a.example/": "session only ", "http://www.a.example/": "session ", "https://b.a.example/": "session "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	write(0o600, "a.example\tTRUE\t/\tFALSE\tsoon\tsession\tabc\n")
	if _, err := Parse(config, filepath.Join(dir, "sites.yaml"), noEnv); err == nil || strings.Contains(err.Error(), "abc") || !strings.Contains(err.Error(), "cookies.txt:1") {
		t.Errorf("%v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("defaults: {delay: 2s}\nsites:\n  a: {start: https://a.example/, rules: {title: h1}}\n")
	f.Add("a: &a [*a]\nsites: *a\n")
	f.Fuzz(func(_ *testing.T, text string) {
		_, _ = Parse([]byte(text), "sites.yaml", noEnv) // it must come back
	})
}
