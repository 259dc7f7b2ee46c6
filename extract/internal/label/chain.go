package label

import (
	"slices"
	"sort"
	"strings"

	"github.com/dateline-go/dateline/extract/internal/page"
)

const (
	shortBlock    = 4   // words of the shortest block placed at first sight
	maxHits       = 200 // places of one trigram looked at; more is a refrain
	maxCandidates = 12  // places kept for one block
	drift         = 6   // words by which a place may slip inside a block
	minShare      = .5  // share of a block's words that the truth must hold
)

// A span is where in the truth a block stands; matched 0 is nowhere.
type span struct {
	from, to int
	matched  int
}

type candidate struct {
	span
	block int
	value float64
	best  float64 // of the best chain that ends here
	prev  int
}

// A window is the part of page and truth that is looked at.
type window struct{ blockFrom, blockTo, from, to int }

type aligner struct {
	p      *page.Page
	blocks [][]int32
	truth  []int32
	match  []span
	places map[uint64][]int32
}

// align places the long blocks first; between them, where little truth is left to
// choose from, the short ones.
func (a *aligner) align() {
	a.places = a.index()
	a.chain(window{0, len(a.blocks), 0, len(a.truth)}, shortBlock)
	prev := window{}
	for i := 0; i <= len(a.blocks); i++ {
		next := span{from: len(a.truth)}
		if i < len(a.blocks) {
			if next = a.match[i]; next.matched == 0 {
				continue
			}
		}
		prev.blockTo, prev.to = i, next.from
		a.chain(prev, 1)
		prev = window{blockFrom: i + 1, from: next.to}
	}
}

// chain picks at most one place for each block of the window with at least so many
// words, rising in page and truth alike, so that the words matched are the most.
func (a *aligner) chain(in window, least int) {
	if in.from >= in.to {
		return
	}
	var cs []candidate
	for i := in.blockFrom; i < in.blockTo; i++ {
		if len(a.blocks[i]) < least {
			continue
		}
		for _, s := range a.candidates(a.blocks[i], in) {
			cs = append(cs, candidate{span: s, block: i, value: a.worth(i, s), prev: -1})
		}
	}
	ends := newRising(in.from, in.to)
	for lo := 0; lo < len(cs); {
		hi := lo
		for hi < len(cs) && cs[hi].block == cs[lo].block {
			hi++
		}
		for k := lo; k < hi; k++ {
			a.extend(cs, k, lo, ends)
		}
		for k := lo; k < hi; k++ {
			ends.put(cs[k].to, cs[k].best, k)
		}
		lo = hi
	}
	best := -1
	for k := range cs {
		if best < 0 || cs[k].best > cs[best].best {
			best = k
		}
	}
	for ; best >= 0; best = cs[best].prev {
		a.match[cs[best].block] = cs[best].span
	}
}

// extend finds the best chain that candidate k can go on from; only those before lo
// belong to earlier blocks.
func (a *aligner) extend(cs []candidate, k, lo int, ends *rising) {
	c := &cs[k]
	c.best = c.value
	if best, at := ends.upTo(c.from); at >= 0 && best > 0 {
		c.best, c.prev = best+c.value, at
	}
	// A place that goes on where a close block ended is worth a little more.
	for j := lo - 1; j >= 0 && c.block-cs[j].block <= 12; j-- {
		if cs[j].to > c.from {
			continue
		}
		bonus := 0.0
		if c.from-cs[j].to <= 1 {
			bonus += .4
		}
		if c.block-cs[j].block <= 3 {
			bonus += .3
		}
		if v := cs[j].best + c.value + bonus; bonus > 0 && v > c.best {
			c.best, c.prev = v, j
		}
	}
}

// worth is the words matched, less a little where articles do not stand.
func (a *aligner) worth(i int, s span) float64 {
	v := float64(s.matched) - .3*float64(len(a.blocks[i])-s.matched)
	if a.p.Blocks[i].Elem < 0 {
		return v // a page of plain text
	}
	e := &a.p.Elems[a.p.Blocks[i].Elem]
	if e.Hidden {
		v -= .2
	}
	if e.Anc&(page.InNav|page.InHeader|page.InFooter) != 0 {
		v -= .3
	}
	return v
}

func gram(w []int32) uint64 {
	h := uint64(len(w))
	for _, x := range w {
		h = h*0x9e3779b97f4a7c15 + uint64(x) + 1
	}
	return h
}

// index finds each run of one, two and three words of the truth.
func (a *aligner) index() map[uint64][]int32 {
	m := make(map[uint64][]int32, 3*len(a.truth))
	for i := range a.truth {
		for n := 1; n <= 3 && i+n <= len(a.truth); n++ {
			g := gram(a.truth[i : i+n])
			m[g] = append(m[g], int32(i))
		}
	}
	return m
}

