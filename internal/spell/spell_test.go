package spell

import (
	"strings"
	"testing"
)

func TestTheWordThatWasMeantIsFound(t *testing.T) {
	words := []string{"delay", "feeds", "start", "language", "output"}
	for s, want := range map[string]string{
		"dely": "delay", "Delay": "delay", "strat": "start", "feed": "feeds", "langauge": "language", "outputs": "output",
		"zone": "", "": "", "x": "", strings.Repeat("delay", 1000): "",
	} {
		if got := Nearest(s, words); got != want {
			t.Errorf("%.20s is %q, want %q", s, got, want)
		}
	}
}

func TestTheDistanceCountsTheSlipsOfAPen(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"ab", "ab", 0}, {"ab", "ba", 1}, {"abc", "ac", 1}, {"ac", "abc", 1}, {"abc", "axc", 1},
		{"strat", "start", 1}, {"kitten", "sitting", 3},
	} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%q and %q are %d apart, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestANounHasItsNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0 pages", 1: "1 page", 2: "2 pages", 21: "21 pages"} {
		if got := Count(n, "page"); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}
