package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxScript bounds a data script; what is longer is no article's.
const maxScript = 8 << 20

// headElement reads an element that says something about the page, wherever it stands.
func (w *walker) headElement(tag atom.Atom, attrs []html.Attribute, text string) {
	p := w.p
	switch tag {
	case atom.Title:
		if p.Title == "" {
			p.Title = strings.Clone(collapse(text)) // the markup must not live on in it
		}
	case atom.Base:
		if !w.based {
			w.based = true // the first one counts (HTML, section 2.4.3)
			if abs := p.Resolve(value(attrs, "href")); abs != "" {
				p.setBase(abs)
			}
		}
	case atom.Meta:
		w.meta(attrs)
	case atom.Link:
		l := HeadLink{
			Rel: strings.ToLower(value(attrs, "rel")), Href: value(attrs, "href"),
			Type: value(attrs, "type"), Title: value(attrs, "title"), Lang: value(attrs, "hreflang"),
		}
		if l.Href != "" {
			p.Links = append(p.Links, l)
		}
	case atom.Script:
		w.script(attrs, text)
	}
}

func (w *walker) meta(attrs []html.Attribute) {
	content := collapse(value(attrs, "content"))
	if content == "" {
		return
	}
	for i := range attrs {
		switch key := attrs[i].Key; key {
		case "name", "property", "itemprop", "http-equiv":
			name := strings.ToLower(strings.TrimSpace(attrs[i].Val))
			if name == "" {
				continue
			}
			if key == "http-equiv" && name == "refresh" && w.p.Refresh == "" {
				w.p.Refresh = content
			}
			w.p.Metas = append(w.p.Metas, Meta{name, content})
		}
	}
}

// script keeps scripts that hold data: JSON of any kind, and code that assigns or
// pushes the state of an application.
func (w *walker) script(attrs []html.Attribute, text string) {
	if text == "" || len(text) > maxScript {
		return
	}
	typ, id := strings.ToLower(strings.TrimSpace(value(attrs, "type"))), value(attrs, "id")
	if !strings.Contains(typ, "json") && id != "__NEXT_DATA__" && !holdsState(text) {
		return
	}
	w.p.Scripts = append(w.p.Scripts, Script{typ, id, text})
}

// stateMarks are the names that frameworks give to the state they ship in a script.
var stateMarks = [...]string{
	"_STATE__", "__NEXT_DATA__", "__next_f", "__NUXT__", "Fusion.globalContent", "__APOLLO", "__PRELOADED", "__remixContext", "__data", "__INITIAL", "dehydrated",
}

// holdsState looks for the marks where an assignment would have them: short scripts
// whole, long ones at their start, since state comes before code.
func holdsState(text string) bool {
	if len(text) < 200 {
		return false
	}
	head := text[:min(len(text), 2048)]
	for _, mark := range stateMarks {
		if strings.Contains(head, mark) {
			return true
		}
	}
	return len(text) > 2048 && strings.Contains(text, "Fusion.globalContent")
}

func value(attrs []html.Attribute, key string) string {
	for i := range attrs {
		if attrs[i].Key == key {
			return attrs[i].Val
		}
	}
	return ""
}

func collapse(s string) string {
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x80 || c == ' ' && (i == 0 || i+1 == len(s) || s[i+1] == ' ') {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}
