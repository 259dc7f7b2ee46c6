package normalize

import (
	"bufio"
	"crypto/sha1"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dateline-go/dateline/normalize/lexicon"
)

// corpusAuthors are the lists of authors that a corpus holds true, by language. The
// held-out tenth of the publishers is not read.
func corpusAuthors(t *testing.T, file string, each func(lang string, authors []string)) {
	f, err := os.Open(file)
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var page struct {
			Publisher, Lang string
			Truth           struct{ Authors []string }
		}
		if err := json.Unmarshal(lines.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		if sum := sha1.Sum([]byte(page.Publisher)); sum[0] >= 26 && len(page.Truth.Authors) > 0 {
			each(page.Lang, page.Truth.Authors)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// TestNamesOfTheCorporaComeBackFromABylineOfThem joins the true authors of each page
// into a line as the press of its language prints it. A truth may name houses, which
// are no authors here, so that the floors stand under what was measured, not at one.
func TestNamesOfTheCorporaComeBackFromABylineOfThem(t *testing.T) {
	root := os.Getenv("DATELINE_CORPORA")
	if root == "" {
		t.Skip("DATELINE_CORPORA names no folder of corpora")
	}
	for set, floor := range map[string]float64{"fundus": .90, "wcxb": .85, "misinfo": .83} {
		t.Run(set, func(t *testing.T) {
			right, all := 0, 0
			corpusAuthors(t, filepath.Join(root, set, "truth.jsonl"), func(lang string, authors []string) {
				words := lexicon.Get(creditLang(lang))
				if len(words["by"]) == 0 || len(words["and"]) == 0 || lang == "zh" || lang == "ja" || lang == "ko" || strings.Contains(strings.Join(authors, ""), ",") {
					return
				}
				for _, name := range authors {
					if len(strings.Fields(name)) < 2 || BylineAnswerOf(name, BylineHints{Lang: lang}, false).Agency != nil {
						return // a house, an agency or a bare account name
					}
				}
				head, last := strings.Join(authors[:len(authors)-1], ", "), authors[len(authors)-1]
				line := words["by"][0] + " " + last
				if head != "" {
					line = words["by"][0] + " " + head + " " + words["and"][0] + " " + last
				}
				all++
				if got := BylineAnswerOf(line, BylineHints{Lang: lang}, false).Authors; slices.Equal(got, authors) {
					right++
				} else {
					t.Logf("[%s] %q: got %q", lang, line, got)
				}
			})
			t.Logf("%d of %d lines", right, all)
			if all > 0 && float64(right) < floor*float64(all) {
				t.Errorf("%d of %d lines came back, want %.0f %%", right, all, 100*floor)
			}
		})
	}
}
