package dateline

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

var (
	stepOfArchitecture = regexp.MustCompile(`(?m)^\| ([^|]+) \| ([^|]+) \|$`)
	fileOfArchitecture = regexp.MustCompile("`([^`]+)`")
)

// The walk of a page and of a crawl is in the tables of the architecture page: every
// step names the files that do it, and they are there.
func TestTheArchitecturePageNamesTheFilesOfEachStep(t *testing.T) {
	b, err := os.ReadFile("docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	steps := 0
	for _, row := range stepOfArchitecture.FindAllStringSubmatch(string(b), -1) {
		if step := row[1]; step == "step" || strings.HasPrefix(step, "--") {
			continue
		}
		steps++
		files := fileOfArchitecture.FindAllStringSubmatch(row[2], -1)
		if len(files) == 0 {
			t.Errorf("%q names no file", row[1])
		}
		for _, f := range files {
			if info, err := os.Stat(f[1]); err != nil || info.IsDir() || !strings.HasSuffix(f[1], ".go") {
				t.Errorf("%q: %s is no file of Go: %v", row[1], f[1], err)
			}
		}
	}
	if steps < 20 {
		t.Errorf("%d steps", steps)
	}
}

func TestTheFloorsOfTheArchitecturePageNameEachPackageBesideTheHouse(t *testing.T) {
	b, err := os.ReadFile("docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	_, floors, _ := strings.Cut(string(b), "```\n")
	floors, _, _ = strings.Cut(floors, "```")
	packages, err := os.ReadDir("internal")
	if err != nil || len(packages) < 3 {
		t.Fatalf("%d packages: %v", len(packages), err)
	}
	for _, p := range packages {
		if !strings.Contains(floors, "internal/"+p.Name()+" ") {
			t.Errorf("no floor has internal/%s", p.Name())
		}
	}
}
