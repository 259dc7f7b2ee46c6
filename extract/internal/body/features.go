package body

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-go/dateline/extract/internal/page"
	"golang.org/x/net/html/atom"
)

// A measured is the blocks of a page as the first pass of the model sees them: one
// row of numbers a block. The groups of features are those that page structure,
// not any language, gives: text shape, tag, ancestors, class hints, place, page
// data, blocks of the same path, containers, rules, neighbours.
type measured struct {
	p     *page.Page
	rows  []float32 // len(Blocks) × firstFeatures
	toks  []float32
	good  []bool
	rules Choice
	// prefix sums over blocks: runes, link runes, good runes, good blocks
	runes, links, goodRunes, goods []float64
	paths                          [len(pathKeys)]paths
	scratch                        secondPass
}

const (
	textFeatures  = 24
	tagFeatures   = 9
	ancFeatures   = 24
	placeFeatures = 9
	pageFeatures  = 5
	groupFeatures = 15
	boxFeatures   = 20
	ruleFeatures  = 4
	nearFeatures  = 24
	firstFeatures = textFeatures + tagFeatures + ancFeatures + page.HintGroups + placeFeatures + pageFeatures + groupFeatures + boxFeatures + ruleFeatures + nearFeatures
)

// measure fills m, whose room is used again where it has any.
func (m *measured) measure(p *page.Page, k Known, like *likeness, rules Choice, kinds []uint8) {
	n := len(p.Blocks)
	m.p, m.rules = p, rules
	m.rows, m.toks, m.good = room(m.rows, n*firstFeatures), room(m.toks, n), room(m.good, n)
	m.runes, m.links, m.goodRunes, m.goods = prefix(m.runes, n), prefix(m.links, n), prefix(m.goodRunes, n), prefix(m.goods, n)
	copies := map[string]int{}
	for i := range p.Blocks {
		copies[p.BlockText(i)]++
	}
	for i := range p.Blocks {
		row := m.row(i)
		m.text(i, row[:textFeatures], copies[p.BlockText(i)])
		b := &p.Blocks[i]
		m.good[i] = prosaic(b, p.BlockText(i)) && (b.Elem < 0 || p.Elems[b.Elem].Anc&(outside|page.InHidden) == 0)
		m.runes[i+1], m.links[i+1] = m.runes[i]+float64(b.Runes), m.links[i]+float64(b.LinkRunes)
		m.goodRunes[i+1], m.goods[i+1] = m.goodRunes[i], m.goods[i]
		if m.good[i] {
			m.goodRunes[i+1] += float64(b.Runes)
			m.goods[i+1]++
		}
	}
	for g, key := range pathKeys {
		m.paths[g].sort(m, key)
	}
	heading := -1
	for i := range p.Blocks {
		w := writer{row: m.row(i), at: textFeatures}
		m.structure(i, &w)
		if p.Blocks[i].Heading > 0 {
			heading = i
		}
		m.place(i, heading, &w)
		m.pageData(i, k, like, &w)
		for g := range m.paths {
			m.paths[g].groups[m.paths[g].of[i]].put(m, &w)
		}
		m.boxes(i, &w)
		w.put(flag(rules.Keep[i]), float32(kinds[i]), flag(rules.Role[i] == "title"), flag(i > rules.TitleBlock))
		m.near(i, &w)
	}
}

func (m *measured) row(i int) []float32 { return m.rows[i*firstFeatures : (i+1)*firstFeatures] }

// A writer fills a row in order.
type writer struct {
	row []float32
	at  int
}

func (w *writer) put(xs ...float32) {
	w.at += copy(w.row[w.at:], xs)
}

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

func log1(x float64) float32 { return float32(math.Log1p(x)) }

func share(a, b float64) float32 {
	if b <= 0 {
		return 0
	}
	return float32(a / b)
}

// text fills the features of a block's own words, in one pass over its runes.
func (m *measured) text(i int, row []float32, copies int) {
	b, text := &m.p.Blocks[i], m.p.BlockText(i)
	var words, short, letters, upper, digits, commas, sents, alone, wordRunes, cur int
	lowerStart := false
	endWord := func() {
		if cur > 0 {
			words++
			wordRunes += cur
			if cur <= 3 && lowerStart {
				short++
			}
		}
		cur = 0
	}
	for _, r := range text {
		switch {
		case unicode.IsLetter(r):
			letters++
			if unicode.IsUpper(r) {
				upper++
			}
			if r >= 0x2e80 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)) || r >= 0xe00 && r <= 0xeff {
				alone++
				endWord()
				continue
			}
			if cur == 0 {
				lowerStart = unicode.IsLower(r)
			}
			cur++
		case unicode.IsDigit(r):
			digits++
			cur++
		default:
			endWord()
			switch r {
			case ',', '،', '、', '，', ';':
				commas++
			case '.', '!', '?', '。', '！', '？', '؟', '।', '…':
				sents++
			}
		}
	}
	endWord()
	toks := float64(words + alone)
	m.toks[i] = float32(toks)
	first, _ := utf8.DecodeRuneInString(text)
	n := float64(max(1, b.Runes))
	w := writer{row: row}
	w.put(log1(float64(b.Runes)), log1(toks), share(float64(wordRunes), float64(words)), float32(float64(b.LinkRunes)/n), float32(min(b.Links, 20)),
		flag(b.StartsWithLink), share(float64(commas), toks), share(float64(sents), toks), flag(ends(text)), share(float64(digits), n),
		share(float64(upper), float64(letters)), share(float64(short), float64(words)), float32(float64(b.BoldRunes)/n), float32(float64(b.ItalicRunes)/n),
		flag(b.HasTime), flag(b.AfterBreak), float32(min(b.Images, 5)), firstClass(first), flag(strings.ContainsRune(text[:min(len(text), 40)], ':')),
		flag(strings.ContainsAny(text, "|»›•→")), flag(strings.ContainsAny(text, "@#")), flag(strings.Contains(text, "http") || strings.Contains(text, "©")),
		float32(min(copies, 5)), flag(b.Button))
}

