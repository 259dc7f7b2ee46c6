package page

import (
	"encoding/json"
	"strings"
	"unsafe"
)

// maxNodes bounds how many objects of structured data are looked at.
const maxNodes = 5000

// A Node is one object of a page's JSON-LD (https://json-ld.org), with the words
// of its @type without vocabulary.
type Node struct {
	Types []string
	Props map[string]any
}

// Data is the structured data of a page: its top-level nodes in order, graphs
// opened, and all nodes that have an @id.
type Data struct {
	Nodes []Node
	byID  map[string]Node
	seen  int
}

// ReadData reads the JSON-LD scripts of the page. Broken scripts are mended where a
// control character or an HTML comment is all that is wrong, and skipped otherwise.
func (p *Page) ReadData() *Data {
	d := &Data{byID: map[string]Node{}}
	for _, s := range p.Scripts {
		if !strings.Contains(s.Type, "ld+json") {
			continue
		}
		var v any
		if json.Unmarshal(bytesOf(s.Text), &v) != nil && json.Unmarshal([]byte(mendJSON(s.Text)), &v) != nil {
			continue
		}
		d.top(v, 0)
	}
	return d
}

// bytesOf is the text itself, not a copy: to be read only.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// mendJSON takes out what scripts of careless templates hold: comments and CDATA
// around the object, raw control characters inside strings, a trailing semicolon.
func mendJSON(s string) string {
	s = strings.TrimSpace(s)
	for _, cut := range []string{"<!--", "//<![CDATA[", "<![CDATA["} {
		s = strings.TrimSpace(strings.TrimPrefix(s, cut))
	}
	for _, cut := range []string{";", "-->", "//]]>", "]]>"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, cut))
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
}

func (d *Data) top(v any, depth int) {
	if depth > 8 || d.seen > maxNodes {
		return
	}
	switch t := v.(type) {
	case []any:
		for _, x := range t {
			d.top(x, depth+1)
		}
	case map[string]any:
		d.seen++
		if g, ok := t["@graph"]; ok {
			d.top(g, depth+1)
		}
		n := NodeOf(t)
		if len(n.Types) > 0 {
			d.Nodes = append(d.Nodes, n)
		}
		if id, ok := t["@id"].(string); ok && len(t) > 1 {
			d.byID[id] = n
		}
		if m, ok := t["mainEntity"].(map[string]any); ok {
			d.top(m, depth+1)
		}
	}
}

// NodeOf is the node of a JSON object.
func NodeOf(m map[string]any) Node {
	n := Node{Props: m}
	for _, s := range Strings(m["@type"]) {
		if i := strings.LastIndexAny(s, "/#:"); i >= 0 {
			s = s[i+1:]
		}
		n.Types = append(n.Types, s)
	}
	return n
}

// Is reports whether the node has one of the types.
func (n Node) Is(types ...string) bool {
	for _, have := range n.Types {
		for _, want := range types {
			if have == want {
				return true
			}
		}
	}
	return false
}

// IsArticle reports whether the node is a schema.org Article or one of its kinds.
func (n Node) IsArticle() bool {
	for _, t := range n.Types {
		if strings.HasSuffix(t, "Article") || t == "BlogPosting" || t == "Report" || t == "LiveBlogPosting" || t == "SocialMediaPosting" {
			return true
		}
	}
	return false
}

// Articles are the article nodes, the one that names pageURL first.
func (d *Data) Articles(pageURL string) []Node {
	var own, other []Node
	for _, n := range d.Nodes {
		if !n.IsArticle() {
			continue
		}
		mine := false
		for _, key := range []string{"url", "@id", "mainEntityOfPage"} {
			for _, s := range Strings(n.Props[key]) {
				mine = mine || pageURL != "" && strings.TrimRight(s, "/") == strings.TrimRight(pageURL, "/")
			}
		}
		if mine {
			own = append(own, n)
		} else {
			other = append(other, n)
		}
	}
	return append(own, other...)
}

// Objects are the objects of a property, lists opened, references resolved; a
// string stands as an object with a name.
func (d *Data) Objects(v any) []Node {
	var out []Node
	switch t := v.(type) {
	case string:
		if n, ok := d.byID[t]; ok {
			return []Node{n}
		}
		out = append(out, Node{Props: map[string]any{"name": t}})
	case []any:
		for i, x := range t {
			if i > 100 {
				break
			}
			out = append(out, d.Objects(x)...)
		}
	case map[string]any:
		if id, ok := t["@id"].(string); ok && t["name"] == nil {
			if n, ok := d.byID[id]; ok {
				return []Node{n}
			}
		}
		out = append(out, NodeOf(t))
	}
	return out
}

// Text is the first string of a property: a string, a list's first, an object's
// @value, @id, url or name.
func (n Node) Text(key string) string {
	for _, s := range Strings(n.Props[key]) {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}

// Strings are the strings of a JSON value: itself, of its list, of the usual keys of an object.
func Strings(v any) []string {
	switch t := v.(type) {
	case string:
		return []string{t}
	case []any:
		var out []string
		for i, x := range t {
			if i > 200 {
				break
			}
			out = append(out, Strings(x)...)
		}
		return out
	case map[string]any:
		for _, key := range []string{"@value", "name", "url", "@id"} {
			if s, ok := t[key].(string); ok {
				return []string{s}
			}
		}
	}
	return nil
}
