package extract

import (
	"slices"
	"testing"
)

func TestEntriesOfALiveBlogAreUpdatesWithoutTheirTimes(t *testing.T) {
	for name, c := range map[string]struct {
		html string
		want []string
	}{
		"the heading opens the entry": {
			`<div><time itemprop=kept>09:15</time><h3 itemprop=kept>Ferries stop</h3><p itemprop=kept>The line waits.</p></div><div><time itemprop=kept>11:15</time><h3 itemprop=kept>Bridge closed</h3></div>`,
			[]string{"update: Ferries stop", "paragraph: The line waits.", "update: Bridge closed"}},
		"a heading above the time opens the entry": {
			`<div><h3 itemprop=kept>Ferries stop</h3><p itemprop=kept>9.15 am</p><p itemprop=kept>The line waits.</p></div><div><h3 itemprop=kept>Bridge closed</h3><p itemprop=kept>11.15 am</p></div>`,
			[]string{"update: Ferries stop", "paragraph: The line waits.", "update: Bridge closed"}},
		"without a heading the first paragraph does": {
			`<div><p itemprop=kept>09:15</p><p itemprop=kept>Ferries stop.</p><p itemprop=kept>The line waits.</p></div><div><p itemprop=kept>11h15</p><p itemprop=kept>Bridge closed.</p></div>`,
			[]string{"update: Ferries stop.", "paragraph: The line waits.", "update: Bridge closed."}},
		"times may stand side by side with their entries": {
			`<h3 itemprop=kept>09:15</h3><p itemprop=kept>Ferries stop.</p><p itemprop=kept>The line waits.</p><h3 itemprop=kept>11:15</h3><p itemprop=kept>Bridge closed.</p>`,
			[]string{"update: Ferries stop.", "paragraph: The line waits.", "update: Bridge closed."}},
		"times and entries in one element, parted by breaks": {
			`<div itemprop=kept>09:15<br><br>Ferries stop.<br><br>11:15<br><br>Bridge closed.</div>`,
			[]string{"update: Ferries stop.", "update: Bridge closed."}},
		"one time makes no entries": {
			`<p itemprop=kept>09:15</p><p itemprop=kept>Ferries stop.</p>`,
			[]string{"paragraph: 09:15", "paragraph: Ferries stop."}},
	} {
		if made, _ := madeBlocks(t, c.html, true); !slices.Equal(made, c.want) {
			t.Errorf("%s:\n%q, want\n%q", name, made, c.want)
		}
	}
}

func TestTimesStayInTheTextOfAPageThatIsNotLive(t *testing.T) {
	_, text := madeBlocks(t, `<div><p itemprop=kept>09:15</p><p itemprop=kept>Ferries stop.</p></div><div><p itemprop=kept>11:15</p><p itemprop=kept>Bridge closed.</p></div>`, false)
	if want := "09:15\n\nFerries stop.\n\n11:15\n\nBridge closed."; text != want {
		t.Errorf("the text is %q, want %q", text, want)
	}
}

func TestAStampIsAClockAndHardlyMore(t *testing.T) {
	for s, want := range map[string]bool{
		"09:15": true, "9:15 am": true, "8:02PM": true, "21.05 Uhr": true, "9h15": true, "10:15:30 CEST": true, "[09:15]": true,
		"1 June 2024, 09:15": true, "3 hours ago": false, "2013": false, "25:10": false, "9:75": false, "1:2": false, "": false,
		"Final score 10:15, home win": false, "The ferry leaves at 09:15 from the pier": false, "+1.250": false,
	} {
		if got := isStamp(s, false); got != want {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	}
	if !isStamp("Updated 09:15", true) {
		t.Error("a time that the markup names is no stamp")
	}
}
