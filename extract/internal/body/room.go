package body

import "sync"

// A page of ordinary size takes half a megabyte of numbers to judge and leaves none
// of them behind, so their room goes from page to page.
var measures = sync.Pool{New: func() any { return new(measured) }}

// roomBlocks is the largest page whose room is kept.
const roomBlocks = 4096

// release gives the room of m back; nothing may point into it any more.
func (m *measured) release() {
	if len(m.scan.shapes) > roomBlocks {
		return
	}
	m.p, m.rules = nil, Choice{}
	measures.Put(m)
}

// room is a slice of n, of s where that has the room; what is in it is not cleared.
func room[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// prefix is room for sums over n blocks, the first of which is nothing.
func prefix(s []float64, n int) []float64 {
	s = room(s, n+1)
	s[0] = 0
	return s
}
