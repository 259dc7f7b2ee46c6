package robots

import (
	"bufio"
	"bytes"
	_ "embed"
	"reflect"
	"slices"
	"strings"
)

//go:embed ai.txt
var aiList string

// aiTokens are the product tokens of crawlers that gather texts for language models, and of switches for such a use.
var aiTokens = tokens(aiList)

func tokens(list string) (out []string) {
	for lines := bufio.NewScanner(strings.NewReader(list)); lines.Scan(); {
		if name := strings.TrimSpace(lines.Text()); name != "" && name[0] != '#' {
			out = append(out, name)
		}
	}
	return out
}

// parseAI reads the groups that name one of aiTokens.
func parseAI(data []byte) (all [][]Rule) {
	low := bytes.ToLower(data[:min(len(data), MaxBytes)])
	for _, token := range aiTokens {
		if !bytes.Contains(low, []byte(strings.ToLower(token))) {
			continue
		}
		f, named := parse(data, token)
		if named && len(f.Rules) > 0 && !slices.ContainsFunc(all, func(known []Rule) bool { return reflect.DeepEqual(known, f.Rules) }) {
			all = append(all, f.Rules)
		}
	}
	return all
}

// DeniesAI reports whether a group that names a crawler for language models denies it a path.
func (f *File) DeniesAI(path string) bool {
	return slices.ContainsFunc(f.AI, func(rules []Rule) bool {
		ok, _ := (&File{Rules: rules}).Allowed(path)
		return !ok
	})
}
