package body

import (
	"slices"

	"github.com/dateline-go/dateline/extract/internal/page"
)

// byModel chooses by the two passes of a model.
func byModel(p *page.Page, k Known, like *likeness, model *Model, rules Choice, kinds []uint8) Choice {
	m := measures.Get().(*measured)
	defer m.release()
	m.measure(p, k, like, rules, kinds)
	m.scratch.first = room(m.scratch.first, len(p.Blocks))
	first := m.scratch.first
	model.First.Predict(m.rows, firstFeatures, first)
	rows := m.second(first)
	c := Choice{Keep: make([]bool, len(p.Blocks)), Prob: make([]float32, len(p.Blocks)), Role: slices.Clone(rules.Role), TitleBlock: rules.TitleBlock, Model: ModelName}
	model.Second.Predict(rows, secondFeatures, c.Prob)
	cut, expected := expectedF(c.Prob, m.toks)
	c.Cut = cut
	if k.Explain {
		c.First = slices.Clone(first)
		c.Weights = model.Second.weigh(2, rows, secondFeatures, len(p.Blocks), secondGroups)
		for i, ws := range model.First.weigh(1, m.rows, firstFeatures, len(p.Blocks), firstGroups) {
			c.Weights[i] = append(c.Weights[i], ws...)
		}
	}
	for i := range c.Keep {
		c.Keep[i] = c.Prob[i] >= cut && i != c.TitleBlock
		if c.Role[i] == "body" {
			c.Role[i] = ""
		}
	}
	dropCopies(p, &c, like)
	dropContained(p, &c, m.toks)
	dropEmptyHeadings(p, &c)
	for i, keep := range c.Keep {
		if keep {
			c.Role[i] = "body"
		}
	}
	c.Confidence = calibrate(expected)
	return c
}

// expectedF is the probability from which blocks are kept so that the expected F1
// of the tokens is highest: F = 2·Σp·tok / (Σtok + Σall p·tok) over the blocks by
// falling p; the best cut stands at half the best F.
func expectedF(p, toks []float32) (cut float32, best float64) {
	order := make([]int, len(p))
	var all float64
	for i := range order {
		order[i] = i
		all += float64(p[i] * toks[i])
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case p[a] > p[b]:
			return -1
		case p[a] < p[b]:
			return 1
		}
		return 0
	})
	var hit, taken float64
	for _, i := range order {
		hit += float64(p[i] * toks[i])
		taken += float64(toks[i])
		if f := 2 * hit / (taken + all); taken > 0 && f > best {
			best = f
		}
	}
	return float32(max(.05, best/2)), best
}

// dropContained takes out longer blocks whose words stand in other kept blocks:
// second copies of the article, pull quotes.
func dropContained(p *page.Page, c *Choice, toks []float32) {
	total := 0
	for i, keep := range c.Keep {
		if keep {
			total += int(p.Blocks[i].Runes)
		}
	}
	count := make(map[uint64]int32, total/5)
	grams := make([][]uint64, len(c.Keep))
	var order []int
	for i, keep := range c.Keep {
		if keep && toks[i] >= 3 {
			grams[i] = trigrams(p.BlockText(i))
			for _, g := range grams[i] {
				count[g]++
			}
			if toks[i] >= 20 {
				order = append(order, i)
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(grams[a]) - len(grams[b]) })
	for _, i := range order {
		n := 0
		for _, g := range grams[i] {
			if count[g] > 1 {
				n++
			}
		}
		if n*10 >= len(grams[i])*8 {
			c.Keep[i], c.Role[i] = false, "copy"
			for _, g := range grams[i] {
				count[g]--
			}
		}
	}
}

// trigrams is the distinct runs of 12 letters at word starts, hashed: cheap and
// the same for scripts with and without spaces.
func trigrams(s string) []uint64 {
	const width = 12
	runes := []rune(s)
	out := make([]uint64, 0, len(runes)/4)
	for i := 0; i+width <= len(runes); i += 3 {
		for j := i; j < i+3 && j+width <= len(runes); j++ {
			if j > 0 && runes[j-1] != ' ' && runes[j] < 0x2e80 {
				continue
			}
			h := uint64(14695981039346656037)
			for _, r := range runes[j : j+width] {
				h = (h ^ uint64(r)) * 1099511628211
			}
			out = append(out, h)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// dropEmptyHeadings takes out headings with no kept text before the next heading of their rank.
func dropEmptyHeadings(p *page.Page, c *Choice) {
	follows, level := false, uint8(9)
	for i := len(c.Keep) - 1; i >= 0; i-- {
		if !c.Keep[i] {
			continue
		}
		switch h := p.Blocks[i].Heading; {
		case h == 0:
			follows, level = true, 9
		case !follows && h >= level || !follows && level == 9:
			c.Keep[i], c.Role[i] = false, "heading"
		default:
			follows, level = false, h
		}
	}
}

// reliability maps the expected F to how often such pages have a body F1 of .95 or
// more, measured out of fold (docs/accuracy.md).
var reliability = [][2]float64{{0, 0}, {.5, .1}, {.8, .2}, {.85, .3}, {.925, .46}, {.965, .66}, {.985, .9}, {1, .95}}

func calibrate(f float64) float64 {
	for i := 1; i < len(reliability); i++ {
		a, b := reliability[i-1], reliability[i]
		if f <= b[0] {
			v := a[1] + (b[1]-a[1])*(f-a[0])/(b[0]-a[0])
			return float64(int(v*1000+.5)) / 1000
		}
	}
	return reliability[len(reliability)-1][1]
}
