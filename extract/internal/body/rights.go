package body

import (
	"strings"
	"sync"

	"github.com/dateline-go/dateline/normalize/lexicon"
)

const (
	rightsReach = 400 // bytes of a block in which a phrase of rights is looked for
	rightsLong  = 9   // bytes: a longer phrase counts wherever it stands, a shorter one at the beginning
)

// A rightsBook holds the phrases of rights lines by their first bytes, so that a
// text is read once whatever the number of languages.
type rightsBook struct {
	byHead map[[3]byte][]string
	heads  [256]bool // the first bytes there are
}

var rightsPhrases = sync.OnceValue(func() *rightsBook {
	b := &rightsBook{byHead: map[[3]byte][]string{}}
	for _, w := range lexicon.All("rights") {
		if len(w) > 3 { // the sign alone is looked for by itself
			head := [3]byte([]byte(w[:3]))
			b.byHead[head] = append(b.byHead[head], w)
			b.heads[w[0]] = true
		}
	}
	return b
})

// isRights reports whether a block is a line of rights: it opens with the mark or
// the word, or says that rights are reserved.
func isRights(text string) bool {
	if strings.HasPrefix(text, "©") {
		return true
	}
	low := strings.ToLower(text[:min(len(text), rightsReach)])
	book := rightsPhrases()
	for i := 0; i+3 < len(low); i++ {
		if !book.heads[low[i]] {
			continue
		}
		if i > 0 && low[i] < 0x80 && isLetter(low[i-1]) { // within a word
			continue
		}
		for _, w := range book.byHead[[3]byte([]byte(low[i:i+3]))] {
			if (i == 0 || len(w) > rightsLong) && strings.HasPrefix(low[i:], w) {
				return true
			}
		}
	}
	return false
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || c >= 0x80 }
