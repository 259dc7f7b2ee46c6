package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/dateline-go/dateline/extract"
)

// An input is one page to extract: where it stands and what is known of it.
type input struct {
	path   string // "-" for stdin
	format extract.Format
	known  indexLine
	memory *extract.Memory // of its site
}

// An indexLine is one line of --index: a saved page and what is known of its fetch.
type indexLine struct {
	File        string `json:"file"`
	URL         string `json:"url"`
	FetchedAt   string `json:"fetched_at"`
	ContentType string `json:"content_type"`

	fetched time.Time
}

// formatOf tells the format by the name of a file, past .gz and .zst.
func formatOf(name string) (extract.Format, bool) {
	for _, packed := range []string{".gz", ".zst"} {
		if strings.EqualFold(filepath.Ext(name), packed) {
			name = name[:len(name)-len(packed)]
		}
	}
	return extract.FormatOf(name)
}

// gather expands the arguments of extract: files, folders (walked in order of
// names), globs and "-". A named file is taken whatever its name; in folders only known names count.
func gather(args []string) ([]input, error) {
	var ins []input
	for _, a := range args {
		switch {
		case a == "-":
			ins = append(ins, input{path: "-"}) // its bytes tell the format
			continue
		case isAddress(a):
			return nil, usageError("dateline crawl "+a, "this command reads saved pages and never fetches: %s", a)
		}
		info, err := os.Stat(a)
		switch {
		case err == nil && info.IsDir():
			found, err := walk(a)
			if err != nil {
				return nil, &exitError{exitNothing, err, ""}
			}
			ins = append(ins, found...)
		case err == nil || !strings.ContainsAny(a, "*?["):
			ins = append(ins, fileInput(a)) // a missing file is that input's own error
		default:
			names, err := filepath.Glob(a)
			if err != nil {
				return nil, usageError("quote the pattern and close its brackets", "bad pattern %q: %w", a, err)
			}
			for _, n := range names {
				if st, err := os.Stat(n); err == nil && !st.IsDir() {
					ins = append(ins, fileInput(n))
				}
			}
		}
	}
	return ins, nil
}

func isAddress(arg string) bool {
	scheme, _, ok := strings.Cut(arg, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

func fileInput(path string) input {
	f, ok := formatOf(path)
	if !ok {
		f = extract.FormatHTML
	}
	return input{path: path, format: f}
}

func walk(dir string) ([]input, error) {
	var ins []input
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			if path == dir {
				return err
			}
			ins = append(ins, fileInput(path)) // it fails again when read, and is named then
			return nil
		}
		if _, ok := formatOf(path); ok && isFile(path, d) {
			ins = append(ins, fileInput(path))
		}
		return nil
	})
	return ins, err
}

// isFile reports whether an entry is a file or a link to one. A link that leads
// nowhere counts: reading it fails, and names it.
func isFile(path string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 {
		return d.Type().IsRegular()
	}
	info, err := os.Stat(path)
	return err != nil || info.Mode().IsRegular()
}

// readIndex reads an --index file; its file names are relative to its folder.
func readIndex(path string) ([]input, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, usageError("", "read index: %w", err)
	}
	defer f.Close()
	var ins []input
	r := bufio.NewReader(f)
	for n := 1; ; n++ {
		line, err := r.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			in, perr := parseIndexLine(line, filepath.Dir(path))
			if perr != nil {
				return nil, usageError(`a line is {"file":…,"url":…,"fetched_at":…,"content_type":…}`, "index %s: line %d: %w", path, n, perr)
			}
			ins = append(ins, in)
		}
		if errors.Is(err, io.EOF) {
			return ins, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read index: %w", err)
		}
	}
}

func parseIndexLine(line []byte, dir string) (input, error) {
	var k indexLine
	if err := json.Unmarshal(line, &k); err != nil {
		return input{}, err
	}
	if k.File == "" {
		return input{}, errors.New("no file")
	}
	if k.FetchedAt != "" {
		i := slices.IndexFunc([]string{time.RFC3339, time.DateOnly}, func(layout string) bool {
			t, err := time.Parse(layout, k.FetchedAt)
			k.fetched = t
			return err == nil
		})
		if i < 0 {
			return input{}, fmt.Errorf("fetched_at %q is neither RFC 3339 nor a day", k.FetchedAt)
		}
	}
	path := k.File
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	in := fileInput(path)
	in.known = k
	return in, nil
}
