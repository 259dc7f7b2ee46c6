package inspect

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dateline-go/dateline/extract"
)

const hostile = `<script>document.title="taken"</script>`

// explained is the page made of a hostile article: its title and text hold markup.
func explained(t *testing.T) []byte {
	t.Helper()
	paragraph := "<p>Crews returned to the harbour on Friday, and the first boat left half an hour late with every seat taken &lt;script&gt;document.title=&quot;taken&quot;&lt;/script&gt; the port said.</p>"
	body := `<html><head><title>Ferry &lt;b&gt; strike</title></head><body><nav><a href="/">Home page</a></nav><article><h1>Ferry &lt;b&gt; strike</h1>` +
		strings.Repeat(paragraph, 1) + strings.Repeat("<p>The two sides met again at noon, and neither would say when the talks might end or what had been offered.</p>", 3) + "</article></body></html>"
	res, err := extract.Extract(extract.Input{Name: "ferry.html", Body: []byte(body), Trace: true})
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
	for _, want := range []string{"<h2>title</h2>", "log words of the body", ">chosen<", `class="block kept"`, `class="block"`, "Ferry &lt;b&gt; strike", "&lt;script&gt;document.title", "ferry.html"} {
		if !strings.Contains(s, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, never := range []string{"<script", "src=", "@import", "url("} {
		if strings.Contains(s, never) {
			t.Errorf("the page holds %q", never)
		}
	}
}

func TestAResultWithoutTraceIsRefused(t *testing.T) {
	if err := HTML(&bytes.Buffer{}, extract.Result{}); !errors.Is(err, ErrNoTrace) {
		t.Error(err)
	}
}

func TestABrowserShowsThePage(t *testing.T) {
	var browser string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		t.Skip("no Chromium is installed")
	}
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, explained(t), 0o600); err != nil {
		t.Fatal(err)
	}
	dom, err := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(), "--dump-dom", "file://"+file).Output()
	if err != nil {
		t.Fatalf("%s: %v", browser, err)
	}
	s := string(dom)
	if !strings.Contains(s, "<title>Inspect: ferry.html</title>") || !strings.Contains(s, `class="block kept"`) || strings.Contains(s, hostile) {
		t.Error("the rendered page is not as written")
	}
}
