package output

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
)

// all is what stands in a folder, sealed files first, in their order; torn or foreign names fail the test.
func all(t *testing.T, dir string) (text string, sealed int) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b := content(t, filepath.Join(dir, f.Name()))
		switch {
		case strings.HasSuffix(f.Name(), ".zst"):
			z, err := zstd.NewReader(strings.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			if _, err := z.WriteTo(&out); err != nil {
				t.Fatal(err)
			}
			z.Close()
			b = out.String()
		case strings.HasSuffix(f.Name(), ".jsonl"):
		default:
			t.Errorf("%s was left over", f.Name())
			continue
		}
		if f.Name() != "out.jsonl" {
			sealed++
		}
		text += b
	}
	return text, sealed
}

// Each crash point of a rotation in turn: the caller keeps the name and the mark, and calls again.
func TestARotationThatIsCutShortIsFinished(t *testing.T) {
	at := time.Date(2026, 11, 20, 6, 0, 0, 0, time.UTC)
	for _, run := range []struct{ compressed, next bool }{{false, false}, {true, true}, {true, false}, {false, true}} {
		for _, point := range []string{"", "before-rename", "after-rename", "after-compress", "before-remove", "after-begin"} {
			t.Run(fmt.Sprintf("compressed %v, then %v, %s", run.compressed, run.next, point), func(t *testing.T) {
				dir := t.TempDir()
				path := filepath.Join(dir, "out.jsonl")
				f := open(t, path, 0)
				f.Compress = run.compressed
				want := ""
				for i := range 3 {
					mark, err := f.Append(lines(fmt.Sprint("line ", i)))
					if err != nil {
						t.Fatal(err)
					}
					want += fmt.Sprintf("line %d\n", i)
					sealed := f.SealedName(at) // the same moment each time
					f.crash = func(p string) {
						if p == point {
							panic(point)
						}
					}
					func() {
						defer func() {
							if p := recover(); p != nil && p != point {
								panic(p)
							}
							f.Close() // with a process the kernel closes its files
						}()
						if err := f.Rotate(sealed, mark); err != nil {
							t.Fatal(err)
						}
					}()
					if f, err = Open(path); err != nil { // the next run
						t.Fatal(err)
					}
					defer f.Close()
					f.Compress = run.next
					if point != "" {
						if err := f.Rotate(sealed, mark); err != nil {
							t.Fatal(err)
						}
					} else if err := f.Resume(0); err != nil {
						t.Fatal(err)
					}
				}
				if got, sealed := all(t, dir); got != want || sealed != 3 {
					t.Errorf("%d sealed files hold %q, want %q", sealed, got, want)
				}
			})
		}
	}
}

func TestAFullDiskLeavesWholeLines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.jsonl")
	f := open(t, path, 0)
	if _, err := f.Append(lines("one")); err != nil {
		t.Fatal(err)
	}
	f.write = func(b []byte, at int64) (int, error) {
		n, _ := f.f.WriteAt(b[:len(b)/2], at)
		return n, syscall.ENOSPC
	}
	if _, err := f.Append(lines("two", "three")); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("error is %v", err)
	}
	if got := content(t, path); got != "one\n" {
		t.Errorf("file is %q", got)
	}
}

func TestASealedNameIsNeverTakenTwice(t *testing.T) {
	dir := t.TempDir()
	f := open(t, filepath.Join(dir, "out.jsonl"), 0)
	at := time.Date(2026, 11, 20, 6, 0, 0, 0, time.UTC)
	first := f.SealedName(at)
	if filepath.Base(first) != "out-20261120T060000Z.jsonl" {
		t.Error(first)
	}
	for _, taken := range []string{first, filepath.Join(dir, "out-20261120T060000Z_02.jsonl.zst")} {
		if err := os.WriteFile(taken, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got := filepath.Base(f.SealedName(at)); got != "out-20261120T060000Z_03.jsonl" {
		t.Error(got)
	}
}
