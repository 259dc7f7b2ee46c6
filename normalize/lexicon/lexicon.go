// Package lexicon holds the words of human languages that Dateline knows: month
// names, labels, byline words, promo and rights phrases. One file a language under
// data/, read once when first asked for.
//
// A file is sections of lines:
//
//	# German
//	[months]
//	januar jan jänner
//	[published]
//	veröffentlicht
//
// What a line means is its section's business; sections.md lists them.
package lexicon

import (
	"embed"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed data
var files embed.FS

// A Language is the parsed file of one language: section → its lines in order.
type Language map[string][]string

var load = sync.OnceValue(func() map[string]Language {
	all := map[string]Language{}
	entries, err := files.ReadDir("data")
	if err != nil {
		panic(err) // embedded: cannot fail
	}
	for _, e := range entries {
		code, ok := strings.CutSuffix(e.Name(), ".txt")
		if !ok {
			continue
		}
		b, err := files.ReadFile("data/" + e.Name())
		if err != nil {
			panic(err)
		}
		all[code] = parse(string(b))
	}
	return all
})

func parse(s string) Language {
	lang, section := Language{}, ""
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			section = line[1 : len(line)-1]
		default:
			lang[section] = append(lang[section], line)
		}
	}
	return lang
}

// Get is the language with the ISO 639-1 code, or nil.
func Get(code string) Language { return load()[code] }

// Codes lists the languages there are, sorted. The list is shared: only read it.
var Codes = sync.OnceValue(func() []string { return slices.Sorted(maps.Keys(load())) })

// unions is, for each section, its lines over all languages.
var unions = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	seen := map[[2]string]bool{}
	for _, code := range Codes() {
		for section, lines := range Get(code) {
			for _, l := range lines {
				if key := [2]string{section, l}; !seen[key] {
					seen[key] = true
					all[section] = append(all[section], l)
				}
			}
		}
	}
	return all
})

// All is the lines of a section over all languages, sorted by language, without
// repeats. The list is shared: only read it.
func All(section string) []string { return unions()[section] }
