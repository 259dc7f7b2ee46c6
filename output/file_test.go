package output

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func open(t *testing.T, path string, mark int64) *File {
	t.Helper()
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if err := f.Resume(mark); err != nil {
		t.Fatal(err)
	}
	return f
}

func content(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func lines(s ...string) [][]byte {
	var out [][]byte
	for _, l := range s {
		out = append(out, []byte(l))
	}
	return out
}

func TestAppendGivesTheLengthAsTheMark(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.jsonl")
	f := open(t, path, 0)
	mark, err := f.Append(lines(`{"a":1}`, `{"a":2}`+"\n"))
	if err != nil || mark != 16 {
		t.Fatalf("mark %d, error %v", mark, err)
	}
	if mark, err = f.Append(nil); err != nil || mark != 16 {
		t.Errorf("nothing appended: mark %d, error %v", mark, err)
	}
	if got := content(t, path); got != "{\"a\":1}\n{\"a\":2}\n" {
		t.Errorf("file is %q", got)
	}
	if err := f.Seal(); err != nil {
		t.Error(err)
	}
}

func TestResumeCutsWhatACrashLeft(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.jsonl")
	if err := os.WriteFile(path, []byte("one\ntwo\nthr"), 0o644); err != nil {
		t.Fatal(err)
	}
	f := open(t, path, 4)
	if _, err := f.Append(lines("2")); err != nil {
		t.Fatal(err)
	}
	if got := content(t, path); got != "one\n2\n" {
		t.Errorf("file is %q", got)
	}
}

func TestAFileShorterThanItsMarkIsAnError(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.jsonl")
	if err := os.WriteFile(path, []byte("one\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	err = f.Resume(10)
	if !errors.Is(err, ErrShort) || !strings.Contains(err.Error(), "it has 4 bytes, 10 were committed") {
		t.Errorf("error is %v", err)
	}
	if got := content(t, path); got != "one\n" {
		t.Errorf("the file was touched: %q", got)
	}
}

func TestAFileIsThatOfOneWriterUntilItIsClosed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.jsonl")
	first := open(t, path, 0)
	second, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if err := second.Resume(0); !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), path) {
		t.Errorf("the error is %v", err)
	}
	first.Close()
	if err := second.Resume(0); err != nil {
		t.Errorf("after the first was closed: %v", err)
	}
}

func TestMisuseIsAnError(t *testing.T) {
	f, err := Open(filepath.Join(t.TempDir(), "out.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Append(lines("a")); err == nil {
		t.Error("Append before Resume: no error")
	}
	if err := f.Resume(0); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Append(lines("a\nb")); err == nil {
		t.Error("a line of two lines: no error")
	}
	f.Close()
	if _, err := f.Append(lines("a")); err == nil {
		t.Error("Append after Close: no error")
	}
	if _, again := f.Append(lines("a")); again == nil {
		t.Error("a broken file takes lines")
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none", "out.jsonl")); err == nil {
		t.Error("a missing folder: no error")
	}
}

// Each crash point in turn, the mark committed or not: no line lost, doubled or torn.
func TestNoLineIsLostOrDoubledWhateverTheCrash(t *testing.T) {
	for _, point := range []string{"before-append", "after-append", "after-sync", "after-truncate"} {
		t.Run(point, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "out.jsonl")
			committed, want := int64(0), ""
			for i := range 6 {
				func() {
					f := open(t, path, committed)
					f.crash = func(p string) {
						if p == point && i%2 == 0 {
							panic(point)
						}
					}
					defer func() {
						if p := recover(); p != nil && p != point {
							panic(p)
						}
						f.Close() // with a process the kernel closes its files
						// A process that dies may leave half of its last write.
						file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
						if err != nil {
							t.Fatal(err)
						}
						fmt.Fprint(file, "half a li")
						file.Close()
					}()
					if err := f.Resume(committed); err != nil {
						t.Fatal(err)
					}
					mark, err := f.Append(lines(fmt.Sprint("line ", i)))
					if err != nil {
						t.Fatal(err)
					}
					committed = mark
					want += fmt.Sprintf("line %d\n", i)
				}()
			}
			open(t, path, committed)
			if got := content(t, path); got != want {
				t.Errorf("file is %q, want %q", got, want)
			}
		})
	}
}
