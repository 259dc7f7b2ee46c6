package normalize

import (
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"
	"golang.org/x/text/language"
)

// LanguageHints is what is known about the language of a text from elsewhere.
type LanguageHints struct {
	// Declared is what the page says (html lang, og:locale, inLanguage), strongest first.
	Declared []string
	// Prior is what the publisher or the TLD suggests.
	Prior string
}

// A LanguageValue is a language and how it is known.
type LanguageValue struct {
	// Tag is BCP 47, "" where unknown; Direction is ltr or rtl; Script is ISO 15924.
	Tag, Direction, Script string
	// Source is declared, script, detected or prior.
	Source string
}

// detectRunes is how much of a text the detector reads.
const detectRunes = 1000

// Language decides the language of a text: a script that only one language of the
// press uses decides; then what the page declares, unless a confident detector
// contradicts it; then the detector; then the prior.
func Language(text string, h LanguageHints) LanguageValue {
	script := mainScript(text)
	v := LanguageValue{Script: script, Direction: "ltr"}
	switch script {
	case "Arab", "Hebr":
		v.Direction = "rtl"
	case "":
		v.Direction = ""
	}
	if tag := scriptLanguage[script]; tag != "" {
		v.Tag, v.Source = tag, "script"
		return v
	}
	declared := ""
	for _, d := range h.Declared {
		if declared = primaryTag(d); declared != "" {
			break
		}
	}
	detected, sure := detect(text)
	switch {
	case declared != "" && (!sure || detected == declared || nearLanguages(declared, detected)):
		v.Tag, v.Source = declared, "declared"
	case detected != "" && sure:
		v.Tag, v.Source = detected, "detected"
	case h.Prior != "":
		v.Tag, v.Source = primaryTag(h.Prior), "prior"
	case detected != "":
		v.Tag, v.Source = detected, "detected"
	}
	if v.Tag == "zh" && script != "" {
		v.Tag = "zh" + chineseScript(text)
	}
	if v.Direction == "" && v.Tag != "" {
		v.Direction = "ltr"
	}
	return v
}

var scriptLanguage = map[string]string{
	"Hang": "ko", "Jpan": "ja", "Thai": "th", "Hebr": "he", "Grek": "el", "Geor": "ka", "Armn": "hy",
	"Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Gujr": "gu", "Guru": "pa", "Sinh": "si", "Mymr": "my", "Khmr": "km", "Laoo": "lo",
}

var scripts = []struct {
	code  string
	table *unicode.RangeTable
}{
	{"Latn", unicode.Latin}, {"Cyrl", unicode.Cyrillic}, {"Hani", unicode.Han}, {"Arab", unicode.Arabic}, {"Hang", unicode.Hangul},
	{"Kana", unicode.Hiragana}, {"Kana", unicode.Katakana}, {"Thai", unicode.Thai}, {"Hebr", unicode.Hebrew}, {"Grek", unicode.Greek},
	{"Deva", unicode.Devanagari}, {"Beng", unicode.Bengali}, {"Geor", unicode.Georgian}, {"Armn", unicode.Armenian}, {"Taml", unicode.Tamil},
	{"Telu", unicode.Telugu}, {"Knda", unicode.Kannada}, {"Mlym", unicode.Malayalam}, {"Gujr", unicode.Gujarati}, {"Guru", unicode.Gurmukhi},
	{"Sinh", unicode.Sinhala}, {"Mymr", unicode.Myanmar}, {"Khmr", unicode.Khmer}, {"Laoo", unicode.Lao}, {"Ethi", unicode.Ethiopic},
}

// mainScript is the script of most letters at the head of a text; kana makes Japanese.
func mainScript(text string) string {
	counts := map[string]int{}
	seen := 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		for _, s := range scripts {
			if unicode.Is(s.table, r) {
				counts[s.code]++
				break
			}
		}
		if seen++; seen > detectRunes {
			break
		}
	}
	best := ""
	for _, s := range scripts {
		if counts[s.code] > counts[best] {
			best = s.code
		}
	}
	if kana := counts["Kana"]; kana > 0 && (best == "Kana" || best == "Hani" && kana*20 > counts["Hani"]) {
		return "Jpan"
	}
	return best
}

func detect(text string) (tag string, sure bool) {
	if len(text) > 4*detectRunes {
		text = strings.ToValidUTF8(text[:4*detectRunes], "")
	}
	info := whatlanggo.Detect(text)
	tag = whatlanggo.LangToStringShort(info.Lang)
	return tag, info.IsReliable() && len(text) > 300
}

// nearLanguages reports whether a detector takes the one for the other too easily to overrule a page.
func nearLanguages(a, b string) bool {
	for _, group := range [][]string{
		{"no", "nb", "nn", "da", "sv"}, {"cs", "sk"}, {"hr", "sr", "bs", "sl"}, {"id", "ms", "jv"}, {"pt", "gl", "es", "ca"},
		{"ru", "bg", "mk", "uk", "be", "sr"}, {"zu", "xh", "st"}, {"nl", "af"}, {"hi", "mr", "ne"}, {"fa", "ar", "ur", "ps"},
	} {
		x, y := false, false
		for _, g := range group {
			x, y = x || g == a, y || g == b
		}
		if x && y {
			return true
		}
	}
	return false
}

func primaryTag(s string) string {
	tag, err := language.Parse(strings.ReplaceAll(strings.TrimSpace(s), "_", "-"))
	if err != nil {
		return ""
	}
	base, conf := tag.Base()
	if conf == language.No || base.String() == "und" {
		return ""
	}
	return base.String()
}

// chineseScript tells traditional from simplified by characters that only one of them has.
func chineseScript(text string) string {
	trad, simp := 0, 0
	for _, r := range text {
		if strings.ContainsRune("國說這個們時會對來過還實發無電學東動長門見開關問間題樣點應經現當業產黨區華聯報導", r) {
			trad++
		}
		if strings.ContainsRune("国说这个们时会对来过还实发无电学东动长门见开关问间题样点应经现当业产党区华联报导", r) {
			simp++
		}
	}
	if trad > simp {
		return "-Hant"
	}
	return "-Hans"
}
