package page

import (
	"strings"
	"unicode/utf8"
)

// The width of lines that a program wrapped, in runes.
const (
	wrappedLeast = 45
	wrappedMost  = 100
)

// HasMarkup reports whether anything in a text looks like a tag, a comment or a doctype.
func HasMarkup(text string) bool {
	for {
		i := strings.IndexByte(text, '<')
		if i < 0 || i+1 == len(text) {
			return false
		}
		text = text[i+1:]
		if c := text[0]; c == '!' || c == '/' || c == '?' || 'a' <= c|0x20 && c|0x20 <= 'z' {
			return true
		}
	}
}

// ParseText makes a page of plain text: lines are blocks, without structure, and
// Block.Elem is -1. Text wrapped at a fixed width is joined to its paragraphs, which
// blank lines part.
func ParseText(text, pageURL string) *Page {
	p := &Page{URL: pageURL, Plain: true}
	p.setBase(pageURL)
	w := &walker{p: p, top: frame{elem: -1}}
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n").Replace(text), "\n")
	join := wrapped(lines)
	for _, line := range lines {
		if !join || strings.TrimSpace(line) == "" {
			w.part()
		}
		w.flow(line, &w.top)
		w.blank(0)
	}
	w.part()
	p.Text = string(w.text)
	return p
}

// wrapped reports whether the lines were broken at a fixed width: none is long, and
// most that have a line right below fill the width.
func wrapped(lines []string) bool {
	full, followed := 0, 0
	for i, line := range lines {
		n := utf8.RuneCountInString(strings.TrimRight(line, " \t"))
		if n > wrappedMost {
			return false
		}
		if i+1 < len(lines) && n > 0 && strings.TrimSpace(lines[i+1]) != "" {
			followed++
			if n >= wrappedLeast {
				full++
			}
		}
	}
	return followed >= 3 && full*2 > followed
}
