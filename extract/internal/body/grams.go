package body

// A gramTable says where each run of three words of a page stands: whether in more
// than one block, in which block that is longest, and whether the page's own
// summaries or its structured data hold it too. It is a hash table of open
// addressing, whose room goes from page to page.
type gramTable struct {
	keys    []uint64
	longest []int32 // block, -1 where only page data hold the gram
	marks   []uint8
	shift   uint
}

// The marks of a gram.
const (
	inMany    uint8 = 1 << iota // blocks
	inSummary                   // the page's own summary
	inArticle                   // the articleBody of its structured data
)

const gramWords = 3

// reset makes room for n grams.
func (t *gramTable) reset(n int) {
	bits := uint(8)
	for 1<<bits < 2*n {
		bits++
	}
	t.keys, t.longest, t.marks, t.shift = room(t.keys, 1<<bits), room(t.longest, 1<<bits), room(t.marks, 1<<bits), 64-bits
	clear(t.keys)
	clear(t.marks)
}

func gramOf(w []uint64) uint64 {
	h := w[0]*0x9e3779b97f4a7c15 ^ w[1]*0xc2b2ae3d27d4eb4f ^ w[2]*0x165667b19e3779f9
	return (h ^ h>>31) | 1 // 0 is an empty place
}

// at is the place of a gram, or the empty one where it belongs.
func (t *gramTable) at(gram uint64) int {
	mask := len(t.keys) - 1
	i := int(gram * 0x9e3779b97f4a7c15 >> t.shift)
	for t.keys[i] != 0 && t.keys[i] != gram {
		i = (i + 1) & mask
	}
	return i
}

// mark notes the grams of page data.
func (t *gramTable) mark(words []uint64, with uint8) {
	for i := 0; i+gramWords <= len(words); i++ {
		gram := gramOf(words[i:])
		at := t.at(gram)
		if t.keys[at] == 0 {
			t.keys[at], t.longest[at] = gram, -1
		}
		t.marks[at] |= with
	}
}

// add notes the grams of a block; length tells how long each block is.
func (t *gramTable) add(words []uint64, block int32, length func(int32) int) {
	for i := 0; i+gramWords <= len(words); i++ {
		gram := gramOf(words[i:])
		at := t.at(gram)
		switch was := t.longest[at]; {
		case t.keys[at] == 0:
			t.keys[at], t.longest[at] = gram, block
		case was < 0:
			t.longest[at] = block
		case was != block:
			t.marks[at] |= inMany
			if length(block) > length(was) {
				t.longest[at] = block
			}
		}
	}
}

// A containment is the share of the grams of a block that stand elsewhere.
type containment struct{ other, longer, summary, article float32 }

// of is the containment of a block whose grams were added.
func (t *gramTable) of(words []uint64, block int32) containment {
	var c containment
	n := len(words) - gramWords + 1
	if n <= 0 {
		return c
	}
	for i := range n {
		at := t.at(gramOf(words[i:]))
		if t.marks[at]&inMany != 0 {
			c.other++
		}
		if t.longest[at] != block {
			c.longer++
		}
		if t.marks[at]&inSummary != 0 {
			c.summary++
		}
		if t.marks[at]&inArticle != 0 {
			c.article++
		}
	}
	f := 1 / float32(n)
	c.other, c.longer, c.summary, c.article = c.other*f, c.longer*f, c.summary*f, c.article*f
	return c
}
