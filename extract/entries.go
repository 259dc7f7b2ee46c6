package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
)

// longestStamp is the most runes of the time that heads an entry of a live blog.
const longestStamp = 25

// entries say of each block whether it is the time at the head of an entry of a live
// blog, or the first of the rest that the body kept of one.
type entries struct{ stamp, opens []bool }

// entriesOf finds the entries of a live blog: elements side by side with one time each,
// and where those hold nothing else, what follows each up to the next.
func entriesOf(p *page.Page, keep []bool) entries {
	x := entries{stamp: make([]bool, len(p.Blocks)), opens: make([]bool, len(p.Blocks))}
	before := make([]int32, len(p.Blocks)+1) // stamps before each block
	for i := range p.Blocks {
		before[i+1] = before[i]
		if b := &p.Blocks[i]; b.Elem >= 0 && b.Runes <= longestStamp && isStamp(p.BlockText(i), b.HasTime) {
			x.stamp[i] = true
			before[i+1]++
		}
	}
	entry := map[int]int32{} // of each stamp, the widest element without another
	siblings := map[int32]int{}
	for i, on := range x.stamp {
		if !on {
			continue
		}
		e := p.Blocks[i].Elem
		for up := p.Elems[e].Parent; up >= 0 && before[p.Elems[up].EndBlock]-before[p.Elems[up].FirstBlock] == 1; up = p.Elems[e].Parent {
			e = up
		}
		entry[i] = e
		siblings[p.Elems[e].Parent]++
	}
	for i := range x.stamp {
		e, on := entry[i]
		if !on {
			continue
		}
		if x.stamp[i] = siblings[p.Elems[e].Parent] > 1; x.stamp[i] {
			x.open(p, keep, e, i, before)
		}
	}
	return x
}

// open marks the first block of the entry that the body kept. Where the element holds
// more than one stamp, as lines parted by breaks do, the entry is what follows its own.
func (x *entries) open(p *page.Page, keep []bool, e int32, stamp int, before []int32) {
	from, to := int(p.Elems[e].FirstBlock), int(p.Elems[e].EndBlock)
	if before[to]-before[from] > 1 {
		from = stamp + 1
	}
	if to-from == 1 { // the time stands alone beside its entry
		from, to = stamp+1, len(keep)
		if up := p.Elems[e].Parent; up >= 0 {
			to = int(p.Elems[up].EndBlock)
		}
	}
	for i := from; i < to; i++ {
		if i > stamp && x.stamp[i] {
			return
		}
		if keep[i] && i != stamp {
			x.opens[i] = true
			return
		}
	}
}

// isStamp reports whether a text is a clock and hardly more: a mark of the half of the day
// or a zone beside it, or a date. Markup may say that it is a time.
func isStamp(s string, marked bool) bool {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > longestStamp {
		return false
	}
	for at := 0; at < len(s); at += max(1, digitsAhead(s[at:])) {
		if n := clockLen(s[at:]); n > 0 {
			return marked || isMark(s[:at]+s[at+n:]) || readsAsDate(s)
		}
	}
	return false
}

// isMark reports whether what stands beside a clock is short enough for "p.m.", "Uhr" or "CEST".
func isMark(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters <= 4
}

func readsAsDate(s string) bool {
	_, err := normalize.Date(s, normalize.DateHints{})
	return err == nil
}

// clockLen is the length of the clock that s begins with, as "9:15" or "21.05", 0 where there is none.
func clockLen(s string) int {
	n := digitsAhead(s)
	if n == 0 || n > 2 || len(s) < n+3 || s[n] != ':' && s[n] != '.' && s[n] != 'h' || digitsAhead(s[n+1:]) != 2 {
		return 0
	}
	if n == 2 && s[:2] > "24" || s[n+1] > '5' {
		return 0
	}
	n += 3
	if len(s) >= n+3 && s[n] == ':' && digitsAhead(s[n+1:]) == 2 {
		n += 3
	}
	return n
}

func digitsAhead(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}
