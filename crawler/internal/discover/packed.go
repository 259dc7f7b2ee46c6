package discover

import (
	"encoding/binary"
	"iter"

	"github.com/dateline-go/dateline/crawler/internal/address"
)

// packed are entries in a tenth of the room that they would take: one behind the other, and of an address only what
// it does not share with the one before.
type packed struct {
	blocks [][]byte
	n      int
	last   string
	stamps stamps
}

const packedBlock = 64 << 10

// add takes an entry whose address is resolved against base; one without is none.
func (p *packed) add(base string, e Entry) {
	if e.URL != "" { // else it would be that of the document
		e.URL = address.Absolute(base, e.URL)
	}
	if e.URL == "" {
		return
	}
	shared := 0
	for shared < min(len(e.URL), len(p.last)) && e.URL[shared] == p.last[shared] {
		shared++
	}
	var b []byte
	if i := len(p.blocks) - 1; i >= 0 && cap(p.blocks[i])-len(p.blocks[i]) > 8*maxField {
		b, p.blocks = p.blocks[i], p.blocks[:i]
	} else {
		b = make([]byte, 0, packedBlock)
	}
	b = binary.AppendUvarint(b, uint64(shared))
	for _, s := range []string{e.URL[shared:], e.Title, e.Published, e.Updated, e.Language, e.Publisher, e.GUID} {
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	p.blocks, p.n, p.last = append(p.blocks, b), p.n+1, e.URL
	p.stamps.add(e.Updated)
}

// Len is how many entries the document has.
func (d *Document) Len() int { return d.entries.n }

// All gives the entries in their order, with their numbers.
func (d *Document) All() iter.Seq2[int, Entry] {
	return func(yield func(int, Entry) bool) {
		n, last := 0, ""
		for _, b := range d.entries.blocks {
			for len(b) > 0 {
				var e Entry
				shared, w := binary.Uvarint(b)
				b = b[w:]
				for _, s := range []*string{&e.URL, &e.Title, &e.Published, &e.Updated, &e.Language, &e.Publisher, &e.GUID} {
					size, w := binary.Uvarint(b)
					*s, b = string(b[w:w+int(size)]), b[w+int(size):]
				}
				e.URL = last[:shared] + e.URL
				last = e.URL
				if !yield(n, d.whole(e)) {
					return
				}
				n++
			}
		}
	}
}

// whole is an entry with what the document says for all.
func (d *Document) whole(e Entry) Entry {
	if e.Language == "" {
		e.Language = d.Language
	}
	if e.Publisher == "" {
		e.Publisher = d.Title
	}
	if d.Bogus {
		e.Updated = ""
	}
	return e
}
