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
	p       *page.Page
	rows    []float32 // len(Blocks) × firstFeatures
	toks    []float32
	good    []bool
	rules   Choice
	scan    scan
	authors [][]uint64 // the words of each name of two or more that the page's data credits
	grams   gramTable
	digests []block // what others look at in a block
	// the texts of blocks as numbers, how often each stands on the page, and the same of each block
	whole  []uint64
	times  map[uint64]float32
	copies []float32
	// prefix sums over blocks: runes, link runes, good runes, good blocks
	runes, links, goodRunes, goods []float64
	paths                          [len(pathKeys)]paths
	tree                           relations
	scratch                        secondPass
}

// A block is what the rows of its neighbours say of it.
type block struct {
	runes, links           float32 // log of the runes, share of links
	promo, comments, dated float32
	credit                 float32
	contained              containment
}

// The groups of features of the first pass.
const (
	textFeatures   = 35
	copyFeatures   = 5
	tagFeatures    = 9
	ancFeatures    = 24
	placeFeatures  = 20
	pageFeatures   = 9
	groupFeatures  = 7 * pathWays
	boxFeatures    = 4 * 7
	ruleFeatures   = 8
	besideFeatures = 4
	nearFeatures   = 6 * 9
)

// A FeatureGroup names neighbouring columns of the rows of a pass.
type FeatureGroup struct {
	Name  string
	Width int
}

// FirstGroups are the groups of the columns of the first pass, in order.
var FirstGroups = []FeatureGroup{
	{"text", textFeatures}, {"copies", copyFeatures}, {"tag", tagFeatures}, {"ancestors", ancFeatures}, {"class words", page.HintGroups},
	{"place", placeFeatures}, {"headline and summaries", pageFeatures}, {"blocks of the same path", groupFeatures}, {"boxes around", boxFeatures},
	{"rules", ruleFeatures}, {"pictures beside", besideFeatures}, {"neighbours", nearFeatures},
}

const firstFeatures = textFeatures + copyFeatures + tagFeatures + ancFeatures + page.HintGroups + placeFeatures + pageFeatures +
	groupFeatures + boxFeatures + ruleFeatures + besideFeatures + nearFeatures

