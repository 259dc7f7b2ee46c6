package normalize

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-go/dateline/normalize/lexicon"
)

// The detector counts function words ("the", "und", "który") and letters foreign
// to a language's alphabet. On bodies of articles that tells even close pairs
// apart and costs a lookup a word; a table of trigrams is neither smaller nor
// better there, and on titles no method is to be trusted.

// A guess is the detector's answer.
type guess struct {
	tag  string
	sure bool
}

// overrules reports whether the text contradicts a declared language.
func (g guess) overrules(declared, script string) bool {
	if script != "" && !writes(declared, script) {
		return true // whatever the text is, it is not that
	}
	return g.sure && g.tag != "" && functionWords().knows(declared)
}

// A wordTable is the function words and alphabets of all languages.
type wordTable struct {
	tags      []string
	index     map[string]int
	words     map[string][]uint8 // word → languages
	lengths   [1 << 10]uint32    // by the first two bytes of the words, a bit for each length
	weights   []float64          // by how many languages share a word
	alphabets map[rune][]uint8   // letter beyond ASCII → languages that write it
	scripts   []map[string]bool  // language → scripts of its words
}

var functionWords = sync.OnceValue(func() *wordTable {
	t := &wordTable{index: map[string]int{}, words: map[string][]uint8{}, alphabets: map[rune][]uint8{}}
	for _, tag := range lexicon.Codes() {
		lang := lexicon.Get(tag)
		if len(lang["stopwords"]) == 0 {
			continue
		}
		id := uint8(len(t.tags))
		t.tags, t.index[tag] = append(t.tags, tag), int(id)
		scripts := map[string]bool{}
		for _, line := range lang["stopwords"] {
			for word := range strings.FieldsSeq(line) {
				word = strings.ToLower(word)
				if !slices.Contains(t.words[word], id) {
					t.words[word] = append(t.words[word], id)
				}
				scripts[mainScript(word)] = true
				t.lengths[opening(word)] |= 1 << min(len(word), 31)
			}
		}
		for _, line := range lang["alphabet"] {
			for _, r := range line {
				t.alphabets[r] = append(t.alphabets[r], id)
			}
		}
		t.scripts = append(t.scripts, scripts)
	}
	t.weights = make([]float64, len(t.tags)+1)
	for n := 1; n < len(t.weights); n++ {
		t.weights[n] = math.Log2(float64(len(t.tags)+8) / float64(n))
	}
	return t
})

// of is the languages of a word in small letters.
func (t *wordTable) of(word []byte) []uint8 {
	if t.lengths[opening(word)]>>min(len(word), 31)&1 == 0 { // most words need no look at the map
		return nil
	}
	return t.words[string(word)]
}

// opening is the place of the first two bytes of a word in lengths; several share it.
func opening[T string | []byte](word T) int {
	if len(word) < 2 {
		return int(word[0] & 31)
	}
	return int(word[0]&31)<<5 | int(word[1]&31)
}

func (t *wordTable) knows(tag string) bool {
	_, ok := t.index[tag]
	return ok
}

// writes reports whether a language is written in a script, as far as is known.
func writes(tag, script string) bool {
	t := functionWords()
	if id, ok := t.index[tag]; ok {
		return t.scripts[id][script]
	}
	if usual := usualScript(tag); usual != "" {
		return usual == script
	}
	return true
}

// usualScript is the script of a language that has one of its own, or "".
func usualScript(tag string) string {
	tag, _, _ = strings.Cut(tag, "-")
	for script, own := range scriptLanguage {
		if own == tag {
			return script
		}
	}
	t := functionWords()
	if id, ok := t.index[tag]; ok && len(t.scripts[id]) == 1 {
		for script := range t.scripts[id] {
			return script
		}
	}
	return ""
}

// usualLanguage is the language of nearly all that the press prints in a script,
// for texts too short to hold a function word.
var usualLanguage = map[string]string{"Hebr": "he", "Arab": "ar", "Deva": "hi", "Beng": "bn", "Ethi": "am"}

// foreignLetter is what a letter that a language does not write costs it, in the currency of word weights.
const foreignLetter = 2.5

// notEnglish is the weight of English function words a word under which a text is not in English, which templates
// declare where nobody set a language: English prose has .8 and more, other languages .1 at most. Languages that
// write such words as parts of others have hardly more of their own.
const notEnglish = .25

// detect guesses the language of a text among those written in its script. What
// is declared or expected gets the benefit of a doubt.
func detect(text, script string, declared []string, prior string) guess {
	if script == "" {
		return guess{}
	}
	t := functionWords()
	scores := make([]float64, len(t.tags))
	foreign := make([]float64, len(t.tags))
	words, beyond := 0, 0.0
	eachHeadWord(text, func(word []byte) {
		words++
		if ids := t.of(word); ids != nil {
			w := t.weights[len(ids)]
			for _, id := range ids {
				scores[id] += w
			}
		}
		for i := 0; i < len(word); {
			if word[i] < utf8.RuneSelf {
				i++
				continue
			}
			r, n := utf8.DecodeRune(word[i:])
			i += n
			if ids, known := t.alphabets[r]; known {
				beyond++
				for _, id := range ids {
					foreign[id]++
				}
			}
		}
	})
	best, second := -1, -1
	for id := range scores {
		if scores[id] == 0 || !t.scripts[id][script] {
			scores[id] = 0
			continue
		}
		scores[id] -= foreignLetter * (beyond - foreign[id])
		if t.tags[id] == prior || slices.Contains(declared, t.tags[id]) {
			scores[id] *= 1.05
		}
		switch {
		case best < 0 || scores[id] > scores[best]:
			best, second = id, best
		case second < 0 || scores[id] > scores[second]:
			second = id
		}
	}
	if best < 0 || scores[best] <= 0 {
		return guess{tag: usualLanguage[script]}
	}
	g := guess{tag: t.tags[best]}
	margin := 1.0
	if second >= 0 && scores[second] > 0 {
		margin = (scores[best] - scores[second]) / scores[best]
	}
	least := .5 * float64(words)
	if english := t.index["en"]; len(declared) > 0 && declared[0] == "en" && words >= 60 && scores[english] < notEnglish*float64(words) {
		least = notEnglish * float64(words) // no English, whatever the template says
	}
	g.sure = words >= 30 && scores[best] > least && margin > .12
	return g
}

// eachHeadWord calls yield for each lower-cased word of the first letters of a text. The
// slice is valid during the call only.
func eachHeadWord(text string, yield func([]byte)) {
	var buf [64]byte
	word := buf[:0]
	letters := 0
	flush := func() {
		if len(word) > 0 {
			yield(word)
			word = buf[:0]
		}
	}
	for i := 0; i < len(text) && letters < headLetters; {
		c := text[i]
		if c < utf8.RuneSelf {
			i++
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			if c >= 'a' && c <= 'z' {
				word = append(word, c)
				letters++
			} else {
				flush()
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		switch {
		case unicode.IsLetter(r):
			letters++
			word = utf8.AppendRune(word, unicode.ToLower(r))
		case unicode.IsMark(r):
			word = utf8.AppendRune(word, r)
		case r == 0xad || joiner(r):
		default:
			flush()
		}
	}
	flush()
}
