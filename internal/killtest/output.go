package killtest

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// Output is all that stands under the name of an output: what was sealed, in order of time, then the file itself.
// Whatever else begins with its name was left over, which is an error.
func Output(t *testing.T, name string) (out []byte) {
	t.Helper()
	stem := strings.TrimSuffix(name, ".jsonl")
	sealed, err := filepath.Glob(stem + "-*") // in order of name they are in order of time
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(sealed, name) {
		b, err := os.ReadFile(f)
		switch {
		case err != nil:
			t.Fatal(err)
		case strings.HasSuffix(f, ".jsonl.zst"):
			b = unpack(t, f, b)
		case !strings.HasSuffix(f, ".jsonl"):
			t.Errorf("%s was left over", f)
			continue
		}
		if len(b) > 0 && !bytes.HasSuffix(b, []byte("\n")) {
			t.Errorf("%s ends in %.80q, which is no whole line", f, b[bytes.LastIndexByte(b, '\n')+1:])
		}
		out = append(out, b...)
	}
	return out
}

func unpack(t *testing.T, name string, b []byte) []byte {
	t.Helper()
	z, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if b, err = z.DecodeAll(b, nil); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return b
}
