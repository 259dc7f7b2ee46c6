package normalize

import (
	"fmt"
	"math/bits"
	"strings"
	"testing"
)

// article is a text of our own of some 130 words.
const article = `The harbour board has decided to move the old crane to the northern quay, where it will stand beside the museum that opened in spring.
The crane, built ninety years ago by a yard that no longer exists, was last used to unload timber. Since then it has been a landmark, a
nesting place for gulls and, twice, the set of a film. Moving it will take two weeks and a floating platform from the south, the board said.
Residents had asked for a ballot. The board declined, pointing to the cost, but promised to keep the path along the water open during the
work. "We know what it means to people here," the chairwoman said. "It will be seen from every street, as it is today." The move begins in May
if the weather allows it.`

// Golden values: a change of them would part new records from all stored ones.
func TestFingerprintsAreStableAcrossReleases(t *testing.T) {
	for _, c := range []struct{ name, text, content, simhash string }{
		{"an article", article, "e5fbc67c81fb4f3ffc4eb4e92fd2342f", "bed7c1013a398704"},
		{"one word", "Dateline", "d71c91423d9d8977f2b94bff09b723e8", "6f2c83699167b761"},
		{"two words", "Hello, world", "936a185caaa266bb9cbe981e9e05cb78", "b33bd719d5a7c7b7"},
		{"Chinese", "市长星期二说，新桥将在年底前通车。", "2e6b3cabe7e3f2bac9464f03de5cacd1", "1175cf86b1303887"},
		{"letters beyond ASCII", "Größe, Ærø und Straße ½", "2f4a62986405eff06ff8c8188917bedf", "800a9071c0014144"},
		{"no words", "… – !", "", "0000000000000000"},
		{"nothing", "", "", "0000000000000000"},
	} {
		if got := ContentHash(c.text); got != c.content {
			t.Errorf("ContentHash of %s = %q, want %q", c.name, got, c.content)
		}
		if got := fmt.Sprintf("%016x", Simhash(c.text)); got != c.simhash {
			t.Errorf("Simhash of %s = %q, want %q", c.name, got, c.simhash)
		}
	}
}

func TestContentHashIgnoresCosmeticChange(t *testing.T) {
	want := ContentHash(article)
	for name, text := range map[string]string{
		"other line breaks": strings.ReplaceAll(article, "\n", "\n\n"),
		"typographic marks": strings.NewReplacer(`"`, "“", ",", " ,", "-", "–").Replace(article),
		"capitals":          strings.ToUpper(article),
		"soft hyphens":      strings.ReplaceAll(article, "harbour", "har\u00adbour"),
		"no-break spaces":   strings.ReplaceAll(article, " ", "\u00a0"),
	} {
		if got := ContentHash(text); got != want {
			t.Errorf("%s change the content hash", name)
		}
	}
	if ContentHash(article+" Today.") == want {
		t.Error("another word does not change the content hash")
	}
}

func TestSimhashOfNearCopiesDiffersInFewBits(t *testing.T) {
	base := Simhash(article + article2)
	near := Simhash(strings.Replace(article+article2, "in May", "in June", 1))
	far := Simhash(strings.Repeat("Parliament passed the budget after a night of debate, with three members of the opposition voting for it. ", 12))
	if d := bits.OnesCount64(base ^ near); d > 3 {
		t.Errorf("one word of 260 changed: %d bits differ, want 3 or less", d)
	}
	if d := bits.OnesCount64(base ^ far); d < 16 {
		t.Errorf("another text: %d bits differ, want 16 or more", d)
	}
	if Simhash(strings.ToUpper(article)) != Simhash(article) {
		t.Error("capitals change the simhash")
	}
}

const article2 = ` The museum will rebuild the cabin of the crane driver from photographs, with the levers and the stove that kept it warm. Two of the
last drivers are still alive and have agreed to record how a day on the quay went, from the first whistle at five to the evening tide. Their
voices will be heard by visitors who climb the ladder, eight at a time. A school class has collected the names of the ships that were unloaded;
the list runs to four hundred and ends with a freighter from Riga. The board expects the cost to stay below the sum that the state has granted,
though it would not say by how much. A cooperative of anglers, whose hut stands in the way, gets a new one further down. Its members voted for
the plan by a narrow margin after a long evening, and asked only that the lamp above the door be kept.`

func BenchmarkFingerprint(b *testing.B) {
	text := strings.Repeat(article+" “Größe”. ", 6)
	b.Run("fingerprint", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			Fingerprint(text)
		}
	})
	b.Run("words", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			Words(text)
		}
	})
}
