package discover

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/dateline-go/dateline/normalize/lexicon"
)

// A vocabulary is the words that addresses are judged by, by class; see words.tsv. Whole segments
// only, and a weight each, no veto.
type vocabulary map[string]map[string]bool

//go:embed words.tsv
var wordTable string

// words is the table with what the lexicon knows of every language.
var words = sync.OnceValue(func() vocabulary {
	v := vocabulary{}
	add := func(class string, all ...string) {
		if v[class] == nil {
			v[class] = map[string]bool{}
		}
		for _, w := range all {
			v[class][w] = true
		}
	}
	for line := range strings.Lines(wordTable) {
		if class, rest, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			add(class, strings.Fields(rest)...)
		}
	}
	add("other", lexicon.All("path")...)
	return v
})

// has reports whether a word is of a class.
func has(class, word string) bool { return words()[class][word] }