// measure fills m, whose room is used again where it has any. The scan has been read.
func (m *measured) measure(p *page.Page, k Known, like *likeness, rules Choice, kinds []uint8) {
	n := len(p.Blocks)
	m.p, m.rules = p, rules
	m.authors = m.authors[:0]
	for _, name := range k.Authors {
		var ignored shape
		if words := scanWords(name, nil, &ignored); len(words) > 1 {
			m.authors = append(m.authors, words)
		}
	}
	m.rows, m.toks, m.good, m.digests = room(m.rows, n*firstFeatures), room(m.toks, n), room(m.good, n), room(m.digests, n)
	m.runes, m.links, m.goodRunes, m.goods = prefix(m.runes, n), prefix(m.links, n), prefix(m.goodRunes, n), prefix(m.goods, n)
	for i := range p.Blocks {
		m.toks[i] = float32(m.scan.shapes[i].tokens())
	}
	m.findCopies(k)
	copies := m.repeats()
	for i := range p.Blocks {
		b := &p.Blocks[i]
		m.good[i] = prosaic(b, p.BlockText(i)) && (b.Elem < 0 || p.Elems[b.Elem].Anc&(outside|page.InHidden) == 0)
		m.runes[i+1], m.links[i+1] = m.runes[i]+float64(b.Runes), m.links[i]+float64(b.LinkRunes)
		m.goodRunes[i+1], m.goods[i+1] = m.goodRunes[i], m.goods[i]
		if m.good[i] {
			m.goodRunes[i+1] += float64(b.Runes)
			m.goods[i+1]++
		}
		w := writer{row: m.row(i)}
		m.text(i, &w)
		c := &m.digests[i].contained
		w.put(copies[i], c.other, c.longer, c.summary, c.article)
	}
	for g, key := range pathKeys {
		m.paths[g].sort(m, key)
	}
	m.tree.relate(p, &rules)
	var state progress
	state.heading = -1
	for i := range p.Blocks {
		w := writer{row: m.row(i), at: textFeatures + copyFeatures}
		m.structure(i, &w)
		m.place(i, &state, &w)
		m.pageData(i, k, like, &w)
		for g := range m.paths {
			m.paths[g].put(m, i, &w)
		}
		m.boxes(i, &w)
		m.ruled(i, kinds, &w)
		m.beside(i, &w)
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
	w.at += copy(w.row[w.at:w.at+len(xs)], xs) // a row too short is a defect
}

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

// log1s are the logarithms of the small counts, which are most of what is asked for.
var log1s = func() (logs [512]float32) {
	for n := range logs {
		logs[n] = float32(math.Log1p(float64(n)))
	}
	return logs
}()

func log1(x float64) float32 {
	if n := int(x); x >= 0 && n < len(log1s) && float64(n) == x {
		return log1s[n]
	}
	return float32(math.Log1p(x))
}

func share(a, b float64) float32 {
	if b <= 0 {
		return 0
	}
	return float32(a / b)
}

// findCopies tells which words of each block stand elsewhere on the page.
func (m *measured) findCopies(k Known) {
	var ignored shape
	article := scanWords(k.ArticleBody, nil, &ignored)
	var summary []uint64
	for _, s := range k.Summaries {
		summary = scanWords(s, summary, &ignored)
	}
	m.grams.reset(len(m.scan.hashes) + len(article) + len(summary))
	m.grams.mark(article, inArticle)
	m.grams.mark(summary, inSummary)
	length := func(i int32) int { return int(m.scan.starts[i+1] - m.scan.starts[i]) }
	for i := range m.p.Blocks {
		m.grams.add(m.scan.words(i), int32(i), length)
	}
	for i := range m.p.Blocks {
		m.digests[i].contained = m.grams.of(m.scan.words(i), int32(i))
	}
	if len(k.ArticleBody) < 400 {
		for i := range m.digests {
			m.digests[i].contained.article = -1
		}
	}
}

// maxTexts is how many texts a map may have held that the next page uses again.
const maxTexts = 1 << 13

// repeats is how often the text of each block stands on the page, five at most.
func (m *measured) repeats() []float32 {
	if clear(m.times); m.times == nil || len(m.whole) > maxTexts { // to clear what a large page left would cost all others
		m.times = make(map[uint64]float32, len(m.p.Blocks))
	}
	n := len(m.p.Blocks)
	m.whole, m.copies = room(m.whole, n), room(m.copies, n)
	for i := range m.whole {
		m.whole[i] = m.scan.whole(i)
		m.times[m.whole[i]]++
	}
	for i, h := range m.whole {
		m.copies[i] = min(m.times[h], 5)
	}
	return m.copies
}

// text fills the features of a block's own words.
func (m *measured) text(i int, w *writer) {
	b, text, s := &m.p.Blocks[i], m.p.BlockText(i), &m.scan.shapes[i]
	toks, n := float64(s.tokens()), float64(max(1, b.Runes))
	words := m.scan.words(i)
	d := &m.digests[i]
	d.runes, d.links = log1(float64(b.Runes)), float32(float64(b.LinkRunes)/n)
	d.promo, d.dated = promoPhrases().in(words), flag(dated(b, s))
	d.comments = 0
	if len(words) <= 12 {
		d.comments = commentPhrases().in(words)
	}
	d.credit = 0
	if len(words) <= 60 {
		d.credit = creditPhrases().in(words)
	}
	first, _ := utf8.DecodeRuneInString(text)
	trimmed := strings.TrimRight(text, "\"'”’»)]」』 ")
	end, _ := utf8.DecodeLastRuneInString(trimmed)
	w.put(d.runes, log1(toks), share(float64(s.wordRunes), float64(s.words)), d.links, float32(min(b.Links, 20)), flag(b.StartsWithLink),
		share(float64(s.commas), toks), share(float64(s.sentences), toks), flag(isEnd(end)), flag(end == ':' || end == '：'),
		flag(end == '…' || strings.HasSuffix(trimmed, "..")), share(float64(s.digits), n), share(float64(s.upper), float64(s.letters)),
		share(float64(s.short), float64(s.words)), share(float64(s.titled), float64(s.words)), share(float64(s.quotes), toks),
		float32(float64(b.BoldRunes)/n), float32(float64(b.ItalicRunes)/n), flag(b.HasTime), flag(b.AfterBreak), float32(min(b.Images, 5)),
		firstClass(first), flag(strings.ContainsRune(text[:min(len(text), 40)], ':')), flag(s.marks&partMark != 0),
		flag(s.marks&atSign != 0), flag(s.marks&hashSign != 0), flag(strings.Contains(text, "http")),
		flag(s.marks&copyrightSign != 0), flag(b.Button), d.promo, d.comments, d.dated, m.credits(words), share(float64(s.numbers), toks), d.credit)
}

// dated reports whether a block is short and looks like a date or a clock time.
func dated(b *page.Block, s *shape) bool {
	return b.Runes <= 60 && s.numbers >= 2 && s.numbers <= 7 && s.tokens() <= 12 && (s.joined > 0 || s.digits >= 5) || b.Runes <= 60 && b.HasTime
}

// credits is 1 where a short block names one of those whom the page's data credits.
func (m *measured) credits(words []uint64) float32 {
	if len(words) > 60 {
		return 0
	}
	for _, name := range m.authors {
		for i := 0; i+len(name) <= len(words); i++ {
			at := 0
			for at < len(name) && words[i+at] == name[at] {
				at++
			}
			if at == len(name) {
				return 1
			}
		}
	}
	return 0
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
	var rest [ancFeatures + page.HintGroups]float32
	for bit := range ancFeatures {
		rest[bit] = float32(e.Anc >> bit & 1)
	}
	for g := range page.HintGroups {
		rest[ancFeatures+g] = float32(min(e.Dist[g], 12))
	}
	w.put(rest[:]...)
}

// A progress is what was met on the way down the page.
type progress struct {
	heading    int // block of the last heading or label, -1 before the first
	heads      float32
	comments   float32 // blocks since a heading of comments
	met        bool
	datedCount float32
}

func (m *measured) place(i int, at *progress, w *writer) {
	b, d := &m.p.Blocks[i], &m.digests[i]
	if b.Heading > 0 || m.labels(i) {
		at.heading = i
		if b.Heading == 1 {
			at.heads++
		}
	}
	if d.comments == 2 && !at.met {
		at.met, at.comments = true, 0
	}
	at.datedCount += d.dated
	n := float64(len(m.p.Blocks))
	all, good := m.runes[len(m.runes)-1], m.goodRunes[len(m.goodRunes)-1]
	since, hlinks, hpromo, hlevel, hcomments := float32(50), float32(-1), float32(-1), float32(-1), float32(-1)
	if at.heading >= 0 {
		since = float32(min(i-at.heading, 50))
		h := &m.digests[at.heading]
		hlinks, hpromo, hlevel, hcomments = h.links, h.promo, float32(m.p.Blocks[at.heading].Heading), h.comments
	}
	fromTitle := float32(-60)
	if m.rules.TitleBlock >= 0 {
		fromTitle = float32(max(-50, min(100, i-m.rules.TitleBlock)))
	}
	toTitle, article := float32(-1), float32(-1)
	if b.Elem >= 0 {
		toTitle, article = float32(m.tree.toTitle[b.Elem]), float32(m.tree.article[b.Elem])
	}
	comments := float32(-1)
	if at.met {
		comments = min(at.comments, 50)
		at.comments++
	}
	w.put(log1(float64(i)), share(float64(i), n), share(m.runes[i], all), share(m.goodRunes[i], good), log1(n), log1(good), fromTitle,
		since, hlinks, hpromo, hlevel, hcomments, at.heads, toTitle, article, m.tree.articles, comments, at.datedCount,
		m.datedNear(i), log1(m.goods[len(m.goods)-1]))
}

// labelTokens is how many words a label of related links or of a call has at most.
const labelTokens = 8

// labels reports whether a block is a short line that opens with a pointer elsewhere: it
// heads what follows as a heading does, whatever its element.
func (m *measured) labels(i int) bool {
	d := &m.digests[i]
	return d.promo == 2 && m.toks[i] <= labelTokens && d.links < .5
}

// datedNear is how many blocks close by look like dates: many in lists of teasers and in comments.
func (m *measured) datedNear(i int) float32 {
	var n float32
	for j := max(0, i-8); j <= min(len(m.digests)-1, i+8); j++ {
		n += m.digests[j].dated
	}
	return n
}

func (m *measured) pageData(i int, k Known, like *likeness, w *writer) {
	title, summary := like.title[i], like.summary[i]
	if m.p.Blocks[i].Stop-m.p.Blocks[i].Start > 400 {
		title = 0
	}
	all := m.runes[len(m.runes)-1]
	w.put(float32(title), float32(summary), flag(len(k.ArticleBody) > 400), flag(k.IsArticle), flag(m.p.Plain),
		share(m.links[len(m.links)-1], all), share(m.goodRunes[len(m.goodRunes)-1], all), m.tree.articles, flag(len(m.authors) > 0))
}

// boxes fills what the block's element and three above it hold.
func (m *measured) boxes(i int, w *writer) {
	b := &m.p.Blocks[i]
	e := b.Elem
	for range 4 {
		if e < 0 {
			w.put(-1, -1, -1, -1, -1, -1, -1)
			continue
		}
		lo, hi := m.p.Elems[e].FirstBlock, min(m.p.Elems[e].EndBlock, int32(len(m.p.Blocks)))
		hi = max(lo, hi)
		sum := func(s []float64) float64 { return s[hi] - s[lo] }
		runes := sum(m.runes)
		w.put(share(runes, m.runes[len(m.runes)-1]), share(sum(m.goodRunes), m.goodRunes[len(m.goodRunes)-1]), share(sum(m.links), runes), share(sum(m.goodRunes), runes),
			log1(sum(m.goods)), log1(float64(hi-lo)), share(float64(b.Runes), runes))
		e = m.p.Elems[e].Parent
	}
}

// ruled fills what the readable rules say of a block.
func (m *measured) ruled(i int, kinds []uint8, w *writer) {
	w.put(flag(m.rules.Keep[i]), float32(kinds[i]), flag(m.rules.Role[i] == "title"), flag(i > m.rules.TitleBlock))
	e := m.p.Blocks[i].Elem
	if e < 0 || m.rules.container < 0 {
		w.put(-1, -1, -1, -1)
		return
	}
	box := &m.p.Elems[m.rules.container]
	inside := int32(i) >= box.FirstBlock && int32(i) < box.EndBlock
	w.put(flag(inside), float32(m.tree.toContainer[e]), float32(int(m.p.Elems[e].Depth)-int(box.Depth)), share(m.goodRunes[min(int(box.EndBlock), len(m.p.Blocks))]-m.goodRunes[box.FirstBlock], m.goodRunes[len(m.goodRunes)-1]))
}

// beside fills what without text stands right before a block, and after it.
func (m *measured) beside(i int, w *writer) {
	at, next := m.tree.before[i], m.tree.before[i+1]
	w.put(flag(at&picture != 0), flag(at&embedded != 0), flag(at&rule != 0), flag(next&picture != 0))
}

func (m *measured) near(i int, w *writer) {
	for _, d := range [...]int{-3, -2, -1, 1, 2, 3} {
		j := i + d
		if j < 0 || j >= len(m.p.Blocks) {
			w.put(-1, -1, -1, -1, -1, -1, -1, -1, -1)
			continue
		}
		b, x := &m.p.Blocks[j], &m.digests[j]
		same := float32(0)
		switch {
		case m.paths[0].of[i] == m.paths[0].of[j]:
			same = 2
		case m.paths[1].of[i] == m.paths[1].of[j]:
			same = 1
		}
		w.put(x.runes, x.links, flag(m.good[j]), same, kinship(m.p, m.p.Blocks[i].Elem, b.Elem), float32(b.Heading), flag(m.rules.Keep[j]), x.promo, x.dated)
	}
}

// kinship tells how near two blocks are in the tree: 0 in one element, 1 in siblings,
// 2 under one grandparent, 3 otherwise.
func kinship(p *page.Page, a, b int32) float32 {
	if a == b {
		return 0
	}
	if a < 0 || b < 0 {
		return 3
	}
	a, b = p.Elems[a].Parent, p.Elems[b].Parent
	switch {
	case a == b:
		return 1
	case a < 0 || b < 0:
		return 3
	case p.Elems[a].Parent == p.Elems[b].Parent:
		return 2
	}
	return 3
}
