package dateline

import (
	"os"
	"regexp"
	"testing"
)

func TestTheArchitecturePageNamesFilesThatExist(t *testing.T) {
	b, err := os.ReadFile("docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile("`([a-z_/]+\\.go)`").FindAllSubmatch(b, -1)
	if len(names) < 15 {
		t.Fatalf("%d files named", len(names))
	}
	for _, n := range names {
		if _, err := os.Stat(string(n[1])); err != nil {
			t.Error(err)
		}
	}
}
