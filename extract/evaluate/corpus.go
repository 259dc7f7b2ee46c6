// Package evaluate measures the extractor on a folder of saved pages with their
// truth. Its numbers are those of the corpora's own scorer, score.py, to the
// letter; a test holds the two together.
package evaluate

import (
	"bufio"
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// A Page is one line of a corpus' truth.jsonl.
type Page struct {
	ID        string `json:"id"`
	File      string `json:"file"`
	URL       string `json:"url"`
	Publisher string `json:"publisher"`
	Country   string `json:"country"`
	Lang      string `json:"lang"`
	Crawled   string `json:"crawled"`
	Charset   string `json:"charset"`
	PageType  string `json:"page_type"`
	Truth     Truth  `json:"truth"`

	// Dir is the folder of the corpus.
	Dir string `json:"-"`
}

// Truth is what a corpus says of a page. A key that is absent is not judged; Has tells.
type Truth struct {
	Title      string   `json:"title"`
	Authors    []string `json:"authors"`
	Published  string   `json:"published"`
	Updated    string   `json:"updated"`
	Precision  string   `json:"precision"`
	Standfirst string   `json:"standfirst"`
	Section    string   `json:"section"`
	Tags       []string `json:"tags"`
	Body       string   `json:"body"`
	BodyFull   string   `json:"body_full"`
	With       []string `json:"with"`
	Without    []string `json:"without"`

	keys map[string]bool
}

// UnmarshalJSON remembers which keys were there.
func (t *Truth) UnmarshalJSON(b []byte) error {
	type plain Truth
	if err := json.Unmarshal(b, (*plain)(t)); err != nil {
		return err
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(b, &keys); err != nil {
		return err
	}
	t.keys = make(map[string]bool, len(keys))
	for k := range keys {
		t.keys[k] = true
	}
	return nil
}

// Has reports whether the truth judges the key, even by null or [].
func (t *Truth) Has(key string) bool { return t.keys[key] }

// Load reads the truth of the corpus in dir.
func Load(dir string) ([]Page, error) {
	f, err := os.Open(filepath.Join(dir, "truth.jsonl"))
	if err != nil {
		return nil, fmt.Errorf("read corpus: %w", err)
	}
	defer f.Close()
	var pages []Page
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 64<<20)
	for line := 1; sc.Scan(); line++ {
		p := Page{Dir: dir}
		if err := json.Unmarshal(sc.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("read corpus %s: line %d: %w", dir, line, err)
		}
		pages = append(pages, p)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read corpus %s: %w", dir, err)
	}
	return pages, nil
}

// HeldOut reports whether the page belongs to the tenth of publishers that nobody
// reads and no model is trained on, so that it can be measured once at the end.
func (p *Page) HeldOut() bool { return HeldOut(p.Publisher) }

// HeldOut reports whether a publisher belongs to the tenth kept unread: the first
// byte of the SHA-1 of its domain is under 26.
func HeldOut(publisher string) bool { return sha1.Sum([]byte(publisher))[0] < 26 }
