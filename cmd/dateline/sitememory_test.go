package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestABrokenSiteMemoryIsNamedWithItsLine(t *testing.T) {
	const good = `{"site":"a.example","articles":["0000000000000001:00000001"]}` + "\n"
	for name, c := range map[string]struct{ text, want string }{
		"no JSON":          {good + "x\n", "line 2: invalid character 'x'"},
		"an empty line":    {good + "\n", "line 2: unexpected end"},
		"no site":          {`{"articles":[]}`, `line 1: no site of its own: ""`},
		"a site twice":     {good + good, `line 2: no site of its own: "a.example"`},
		"a broken article": {good + `{"site":"b.example","articles":["short"]}`, "line 2: article 1: "},
		"a line too long":  {good + strings.Repeat(" ", memoryLine+1), "line 2: bufio.Scanner: token too long"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "sites.jsonl")
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := readMemory(path); err == nil || !strings.Contains(err.Error(), path+": "+c.want) {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}
