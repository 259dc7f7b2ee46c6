package body

import (
	"testing"

	"github.com/dateline-go/dateline/extract/internal/page"
)

func TestPreformattedTextBetweenKeptBlocksStays(t *testing.T) {
	p, err := page.Parse(`<html><body><p>First.</p><pre>code</pre><pre>output</pre><pre>junk</pre><p>Then.</p><pre>behind</pre><footer>Foot.</footer></body></html>`, "https://a.example/x")
	if err != nil {
		t.Fatal(err)
	}
	m := measured{p: p}
	c := Choice{Keep: []bool{true, false, false, false, true, false, false}, Prob: []float32{.9, .4, .3, .1, .9, .4, .1}}
	m.keepPreformatted(&c)
	for i, want := range []bool{true, true, true, false, true, false, false} {
		if c.Keep[i] != want {
			t.Errorf("%q: kept %t", p.BlockText(i), c.Keep[i])
		}
	}
}
