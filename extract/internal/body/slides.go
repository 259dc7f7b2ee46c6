package body

// What makes a row of counters ("1/12", "2/12", …) the slides of a gallery that stands in an article.
const (
	leastSlides  = 4
	slideBlocks  = 12  // blocks of one slide at most
	besideSlides = 200 // words kept beside them at least: in an article made of slides they are the text
)

// dropSlides takes out the slides of a gallery within the article: their texts are
// captions, often of another story, that read like paragraphs.
func (m *measured) dropSlides(c *Choice) {
	var kept []float32 // words kept before each block; seldom asked for
	for i := 0; i < len(c.Keep); i++ {
		last, of := m.slidesFrom(i)
		if of < leastSlides {
			continue
		}
		if kept == nil {
			kept = m.keptBefore(c)
		}
		from, to := m.around(i, last)
		// A gallery that holds the headline, or beside which hardly anything is kept, is the article.
		headed := c.TitleBlock >= from && c.TitleBlock < to
		if beside := kept[len(c.Keep)] - kept[to] + kept[from]; !headed && beside >= besideSlides {
			for j := from; j < to; j++ {
				if c.Keep[j] {
					c.drop(j, "slide")
				}
			}
			last = to - 1
		}
		i = last
	}
}

// slidesFrom is the last block of the row of counters that begins with block i, and how many there are.
func (m *measured) slidesFrom(i int) (last, n int) {
	k, of := counter(m.p.BlockText(i))
	if k != 1 {
		return i, 0
	}
	last, n = i, 1
	for j := i + 1; j < len(m.p.Blocks) && j-last <= slideBlocks; j++ {
		if x, y := counter(m.p.BlockText(j)); y == of && x == k+1 {
			k, last, n = x, j, n+1
		}
	}
	return last, n
}

// around is the blocks of the smallest element that holds two of them.
func (m *measured) around(first, last int) (from, to int) {
	e := m.p.Blocks[first].Elem
	for e >= 0 && int(m.p.Elems[e].EndBlock) <= last {
		e = m.p.Elems[e].Parent
	}
	if e < 0 {
		return first, last + 1
	}
	return int(m.p.Elems[e].FirstBlock), int(m.p.Elems[e].EndBlock)
}

// counter reads the place in a row that a text begins with, "3/12", and its length; zeros where it begins with none.
func counter(s string) (k, of int) {
	k, s = number(s)
	for len(s) > 0 && s[0] == ' ' {
		s = s[1:]
	}
	if k == 0 || len(s) == 0 || s[0] != '/' {
		return 0, 0
	}
	s = s[1:]
	for len(s) > 0 && s[0] == ' ' {
		s = s[1:]
	}
	of, s = number(s)
	if of < k || len(s) > 0 && (s[0] == '/' || s[0] == '.' || s[0] == ',') {
		return 0, 0 // a date, a fraction
	}
	return k, of
}

// number reads the number of at most three digits that s begins with, and gives the rest.
func number(s string) (n int, rest string) {
	i := 0
	for i < len(s) && i < 4 && s[i] >= '0' && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	if i == 4 {
		return 0, s
	}
	return n, s[i:]
}