// candidates are the places in the window of the truth where the words of a block may stand.
func (a *aligner) candidates(words []int32, in window) []span {
	n := min(3, len(words))
	if n == 0 {
		return nil
	}
	votes := map[int]int{}
	for j := 0; j+n <= len(words); j++ {
		hits := within(a.places[gram(words[j:j+n])], in)
		if len(hits) > maxHits && len(words) > n {
			continue
		}
		for _, at := range hits {
			votes[int(at)-j]++
		}
	}
	diagonals := make([]int, 0, len(votes))
	for d := range votes {
		diagonals = append(diagonals, d)
	}
	sort.Slice(diagonals, func(i, j int) bool {
		if vi, vj := votes[diagonals[i]], votes[diagonals[j]]; vi != vj {
			return vi > vj
		}
		return diagonals[i] < diagonals[j]
	})
	limit := maxCandidates
	if len(words) <= n {
		limit = maxHits // a word or two: any place may be meant
	}
	var out []span
	for _, d := range diagonals[:min(len(diagonals), limit)] {
		s := a.follow(words, d)
		if s.from >= in.from && s.to <= in.to && float64(s.matched) >= minShare*float64(len(words)) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// within are the places that lie in the window.
func within(places []int32, in window) []int32 {
	lo, _ := slices.BinarySearch(places, int32(in.from))
	hi, _ := slices.BinarySearch(places, int32(in.to))
	return places[lo:hi]
}

// follow matches a block along a diagonal that may slip by a few words where one
// side has more than the other.
func (a *aligner) follow(words []int32, d int) span {
	s := span{from: -1}
	slip, last := 0, -1
	for j, w := range words {
		at := j + d + slip
		if !a.is(at, w) {
			moved := false
			for k := 1; k <= drift && !moved; k++ {
				for _, t := range [2]int{at + k, at - k} {
					if t > last && a.is(t, w) && (j+1 == len(words) || a.is(t+1, words[j+1])) {
						slip, at, moved = t-j-d, t, true
						break
					}
				}
			}
			if !moved {
				continue
			}
		}
		if at <= last {
			continue
		}
		if s.from < 0 {
			s.from = at
		}
		last = at
		s.matched++
	}
	s.to = last + 1
	return s
}

func (a *aligner) is(at int, w int32) bool {
	return at >= 0 && at < len(a.truth) && a.truth[at] == w
}

// displaced takes long blocks that hold truth which the chain left out because it
// stands elsewhere on the page: leads above the headline, boxes.
func (a *aligner) displaced() {
	covered := make([]bool, len(a.truth))
	cover := func(s span) {
		for i := s.from; i < s.to; i++ {
			covered[i] = true
		}
	}
	for _, m := range a.match {
		if m.matched > 0 {
			cover(m)
		}
	}
	all := window{0, len(a.blocks), 0, len(a.truth)}
	for i, words := range a.blocks {
		if a.match[i].matched > 0 || len(words) < 8 {
			continue
		}
		for _, s := range a.candidates(words, all) {
			free := 0
			for k := s.from; k < s.to; k++ {
				if !covered[k] {
					free++
				}
			}
			if float64(free) >= .7*float64(len(words)) && float64(s.matched) >= .7*float64(len(words)) {
				a.match[i] = s
				cover(s)
				break
			}
		}
	}
}

// dropStrays forgets blocks of a word or three that neither stand near a longer one
// nor carry on a run of others through the truth: menu entries that happen to be
// words of the article.
func (a *aligner) dropStrays() {
	var stray []int
	for _, run := range a.runs() {
		words := 0
		for _, i := range run {
			words += len(a.blocks[i])
		}
		for _, i := range run {
			if words < 12 && len(a.blocks[i]) <= 3 && !a.nearLong(i) {
				stray = append(stray, i)
			}
		}
	}
	for _, i := range stray {
		a.match[i] = span{}
	}
}

// runs are the matched blocks, put together where one goes on, within a few blocks,
// where the last one ended in the truth.
func (a *aligner) runs() [][]int {
	var out [][]int
	for i := range a.blocks {
		m := a.match[i]
		if m.matched == 0 {
			continue
		}
		if k := len(out) - 1; k >= 0 {
			last := out[k][len(out[k])-1]
			if gap := m.from - a.match[last].to; i-last <= 4 && gap >= 0 && gap <= 1 {
				out[k] = append(out[k], i)
				continue
			}
		}
		out = append(out, []int{i})
	}
	return out
}

func (a *aligner) nearLong(i int) bool {
	for j := max(0, i-4); j <= min(len(a.blocks)-1, i+4); j++ {
		if a.match[j].matched > 0 && len(a.blocks[j]) >= 5 {
			return true
		}
	}
	return false
}

func paragraphs(s string) []string {
	var out []string
	for x := range strings.SplitSeq(s, "\n\n") {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	return out
}

// rising answers which is the best chain that ends at or before a place of the truth
// (Fenwick tree of maxima).
type rising struct {
	from int
	best []float64
	at   []int
}

func newRising(from, to int) *rising {
	n := to - from + 2
	r := &rising{from, make([]float64, n), make([]int, n)}
	for i := range r.at {
		r.at[i] = -1
	}
	return r
}

func (r *rising) put(end int, v float64, k int) {
	for i := end - r.from + 1; i < len(r.best); i += i & -i {
		if r.at[i] < 0 || v > r.best[i] {
			r.best[i], r.at[i] = v, k
		}
	}
}

func (r *rising) upTo(end int) (float64, int) {
	best, at := 0.0, -1
	for i := end - r.from + 1; i > 0; i -= i & -i {
		if r.at[i] >= 0 && (at < 0 || r.best[i] > best) {
			best, at = r.best[i], r.at[i]
		}
	}
	return best, at
}
