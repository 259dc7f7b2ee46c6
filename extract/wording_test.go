package extract

import "testing"

func TestAWordingIsTheSameHoweverItsFirstLinesAreTaken(t *testing.T) {
	one := Wording{"Boats must wait for high water.", "The board met on Monday.\n\nIt heard from nine masters."}
	other := Wording{"", "Boats must wait for high water.\n\nThe board met on Monday.\n\nIt heard from nine masters."}
	a, x := one.Fingerprint()
	b, y := other.Fingerprint()
	if a == "" || a != b || x != y {
		t.Errorf("%s %x, %s %x", a, x, b, y)
	}
	if c, _ := (Wording{"Boats need not wait.", one.Text}).Fingerprint(); c == a {
		t.Error("another standfirst makes no other wording")
	}
}
