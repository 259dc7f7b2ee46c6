package inspect

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dateline-go/dateline/extract"
)

// hostile is markup that a page may print, name or claim anywhere.
const hostile = `"><script>document.title="taken"</script><img src=x onerror=document.title="taken"><style>*{display:none}</style>`

// explained is the page made of a hostile article: whatever it says holds markup.
func explained(t *testing.T) []byte {
	t.Helper()
	printed := strings.NewReplacer("<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(hostile)
	article := "<p>Crews returned to the harbour on Friday, and the first boat left half an hour late with every seat taken, the port said. " + printed + "</p>" +
		strings.Repeat("<p>The two sides met again at noon, and neither would say when the talks might end or what had been offered.</p>", 3)
	body := fmt.Sprintf(`<html lang="en"><head><title>Ferry strike %[1]s</title><meta name="author" content="%[1]s"><meta property="og:title" content="Ferry %[1]s">
<meta name="keywords" content="%[1]s"><link rel="canonical" href="javascript:%[1]s"></head><body><nav class="%[1]s"><ul>%[3]s</ul></nav>
<article><h1>Ferry strike %[1]s</h1><div class="%[1]s">%[2]s</div></article></body></html>`,
		printed, article, strings.Repeat(`<li><a href="/more">More of the same</a></li>`, 6))
	res, err := extract.Extract(extract.Input{Name: "ferry.html" + hostile, Body: []byte(body), Trace: true})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := HTML(&out, res); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestThePageShowsFatesAndEscapesWhatItShows(t *testing.T) {
	s := string(explained(t))
	for what, want := range map[string]string{
		"a field":                     "<h3>title</h3>",
		"a source and its fate":       "not chosen: ",
		"the chosen source":           `class="cand chosen"`,
		"a block that was kept":       `class="block kept"`,
		"the field that holds one":    `class="block field"`,
		"the first pass":              "<b>first pass: ",
		"the pass that decides":       "<b>second pass, which decides: ",
		"a weight":                    "<span>blocks of the same path</span><span class=\"w\">&#43;",
		"blocks that nobody asks for": "blocks dropped: ",
		"fields without a source":     "No source speaks of: ",
		"the kind of the page":        "log words of the body",
		"what its score begins with":  `<td>to begin with</td><td></td><td></td><td class="num">-`,
		"markup as it was printed":    "&lt;script&gt;document.title",
	} {
		if !strings.Contains(s, want) {
			t.Errorf("the page lacks %s: %q", what, want)
		}
	}
	for _, never := range []string{"<script", "<img", "src=", "href=", "@import", "url("} {
		if never == "src=" || never == "url(" {
			s = strings.ReplaceAll(s, "&lt;img src=", "")
		}
		if strings.Contains(s, never) {
			t.Errorf("the page holds %q", never)
		}
	}
	if n := strings.Count(s, "<style"); n != 1 {
		t.Errorf("%d style elements", n)
	}
}

func TestAResultWithoutTraceIsRefused(t *testing.T) {
	if err := HTML(&bytes.Buffer{}, extract.Result{}); !errors.Is(err, ErrNoTrace) {
		t.Error(err)
	}
}

// The browser is the judge of what is markup: nothing of the page came alive, and
// its blocks are seen in their colours on the narrowest window.
func TestABrowserShowsThePage(t *testing.T) {
	t.Parallel()
	browser := findBrowser(t)
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, explained(t), 0o600); err != nil {
		t.Fatal(err)
	}
	profile := t.TempDir()
	dom := string(render(t, browser, profile, file, "--dump-dom"))
	for what, want := range map[string]string{
		"its own title": "<title>Inspect: ferry.html", "a kept block": `class="block kept"`, "its text": `<span class="text" dir="auto">Crews returned`, "a candidate": `class="cand chosen"`,
	} {
		if !strings.Contains(dom, want) {
			t.Errorf("the rendered page lacks %s", what)
		}
	}
	for _, alive := range []string{"<title>taken", "<script", "<img"} {
		if strings.Contains(dom, alive) {
			t.Errorf("%s came alive", alive)
		}
	}
	shot := filepath.Join(t.TempDir(), "shot.png")
	render(t, browser, profile, file, "--hide-scrollbars", "--window-size=500,1600", "--screenshot="+shot)
	for what, colour := range map[string][3]uint32{"kept": {0x2e, 0x7d, 0x4f}, "taken by a field": {0x3b, 0x6f, 0xb6}} {
		if n := count(t, shot, colour); n < 100 {
			t.Errorf("%d pixels have the colour of blocks %s", n, what)
		}
	}
}

func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium is installed")
	return ""
}

func render(t *testing.T, browser, profile, file string, args ...string) []byte {
	t.Helper()
	args = append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--user-data-dir=" + profile}, args...)
	out, err := exec.CommandContext(t.Context(), browser, append(args, "file://"+file)...).Output()
	if err != nil {
		t.Fatalf("%s: %v", browser, err)
	}
	return out
}

// count is how many pixels of a picture have a colour.
func count(t *testing.T, name string, colour [3]uint32) int {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for y := range img.Bounds().Max.Y {
		for x := range img.Bounds().Max.X {
			if r, g, b, _ := img.At(x, y).RGBA(); r>>8 == colour[0] && g>>8 == colour[1] && b>>8 == colour[2] {
				n++
			}
		}
	}
	return n
}
