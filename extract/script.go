package extract

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
)

// scriptWords is how many words a body must have before a body that only a script
// holds is not asked for.
const scriptWords = 100

// scriptBody takes the body from a script where the page shows hardly any text: the
// articleBody of the structured data, or the longest text in the state of an
// application. It must have twice the words that the page shows.
func (b *builder) scriptBody() {
	shown := b.rec.WordCount
	text := ""
	for _, n := range b.art {
		s, _ := n.Props["articleBody"].(string)
		if normalize.Words(s) >= max(scriptWords, 2*shown) {
			text = s
			break
		}
	}
	if text == "" {
		if text = stateText(b.p.Scripts); normalize.Words(text) < max(scriptWords, 2*shown) {
			return
		}
	}
	p := pageOf(text, b.in.URL)
	keep := make([]bool, len(p.Blocks))
	for i := range keep {
		e := p.Blocks[i].Elem
		keep[i] = e < 0 || p.Elems[e].Anc&(page.InFigure|page.InCaption) == 0 && p.Elems[e].Dist[page.HintCaption] > 1
	}
	b.setBlocks(blocksOf(p, keep, b.rec.Standfirst, b.isLive()))
	b.flags["script_body"] = true
	b.choice.Model = "script"
}

// pageOf reads the text of a script, which is HTML or plain.
func pageOf(text, address string) *page.Page {
	if strings.Contains(text, "</p>") || strings.Contains(text, "<br") {
		if p, err := page.Parse(text, address); err == nil {
			return p
		}
	}
	return page.ParseText(text, address)
}

// maxStateValues bounds the values of a state that are looked at, and maxStateDepth how deep.
const (
	maxStateValues = 200_000
	maxStateDepth  = 64
)

// A stateReader looks for the longest text in the state of an application: a string of
// HTML paragraphs, or a list whose items each hold a paragraph.
type stateReader struct {
	best string
	seen int
}

// stateText is the longest text in the scripts that hold state.
func stateText(scripts []page.Script) string {
	var r stateReader
	for _, s := range scripts {
		if strings.Contains(s.Type, "ld+json") {
			continue
		}
		// What is assigned or pushed is an object or a list; the first bracket does not tell: a[0]={…}, [{…},{…}].
		for _, open := range []string{"{", "["} {
			i := strings.Index(s.Text, open)
			if i < 0 {
				continue
			}
			var v any
			if json.NewDecoder(strings.NewReader(s.Text[i:])).Decode(&v) == nil {
				r.value(v, 0)
			}
		}
	}
	return r.best
}

func (r *stateReader) offer(s string) {
	if len(s) > len(r.best) {
		r.best = s
	}
}

func (r *stateReader) value(v any, depth int) {
	if r.seen++; r.seen > maxStateValues || depth > maxStateDepth {
		return
	}
	switch t := v.(type) {
	case string:
		// Around the paragraphs may stand what frames them in the stream of a framework.
		if from, to := strings.Index(t, "<p"), strings.LastIndex(t, "</p>"); from >= 0 && to > from && strings.Count(t, "</p>") >= 2 {
			r.offer(t[from : to+len("</p>")])
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(t)) { // in order: of two texts as long the first is taken
			r.value(t[key], depth+1)
		}
	case []any:
		r.list(t)
		for _, x := range t {
			r.value(x, depth+1)
		}
	}
}

// proseBytes is how long a string of an item must be to be its paragraph.
const proseBytes = 40

// list offers the paragraphs of a list whose items hold one each, most of them.
func (r *stateReader) list(items []any) {
	var parts []string
	for _, x := range items {
		s, _ := x.(string)
		if m, ok := x.(map[string]any); ok {
			for _, key := range []string{"content", "text", "html", "value", "body"} {
				if v, ok := m[key].(string); ok && len(v) > len(s) {
					s = v
				}
			}
		}
		if len(s) >= proseBytes && strings.Contains(s, " ") && !strings.HasPrefix(s, "http") {
			if !strings.HasPrefix(s, "<") {
				s = "<p>" + s + "</p>"
			}
			parts = append(parts, s)
		}
	}
	if len(parts) >= 3 && len(parts)*2 > len(items) {
		r.offer(strings.Join(parts, "\n"))
	}
}
