package site

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Add puts an entry into the text of a sites.yaml and leaves every byte of the rest as it stands,
// comments and all. entry is the entry's own lines, its name first, indented as a top-level key would be.
// The error names what is in the way; then the text is to be changed by hand.
func Add(text []byte, name, entry string) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("it is not YAML: %w", err)
	}
	if len(doc.Content) == 0 {
		head := strings.TrimRight(string(text), "\n")
		if head != "" {
			head += "\n\n"
		}
		return []byte(head + "sites:\n" + indent(entry, 2)), nil
	}
	top := doc.Content[0]
	if top.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("it does not hold the keys defaults and sites")
	}
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	for i := 0; i+1 < len(top.Content); i += 2 {
		if top.Content[i].Value != "sites" {
			continue
		}
		by, err := room(top.Content[i+1], name)
		if err != nil {
			return nil, err
		}
		end := len(lines)
		if i+2 < len(top.Content) { // another key follows, with the comments above it
			end = above(lines, top.Content[i+2].Line-1)
		}
		for end > 0 && strings.TrimSpace(lines[end-1]) == "" {
			end--
		}
		out := slices.Insert(slices.Clone(lines), end, strings.Split(strings.TrimRight("\n"+indent(entry, by), "\n"), "\n")...)
		return []byte(strings.Join(out, "\n") + "\n"), nil
	}
	return []byte(strings.Join(lines, "\n") + "\n\nsites:\n" + indent(entry, 2)), nil
}

// room is the indent of the names under sites.
func room(sites *yaml.Node, name string) (int, error) {
	switch {
	case sites.Tag == "!!null":
		return 2, nil
	case sites.Kind != yaml.MappingNode || sites.Style&yaml.FlowStyle != 0:
		return 0, fmt.Errorf("line %d: sites is not written as one name a line", sites.Line)
	}
	for i := 0; i+1 < len(sites.Content); i += 2 {
		if sites.Content[i].Value == name {
			return 0, fmt.Errorf("line %d: a site %q is there already", sites.Content[i].Line, name)
		}
	}
	return sites.Content[0].Column - 1, nil
}

// above is the first line of the comments that stand right above line n and are not indented.
func above(lines []string, n int) int {
	for n > 0 && strings.HasPrefix(lines[n-1], "#") {
		n--
	}
	return n
}

func indent(text string, by int) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			b.WriteString(strings.Repeat(" ", by))
		}
		b.WriteString(line)
	}
	return b.String()
}
