package extract

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"github.com/dateline-go/dateline/normalize/lexicon"
)

const (
	correctionLabel  = 60   // bytes in which the label of a correction ends
	correctionLength = 1500 // bytes of the longest one
	correctionBelow  = 6    // blocks below the body in which one may still stand
)

// corrections are the lines of the article that say it was corrected, or what its
// editors add to it: by their label ("Correction: …"), a standing phrase, or the
// class of their element. They stay in the body where they stand in it.
func corrections(r *reading, keep []bool) []string {
	var out []string
	last := lastKept(keep)
	if last < 0 {
		return nil
	}
	for i := range r.p.Blocks {
		if i > last+correctionBelow {
			break
		}
		if !keep[i] && i < last {
			continue
		}
		if text := r.p.BlockText(i); len(text) <= correctionLength && (saysCorrected(text) || keep[i] && r.marked(i, page.HintCorrection)) {
			out = appendNew(out, normalize.Text(text))
		}
	}
	return out
}

// marked reports whether the element of a block or its parent carries a hint.
func (r *reading) marked(i, hint int) bool {
	e := r.p.Blocks[i].Elem
	return e >= 0 && r.p.Elems[e].Dist[hint] <= 1
}

// saysCorrected reports whether a line opens with a label of corrections and a mark
// behind it, or with a phrase of four words and more, which needs none.
func saysCorrected(line string) bool {
	words := correctionWords()
	line = strings.TrimLeft(line, "[(*–—- \u00a0【（")
	head := line[:min(len(line), correctionLabel)]
	if at := strings.IndexFunc(head, endsLabel); at > 0 && words.labels[normalize.Fold(head[:at])] {
		return true
	}
	if head == "" {
		return false
	}
	for first, phrases := range words.phrases {
		if head[0] < utf8.RuneSelf && head[0]|0x20 != first[0]|0x20 {
			continue // no letter of ASCII has a small one beyond
		}
		if !strings.HasPrefix(strings.ToLower(head[:min(len(head), len(first)+utf8.UTFMax)]), first) {
			continue
		}
		folded := normalize.Fold(head)
		for _, p := range phrases {
			if strings.HasPrefix(folded, p) {
				return true
			}
		}
	}
	return false
}

func endsLabel(r rune) bool {
	switch r {
	case ':', '：', '—', '–', ']', '】', ')':
		return true
	}
	return false
}

type correctionLexicon struct {
	labels  map[string]bool
	phrases map[string][]string // by their first word
}

var correctionWords = sync.OnceValue(func() correctionLexicon {
	const words = 4
	l := correctionLexicon{labels: map[string]bool{}, phrases: map[string][]string{}}
	for _, s := range lexicon.All("correction") {
		l.labels[normalize.Fold(s)] = true
		if fields := strings.Fields(s); len(fields) >= words {
			l.phrases[fields[0]] = append(l.phrases[fields[0]], normalize.Fold(s))
		}
	}
	return l
})
