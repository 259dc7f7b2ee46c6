package dateline

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/dateline-go/dateline"

// floors are the floors of docs/architecture.md: a package imports only what stands
// lower, or what is below it in its own folder.
var floors = []struct {
	prefix string
	floor  int
}{
	{"cmd/", 4}, {"eval", 4}, {"fixtures/newsite", 0}, {"fixtures", 3}, {"crawler", 3}, {"extract/evaluate", 3}, {"extract/inspect", 3},
	{"extract/internal/train", 3}, {"extract", 2}, {"normalize", 1}, {"output", 1}, {"internal/killtest", 3}, {"internal/", 0},
}

// homes are the packages of the fixed libraries and the only folders that may import them.
var homes = map[string][]string{
	"github.com/gocolly/colly/v2":    {"crawler"},
	"github.com/PuerkitoBio/goquery": {"extract/internal/page"},
	"github.com/araddon/dateparse":   {"normalize"},
}

func floorOf(dir string) int {
	for _, f := range floors {
		if dir == strings.TrimSuffix(f.prefix, "/") || strings.HasPrefix(dir, strings.TrimSuffix(f.prefix, "/")+"/") {
			return f.floor
		}
	}
	return 0
}

func TestImportsOnlyGoDown(t *testing.T) {
	files := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "bench" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && path != ".") {
			return fs.SkipDir
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "internal/deps") {
			return nil
		}
		files++
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		for _, im := range f.Imports {
			name, _ := strconv.Unquote(im.Path.Value)
			checkImport(t, path, dir, name)
		}
		return nil
	})
	if err != nil || files < 20 {
		t.Fatalf("%d files read: %v", files, err)
	}
}

func checkImport(t *testing.T, path, dir, name string) {
	for lib, dirs := range homes {
		if name != lib {
			continue
		}
		home := false
		for _, h := range dirs {
			home = home || dir == h || strings.HasPrefix(dir, h+"/")
		}
		if !home {
			t.Errorf("%s imports %s, which only %v may", path, lib, dirs)
		}
	}
	ours, ok := strings.CutPrefix(name, module)
	if !ok {
		if dir == "." && strings.Contains(name, ".") {
			t.Errorf("%s imports %s: the root needs nothing but the standard library", path, name)
		}
		return
	}
	to := strings.TrimPrefix(ours, "/")
	if to == "" {
		to = "."
	}
	top := func(s string) string { first, _, _ := strings.Cut(s, "/"); return first }
	if dir == "extract" || strings.HasPrefix(dir, "extract/") {
		if name == "net/http" || name == "os" && floorOf(dir) == 2 && !strings.Contains(dir, "/train") {
			t.Errorf("%s imports %s: extract never touches the network or a file", path, name)
		}
	}
	if top(dir) == top(to) && dir != "." && floorOf(to) <= floorOf(dir) {
		return
	}
	if to != "." && floorOf(to) >= floorOf(dir) {
		t.Errorf("%s (floor %d) imports %s (floor %d)", path, floorOf(dir), to, floorOf(to))
	}
}
