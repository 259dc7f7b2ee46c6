package normalize

import "testing"

func TestAccountsAreTakenAsPrintedAndRolesAreNone(t *testing.T) {
	h := BylineHints{Lang: "en", Publisher: "Harbor Daily", Host: "harbordaily.example"}
	for in, want := range map[string]string{
		"harbour_mia": "harbour_mia", "mia": "mia", "OZ": "OZ", "the Pilot": "the Pilot", "t1d3s": "t1d3s", " gull,": "gull", "Catch more tides": "Catch more tides",
		"admin": "", "webadmin": "", "Staff": "", "newsroomeditors": "", "Harbor Daily": "", "harbordaily.example": "", "Reuters": "",
		"mia@harbor.example": "", "read more": "", "5 May 2024": "", "42": "", "x": "", "": "", "the pilot of the old boat": "", "tide, gull": "",
	} {
		if got := Account(in, h); got != want {
			t.Errorf("Account(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Account("Redaktion", BylineHints{Lang: "de"}); got != "" {
		t.Errorf("a desk is the account %q", got)
	}
}
