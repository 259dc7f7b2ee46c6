package dateline

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

var requirement = regexp.MustCompile(`(?m)^\t(\S+) v\S+$`) // one that is indirect has a comment behind it

// Each module that go.mod requires has its line in the list, with what it is for, and the list has no other.
func TestTheListOfDependenciesIsThatOfTheModule(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	required := map[string]bool{}
	for _, m := range requirement.FindAllStringSubmatch(string(mod), -1) {
		required[m[1]] = true
	}
	if len(required) < 10 {
		t.Fatalf("%d requirements are read from go.mod", len(required))
	}
	listed := listedDependencies(t)
	for m := range required {
		if listed[m] != 1 {
			t.Errorf("%s is required, and listed %d times", m, listed[m])
		}
	}
	for m := range listed {
		if !required[m] {
			t.Errorf("%s is listed, but go.mod does not require it", m)
		}
	}
}

// listedDependencies counts the modules in the first column of docs/dependencies.md; one without a host is on github.com.
func listedDependencies(t *testing.T) map[string]int {
	t.Helper()
	list, err := os.ReadFile("docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]int{}
	for line := range strings.Lines(string(list)) {
		cells := strings.Split(line, " | ")
		names, ok := strings.CutPrefix(cells[0], "| ")
		if !ok || names == "module" || strings.HasPrefix(names, "---") {
			continue
		}
		if len(cells) != 4 || cells[1] == "" || cells[2] == "" {
			t.Errorf("a row without use or licence: %s", line)
		}
		for name := range strings.SplitSeq(names, ", ") {
			if host, _, _ := strings.Cut(name, "/"); !strings.Contains(host, ".") {
				name = "github.com/" + name
			}
			listed[name]++
		}
	}
	return listed
}
