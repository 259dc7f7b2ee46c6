package page

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
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
	{"a > in single quotes", `<script data-a='b > c'>` + long + `</script>x`, 1, true},
	{"short ones stay", `<script>f()</script>x`, 0, true},
	{"line ends of Windows", "<script>a\r\nb\rc\n" + long + "</script>\r\nx", 1, true},
	{"NUL stays", "<script>\x00" + long + "</script>x", 0, true},
	{"a script in a comment", `<!-- <script>` + long + `</script> -->x<script>` + long + `</script>`, 1, true},
	{"a comment that ends at once", `<!--><script>` + long + `</script> -->x`, 1, true},
	{"a script that hides its end", `<script><!-- <script>` + long + `</script> --></script>x`, 0, true},
	{"a script in an attribute", `<p title='<script>` + strings.ReplaceAll(long, "'", "") + `</script>'>x<script>` + long + `</script>`, 1, true},
	{"a script in a text field", `<textarea><script>` + long + `</script></textarea>x<script>` + long + `</script>`, 1, true},
	{"a style sheet without scripts", `<noscript><style>` + long + `</style></noscript>x`, 0, true},
	{"a style sheet in a drawing", `<svg><style>` + long + `</style></svg>x<style>` + long + `</style>`, 1, true},
	{"a style sheet in a formula", `<math><style>` + long + `</style></math>x`, 1, false},
	{"a drawing that does not end", `<svg><p><script>` + long + `</script>x`, 0, true},
	{"a script without an end", `<p>x<script>` + long, 0, true},
	{"an element with a longer name", `<scripts>` + long + `</scripts><styled>` + long + `</styled>`, 0, true},
	{"a script in a table, a list, a template", `<table><script>` + long + `</script><tr><td><style>` + long + `</style>x<template><script>` + long + `</script>`, 3, true},
	{"a style sheet in a choice", `<select><style>` + long + `</style><option>x</select>`, 1, true},
	{"after plaintext", `<plaintext><script>` + long + `</script>x`, 0, true},
	{"a mark of its own, and the cut in a text field", "<script>\x010</script><textarea><script>" + long + `</script></textarea>`, 0, false},
	{"a mark of its own", "<script>\x010</script><script>" + long + `</script>x`, 1, false},
}

func TestWhatIsCutFromScriptsStandsInTheTreeAsItWould(t *testing.T) {
	for _, x := range rawTexts {
		t.Run(x.name, func(t *testing.T) {
			sameTree(t, x.markup)
			c := cut(x.markup, true)
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

// sameTree holds what was cut to html.Parse: whole it has the same tree, else one that makes the same page.
func sameTree(t *testing.T, markup string) {
	t.Helper()
	want, wantErr := html.Parse(strings.NewReader(markup))
	whole, err := parseWhole(markup)
	if (err == nil) != (wantErr == nil) {
		t.Fatalf("error %v, want %v", err, wantErr)
	}
	if err != nil {
		return
	}
	if got, want := rendered(t, whole), rendered(t, want); got != want {
		t.Errorf("tree of %q:\n%s\nwant\n%s", markup, got, want)
	}
	got, err := parseTree(markup)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(walked(want), walked(got), cmpopts.IgnoreUnexported(Page{}), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("page of %q:\n%s", markup, diff)
	}
}

// walked is the page of a tree, without the attributes that nothing asks for.
func walked(doc *html.Node) *Page {
	p := &Page{}
	w := newWalker(p, "")
	w.document(doc)
	w.finish()
	for i := range p.Elems {
		e := &p.Elems[i]
		e.Attrs = slices.DeleteFunc(slices.Clone(e.Attrs), func(a html.Attribute) bool { return a.Namespace != "" || !asked(a.Key) })
	}
	return p
}

func rendered(t *testing.T, n *html.Node) string {
	t.Helper()
	var b strings.Builder
	if err := html.Render(&b, n); err != nil && !strings.Contains(err.Error(), "plaintext") {
		t.Fatal(err)
	}
	return b.String()
}

func TestWhatNothingReadsIsNotParsed(t *testing.T) {
	for _, x := range []struct{ name, markup, parsed string }{
		{"attributes of scripts stay out", `<p data-track=1 class="a" onclick="f(1 > 0)" id=b>x`, `<p  class="a"  id=b>x`},
		{"whatever their quotes", `<a x = '"' y="'>" href='/b'z=1 w>x`, `<a   href='/b'z=1 >x`},
		{"those that hint, date or show stay", `<p data-testid=body data-published="1" data-src=a DATA-X=1>x`, `<p data-testid=body data-published="1" data-src=a DATA-X=1>x`},
		{"formatting keeps all, since it is held against its like", `<b data-x=1>x</b>`, `<b data-x=1>x</b>`},
		{"an end in an attribute without quotes", `<br data-x=1/>y<br/data-x=2>`, `<br >y<br/data-x=2>`},
		{"a drawing", `<svg xmlns="a" class=i><g><path d="M0"/></g></svg>x`, `<svg  class=i></svg>x`},
		{"but not one with words, or with what ends it", `<svg><title>a</title></svg><svg><p>x</svg>`, `<svg><title>a</title></svg><svg><p>x</svg>`},
		{"white space beside blocks and in the head", "<head>\n <meta name=a content=b>\n<title>x</title>\n<body>\n <ul> <li> <i>x</i> <i>y</i> </li> <li>z</ul>", "<head><meta name=a content=b><title>x</title><body><ul><li><i>x</i> <i>y</i></li><li>z</ul>"},
		{"not in preformatted text, nor while formatting is open", "<pre> <div> </div></pre> <div> <b> <div>x</div> </b> </div> <p>y", "<pre> <div> </div></pre><div><b> <div>x</div> </b></div><p>y"},
		{"nor once formatting was closed out of turn", "<b>x<i>y</b> <div>z</i></div> <p>w", "<b>x<i>y</b> <div>z</i></div> <p>w"},
		{"no attributes in text", `<textarea><p data-x=1></textarea><title><p data-x=1></title>1 <2 data-x=1>`, `<textarea><p data-x=1></textarea><title><p data-x=1></title>1 <2 data-x=1>`},
		{"comments", `<!-- <p data-x=1> -->a<!---->b<!-->c<table><!-- d --> <tr>`, `abc<table> <tr>`},
		{"but not one that may end elsewhere", `a<!-- b --!>c -->d<!-- e`, `a<!-- b --!>c -->d<!-- e`},
		{"nor what may be text in a formula", `a<!-- b --><math><![CDATA[<!-- c -->]]></math>`, `a<math><![CDATA[<!-- c -->]]></math>`},
		{"a tag without an end", `x<p data-x=1 class="a`, `x<p  class="a`},
	} {
		t.Run(x.name, func(t *testing.T) {
			sameTree(t, x.markup)
			c := cut(x.markup, false)
			if got := strings.Join(c.pieces, ""); got != x.parsed {
				t.Errorf("parsed is %s, want %s", got, x.parsed)
			}
		})
	}
}
