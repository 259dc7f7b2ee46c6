package normalize

import "testing"

func TestFoldAccentsSpellsANameAsAddressesDo(t *testing.T) {
	for s, want := range map[string]string{
		"Société": "societe", "Skärgårds-Bladet": "skargardsbladet", "Kraków · Łódź": "krakowlodz", "Αθήνα": "αθηνα", "日本 News": "日本news", "": "",
	} {
		if got := FoldAccents(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
