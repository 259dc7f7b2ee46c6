package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract"
	"github.com/dateline-go/dateline/internal/whole"
	"github.com/dateline-go/dateline/normalize"
)

// memoryLine bounds a line of a memory file; a full one has some 50 KB.
const memoryLine = 1 << 20

// A memoryFile is what --site-memory names: what the articles of sites hold, a line of JSON
// a site, in the order of their registrable domains.
type memoryFile struct {
	path  string
	sites map[string]*extract.Memory
}

// readMemory reads a memory file. One that is not there yet knows nothing.
func readMemory(path string) (*memoryFile, error) {
	m := &memoryFile{path, map[string]*extract.Memory{}}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return nil, usageError("", "read the site memory: %w", err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, memoryLine)
	n := 1
	for ; sc.Scan(); n++ {
		if err := m.parse(sc.Bytes()); err != nil {
			return nil, m.broken(n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, m.broken(n, err)
	}
	return m, nil
}

func (m *memoryFile) broken(line int, err error) error {
	return usageError("name a file that --site-memory wrote, or a new one", "site memory %s: line %d: %w", m.path, line, err)
}

// parse reads one line of the file.
func (m *memoryFile) parse(line []byte) error {
	var site struct {
		Site string `json:"site"`
	}
	known := &extract.Memory{}
	if err := cmp.Or(json.Unmarshal(line, &site), json.Unmarshal(line, known)); err != nil {
		return err
	}
	if site.Site == "" || m.sites[site.Site] != nil {
		return fmt.Errorf("no site of its own: %q", site.Site)
	}
	m.sites[site.Site] = known
	return nil
}

// of is the memory of the site of an address, nil where nothing is known of it.
func (m *memoryFile) of(url string) *extract.Memory { return m.sites[normalize.Site(url)] }

// learn takes in what a page teaches. A page without an address or that is no article teaches nothing.
func (m *memoryFile) learn(rec *dateline.Record, l extract.Lesson) {
	site := normalize.Site(rec.URL)
	if site == "" || !rec.PageKind.IsArticle() {
		return
	}
	if m.sites[site] == nil {
		m.sites[site] = &extract.Memory{}
	}
	m.sites[site].Learn(rec.ID, l)
}

// save writes the file, beside its name and renamed when whole.
func (m *memoryFile) save() error {
	f, err := whole.Create(m.path)
	if err != nil {
		return err
	}
	defer f.Abort()
	w := bufio.NewWriter(f)
	for _, site := range slices.Sorted(maps.Keys(m.sites)) {
		if err := writeSite(w, site, m.sites[site]); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Commit()
}

// writeSite puts the name of the site before what its memory writes of itself.
func writeSite(w io.Writer, site string, m *extract.Memory) error {
	name, err := json.Marshal(site)
	if err != nil {
		return err
	}
	known, err := json.Marshal(m)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "{\"site\":%s,%s\n", name, bytes.TrimPrefix(known, []byte("{")))
	return err
}

// rehearse extracts all inputs once to learn from them, in their order, and gives each the memory of its
// site. It gives stdin back unread.
func (m *memoryFile) rehearse(ctx context.Context, stdin io.Reader, ins []input, f *extractFlags, show func(done int, name string)) (io.Reader, error) {
	again := stdin
	if slices.ContainsFunc(ins, func(in input) bool { return in.path == "-" }) {
		b, err := io.ReadAll(io.LimitReader(stdin, f.maxBytes+1))
		if err != nil {
			return nil, fmt.Errorf("read stdin: %w", bare(err))
		}
		stdin, again = bytes.NewReader(b), bytes.NewReader(b)
	}
	urls := make([]string, 0, len(ins))
	err := extractAll(ctx, stdin, ins, f, func(r pageResult) error {
		urls = append(urls, r.res.Record.URL)
		if r.err == nil { // else it fails again, and is named then
			m.learn(&r.res.Record, r.res.Lesson)
		}
		show(len(urls), r.name)
		return nil
	})
	for i, url := range urls {
		ins[i].memory = m.of(url)
	}
	return again, err
}
