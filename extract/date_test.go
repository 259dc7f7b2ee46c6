package extract_test

import (
	"strings"
	"testing"
)

func TestADateFarFromTheHeadlineIsReadWhereItsElementSaysSo(t *testing.T) {
	filler := strings.Repeat(`<p>Photographs of the quay by the harbour office, which keeps the plates in the cellar of the town hall.</p>`, 20)
	for name, c := range map[string]struct{ after, want string }{
		"an element called date":       {`<p class="text">Quay.</p>` + filler + `<span class="post-date">15 August 2023</span>`, "2023-08-15"},
		"in a list of other pages not": {`<div class="related"><span class="post-date">15 August 2023</span></div>`, ""},
		"in a comment not":             {`<div class="comments"><span class="date">15 August 2023</span></div>`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := recordOf(t, "", c.after).Published; got != c.want {
				t.Errorf("published %q, want %q", got, c.want)
			}
		})
	}
}
