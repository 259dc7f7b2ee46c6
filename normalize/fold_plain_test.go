package normalize

import (
	"testing"
	"unicode/utf8"
)

func TestThePlainFoldIsThatOfTheTables(t *testing.T) {
	var plain []rune
	for r := rune(0); r <= 0xffff; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		if got, ok := foldPlain(string(r)); ok {
			plain = append(plain, r)
			if want := foldByTables(string(r)); got != want {
				t.Errorf("%U folds to %q, want %q", r, got, want)
			}
		}
	}
	if len(plain) < 30000 {
		t.Fatalf("%d characters are plain", len(plain))
	}
	for i := range plain { // pairs from all over the table: none combines with another
		pair := string([]rune{plain[i], plain[(i*7919+13)%len(plain)], plain[i%700]})
		if got, _ := foldPlain(pair); got != foldByTables(pair) {
			t.Errorf("%q folds to %q, want %q", pair, got, foldByTables(pair))
		}
	}
	for _, s := range []string{"Straße", "e\u0301", "ﬁn", "…", "\u00a0", "ΣΑΣ", "\xff"} {
		if _, ok := foldPlain(s); ok {
			t.Errorf("%q was taken for plain", s)
		}
	}
}
