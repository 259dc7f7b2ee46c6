package output

import (
	"strconv"
	"strings"

	"github.com/dateline-go/dateline"
)

// markdown is one CommonMark document a record, with the tables of GitHub's
// dialect; a thematic break parts two records.
type markdown struct{}

func (markdown) head(b []byte) []byte { return b }

func (markdown) record(b []byte, r dateline.Record, n int) []byte {
	if n > 0 {
		b = append(b, "\n---\n\n"...)
	}
	d := document{b: b}
	if r.Title != "" {
		d.block("# " + inline(r.Title))
	}
	if r.Standfirst != "" {
		d.block("**" + strings.ReplaceAll(inline(r.Standfirst), "\n", " ") + "**")
	}
	if line := creditLine(r); line != "" {
		d.block("*" + inline(line) + "*")
	}
	if r.URL != "" {
		d.block("<" + r.URL + ">")
	}
	for _, blk := range r.Blocks {
		d.block(blockMarkdown(blk))
	}
	if len(r.Blocks) == 0 && r.Text != "" {
		for p := range strings.SplitSeq(r.Text, "\n\n") {
			d.block(paragraph(p))
		}
	}
	return d.b
}

func (markdown) tail(b []byte, _ int) []byte { return b }

// A document is blocks parted by blank lines.
type document struct {
	b    []byte
	some bool
}

func (d *document) block(s string) {
	if s == "" {
		return
	}
	if d.some {
		d.b = append(d.b, '\n')
	}
	d.some = true
	d.b = append(append(d.b, s...), '\n')
}

func blockMarkdown(b dateline.Block) string {
	var s string
	switch kind := b.Kind; {
	case kind == dateline.BlockHeading, kind == dateline.BlockUpdate && b.Level > 0:
		level := min(max(b.Level, 2), 6) // the title is the only heading of level 1
		s = strings.Repeat("#", level) + " " + strings.ReplaceAll(inline(b.Text), "\n", " ")
	case kind == dateline.BlockList:
		s = list(b)
	case kind == dateline.BlockQuote, kind == dateline.BlockEmbed:
		s = quote(paragraph(b.Text))
	case kind == dateline.BlockCode:
		s = fenced(b.Text)
	case kind == dateline.BlockTable:
		s = table(b)
	default:
		s = paragraph(b.Text)
	}
	if b.Aside && b.Kind != dateline.BlockQuote && b.Kind != dateline.BlockEmbed && s != "" {
		s = quote(s)
	}
	return s
}

// paragraph escapes what would begin a block at the start of a line.
func paragraph(s string) string {
	lines := strings.Split(inline(s), "\n")
	for i, l := range lines {
		lines[i] = lineStart(l)
	}
	return strings.Join(lines, "\\\n") // a hard line break
}

func list(b dateline.Block) string {
	items := b.Items
	if len(items) == 0 {
		items = strings.Split(b.Text, "\n")
	}
	var out []string
	for _, it := range items {
		if it = strings.TrimSpace(it); it != "" {
			out = append(out, "- "+strings.ReplaceAll(paragraph(it), "\n", "\n  "))
		}
	}
	return strings.Join(out, "\n")
}

func quote(s string) string {
	return "> " + strings.ReplaceAll(s, "\n", "\n> ")
}

// fenced is a code block; its fence is longer than any run of backticks inside.
func fenced(s string) string {
	longest, run := 2, 0
	for _, r := range s {
		if r == '`' {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	fence := strings.Repeat("`", longest+1)
	return fence + "\n" + strings.TrimRight(s, "\n") + "\n" + fence
}

// table takes the first row as the header, for GitHub's tables must have one.
func table(b dateline.Block) string {
	if len(b.Rows) == 0 {
		return paragraph(b.Text)
	}
	width := 0
	for _, row := range b.Rows {
		width = max(width, len(row))
	}
	if width == 0 {
		return ""
	}
	var s strings.Builder
	for i, row := range b.Rows {
		s.WriteByte('|')
		for c := range width {
			cell := ""
			if c < len(row) {
				cell = strings.ReplaceAll(strings.ReplaceAll(inline(row[c]), "\n", "<br>"), "|", "\\|")
			}
			s.WriteString(" " + cell + " |")
		}
		if i == 0 {
			s.WriteString("\n|" + strings.Repeat(" --- |", width))
		}
		if i < len(b.Rows)-1 {
			s.WriteByte('\n')
		}
	}
	return s.String()
}

// inline escapes the characters that mean something within a line (CommonMark, section 2.4).
func inline(s string) string {
	if !strings.ContainsAny(s, "\\`*_[]<>&~") {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch r {
		case '\\', '`', '*', '[', ']', '<', '>', '~':
			b.WriteByte('\\')
		case '_':
			if !insideWord(s, i) { // snake_case is no emphasis
				b.WriteByte('\\')
			}
		case '&':
			if strings.IndexByte(s[i:min(len(s), i+34)], ';') > 0 {
				b.WriteByte('\\')
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

func insideWord(s string, i int) bool {
	return i > 0 && i+1 < len(s) && wordByte(s[i-1]) && wordByte(s[i+1])
}

func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// lineStart escapes a line that would begin a heading, a list, a fence or a rule.
func lineStart(l string) string {
	l = strings.TrimLeft(l, " \t")
	if l == "" {
		return l
	}
	switch l[0] {
	case '#', '+', '-', '=', '|':
		return "\\" + l
	}
	digits := 0
	for digits < len(l) && l[digits] >= '0' && l[digits] <= '9' {
		digits++
	}
	if digits > 0 && digits < 10 && digits < len(l) && (l[digits] == '.' || l[digits] == ')') {
		if _, err := strconv.Atoi(l[:digits]); err == nil && (digits+1 == len(l) || l[digits+1] == ' ') {
			return l[:digits] + "\\" + l[digits:]
		}
	}
	return l
}
