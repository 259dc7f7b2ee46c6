package body

import (
	"slices"
	"strings"
	"sync"

	"github.com/dateline-go/dateline/normalize/lexicon"
)

// isRights reports whether a block is a line of rights: it opens with the mark or
// the word, or says that rights are reserved.
func isRights(text string) bool {
	if strings.HasPrefix(text, "©") {
		return true
	}
	low := lexicon.Small(text[:min(len(text), 400)])
	return rightsWords().Begins(low) || longRightsWords().In(low)
}

// The words of rights: those that open such a line, and those too long to stand in another.
var (
	rightsWords     = sync.OnceValue(func() *lexicon.Finder { return lexicon.NewFinder(lexicon.All("rights")) })
	longRightsWords = sync.OnceValue(func() *lexicon.Finder {
		return lexicon.NewFinder(slices.DeleteFunc(slices.Clone(lexicon.All("rights")), func(w string) bool { return len(w) <= 9 }))
	})
)
