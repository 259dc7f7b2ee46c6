package normalize

import (
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/dateline-go/dateline/normalize/lexicon"
)

// A wordClass is what a word can mean in a date line. One word may mean several things: "mar" is a month, a Tuesday, a sea.
type wordClass uint8

const (
	wMonth     wordClass = iota + 1 // value 1 to 12
	wWeekday                        // value 0 (Monday) to 6
	wJalali                         // month of the Persian calendar
	wHijri                          // month of the Islamic calendar
	wPeriod                         // part of the day, value one of the period constants
	wRole                           // label, value one of the role constants
	wNoise                          // may stand in a date and says nothing: "at", "den", "of"
	wOrdinal                        // stands after a number: "th", "er", "日"
	wYearMark                       // stands after a year: "г.", "年", "gada"
	wYearPre                        // stands before a year: "năm", "ค.ศ."
	wMonthMark                      // stands after the number of a month: "月", "월", "сарын"
	wMonthPre                       // stands before the number of a month: "tháng"
	wDayPre                         // stands before the number of a day: "ngày", "ថ្ងៃទី"
	wHour                           // stands after an hour: "Uhr", "h", "時"
	wMinute                         // after a minute
	wSecond                         // after a second
	wEra                            // stands before a year; value is added to it
	wBuddhist                       // year is of the Buddhist era
	wHijriMark                      // year is of the Islamic calendar
	wCut                            // opens what is no date: "min read", "comments"
	wBy                             // opens a credit
	wNumber                         // a number word
	wRelBefore                      // opens a relative time; value indexes the patterns
	wRelAfter                       // closes one
	wRelFixed                       // is one: "yesterday"; value is unit<<16 | count
	wZone                           // a zone; value indexes zoneWords
)

// A sense is one meaning of a word and the languages that have it.
type sense struct {
	class wordClass
	value int32
	langs langSet
}

// A langSet is a set of languages of the lexicon by index.
type langSet [2]uint64

func (s langSet) has(i int) bool {
	return i >= 0 && i < 128 && s[i>>6]&(1<<(i&63)) != 0
}
func (s *langSet) add(i int)            { s[i>>6] |= 1 << (i & 63) }
func (s langSet) and(t langSet) langSet { return langSet{s[0] & t[0], s[1] & t[1]} }
func (s langSet) empty() bool           { return s[0]|s[1] == 0 }
func (s langSet) or(t langSet) langSet  { return langSet{s[0] | t[0], s[1] | t[1]} }
func langsOf(i int) (s langSet)         { s.add(i); return s }

// A wordNode is an entry of the dictionary; more says that longer phrases begin with it.
type wordNode struct {
	senses []sense
	more   bool
}

type dateDict struct {
	nodes map[string]*wordNode
	langs map[string]int
	// patterns maps opening and closing phrase of a relative time to its unit.
	patterns map[relKey]relUnit
	phrases  map[string]int32
}

type relKey struct{ before, after int32 }

type relUnit struct {
	unit  uint8
	langs langSet
}

// dateWords is the dictionary of all languages, made from the lexicon when first needed.
var dateWords = sync.OnceValue(func() *dateDict {
	d := &dateDict{
		nodes: make(map[string]*wordNode, 1<<14), langs: map[string]int{},
		patterns: map[relKey]relUnit{}, phrases: map[string]int32{"": 0},
	}
	for i, code := range lexicon.Codes() {
		d.langs[code] = i
		d.language(lexicon.Get(code), i)
	}
	d.zones()
	return d
})

// numbered are the sections whose nth line is the nth word.
var numbered = []struct {
	section string
	class   wordClass
	first   int
}{{"months", wMonth, 1}, {"weekdays", wWeekday, 0}, {"jalali-months", wJalali, 1}, {"passed-months", wHijri, 1}}

// labels are the sections that name a role.
var labelSections = []struct {
	section string
	role    int
}{{"published", rolePublishedID}, {"updated", roleModifiedID}, {"other-dates", roleOtherID}}

// dateWordKeys are the keys of the section date-words.
var dateWordKeys = map[string]sense{
	"noise": {class: wNoise}, "ordinal": {class: wOrdinal}, "year": {class: wYearMark}, "before-year": {class: wYearPre},
	"month": {class: wMonthMark}, "before-month": {class: wMonthPre}, "before-day": {class: wDayPre},
	"hour": {class: wHour}, "minute": {class: wMinute}, "second": {class: wSecond}, "buddhist": {class: wBuddhist},
	"hijri": {class: wHijriMark}, "cut": {class: wCut}, "by": {class: wBy},
	"am": {class: wPeriod, value: periodAM}, "pm": {class: wPeriod, value: periodPM},
	"noon": {class: wPeriod, value: periodNoon}, "night": {class: wPeriod, value: periodNight}, "twelve": {class: wPeriod, value: periodTwelve},
	"midnight": {class: wPeriod, value: periodMidnight},
}

