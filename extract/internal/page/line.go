package page

import "unicode/utf8"

// lineState is the text made so far and the block that is open.
type lineState struct {
	text  []byte
	block Block // the open block; before its first rune only counts of what stands in it
	open  bool
	// gap is the white space due before the next rune, with the traits it stands in.
	gap       bool
	gapTraits trait
	breaks    int  // <br> since the last rune
	broken    bool // only a run of <br> parts the next block from the last

	// Of preformatted text: line ends due, and the white space that opens the next line.
	lineEnds int
	indent   []byte
}

// part ends the open block at a block boundary.
func (w *walker) part() {
	w.close()
	w.broken = false
}

// close ends the open block, if it has text.
func (w *walker) close() {
	if w.open {
		w.block.Stop = int32(len(w.text))
		w.p.Blocks = append(w.p.Blocks, w.block)
		w.text = append(w.text, '\n')
		w.broken = true
	}
	w.block, w.open = Block{}, false
	w.gap, w.breaks, w.lineEnds, w.indent = false, 0, 0, w.indent[:0]
}

// nextBlock is the index of the next block to begin.
func (w *walker) nextBlock() int32 {
	n := int32(len(w.p.Blocks))
	if w.open {
		n++
	}
	return n
}

// trim draws the bounds of an element in over white space at its ends.
func (w *walker) trim(start, stop int32) (int32, int32) {
	for start < stop && (w.text[start] == ' ' || w.text[start] == '\n') {
		start++
	}
	for stop > start && (w.text[stop-1] == ' ' || w.text[stop-1] == '\n') {
		stop--
	}
	return start, stop
}

// lineBreak is a <br>: white space once, a boundary where nothing but white space parts it from another.
func (w *walker) lineBreak(t trait) {
	if t&preformatted != 0 {
		w.lineEnds++
		w.indent = w.indent[:0]
		return
	}
	w.blank(t)
	w.breaks++
	if w.breaks >= 2 {
		w.close()
	}
}

func (w *walker) blank(t trait) {
	if !w.gap {
		w.gap, w.gapTraits = true, t
	}
}

// flow adds text in which white space collapses.
func (w *walker) flow(s string, f *frame) {
	for i := 0; i < len(s); {
		c := s[i]
		if c <= ' ' || c == 0x7f {
			if isSpace(c) {
				w.blank(f.traits)
			}
			i++ // other control characters are noise
			continue
		}
		if n, blank := unusual(s[i:]); n > 0 {
			if blank {
				w.wideBlank(s[i:i+n], f)
			}
			i += n
			continue
		}
		n, runes := printed(s[i:])
		w.put(s[i:i+n], runes, f)
		i += n
	}
}

// printed is how much of s, whose first rune stands in text as it is, can be added at
// once: words and the single spaces between them, in bytes and runes.
func printed(s string) (n, runes int) {
	gap := 0
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c > ' ' && c < 0x7f:
			i++
		case c == ' ' && gap == 0:
			gap = 1
			i++
			continue
		case c >= utf8.RuneSelf:
			if k, _ := unusual(s[i:]); k > 0 {
				return n, runes
			}
			_, k := utf8.DecodeRuneInString(s[i:])
			i += k
		default:
			return n, runes
		}
		n, runes, gap = i, runes+gap+1, 0
	}
	return n, runes
}

// wideBlank is white space beyond ASCII. East Asian pages open a paragraph with
// ideographic spaces, which makes a boundary of the single <br> before them.
func (w *walker) wideBlank(s string, f *frame) {
	if w.breaks == 1 && s == "\u3000" {
		w.close()
		return
	}
	w.blank(f.traits)
}

// lines adds preformatted text: lines and their indents are kept, and a blank line is a boundary.
func (w *walker) lines(s string, f *frame) {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '\n':
			w.lineEnds++
			w.indent = w.indent[:0]
			i++
		case c == ' ' || c == '\t':
			w.indent = append(w.indent, c)
			i++
		case c < ' ' || c == 0x7f:
			i++
		default:
			n, blank := unusual(s[i:])
			if n > 0 {
				if blank {
					w.indent = append(w.indent, ' ')
				}
				i += n
				continue
			}
			start, runes := i, 0
			for i < len(s) && s[i] > ' ' && s[i] != 0x7f {
				if n, _ := unusual(s[i:]); n > 0 {
					break
				}
				_, n := utf8.DecodeRuneInString(s[i:])
				i += n
				runes++
			}
			w.putLine(s[start:i], runes, f)
		}
	}
}

func (w *walker) putLine(s string, runes int, f *frame) {
	if w.open && w.lineEnds >= 2 {
		indent := append([]byte(nil), w.indent...)
		w.close()
		w.indent = append(w.indent, indent...)
	}
	lead := len(w.indent)
	if !w.open {
		w.begin(f)
	} else if w.lineEnds > 0 {
		w.text = append(w.text, '\n')
		w.block.Runes++
	}
	w.text = append(w.text, w.indent...)
	w.block.Runes += int32(lead)
	w.lineEnds, w.indent, w.gap = 0, w.indent[:0], false
	w.put(s, runes, f)
}

// put adds a run of runes without white space at its ends.
func (w *walker) put(s string, runes int, f *frame) {
	if !w.open {
		w.begin(f)
	} else if w.gap {
		w.text = append(w.text, ' ')
		w.count(1, w.gapTraits&f.traits)
	}
	w.gap, w.breaks = false, 0
	w.text = append(w.text, s...)
	w.count(int32(runes), f.traits)
}

func (w *walker) count(runes int32, t trait) {
	b := &w.block
	b.Runes += runes
	if t&(linked|bold|italic) == 0 {
		return
	}
	if t&linked != 0 {
		b.LinkRunes += runes
	}
	if t&bold != 0 {
		b.BoldRunes += runes
	}
	if t&italic != 0 {
		b.ItalicRunes += runes
	}
}

// begin opens a block at its first rune. Links and pictures may have been met before it.
func (w *walker) begin(f *frame) {
	b := &w.block
	b.Start, b.Elem = int32(len(w.text)), f.elem
	b.AfterBreak = w.broken
	b.Button = f.traits&button != 0
	if f.traits&linked != 0 {
		b.StartsWithLink = true
		b.Links = max(b.Links, 1) // a link around several blocks is one of each
	}
	w.open, w.broken, w.gap = true, false, false
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v'
}

// unusual tells whether s begins with a rune beyond ASCII that does not stand in text
// as it is: its length and whether it counts as white space; invisible ones do not.
// The length is 0 for all other runes.
func unusual(s string) (length int, blank bool) {
	switch s[0] {
	case 0xc2: // U+0080–U+00BF
		if len(s) < 2 {
			return 0, false
		}
		switch c := s[1]; {
		case c == 0xa0 || c == 0x85: // no-break space, next line
			return 2, true
		case c == 0xad, c < 0xa0: // soft hyphen, C1 controls
			return 2, false
		}
	case 0xe1, 0xe2, 0xe3, 0xef:
		if len(s) < 3 {
			return 0, false
		}
		switch r := rune(s[0]&0xf)<<12 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f); {
		case r >= 0x2000 && r <= 0x200a, r == 0x2028, r == 0x2029, r == 0x202f, r == 0x205f, r == 0x3000, r == 0x1680:
			return 3, true
		case r == 0x200b, r == 0x2060, r == 0xfeff:
			return 3, false
		}
	}
	return 0, false
}
