package normalize

import (
	"slices"
	"strings"
	"sync"

	"github.com/dateline-go/dateline/normalize/lexicon"
)

// A creditSense is what a word or phrase may be in a credit line; most words have one,
// some have several ("editor" is a label and a post).
type creditSense uint32

const (
	senseBy creditSense = 1 << iota
	senseEditor
	senseTranslator
	sensePhotographer
	senseContributor
	senseAnd
	senseWith
	senseFor
	sensePost
	sensePostWord
	senseStaff
	senseHouse
	senseUI
	senseTitle
	senseTitleDot
	senseSuffix
	senseSuffixKept
	senseParticle
	sensePlace
	senseGiven
	senseAgency
	senseMac
	senseNobody
	sensePublisher
	senseInner
	// senseAgencyWord is the word agency, before the name of one: Agencia EFE.
	senseAgencyWord
	// senseRank is a title that stays where only one word follows: Baron Bodissey.
	senseRank

	senseLabel = senseBy | senseEditor | senseTranslator | sensePhotographer | senseContributor
)

// creditSections says which section of the language files gives which sense.
var creditSections = []struct {
	name  string
	sense creditSense
}{
	{"by", senseBy}, {"role.editor", senseEditor}, {"role.translator", senseTranslator},
	{"role.photographer", sensePhotographer}, {"role.contributor", senseContributor},
	{"and", senseAnd}, {"with", senseWith}, {"for", senseFor}, {"posts", sensePost}, {"postwords", sensePostWord},
	{"staff", senseStaff}, {"house", senseHouse}, {"byline-ui", senseUI},
	{"titles", senseTitle}, {"titles-kept", senseTitle | senseRank}, {"suffixes", senseSuffix}, {"suffixes-kept", senseSuffixKept},
	{"particles", senseParticle}, {"particles-inner", senseParticle | senseInner}, {"places", sensePlace}, {"mac", senseMac}, {"nobody", senseNobody}, {"agency-words", senseAgencyWord},
}

// maxPhrase is the longest phrase in words that is looked up.
const maxPhrase = 7

// wordLang holds the senses of a phrase in one language.
type wordLang struct {
	lang  int16
	sense creditSense
}

// A creditWord is what is known about one folded phrase.
type creditWord struct {
	all   creditSense // in any language
	langs []wordLang
	// size is the length of the phrase in bytes, longest that of the longest phrase in
	// words that begins with this word: most words begin none, which saves the lookups.
	size, longest int
	// agency is the index of a wire service +1; exact its printing where only that counts.
	agency int
	exact  []string
	// house is the printings of a publisher where only those count: "DR" is one, "Dr" is none.
	house []string
	// desk is the printings of a word of a house: "báo" is one, the name Bảo is none.
	desk []string
}

// creditLexicon is the byline words of all languages by folded phrase.
type creditLexicon struct {
	words    map[string]*creditWord
	lang     map[string]int16
	agencies []lexicon.Agency
	// andPrefix is, by language, the letter that joins by standing at the head of the next name.
	andPrefix []string
	// dates are the names of months and weekdays: what touches a number and is one of them is a date.
	dates map[string]bool
	han   *hanWords
}

var creditWords = sync.OnceValue(func() *creditLexicon {
	l := &creditLexicon{words: make(map[string]*creditWord, 1<<14), lang: map[string]int16{}, dates: map[string]bool{}, agencies: lexicon.Agencies()}
	for i, code := range lexicon.Codes() {
		l.lang[code] = int16(i)
		sections := lexicon.Get(code)
		for _, sec := range creditSections {
			for _, phrase := range sections[sec.name] {
				s := sec.sense
				if s == senseTitle && strings.HasSuffix(phrase, ".") {
					s = senseTitleDot
				}
				l.put(foldPhrase(phrase), int16(i), s)
				if w := l.words[foldPhrase(phrase)]; s == senseHouse && w != nil {
					w.desk = append(w.desk, strings.ToLower(phrase))
				}
			}
		}
		l.andPrefix = append(l.andPrefix, strings.Join(sections["and-prefix"], ""))
		for _, name := range []string{"months", "weekdays", "jalali-months", "hijri-months"} {
			for _, line := range sections[name] {
				for _, word := range strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '/' || r == '|' }) {
					if key := foldPhrase(word); len(key) > 2 {
						l.dates[key] = true
					}
				}
			}
		}
	}
	for i, a := range l.agencies {
		name := a.Name
		if len(name) <= 4 {
			name = "=" + name
		}
		for _, form := range append([]string{name}, a.Forms...) {
			printed, exact := strings.CutPrefix(form, "=")
			w := l.word(foldPhrase(printed))
			if w.agency != 0 && !exact && len(w.exact) == 0 {
				continue
			}
			switch {
			case exact && w.agency == 0:
				w.exact = append(w.exact, printed)
			case exact:
				continue
			default:
				w.exact = nil
			}
			w.agency = i + 1
			w.all |= senseAgency
		}
	}
	l.putPublishers()
	l.putGiven()
	l.han = newHanWords()
	return l
})

