package normalize

import (
	"strings"
	"testing"
)

func TestLanguageIsFoundInTheTextAlone(t *testing.T) {
	rows := readTable(t, "languages.tsv", 2)
	seen := map[string]bool{}
	for _, row := range rows {
		seen[row[0]] = true
		v := Language(row[1], LanguageHints{})
		if v.Tag != row[0] {
			t.Errorf("Language of %.40q… = %q (%s), want %q", row[1], v.Tag, v.Source, row[0])
		}
	}
	if len(seen) < 40 {
		t.Errorf("%d languages, want 40 or more", len(seen))
	}
}

func TestLanguageKeepsATrueDeclaration(t *testing.T) {
	for _, row := range readTable(t, "languages.tsv", 2) {
		primary, _, _ := strings.Cut(row[0], "-")
		v := Language(row[1], LanguageHints{Declared: []string{row[0]}})
		if v.Tag != row[0] || v.Source != "declared" && v.Source != "script" {
			t.Errorf("%s declared and written: got %q by %s", row[0], v.Tag, v.Source)
		}
		if got := Language(row[1][:len(primary)], LanguageHints{Declared: []string{primary}}); got.Tag == "" {
			t.Errorf("%s declared, text too short to tell: got nothing", primary)
		}
	}
}

func TestLanguageWeighsDeclarationTextAndPrior(t *testing.T) {
	german := textOf(t, "de")
	danish := textOf(t, "da")
	xhosa := strings.Repeat("Usodolophu wethu ngoLwesibini ibhulorho entsha izakuvulelwa izithuthi phambi kokuphela konyaka, umsebenzi walibaziseka ngezikhukhula ezinkulu ebusika. Kwaye amadoda amathathu ayekhangela imisebenzi emihle. ", 5)
	for _, c := range []struct {
		name, text  string
		hints       LanguageHints
		tag, source string
	}{
		{"a page that declares English and is German is German", german, LanguageHints{Declared: []string{"en-US"}}, "de", "detected"},
		{"a text with hardly a word of English is none, though few of its words are known", xhosa, LanguageHints{Declared: []string{"en-US"}}, "xh", "detected"},
		{"a second declaration that the text bears out wins", german, LanguageHints{Declared: []string{"en", "de_DE"}}, "de", "declared"},
		{"a close pair is left to the page", "Han har en stor bil og et hus ved vandet i byen", LanguageHints{Declared: []string{"nb"}}, "nb", "declared"},
		{"a script that the declared language does not use overrules it", "Привет", LanguageHints{Declared: []string{"en"}, Prior: "ru"}, "ru", "prior"},
		{"a short text goes by the prior", "Berlin 2021", LanguageHints{Prior: "de"}, "de", "prior"},
		{"a sure text beats the prior", danish, LanguageHints{Prior: "sv"}, "da", "detected"},
		{"nothing known, nothing said", "2021", LanguageHints{}, "", ""},
		{"an empty text has the declared language", "", LanguageHints{Declared: []string{"fr-FR"}}, "fr", "declared"},
		{"x-default declares nothing", german, LanguageHints{Declared: []string{"x-default"}}, "de", "detected"},
		{"a language we have no words of is believed", "Ko te kupu a te koromatua i te Tūrei ka tuwhera te piriti hou i mua i te mutunga o te tau", LanguageHints{Declared: []string{"mi"}}, "mi", "declared"},
		{"Norwegian declared as such is Bokmål where it is", textOf(t, "nb"), LanguageHints{Declared: []string{"no"}}, "nb", "declared"},
		{"Chinese without telling characters goes by the region declared", "人口一千", LanguageHints{Declared: []string{"zh-TW"}}, "zh-Hant", "script"},
	} {
		v := Language(c.text, c.hints)
		if v.Tag != c.tag || v.Source != c.source {
			t.Errorf("%s: got %q by %q, want %q by %q", c.name, v.Tag, v.Source, c.tag, c.source)
		}
	}
}

func textOf(t *testing.T, tag string) string {
	t.Helper()
	for _, row := range readTable(t, "languages.tsv", 2) {
		if row[0] == tag {
			return row[1]
		}
	}
	t.Fatalf("no text in %s", tag)
	return ""
}

func TestPrimaryTagReadsWhatPagesWrite(t *testing.T) {
	for in, want := range map[string]string{
		"en": "en", "en_US": "en", "EN-us": "en", "de-DE": "de", "ger": "de", "deu": "de", "eng": "en", "jp": "ja", "cz": "cs", "iw": "he", "in": "id",
		"no": "nb", "nb-NO": "nb", "nn": "nn", "zh-cmn-Hans-CN": "zh", "zh_TW": "zh", "cmn": "zh", "sr-Latn": "sr", "pt-BR": "pt", "en-us,en": "en",
		"de_DE.UTF-8": "de", "English": "en", " fr ": "fr", "fil": "tl", "en-EN": "en", "x-default": "", "und": "", "": "", "12": "",
	} {
		if got := primaryTag(in); got != want {
			t.Errorf("primaryTag(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDirectionFollowsTheScript(t *testing.T) {
	for tag, want := range map[string]string{"ar": "rtl", "he": "rtl", "fa": "rtl", "ur": "rtl", "en": "ltr", "zh-Hans": "ltr", "th": "ltr"} {
		if v := Language(textOf(t, tag), LanguageHints{}); v.Direction != want {
			t.Errorf("direction of %s is %q, want %q", tag, v.Direction, want)
		}
	}
	if v := Language("", LanguageHints{Declared: []string{"ar"}}); v.Direction != "rtl" {
		t.Errorf("direction of declared Arabic is %q", v.Direction)
	}
}

func BenchmarkLanguage(b *testing.B) {
	text := strings.Repeat("The mayor said on Tuesday that the new bridge would be open to traffic before the end of the year. ", 20)
	hints := LanguageHints{Declared: []string{"en-GB"}}
	b.ReportAllocs()
	for b.Loop() {
		Language(text, hints)
	}
}
