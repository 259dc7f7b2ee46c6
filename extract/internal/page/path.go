package page

import "strings"

// Path is the way from the root to element e, as tag.class > tag.class.
func (p *Page) Path(e int) string {
	var parts []string
	for i := int32(e); i >= 0 && len(parts) < 12; i = p.Elems[i].Parent {
		s := p.Elems[i].Name
		if class, _, _ := strings.Cut(strings.TrimSpace(p.Elems[i].Attr("class")), " "); class != "" {
			s += "." + class
		}
		parts = append(parts, s)
	}
	for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
		parts[i], parts[j] = parts[j], parts[i]
	}
	return strings.Join(parts, " > ")
}
