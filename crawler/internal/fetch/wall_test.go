package fetch

import (
	"bytes"
	"cmp"
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/dateline-go/dateline/crawler/internal/clock"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

func TestBotWallsAreKnownWhateverTheirStatus(t *testing.T) {
	site := newsite.New(newsite.Config{Articles: 4})
	srv := httptest.NewServer(site.Handler())
	defer srv.Close()
	f := New(Options{Clock: clock.NewFake(labStart)})
	defer f.Close()
	s := f.Slice(Site{Loopback: LoopbackHost(srv.URL), Delay: zero})
	addr := srv.URL + site.Articles()[0].Path
	for _, vendor := range newsite.Walls() {
		if vendor == "consent" {
			continue // no mark: the page itself must tell
		}
		site.SetFaults(newsite.Fault{Kind: newsite.FaultWall, Vendor: vendor})
		out := s.Fetch(context.Background(), Request{URL: addr})
		if out.Err == nil || out.Err.Fault != FaultBlocked || !strings.HasPrefix(vendor, out.Wall) || out.Wall == "" {
			t.Errorf("%s: wall %q, %v, status %d", vendor, out.Wall, out.Err, out.Status)
		}
		if out.Validators != (Validators{}) {
			t.Errorf("%s: validators %+v", vendor, out.Validators)
		}
	}
	site.SetFaults()
	if out := s.Fetch(context.Background(), Request{URL: addr}); out.Err != nil || out.Wall != "" {
		t.Errorf("the page itself: %+v", out)
	}
}

func TestAMarkInAPageWithTextIsOnlySuspect(t *testing.T) {
	text := "<p>" + strings.Repeat("The council met until midnight. ", 80) + "</p>"
	mark := `<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>`
	if wall, suspect := findWall(200, nil, []byte(text+mark)); wall != "" || suspect != "cloudflare" {
		t.Errorf("with text: wall %q, suspect %q", wall, suspect)
	}
	hidden := "<script>" + text + "</script><!-- " + text + " --><style>" + text + "</style>"
	if wall, _ := findWall(200, nil, []byte(hidden+mark)); wall != "cloudflare" {
		t.Errorf("with hidden text: wall %q", wall)
	}
	if wall, suspect := findWall(200, nil, []byte(text)); wall+suspect != "" {
		t.Errorf("without a mark: %q %q", wall, suspect)
	}
}

func TestEachMarkIsFoundWhereverItStands(t *testing.T) {
	for _, m := range wallMarks {
		for at := range 2 * markWindow {
			page := strings.Repeat("x", at) + m.bytes
			status := cmp.Or(m.status, 200)
			for _, page := range []string{page, page + "x", "aws captcha Reference" + page} {
				if got := marked(status, []byte(page)); got != m.vendor {
					t.Errorf("%q: %q, want %q", page, got, m.vendor)
				}
			}
			if got := marked(status, []byte(page[:len(page)-1])); got != "" {
				t.Errorf("%q without its end: %q", page, got)
			}
		}
		if m.status != 0 {
			if got := marked(200, []byte(m.bytes)); got != "" {
				t.Errorf("%q with status 200: %q", m.bytes, got)
			}
		}
	}
}

// FuzzMarked holds the one scan against a plain search.
func FuzzMarked(f *testing.F) {
	f.Add([]byte("<p>awswaf</p>"))
	f.Add([]byte("px-captchacaptcha-delivery.com"))
	f.Fuzz(func(t *testing.T, page []byte) {
		want := false
		for _, m := range wallMarks {
			want = want || m.status == 0 && bytes.Contains(page, []byte(m.bytes))
		}
		if got := marked(200, page); (got != "") != want {
			t.Errorf("%q: %q, want one %v", page, got, want)
		}
	})
}

func FuzzVisible(f *testing.F) {
	f.Add([]byte("<p>a <script>b</script> c<!-- d --> e"))
	f.Add([]byte("<SCRIPT"))
	f.Fuzz(func(t *testing.T, page []byte) {
		if n := visible(page, 1<<30); n > len(page) {
			t.Errorf("%d bytes visible of %d", n, len(page))
		}
	})
}
