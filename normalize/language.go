package normalize

import (
	_ "embed"
	"strings"
	"sync"

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
	// Tag is BCP 47: a primary subtag, with the script for Chinese (zh-Hans, zh-Hant)
	// and for Serbian (sr-Cyrl, sr-Latn); "" where unknown. Norwegian Bokmål is nb.
	// Direction is ltr or rtl; Script is ISO 15924.
	Tag, Direction, Script string
	// Source is declared, script, detected or prior.
	Source string
}

// Language decides the language of a text. A script that only one language of the
// press uses decides; then what is declared, unless the text says otherwise with
// confidence; then the text; then the prior. Only the first 1,000 letters are read.
func Language(text string, h LanguageHints) LanguageValue {
	script := mainScript(text)
	v := LanguageValue{Script: script, Direction: direction(script)}
	declared := declaredTags(h)
	if tag := scriptLanguage[script]; tag != "" {
		v.Tag, v.Source = tag, "script"
	} else {
		v.Tag, v.Source = decide(text, script, declared, h.Prior)
	}
	if v.Tag == "" {
		return v
	}
	switch {
	case v.Tag == "zh":
		v.Script = chineseScript(text, h)
		v.Tag += "-" + v.Script
	case v.Tag == "sr" && (script == "Latn" || script == "Cyrl"):
		v.Tag += "-" + script
	}
	if v.Direction == "" {
		v.Direction = direction(usualScript(v.Tag))
	}
	return v
}

// decide weighs what is declared against the text and the prior.
func decide(text, script string, declared []string, prior string) (tag, source string) {
	prior = primaryTag(prior)
	g := detect(text, script, declared, prior)
	for _, d := range declared {
		// A declaration that the text bears out, or that another declared one does.
		if d == g.tag {
			return d, "declared"
		}
	}
	if len(declared) > 0 && !g.overrules(declared[0], script) {
		return declared[0], "declared"
	}
	switch {
	case g.tag != "" && (g.sure || prior == ""):
		return g.tag, "detected"
	case prior != "" && (script == "" || writes(prior, script)):
		return prior, "prior"
	case g.tag != "":
		return g.tag, "detected"
	case len(declared) > 0 && (script == "" || writes(declared[0], script)):
		return declared[0], "declared"
	}
	return "", ""
}

// declaredTags are the primary subtags that are declared, without repeats.
func declaredTags(h LanguageHints) []string {
	var tags []string
	for _, d := range h.Declared {
		tag := primaryTag(d)
		if tag == "" {
			continue
		}
		seen := false
		for _, t := range tags {
			seen = seen || t == tag
		}
		if !seen {
			tags = append(tags, tag)
		}
	}
	return tags
}

// primaryTag is the primary subtag of what a page or a table says, "" where it
// says none: en_US, de-DE, ger, zh-cmn-Hans, and the country codes that pages
// often write in its place (jp, cz).
func primaryTag(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), ",")
	s, _, _ = strings.Cut(s, ".")
	if s == "" || len(s) > 40 {
		return ""
	}
	s = strings.ToLower(strings.ReplaceAll(s, "_", "-"))
	first, _, _ := strings.Cut(s, "-")
	if tag, known := languageAliases()[first]; known {
		return tag
	}
	if len(first) == 2 {
		if _, err := language.ParseBase(first); err != nil {
			return ""
		}
		return first
	}
	parsed, err := language.Parse(first) // brings ger and deu to de
	base, sure := parsed.Base()
	if err != nil || sure < language.High { // und, mul, zxx
		return ""
	}
	if tag, known := languageAliases()[base.String()]; known {
		return tag
	}
	return base.String()
}

//go:embed lexicon/languages.tsv
var languageTable string

// languageAliases maps what pages write for a language to its primary subtag.
var languageAliases = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(languageTable) {
		written, tag, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && !strings.HasPrefix(line, "#") {
			m[written] = tag
		}
	}
	return m
})