func (d *dateDict) language(l lexicon.Language, i int) {
	langs := langsOf(i)
	for _, n := range numbered {
		for k, line := range l[n.section] {
			d.addAll(line, sense{n.class, int32(k + n.first), langs})
		}
	}
	for _, n := range labelSections {
		for _, line := range l[n.section] {
			d.addAll(line, sense{wRole, int32(n.role), langs})
		}
	}
	for _, line := range l["date-words"] {
		key, words, _ := strings.Cut(line, " ")
		s, ok := dateWordKeys[key]
		if era, isEra := strings.CutPrefix(key, "era:"); isEra {
			n, _ := strconv.Atoi(era)
			s, ok = sense{class: wEra, value: int32(n)}, true
		}
		if num, isNum := strings.CutPrefix(key, "number:"); isNum {
			n, _ := strconv.Atoi(num)
			s, ok = sense{class: wNumber, value: int32(n)}, true
		}
		if ok {
			s.langs = langs
			d.addAll(words, s)
		}
	}
	for _, line := range l["relative"] {
		d.relative(line, langs)
	}
}

// relative reads "n hour vor # Stunden|vor # Std." and "1 day gestern".
func (d *dateDict) relative(line string, langs langSet) {
	count, rest, _ := strings.Cut(line, " ")
	name, phrases, _ := strings.Cut(rest, " ")
	unit, ok := unitNames[name]
	if !ok {
		return
	}
	n, err := strconv.Atoi(count)
	for phrase := range strings.SplitSeq(phrases, "|") {
		if err == nil {
			d.add(phrase, sense{wRelFixed, int32(unit)<<16 | int32(n), langs})
			continue
		}
		before, after, _ := strings.Cut(phrase, "#")
		key := relKey{d.phrase(before, wRelBefore, langs), d.phrase(after, wRelAfter, langs)}
		u := d.patterns[key]
		if u.langs.empty() {
			u.unit = uint8(unit)
		}
		if u.unit == uint8(unit) {
			u.langs = u.langs.or(langs)
		}
		d.patterns[key] = u
	}
}

// phrase numbers a half of a relative pattern; 0 is the empty half.
func (d *dateDict) phrase(s string, class wordClass, langs langSet) int32 {
	key := phraseKey(s)
	if key == "" {
		return 0
	}
	id, ok := d.phrases[key]
	if !ok {
		id = int32(len(d.phrases))
		d.phrases[key] = id
	}
	d.addKey(key, sense{class, id, langs})
	return id
}

func (d *dateDict) addAll(words string, s sense) {
	for w := range strings.SplitSeq(words, "|") {
		d.add(w, s)
	}
}

func (d *dateDict) add(phrase string, s sense) {
	if key := phraseKey(phrase); key != "" {
		d.addKey(key, s)
	}
}

func (d *dateDict) addKey(key string, s sense) {
	n := d.node(key)
	found := false
	for i := range n.senses {
		if n.senses[i].class == s.class && n.senses[i].value == s.value {
			n.senses[i].langs = n.senses[i].langs.or(s.langs)
			found = true
		}
	}
	if !found {
		n.senses = append(n.senses, s)
	}
	for i := 1; i < len(key); i++ {
		if key[i] == ' ' || (key[i] >= 0xC0 && runWise(firstRune(key[i:]))) {
			d.node(strings.TrimRight(key[:i], " ")).more = true
		}
	}
}

func (d *dateDict) node(key string) *wordNode {
	n := d.nodes[key]
	if n == nil {
		n = &wordNode{}
		d.nodes[key] = n
	}
	return n
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

// runWise: words of this script are looked for inside runs of letters.
func runWise(r rune) bool { return spaceless(r) || r >= 0xAC00 && r <= 0xD7A3 }

// phraseKey is a phrase as the tokens of a line spell it: words parted by one space, dots of abbreviations gone.
func phraseKey(s string) string {
	var buf [maxDateLine + 64]byte
	f, ok := foldDate(buf[:0], s)
	if !ok {
		return ""
	}
	var t dateTokens
	t.b = f.b
	return t.spell()
}