func firstClass(r rune) float32 {
	switch {
	case unicode.IsUpper(r):
		return 1
	case unicode.IsLower(r):
		return 2
	case strings.ContainsRune("\"'“„«‘「", r):
		return 3
	case unicode.IsDigit(r):
		return 4
	case unicode.IsLetter(r):
		return 5
	}
	return 0
}

// structure fills tag, ancestors and hint distances; -1 where a page has no structure.
func (m *measured) structure(i int, w *writer) {
	b := &m.p.Blocks[i]
	if b.Elem < 0 {
		for range tagFeatures + ancFeatures + page.HintGroups {
			w.put(-1)
		}
		return
	}
	e := &m.p.Elems[b.Elem]
	w.put(float32(b.Heading), flag(e.Tag == atom.P), flag(e.Tag == atom.Div), flag(e.Tag == atom.Li), flag(e.Tag == atom.Td),
		flag(e.Tag == atom.Section || e.Tag == atom.Article || e.Tag == atom.Main), flag(e.Tag == atom.Dd || e.Tag == atom.Dt), flag(e.Tag == 0), float32(e.Depth))
	for bit := range ancFeatures {
		w.put(flag(e.Anc>>bit&1 == 1))
	}
	for g := range page.HintGroups {
		w.put(float32(min(e.Dist[g], 12)))
	}
}

func (m *measured) place(i, heading int, w *writer) {
	n := float64(len(m.p.Blocks))
	all, good := m.runes[len(m.runes)-1], m.goodRunes[len(m.goodRunes)-1]
	since, hlinks := float32(50), float32(-1)
	if heading >= 0 {
		since = float32(min(i-heading, 50))
		h := &m.p.Blocks[heading]
		hlinks = share(float64(h.LinkRunes), float64(h.Runes))
	}
	fromTitle := float32(-60)
	if m.rules.TitleBlock >= 0 {
		fromTitle = float32(max(-50, min(100, i-m.rules.TitleBlock)))
	}
	w.put(log1(float64(i)), share(float64(i), n), share(m.runes[i], all), share(m.goodRunes[i], good), log1(n), log1(good), fromTitle, since, hlinks)
}

func (m *measured) pageData(i int, k Known, like *likeness, w *writer) {
	text := m.p.BlockText(i)
	var title, summary float64
	if len(text) < 400 {
		title = like.title[i]
	}
	if len(text) < 1200 {
		summary = like.summary[i]
	}
	inBody := float32(-1)
	if len(k.ArticleBody) > 400 {
		inBody = flag(strings.Contains(k.ArticleBody, strings.TrimSpace(text[:runeBound(text, 60)])))
	}
	w.put(float32(title), float32(summary), inBody, flag(k.IsArticle), flag(m.p.Plain))
}

func runeBound(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

// boxes fills what the block's element and three above it hold.
func (m *measured) boxes(i int, w *writer) {
	e := m.p.Blocks[i].Elem
	for range 4 {
		if e < 0 {
			w.put(-1, -1, -1, -1, -1)
			continue
		}
		lo, hi := m.p.Elems[e].FirstBlock, min(m.p.Elems[e].EndBlock, int32(len(m.p.Blocks)))
		hi = max(lo, hi)
		sum := func(s []float64) float64 { return s[hi] - s[lo] }
		runes := sum(m.runes)
		w.put(share(runes, m.runes[len(m.runes)-1]), share(sum(m.goodRunes), m.goodRunes[len(m.goodRunes)-1]), share(sum(m.links), runes), share(sum(m.goodRunes), runes), log1(sum(m.goods)))
		e = m.p.Elems[e].Parent
	}
}

func (m *measured) near(i int, w *writer) {
	for _, d := range []int{-2, -1, 1, 2} {
		j := i + d
		if j < 0 || j >= len(m.p.Blocks) {
			w.put(-1, -1, -1, -1, -1, -1)
			continue
		}
		b := &m.p.Blocks[j]
		w.put(log1(float64(b.Runes)), share(float64(b.LinkRunes), float64(b.Runes)), flag(m.good[j]), flag(classPath(m.p, i) == classPath(m.p, j)),
			float32(b.Heading), flag(m.rules.Keep[j]))
	}
}
