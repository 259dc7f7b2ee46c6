package fetch

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gocolly/colly/v2"
)

// What Colly does today, by row of the pitfalls: each is why something here is ours. An upgrade that changes one
// fails loudly, and what was built around it can be looked at again.

// bare is a collector as Colly makes it, and a server that knows how often each path was asked for.
func bare(t *testing.T, pages map[string]http.HandlerFunc, options ...colly.CollectorOption) (c *colly.Collector, base string, asked map[string]int) {
	asked = map[string]int{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path]++ // Colly asks one after the other
		if h := pages[r.URL.Path]; h != nil {
			h(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(srv.Close)
	return colly.NewCollector(options...), srv.URL, asked
}

func says(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(body))
	}
}

func answers(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}

func TestCollyRow02_TakesA503ForRobotsAsLeaveToFetchAll(t *testing.T) {
	c, base, asked := bare(t, map[string]http.HandlerFunc{"/robots.txt": answers(503), "/a": says("a"), "/b": says("b")})
	c.IgnoreRobotsTxt = false
	if err := c.Visit(base + "/a"); err != nil {
		t.Error(err)
	}
	if err := c.Visit(base + "/b"); err != nil {
		t.Error(err)
	}
	if asked["/robots.txt"] != 1 || asked["/a"] != 1 || asked["/b"] != 1 {
		t.Errorf("asked %v", asked)
	}
}

func TestCollyRow12_NeverTriesAFailedAddressAgain(t *testing.T) {
	c, base, asked := bare(t, map[string]http.HandlerFunc{"/a": answers(500)})
	if c.Visit(base+"/a") == nil {
		t.Error("a 500 is no error")
	}
	if err := c.Visit(base + "/a"); err == nil || asked["/a"] != 1 {
		t.Errorf("asked %d times, %v", asked["/a"], err)
	}
}

func TestCollyRow16_TakesARedirectToAKnownPageForAnError(t *testing.T) {
	c, base, _ := bare(t, map[string]http.HandlerFunc{"/known": says("known"), "/old": http.RedirectHandler("/known", http.StatusMovedPermanently).ServeHTTP})
	if err := c.Visit(base + "/known"); err != nil {
		t.Fatal(err)
	}
	status := -1
	c.OnError(func(r *colly.Response, _ error) { status = r.StatusCode })
	if err := c.Visit(base + "/old"); err == nil || status != 0 {
		t.Errorf("status %d, %v", status, err)
	}
}

func TestCollyRow25_CutsABodyInSilence(t *testing.T) {
	c, base, _ := bare(t, map[string]http.HandlerFunc{"/a": says(strings.Repeat("x", 170_000))}, colly.MaxBodySize(80_000))
	got := 0
	c.OnResponse(func(r *colly.Response) { got = len(r.Body) })
	if err := c.Visit(base + "/a"); err != nil || got != 80_000 {
		t.Errorf("%d bytes, %v", got, err)
	}
}

func TestCollyRow28_UnpacksWhateverIsNamedXMLGz(t *testing.T) {
	c, base, _ := bare(t, map[string]http.HandlerFunc{"/map.xml.gz": says("<urlset/>")})
	if err := c.Visit(base + "/map.xml.gz"); err == nil {
		t.Error("plain XML was read")
	}
}

func TestCollyRow29_BelievesTheCharsetOfTheHeaderAndDropsTheBytes(t *testing.T) {
	c, base, _ := bare(t, map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=windows-1251")
		_, _ = w.Write([]byte("<meta charset=utf-8>Привет"))
	}})
	got := ""
	c.OnResponse(func(r *colly.Response) { got = string(r.Body) })
	if err := c.Visit(base + "/a"); err != nil || got == "" || strings.Contains(got, "Привет") {
		t.Errorf("%q, %v", got, err)
	}
}

func TestCollyRow35_TakesA204ForAnError(t *testing.T) {
	c, base, _ := bare(t, map[string]http.HandlerFunc{"/a": answers(204)})
	status := 0
	c.OnError(func(r *colly.Response, _ error) { status = r.StatusCode })
	if err := c.Visit(base + "/a"); err == nil || status != 204 {
		t.Errorf("status %d, %v", status, err)
	}
}

func TestCollyRow43_LetsTheEnvironmentBeatTheProgram(t *testing.T) {
	t.Setenv("COLLY_USER_AGENT", "from the environment")
	if c := colly.NewCollector(colly.UserAgent("from the program")); c.UserAgent != "from the environment" {
		t.Errorf("the agent is %q", c.UserAgent)
	}
}

func TestCollyRow46_WaitsBetweenTheAnswerAndItsCallback(t *testing.T) {
	const delay = 20 * time.Millisecond
	var answered, called time.Time
	c, base, _ := bare(t, map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, r *http.Request) {
		says("a")(w, r)
		answered = time.Now()
	}})
	if err := c.Limit(&colly.LimitRule{DomainGlob: "*", Delay: delay}); err != nil {
		t.Fatal(err)
	}
	c.OnResponse(func(*colly.Response) { called = time.Now() })
	if err := c.Visit(base + "/a"); err != nil || called.Sub(answered) < delay {
		t.Errorf("called %v after the answer, %v", called.Sub(answered), err)
	}
}

func TestCollyRow52_GivesACloneTheScopeOfItsParentForRedirects(t *testing.T) {
	c, base, asked := bare(t, map[string]http.HandlerFunc{"/b": says("b"), "/a": func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+strings.Replace(r.Host, "127.0.0.1", "localhost", 1)+"/b", http.StatusFound)
	}})
	clone := c.Clone()
	clone.AllowedDomains = []string{"127.0.0.1"}
	if err := clone.Visit(base + "/a"); err != nil || asked["/b"] != 1 {
		t.Errorf("asked %v, %v", asked, err)
	}
}
