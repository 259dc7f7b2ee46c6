package extract

import (
	"strings"
	"testing"
)

func TestTheTraceOfABlockOfSeveralLinesSaysThatItIsKept(t *testing.T) {
	page := `<html lang="en"><body><article><h1>Silt closes the old quay</h1>` + strings.Repeat("<p>The harbour board met for three hours on Monday evening, and heard from nine of the masters who berth at the old quay.</p>", 3) +
		"<pre>for boat in quay:\n    sail(boat)</pre>" + strings.Repeat("<p>Two of them said that the silt had risen by a metre since the spring, and that the larger boats no longer came in.</p>", 3) + `</article></body></html>`
	res, err := Extract(Input{Name: "quay.html", Body: []byte(page), Trace: true})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(res.Record.Text, "for boat in quay:") {
		t.Fatalf("the text lacks the code: %q", res.Record.Text)
	}
	for _, b := range res.Trace.Blocks {
		if !strings.HasPrefix(b.Text, "for boat") {
			continue
		}
		if under := b.Probability < res.Trace.Cut; !b.Kept || under != strings.HasPrefix(b.Why, "preformatted") {
			t.Errorf("kept %t, %.2f of %.2f: %s", b.Kept, b.Probability, res.Trace.Cut, b.Why)
		}
	}
}
