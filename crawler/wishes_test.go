package crawler

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/dateline-go/dateline/fixtures/newsite"
)

// wishing crawls a file of one site whose first article asks not to be listed, whose second reserves its text, whose third
// stands where its host's tdmrep.json reserves it, and whose fourth is denied to crawlers for language models; entry is what the file says.
func wishing(t *testing.T, entry string) (sum Summary, h *house) {
	t.Helper()
	h = newHouse(t, newsite.Config{Articles: 4, NoSections: true, NoSitemap: true, NoNewsSitemap: true})
	all := h.site.Articles()
	h.other = func(w http.ResponseWriter, r *http.Request) bool {
		switch r.URL.Path {
		case all[0].Path:
			w.Header().Set("X-Robots-Tag", "noindex")
		case all[1].Path:
			w.Header().Set("TDM-Reservation", "1")
		case "/robots.txt":
			_, _ = w.Write([]byte("User-agent: *\nDisallow: /private/\n\nUser-agent: GPTBot\nUser-agent: CCBot\nDisallow: " + all[3].Path + "\n"))
			return true
		case "/.well-known/tdmrep.json":
			_, _ = w.Write([]byte(`[{"location": "` + all[2].Path + `", "tdm-reservation": 1}, {"location": "` + all[1].Path + `", "tdm-reservation": 0}]`))
			return true
		}
		return false
	}
	file := strings.TrimSuffix(h.state, "state.db") + "sites.yaml"
	writeFile(t, file, "sites:\n  paper:\n    start: "+h.url+"/\n    delay: 0s\n"+entry)
	return h.crawl(func(c *Config) { c.Start, c.State, c.Sites = nil, "", file }), h
}

func TestWhatAPageAsksIsRecordedUnlessTheOperatorRespectsIt(t *testing.T) {
	for entry, want := range map[string]struct {
		records, refused, asked int // asked is for tdmrep.json
		flags                   []string
	}{
		"":                             {4, 0, 0, []string{"ai_denied", "noindex", "tdm_reserved"}},
		"    respect: {tdm: skip}\n":   {2, 2, 1, []string{"ai_denied", "noindex"}},
		"    respect: {tdm: record}\n": {4, 0, 0, []string{"ai_denied", "noindex", "tdm_reserved"}},
		"    respect: {ai: skip}\n":    {3, 1, 0, []string{"noindex", "tdm_reserved"}},
		"    respect:\n      noindex: skip\n      tdm: skip\n": {1, 3, 1, []string{"ai_denied"}},
	} {
		sum, h := wishing(t, entry)
		if sum.Records != want.records || sum.Outcomes[Refused] != want.refused || h.asked["/.well-known/tdmrep.json"] != want.asked {
			t.Errorf("%q: %v, asked %d times", entry, sum, h.asked["/.well-known/tdmrep.json"])
		}
		var flags []string
		for _, r := range h.sink.records(t) {
			for _, f := range r.Quality.Flags {
				if f == "noindex" || f == "tdm_reserved" || f == "ai_denied" {
					flags = append(flags, f)
				}
			}
		}
		if slices.Sort(flags); !slices.Equal(flags, want.flags) {
			t.Errorf("%q: flags %v", entry, flags)
		}
		if n := sum.Refusals[asksNoAI] + sum.Refusals[asksNoTDM] + sum.Refusals[asksNoIndex]; n != want.refused {
			t.Errorf("%q: reasons %v", entry, sum.Refusals)
		}
	}
}
