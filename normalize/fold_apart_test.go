package normalize

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
	"unicode/utf8"
)

func TestCharactersFoldedApartFoldAsTheTablesHaveThem(t *testing.T) {
	var apart []rune
	for r := rune(0); r <= 0xffff; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		got, ok := foldCase(string(r))
		if ok {
			apart = append(apart, r)
		}
		if want := foldByTables(string(r)); got != want {
			t.Errorf("%U folds to %q, want %q", r, got, want)
		}
	}
	if len(apart) < 50000 {
		t.Fatalf("%d characters are folded apart", len(apart))
	}
	for i := range apart { // runs from all over the plane: none combines with another
		run := string([]rune{apart[i], apart[(i*7919+13)%len(apart)], apart[i%700]})
		if got, ok := foldCase(run); !ok || got != foldByTables(run) {
			t.Errorf("%q folds to %q, want %q", run, got, foldByTables(run))
		}
	}
	for _, s := range []string{"e\u0301", "İ", "\u00a8", "가\u11a8", "ก\u0e38", "\xff", "𝐀"} {
		if _, ok := foldCase(s); ok {
			t.Errorf("%q was folded apart", s)
		}
	}
}

func TestTheContentHashIsThatOfTheFold(t *testing.T) {
	for _, s := range []string{article, "Straße — GRÖSSE, İstanbul ½", "cafe .\u0301 x", "ΣΑΣ a\u00a8", "नमस्ते दुनिया।", "가각 \u1100\u1161", "\xff broken"} {
		sum := sha256.Sum256([]byte(Fold(s)))
		if got, want := ContentHash(s), hex.EncodeToString(sum[:16]); got != want {
			t.Errorf("ContentHash of %q = %s, that of its fold is %s", s, got, want)
		}
	}
}
