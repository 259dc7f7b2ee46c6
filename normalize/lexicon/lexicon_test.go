package lexicon

import (
	"strings"
	"testing"
)

// What stands twice was merged by hand and is changed in one place only.
func TestNoFileNamesASectionOrALineOfItTwice(t *testing.T) {
	for _, code := range Codes() {
		text, err := files.ReadFile("data/" + code + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		section, seen := "", map[string]bool{}
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if strings.HasPrefix(line, "[") {
				section, line = line, ""
			}
			if seen[section+line] {
				t.Errorf("%s: %s %s stands twice", code, section, line)
			}
			seen[section+line] = true
		}
	}
}
