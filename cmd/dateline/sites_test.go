package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dateline-go/dateline/crawler"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

// call runs a command line and gives its exit status and streams.
func call(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

// inFolder goes to a new folder with a sites.yaml, for the test.
func inFolder(t *testing.T, sites string) {
	t.Helper()
	t.Chdir(t.TempDir())
	if sites != "" {
		if err := os.WriteFile("sites.yaml", []byte(sites), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSitesCheckSaysWhatIsWrongOrWhatThereIs(t *testing.T) {
	t.Setenv("PAPER_KEY", "s3cret")
	inFolder(t, `# papers of the county
defaults:
  delay: 3s
sites:
  herald:
    start: https://www.herald.example/
    headers: {X-Key: "${PAPER_KEY}"}
    proxy: http://me:hush@proxy.example:8080
    rules: {title: h1.head}
    tags: [north]
`)
	code, stdout, stderr := call("sites", "check")
	if want := "herald (herald.example): 1 start page; every 3s; 1 header; by way of http://proxy.example:8080; rules for title; tags north\n"; code != exitOK || stdout != want || stderr != "" {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
	if err := os.WriteFile("bad.yaml", []byte("sites:\n  herald:\n    satrt: https://www.herald.example/\n    rules: {title: 'h1['}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr = call("sites", "check", "bad.yaml")
	for _, want := range []string{`bad.yaml:3: unknown key "satrt" in site "herald" (did you mean "start"?)`, `bad.yaml:4: title "h1[": not a CSS selector`} {
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, want) {
			t.Errorf("exit %d, no %q in\n%s", code, want, stderr)
		}
	}
	for _, args := range [][]string{{"crawl", "--config", "bad.yaml"}, {"plan", "--config", "bad.yaml"}, {"probe", "herald", "--config", "bad.yaml"}} {
		if code, _, stderr := call(args...); code != exitUsage || !strings.Contains(stderr, `did you mean "start"?`) {
			t.Errorf("%v: exit %d\n%s", args, code, stderr)
		}
	}
	if code, _, stderr := call("sites", "check", "none.yaml"); code != exitUsage || !strings.Contains(stderr, "none.yaml") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	if code, _, stderr := call("sites", "chekc"); code != exitUsage || !strings.Contains(stderr, "sites check") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}

func TestASiteIsProbedAddedPlannedAndCrawled(t *testing.T) {
	site, url := paper(t, newsite.Config{Articles: 12, Robots: "User-agent: *\nBe nice please\nDisallow: /private/\nCrawl-delay: 0\n"})
	inFolder(t, "# my sites\ndefaults:\n  delay: 0s # a test\n")
	code, stdout, stderr := call("probe", url+"/", "--delay", "0")
	for _, want := range []string{"robots.txt: ok", `not understood: "Be nice please"`, "feed " + url + "/feed.xml (by the page): 20 entries", "12 of them on the start page", "answered with 404", "  start: " + url + "/\n"} {
		want = strings.Replace(want, "20 entries", "12 entries", 1)
		if code != exitOK || !strings.Contains(stdout, want) {
			t.Errorf("exit %d, no %q in\n%s%s", code, want, stdout, stderr)
		}
	}
	if code, _, stderr = call("sites", "add", url+"/", "--delay", "0"); code != exitOK {
		t.Fatal(stderr)
	}
	text, err := os.ReadFile("sites.yaml")
	if err != nil || !strings.HasPrefix(string(text), "# my sites\ndefaults:\n  delay: 0s # a test\n\nsites:\n") || !strings.Contains(string(text), "    start: "+url+"/\n") {
		t.Fatalf("%v\n%s", err, text)
	}
	if code, _, stderr = call("sites", "add", url+"/", "--delay", "0"); code != exitUsage || !strings.Contains(stderr, "is there already") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	if code, stdout, stderr = call("plan"); code != exitOK || !strings.Contains(stdout, "never visited") || !strings.Contains(stdout, "due: 1 of 1 site; 1 request at least") {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
	if code, stdout, stderr = call("crawl", "-o", "news.jsonl"); code != exitOK || !strings.Contains(stderr, "12 records") || !strings.Contains(stderr, "due: 1 site") {
		t.Fatalf("exit %d\n%s%s", code, stdout, stderr)
	}
	site.ResetLog()
	if code, _, stderr = call("crawl", "-o", "news.jsonl", "--config", "sites.yaml"); code != exitOK || !strings.Contains(stderr, "0 records") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	for name, want := range map[string]string{"plan --all": "read every", "plan --state dateline.db": "its sources are read in every run",
		"status": "last run: 12 records", "explain " + url + "/nothing": "no source", "state vacuum": "runs: 0"} {
		if code, stdout, stderr = call(strings.Fields(name)...); code != exitOK || !strings.Contains(stdout, want) {
			t.Errorf("%s: exit %d, no %q in\n%s%s", name, code, want, stdout, stderr)
		}
	}
	asked := site.Judge().ByPath["/feed.xml"]
	var rep crawler.PlanReport
	code, stdout, stderr = call("plan", "--json")
	if err := json.Unmarshal([]byte(stdout), &rep); code != exitOK || err != nil || len(rep.Sites) != 1 || len(rep.Sites[0].Sources) < 5 {
		t.Errorf("exit %d, %v\n%s%s", code, err, stdout, stderr)
	}
	if site.Judge().ByPath["/feed.xml"] != asked {
		t.Error("a plan asked for something")
	}
}

func TestExplainKnowsThePatternsAndRulesOfTheFile(t *testing.T) {
	site, url := paper(t, newsite.Config{Articles: 8})
	inFolder(t, fmt.Sprintf("sites:\n  herald:\n    start: %s/\n    delay: 0s\n    exclude: [/sport/]\n    rules: {title: h1}\n", url))
	if code, _, stderr := call("crawl", "-q", "-o", "news.jsonl"); code != exitOK {
		t.Fatal(stderr)
	}
	for path, want := range map[string][]string{
		"/sport/2026/11/20/a-story-of-four-words-12345.html": {`of site "herald"`, "never fetched by the site's patterns: exclude /sport/", "no source"},
		site.Articles()[0].Path:                              {"the site's rules are asked first for: title", "robots.txt says nothing against it"},
		"/private/x":                                         {"refused by robots.txt: Disallow: /private/"},
	} {
		code, stdout, stderr := call("explain", url+path, "--config", "sites.yaml")
		for _, w := range want {
			if code != exitOK || !strings.Contains(stdout, w) {
				t.Errorf("%s: exit %d, no %q in\n%s%s", path, code, w, stdout, stderr)
			}
		}
	}
	if code, _, stderr := call("explain", "https://elsewhere.example/", "--config", "sites.yaml"); code != exitOK {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}

func TestProbeRanksFeedsByWhatTheStartPageNamesAndTellsSoft404s(t *testing.T) {
	_, url := paper(t, newsite.Config{Articles: 30, NoAnnounce: true, Faults: []newsite.Fault{{Kind: newsite.FaultSoft404, Path: "/*-no-such-page"}}})
	code, stdout, stderr := call("probe", url+"/", "--delay", "0", "--json")
	var rep crawler.ProbeReport
	if err := json.Unmarshal([]byte(stdout), &rep); code != exitOK || err != nil {
		t.Fatalf("exit %d, %v\n%s", code, err, stderr)
	}
	if len(rep.Sources) < 2 || rep.Sources[0].Kind != "feed" || rep.Sources[0].From != "guessed" || rep.Sources[0].Overlap < 20 {
		t.Errorf("%+v", rep.Sources)
	}
	if !strings.Contains(rep.Entry, "feeds:\n    - "+url+"/feed.xml") || !strings.Contains(rep.Entry, "/news-sitemap.xml") {
		t.Errorf("%s", rep.Entry)
	}
}

func TestCrawlOfAFileSaysWhatIsWrongByItsExitStatus(t *testing.T) {
	_, url := paper(t, newsite.Config{Articles: 2, Robots: "User-agent: *\nDisallow: /\n"})
	inFolder(t, fmt.Sprintf("sites:\n  herald:\n    start: %s/\n    delay: 0s\n", url))
	for name, tc := range map[string]struct {
		args []string
		code int
		say  string
	}{
		"a file that is missing":   {[]string{"--config", "none.yaml"}, exitUsage, "none.yaml"},
		"URLs and a file":          {[]string{url, "--config", "sites.yaml"}, exitUsage, "at once"},
		"a site that is not there": {[]string{"--site", "tribune"}, exitUsage, `"tribune"`},
		"a site of URLs":           {[]string{url, "--site", "herald"}, exitUsage, "--site"},
		"a bad shard":              {[]string{"--shard", "3/2"}, exitUsage, "2/5"},
		"a bad day":                {[]string{"--since", "yesterday"}, exitUsage, "is no day"},
		"until without since":      {[]string{"--until", "2026"}, exitUsage, "--since"},
		"since after until":        {[]string{"--since", "2026", "--until", "2025"}, exitUsage, "since is not before until"},
		"nothing that may be read": {nil, exitNothing, "no start page"},
	} {
		t.Run(name, func(t *testing.T) {
			code, _, stderr := crawlOnce(append(tc.args, "-o", filepath.Join(t.TempDir(), "news.jsonl"))...)
			if code != tc.code || !strings.Contains(stderr, tc.say) {
				t.Errorf("exit %d, stderr %q", code, stderr)
			}
		})
	}
	inFolder(t, "")
	if code, _, stderr := crawlOnce(); code != exitUsage || !strings.Contains(stderr, "sites add") {
		t.Errorf("exit %d, stderr %q", code, stderr)
	}
}

func TestTheSchemaOfTheSitesFileIsPrinted(t *testing.T) {
	code, stdout, _ := call("schema", "sites")
	var schema map[string]any
	if err := json.Unmarshal([]byte(stdout), &schema); code != exitOK || err != nil || schema["title"] != "Dateline sites.yaml" {
		t.Errorf("exit %d, %v", code, err)
	}
}

func TestRulesAreTriedOnASavedPage(t *testing.T) {
	inFolder(t, "sites:\n  herald:\n    start: https://www.herald.example/\n    rules: {section: .rubric}\n")
	page := `<html><body><p class="rubric">Harbor and docks</p><h1>Pilots refuse to sail at night</h1><p>The pilots of the harbor said on Friday that they will not sail after dark.</p></body></html>`
	if err := os.WriteFile("page.html", []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--site", "herald"}, {"--url", "https://herald.example/a-story"}} {
		code, stdout, stderr := call(append([]string{"inspect", "page.html", "--config", "sites.yaml"}, args...)...)
		if code != exitOK || !strings.Contains(stdout, "site-rule") || !strings.Contains(stdout, "Harbor and docks") {
			t.Errorf("%v: exit %d\n%s%s", args, code, stdout, stderr)
		}
	}
	if code, _, stderr := call("inspect", "page.html", "--config", "sites.yaml", "--site", "tribune"); code != exitUsage || !strings.Contains(stderr, `"tribune"`) {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	for say, args := range map[string][]string{"there is no --config": {"--site", "herald"}, "none.jsonl": {"--site-memory", "none.jsonl"}} {
		if code, stdout, stderr := call(append([]string{"inspect", "page.html"}, args...)...); code != exitUsage || stdout != "" || !strings.Contains(stderr, say) {
			t.Errorf("%v: exit %d\n%s%s", args, code, stdout, stderr)
		}
	}
}

func TestNoSecretOfTheFileIsLoggedPrintedOrKept(t *testing.T) {
	t.Setenv("PAPER_KEY", "s3cret-key")
	t.Setenv("PROXY_PASSWORD", "hush-hush")
	inFolder(t, "sites:\n  herald:\n    start: http://www.herald.example/\n    allow_private: true\n    headers: {X-Key: '${PAPER_KEY}'}\n    proxy: http://me:${PROXY_PASSWORD}@127.0.0.1:1\n    cookies: cookies.txt\n")
	if err := os.WriteFile("cookies.txt", []byte("www.herald.example\tFALSE\t/\tFALSE\t0\tsession\tcrumbs-of-it\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, args := range [][]string{{"crawl", "-v", "-o", "news.jsonl", "--summary", "run.json"}, {"plan", "--json"}, {"probe", "herald", "-v"}, {"sites", "check"}, {"explain", "http://www.herald.example/x", "--config", "sites.yaml"}, {"status", "--state", "dateline.db"}} {
		_, stdout, stderr := call(args...)
		said.WriteString(stdout + stderr)
	}
	if !strings.Contains(said.String(), "connection refused") {
		t.Errorf("nothing failed:\n%s", said.String())
	}
	for _, file := range []string{"dateline.db", "run.json", "news.jsonl"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
		}
		said.Write(b)
	}
	for _, secret := range []string{"s3cret-key", "hush-hush", "crumbs-of-it"} {
		if strings.Contains(said.String(), secret) {
			t.Errorf("%s is said", secret)
		}
	}
}

func TestASiteThatCannotBeReadIsNotAdded(t *testing.T) {
	inFolder(t, "")
	for _, args := range [][]string{{"sites", "add", "http://127.0.0.1:1/"}, {"probe", "http://127.0.0.1:1/"}} {
		code, _, stderr := call(append(args, "--delay", "0")...)
		if _, err := os.Stat("sites.yaml"); code != exitNothing || !strings.Contains(stderr, "could not be read") || err == nil {
			t.Errorf("%v: exit %d, %v\n%s", args, code, err, stderr)
		}
	}
}
