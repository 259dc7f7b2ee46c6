package page

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// long is a text that is worth cutting; each holds what would be markup outside of a script.
const long = `if (a < b && "<p>" != c) { document.write('<b class="x">' + d + '</b>') } // and so on, to the end`

var rawTexts = []struct {
	name, markup string
	cuts         int // texts that are cut
	stands       bool
}{
	{"a script and a style sheet", `<head><script>` + long + `</script><style>` + long + `</style><p>x`, 2, true},
	{"names in capitals, spaces in end tags", `<SCRIPT type=a>` + long + `</sCript ><p>x<STYLE>` + long + `</STYLE/>y`, 2, true},
	{"a quoted > in the tag", `<script data-a="b > c">` + long + `</script>x`, 1, true},
	{"a > in single quotes", `<script data-a='b > c'>` + long + `</script>x`, 1, false},
	{"short ones stay", `<script>f()</script>x`, 0, true},
	{"line ends of Windows", "<script>a\r\nb\rc\n" + long + "</script>\r\nx", 1, true},
	{"NUL stays", "<script>\x00" + long + "</script>x", 0, true},
	{"a script in a comment", `<!-- <script>` + long + `</script> -->x<script>` + long + `</script>`, 1, true},
	{"a comment that ends at once", `<!--><script>` + long + `</script> -->x`, 1, true},
	{"a script that hides its end", `<script><!-- <script>` + long + `</script> --></script>x`, 0, true},
	{"a script in an attribute", `<p title="<script>` + long + `</script>">x<script>` + long + `</script>`, 2, false},
	{"a script in a text field", `<textarea><script>` + long + `</script></textarea>x<script>` + long + `</script>`, 2, false},
	{"a style sheet without scripts", `<noscript><style>` + long + `</style></noscript>x`, 0, true},
	{"a style sheet in a drawing", `<svg><style>` + long + `</style></svg>x<style>` + long + `</style>`, 1, true},
	{"a style sheet in a formula", `<math><style>` + long + `</style></math>x`, 1, false},
	{"a drawing that does not end", `<svg><p><script>` + long + `</script>x`, 0, true},
	{"a script without an end", `<p>x<script>` + long, 0, true},
	{"an element with a longer name", `<scripts>` + long + `</scripts><styled>` + long + `</styled>`, 0, true},
	{"a script in a table, a list, a template", `<table><script>` + long + `</script><tr><td><style>` + long + `</style>x<template><script>` + long + `</script>`, 3, true},
	{"a style sheet in a choice", `<select><style>` + long + `</style><option>x</select>`, 1, true},
	{"after plaintext", `<plaintext><script>` + long + `</script>x`, 1, false},
	{"a mark of its own, and the cut in a text field", "<script>\x010</script><textarea><script>" + long + `</script></textarea>`, 1, true},
	{"a mark of its own", "<script>\x010</script><script>" + long + `</script>x`, 1, false},
}

func TestWhatIsCutFromScriptsStandsInTheTreeAsItWould(t *testing.T) {
	for _, x := range rawTexts {
		t.Run(x.name, func(t *testing.T) {
			sameTree(t, x.markup)
			c := cut(x.markup)
			if len(c.cuts) != x.cuts {
				t.Fatalf("%d texts were cut, want %d", len(c.cuts), x.cuts)
			}
			doc, err := html.Parse(&c)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.restore(doc); got != x.stands {
				t.Errorf("all stood where they were taken for: %v, want %v", got, x.stands)
			}
		})
	}
}

func FuzzParseTree(f *testing.F) {
	for _, x := range rawTexts {
		f.Add(x.markup)
	}
	f.Fuzz(func(t *testing.T, markup string) { sameTree(t, markup) })
}

func sameTree(t *testing.T, markup string) {
	t.Helper()
	want, wantErr := html.Parse(strings.NewReader(markup))
	got, err := parseTree(markup)
	if (err == nil) != (wantErr == nil) {
		t.Fatalf("error %v, want %v", err, wantErr)
	}
	if err == nil && rendered(t, got) != rendered(t, want) {
		t.Errorf("tree of %q:\n%s\nwant\n%s", markup, rendered(t, got), rendered(t, want))
	}
}

func rendered(t *testing.T, n *html.Node) string {
	t.Helper()
	var b strings.Builder
	if err := html.Render(&b, n); err != nil && !strings.Contains(err.Error(), "plaintext") {
		t.Fatal(err)
	}
	return b.String()
}
