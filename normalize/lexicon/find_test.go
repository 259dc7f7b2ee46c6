package lexicon

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestAFinderFindsWhatContainsFinds(t *testing.T) {
	words := []string{"rights", "right of", "©", "alle rechte", "版权", "x"}
	f := NewFinder(words)
	for _, s := range []string{"", "r", "right", "all rights reserved", "the right of way", "© 2024", "2024 ©", "alle recht", "alle rechte", "本页版权", "copyright", "x", "\xc2"} {
		want := slices.ContainsFunc(words[:5], func(w string) bool { return strings.Contains(s, w) })
		if got := f.In(s); got != want {
			t.Errorf("In(%q) = %t", s, got)
		}
		want = slices.ContainsFunc(words[:5], func(w string) bool { return strings.HasPrefix(s, w) })
		if got := f.Begins(s); got != want {
			t.Errorf("Begins(%q) = %t", s, got)
		}
	}
}

func TestEverySectionIsFoundInItsOwnLines(t *testing.T) {
	for _, section := range []string{"rights", "notfound"} {
		for _, line := range All(section) {
			if !In("— "+line+" —", section) {
				t.Errorf("%s: %q is not found", section, line)
			}
		}
	}
	if f := NewFinder([]string{"rights", "é"}); !f.In("All RIGHTS") || !f.Begins("Rights") || f.In("É") || f.In("@ights") {
		t.Error("a finder takes other capitals than those of ASCII for small letters, or not those")
	}
	if In("a plain sentence of nothing", "rights") {
		t.Error("rights are found in a plain sentence")
	}
}

func TestSmallIsLowerCaseButForASCII(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "All Rights": "All Rights", "ÀL “rights” ×": "àl “rights” ×", "ß — µ 版权": "ß — µ 版权", "Права": "права", "©ΟΧΙ": "©οχι", "Ａ": "ａ",
	} {
		if got := Small(in); got != want {
			t.Errorf("Small(%q) = %q, want %q", in, got, want)
		}
	}
	for r := rune(0x80); r < 0x20000; r++ {
		if capital(r) != (unicode.ToLower(r) != r) {
			t.Fatalf("capital(%U) = %t", r, capital(r))
		}
	}
}
