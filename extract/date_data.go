package extract

import (
	"encoding/json"
	"strings"

	"github.com/dateline-go/dateline/extract/internal/page"
)

// data reads the JSON-LD: the article's own nodes, then the page's, whose dates a
// plugin fills from the same field.
func (f *dateFinder) data() {
	for _, n := range f.art {
		f.node(n, "jsonld", weightArticle)
	}
	for _, n := range f.reading.data.Nodes {
		switch {
		case n.IsArticle():
		case isPageNode(n):
			f.node(n, "jsonld:webpage", weightPage)
		case isWorkNode(n):
			f.node(n, "jsonld:work", weightWork)
		}
	}
	if !f.has(published) {
		f.brokenData()
	}
}

// node adds the dates of one node.
func (f *dateFinder) node(n page.Node, rule string, weight int) {
	for _, x := range []struct{ key, role string }{{"datePublished", published}, {"dateModified", modified}} {
		raw := n.Text(x.key)
		if raw == "" {
			continue
		}
		w := weight
		if !startsAsMachine(raw) {
			// A template wrote it from a field made for readers. Builders of sites keep such
			// fields for the last publication too, and change them with every one.
			w = weightWritten
		}
		f.add(x.role, rule, "cms", raw, true, w)
	}
}

// startsAsMachine: an ISO date or digits, not "Jun 24, 2025".
func startsAsMachine(raw string) bool {
	raw = strings.TrimSpace(raw)
	return len(raw) >= 8 && digit(raw[0]) && digit(raw[1]) && digit(raw[2]) && digit(raw[3])
}

func isPageNode(n page.Node) bool {
	for _, t := range n.Types {
		if strings.HasSuffix(t, "Page") {
			return true
		}
	}
	return false
}

// isWorkNode: the page is about a work that has no article node of its own.
func isWorkNode(n page.Node) bool {
	return n.Is("CreativeWork", "Recipe", "HowTo", "Review", "Product", "DiscussionForumPosting", "QAPage", "Question", "PodcastEpisode", "Dataset", "ImageGallery", "MediaGallery")
}

// brokenData looks for datePublished in data scripts that are no JSON: a comma too
// many or a raw quote costs the whole script, not the date in it.
func (f *dateFinder) brokenData() {
	for i := range f.p.Scripts {
		s := &f.p.Scripts[i]
		if !strings.Contains(s.Type, "ld+json") || json.Valid([]byte(s.Text)) {
			continue
		}
		for _, x := range []struct{ key, role string }{{"datePublished", published}, {"dateModified", modified}} {
			if raw := stringAfterKey(s.Text, x.key); raw != "" {
				f.add(x.role, "jsonld:broken", "cms", raw, true, weightPage)
			}
		}
	}
}

// stringAfterKey is the value of the first "key": "value" in a script, "" where there is none.
func stringAfterKey(s, key string) string {
	for {
		i := strings.Index(s, key)
		if i < 0 {
			return ""
		}
		s = s[i+len(key):]
		rest := trimEscapes(s)
		if rest == s || !strings.HasPrefix(rest, ":") {
			continue
		}
		rest = strings.TrimLeft(rest[1:], " \t\n")
		value := trimEscapes(rest)
		if value == rest && (value == "" || !digit(value[0])) {
			continue
		}
		if end := strings.IndexAny(value, "\"'\\&,}<\n"); end > 0 && end <= 40 {
			return value[:end]
		}
	}
}

// trimEscapes cuts a quote, plain, escaped by a backslash or as an entity.
func trimEscapes(s string) string {
	s = strings.TrimLeft(s, "\\")
	for _, q := range []string{`"`, `'`, "&quot;", "&#34;", "&#x27;"} {
		if rest, ok := strings.CutPrefix(s, q); ok {
			return strings.TrimLeft(rest, " ")
		}
	}
	return s
}
