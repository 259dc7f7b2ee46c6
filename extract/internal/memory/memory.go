// Package memory is what the latest articles of one site hold: the hashes of their
// blocks, from which is told what the site repeats.
package memory

import (
	"slices"
)

const (
	// Window is how many articles a memory holds; the oldest makes room. What a
	// site gave up with its last design is forgotten so.
	Window = 64
	// maxBlocks bounds the blocks of one article.
	maxBlocks = 96
)

// A Memory is the latest articles of one site. Its zero value knows none. It may be
// read by many at once, while nobody lets it learn.
type Memory struct {
	articles []article // oldest first
}

// An article is its blocks, hashed.
type article struct {
	id     uint64
	blocks []uint32 // sorted, each once; never changed
}

// A Lesson is what one page teaches the memory of its site.
type Lesson struct{ blocks []uint32 }

// NewLesson is the lesson of a page with these hashes, which it takes over. Of too
// many the lowest are kept, so that two long pages keep the same ones.
func NewLesson(hashes []uint32) Lesson {
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	return Lesson{slices.Clone(hashes[:min(len(hashes), maxBlocks)])}
}

// Learn takes in the article of this id (Record.ID). One that is known counts as it
// first came: what an article gains later is a correction, and a house words its
// corrections alike on all of them, while its furniture stands on new articles too.
func (m *Memory) Learn(id string, l Lesson) {
	a := article{idOf(id), l.blocks}
	if slices.ContainsFunc(m.articles, func(x article) bool { return x.id == a.id }) {
		return
	}
	if len(m.articles) >= Window {
		m.articles = slices.Delete(m.articles, 0, len(m.articles)-Window+1)
	}
	m.articles = append(m.articles, a)
}

// Articles is how many articles the memory holds.
func (m *Memory) Articles() int { return len(m.articles) }

// Clone is a memory that learns apart from m.
func (m *Memory) Clone() *Memory { return &Memory{slices.Clone(m.articles)} }

// idOf is the FNV-1a hash of an id.
func idOf(id string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * 1099511628211
	}
	return h
}

// A View is some of the articles of a memory.
type View struct{ articles []article }

// Others are the articles but those of these ids; of no memory none.
func (m *Memory) Others(ids ...string) View {
	if m == nil {
		return View{}
	}
	own := make([]uint64, len(ids))
	for i, id := range ids {
		own[i] = idOf(id)
	}
	return View{slices.DeleteFunc(slices.Clone(m.articles), func(a article) bool { return slices.Contains(own, a.id) })}
}

// Len is how many articles there are.
func (v View) Len() int { return len(v.articles) }

// Count is on how many of the articles a block stands.
func (v View) Count(block uint32) int {
	n := 0
	for i := range v.articles {
		if v.articles[i].holds(block) {
			n++
		}
	}
	return n
}

// Unlike are the articles that hold at most half of the blocks: the others are the
// same text once more.
func (v View) Unlike(blocks []uint32) View {
	return View{slices.DeleteFunc(slices.Clone(v.articles), func(a article) bool {
		n := 0
		for _, b := range blocks {
			if a.holds(b) {
				n++
			}
		}
		return n*2 > len(blocks)
	})}
}

func (a *article) holds(block uint32) bool {
	_, ok := slices.BinarySearch(a.blocks, block)
	return ok
}
