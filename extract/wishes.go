package extract

import (
	"slices"
	"strings"
)

// wishes are what a page and the header that it came with ask of machines.
type wishes struct {
	// robots are the words of meta robots and X-Robots-Tag, lower case, sorted.
	robots []string
	// tdm is the value of tdm-reservation, empty where there is none.
	tdm string
}

// readWishes reads meta robots, X-Robots-Tag and the TDM Reservation Protocol (W3C community group, 2024), where the page's
// own word goes before its header's.
func (b *builder) readWishes() {
	w := &b.wishes
	for i := range b.p.Metas {
		switch m := &b.p.Metas[i]; m.Name {
		case "robots":
			w.words(m.Content)
		case "tdm-reservation":
			w.reserve(m.Content)
		}
	}
	for name, values := range b.in.Header {
		for _, v := range values {
			switch {
			case strings.EqualFold(name, "X-Robots-Tag") && !namesAgent(v):
				w.words(v)
			case strings.EqualFold(name, "TDM-Reservation"):
				w.reserve(v)
			}
		}
	}
	slices.Sort(w.robots)
	w.robots = slices.Compact(w.robots)
	b.flag("noindex", slices.Contains(w.robots, "noindex") || slices.Contains(w.robots, "none"))
	b.flag("tdm_reserved", w.tdm == "1")
}

func (w *wishes) words(s string) {
	for word := range strings.SplitSeq(strings.ToLower(s), ",") {
		if word = strings.TrimSpace(word); word != "" {
			w.robots = append(w.robots, word)
		}
	}
}

func (w *wishes) reserve(s string) {
	if s = strings.TrimSpace(s); w.tdm == "" && (s == "0" || s == "1") {
		w.tdm = s
	}
}

// namesAgent reports whether the value of an X-Robots-Tag is for one robot: "examplebot: noindex". Directives have values
// too: "unavailable_after: 25 Jun 2027", "max-snippet: 50".
func namesAgent(v string) bool {
	first, _, _ := strings.Cut(v, ",")
	name, _, ok := strings.Cut(first, ":")
	name = strings.ToLower(strings.TrimSpace(name))
	return ok && name != "unavailable_after" && !strings.HasPrefix(name, "max-")
}
