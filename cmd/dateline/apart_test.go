package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAFileIsWrittenForOnePurposeAndNeverOverWhatIsRead(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("there", []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("there", "link"); err != nil {
		t.Fatal(err)
	}
	abs, err := filepath.Abs("new")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name          string
		written, read []use
		want          string
	}{
		{"two files", []use{{"--output", "a"}, {"--errors", "b"}}, []use{{"an input", "there"}}, ""},
		{"a new file, twice", []use{{"--output", "new"}, {"--errors", abs}}, nil, "--errors and --output are one file: "},
		{"a file that is read", []use{{"--output", "there"}}, []use{{"an input", "./there"}}, "--output and an input are one file: there"},
		{"a link to it", []use{{"--output", "link"}}, []use{{"an input", "there"}}, "--output and an input are one file: link"},
		{"a file that is not there to be read", []use{{"--output", "new"}}, []use{{"an input", "new"}}, "--output and an input are one file: new"},
		{"a device", []use{{"--output", os.DevNull}, {"--errors", os.DevNull}}, nil, ""},
		{"nothing named", []use{{"--output", ""}, {"--errors", ""}}, []use{{"--index", ""}}, ""},
	} {
		got := ""
		if err := keepApart(c.written, c.read); err != nil {
			got = err.Error()
		}
		if got != c.want && (c.want == "" || !strings.HasPrefix(got, c.want)) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}
