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

// Codes lists the languages there are, sorted.
func Codes() []string {
	codes := make([]string, 0, len(load()))
	for c := range load() {
		codes = append(codes, c)
	}
	slices.Sort(codes)
	return codes
}

// All is the lines of a section over all languages, sorted by language, without repeats.
func All(section string) []string {
	var lines []string
	seen := map[string]bool{}
	for _, c := range Codes() {
		for _, l := range Get(c)[section] {
			if !seen[l] {
				seen[l] = true
				lines = append(lines, l)
			}
		}
	}
	return lines
}