// putGiven adds the given names, which count in every language. Most are nothing else:
// those share one word.
func (l *creditLexicon) putGiven() {
	only := &creditWord{all: senseGiven, longest: 1}
	var key []byte
	for i, code := range lexicon.Codes() {
		for _, line := range lexicon.Get(code)["given"] {
			for name := range strings.FieldsSeq(line) {
				key = appendFoldedWord(key[:0], name)
				switch w := l.words[string(key)]; {
				case w == nil && code != "vi":
					l.words[string(key)] = only
				case w == only && code != "vi":
				case w == nil || w == only:
					delete(l.words, string(key)) // Vietnamese names are told from others
					l.put(string(key), int16(i), senseGiven)
				default:
					l.put(string(key), int16(i), senseGiven)
				}
			}
		}
	}
}

// putPublishers adds the names of the publisher table. Short ones are words of many
// languages and count only as the table prints them.
func (l *creditLexicon) putPublishers() {
	for _, pub := range publisherTableOf().byHost {
		for _, name := range append([]string{pub.Name}, pub.Aliases...) {
			key := foldPhrase(strings.NewReplacer("&", " ", "|", " ", "–", " ").Replace(name))
			if key == "" {
				continue
			}
			w := l.word(key)
			w.all |= sensePublisher
			if len(key) <= 4 && !slices.Contains(w.house, name) {
				w.house = append(w.house, name)
			}
		}
	}
}

func (l *creditLexicon) word(key string) *creditWord {
	w := l.words[key]
	if w == nil {
		w = &creditWord{size: len(key), longest: 1}
		l.words[key] = w
		if first, _, phrase := strings.Cut(key, " "); phrase {
			head := l.word(first)
			head.longest = max(head.longest, strings.Count(key, " ")+1)
		}
	}
	return w
}

func (l *creditLexicon) put(key string, lang int16, s creditSense) {
	if key == "" {
		return
	}
	w := l.word(key)
	w.all |= s
	for i := range w.langs {
		if w.langs[i].lang == lang {
			w.langs[i].sense |= s
			return
		}
	}
	w.langs = append(w.langs, wordLang{lang, s})
}

// everywhere are the senses that count whatever the language of the page.
const everywhere = sensePlace | senseGiven | senseAgency | senseSuffix | senseSuffixKept | senseMac | senseNobody

// tied are senses that a word has in its own language alone:
// "von" is no label on an English page, "in" no preposition on a Polish one.
const tied = senseAnd | senseWith | senseFor | senseUI | senseHouse | sensePostWord | senseTitle

// senses are those of the phrase on a page in language lang (-1: not known).
// English words count on every page: the press of all languages uses them.
func (w *creditWord) senses(lang, english int16) creditSense {
	s := w.all & everywhere
	long := w.size >= 6
	for _, wl := range w.langs {
		switch {
		case wl.lang == lang || wl.lang == english && (lang < 0 || w.size > 1):
			s |= wl.sense
		case lang < 0:
			s |= wl.sense &^ (senseAnd | senseFor | senseWith | senseUI)
			if w.size > 2 {
				s |= wl.sense & senseUI
			}
		case long:
			s |= wl.sense &^ tied
		default:
			s |= wl.sense & (sensePost | senseStaff | senseTitleDot) & longSenses(w.size)
		}
	}
	return s
}

// longSenses lets posts, staff words and dotted titles of other languages count from four bytes on.
func longSenses(n int) creditSense {
	if n >= 4 {
		return sensePost | senseStaff | senseTitleDot
	}
	return senseTitleDot
}
