package page

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/net/html"
)

// streamed is markup that is read without a tree.
var streamed = []struct{ name, markup string }{
	{"nothing", ``},
	{"words alone", `x`},
	{"a whole page", `<!DOCTYPE html><html lang=en dir=ltr><head><title>a &amp; b</title><meta name=x content=y><link rel=a href=b></head><body class=c><p>x</body></html>`},
	{"a page without its tags", `<title>a</title><meta name=x content=y><p>x<p>y`},
	{"a head that follows itself", `<head></head><head><link rel=a href=b><title>a</title> <script>"state"</script><p>x`},
	{"what belongs in the head, in the body", `<body><p>x<title>a</title><meta name=x content=y><style>p {}</style>y`},
	{"words and comments behind the body", `<p>x</body> <!-- a --></html><!-- b --> y <i>z`},
	{"names and attributes in capitals", `<P CLASS=A Data-Src=b>x</P><SCRIPT>"<p>"</SCRIPT>y`},
	{"an attribute twice", `<p id=a id=b class=c CLASS=d>x`},
	{"attributes of all sorts", `<a x = '"' y="'>" href='/b'z=1 w =/c>x</a><a/href="b"/ =c alt>y</a><br/title=a/>z<img src=a/>`},
	{"references in text and in attributes", `<p title="&copy=1&copy;&copyx&notit;&amp;&semi;&;&#65;&#x42&#;&unknown;&lt">&copy=1 &copyx &notit; &#65;&#x42 &unknown; &lt`},
	{"line ends of Windows and of old", "<p title='a\r\nb'>x\r\ny<pre>\r\n a\rb\n</pre>"},
	{"what only looks like markup", `1 < 2 <3 </ a> <? b > <! c> <!DOCTYPE d> </> x <`},
	{"an end tag that is cut", `<p>x</`},
	{"a tag that is cut", `<p>x<p class="a`},
	{"comments of all sorts", `<!-->a<!--->b<!-- <p> --!>c<!-- - -- -->d<!--x--->e<!-- y`},
	{"markup in a script, a comment in it", `<script>if (a < b) "<p></p>" <!-- c --></script>x<script><!-- </script>y`},
	{"a script that does not end", `<p>x<script>"</scripts>`},
	{"text fields, frames and what is for no scripts", `<textarea><p>a</textarea>x<iframe><p>b</iframe><noscript><p>c</noscript><xmp><p> d</xmp><noembed><p></noembed>`},
	{"a paragraph read without scripts", `<noscript>` + strings.Repeat(`<p>`+strings.Repeat("word ", 100), 3) + `</noscript>x`},
	{"paragraphs that end by themselves", `<p>a<p>b<div>c<p>d</div>e</p>f<ul><p>g<li>h</ul>`},
	{"lists in lists", `<ul><li>a<ul><li>b<li>c</ul><li><div>d<li>e</ul><dl><dt>a<dd>b<dt>c</dl>`},
	{"headings in headings", `<h1>a<h2>b</h1>c</h3>`},
	{"formatting over several blocks", `<p><b class=a>x<p>y</b><i>z<p>w</i>v`},
	{"four of the same open", `<p><font id=a><font id=a><font id=a><font id=a>x<p>y`},
	{"links one after another", `<a href=a>x<a href=b>y</a>z</a>`},
	{"a form that ends early", `<div><form><p>a</form>b<form>c<form>d</div>e</form>`},
	{"buttons and words that do not wrap", `<button><p>a<button>b</button>c<nobr>d<nobr>e`},
	{"choices", `<select><option>a<optgroup><option>b<option>c<select>x<select><input>y<optgroup><option>z<option>w`},
	{"ruby", `<ruby>a<rp>(<rt>b<rb>c<rtc>d<rt>e</ruby>`},
	{"elements that HTML does not know", `<my-block data-type=a><X-Y>b</my-block>c</x-y>`},
	{"an object with formatting", `<b>a<object><i>x</object>y<marquee>z</b>w</marquee>`},
	{"a rule, a picture and a line end out of place", `<p>a<hr>b<image src=c></br>d</p></p>e`},
	{"a table", `<table><caption>a<p>b</caption><colgroup><col><col><thead><tr><th>c<td>d<tbody><tr><td>e</tr></tbody></table>f`},
	{"a table without its parts", "<table> <td>a</td>\n<th>b <tr> <td>c<table><tr><td>d</table>e</table>f"},
	{"columns, a form and a script in a table", `<table><col> <script>"x"</script><form><input type=hidden><tr><td>a</form>b</table>c`},
	{"ends without beginnings in a table", `<table></td></div></caption><tr></tbody></col></body><td></table></td></html>a</table>b`},
	{"a table in a paragraph, as of old", `<!DOCTYPE html PUBLIC "-//IETF//DTD HTML 3.0//"><p>a<table><tr><td>b</table>c`},
	{"and as of today", `<!DOCTYPE html SYSTEM "about:legacy-compat"><p>a<table><tr><td>b</table>c`},
	{"a template", `<template><div><p>a<template>b</template><script>"</template>"</script></template>c<table><template><tr></template><tr><td>d</table>`},
	{"drawings", `<svg/>a<svg class=b><title>c</title><style>d</style><g><path/></g></svg>e<svg><path><g></svg>f<svg><![CDATA[<p>]]><p`},
}

// intricate is markup of which a tree is made.
var intricate = []struct{ name, markup string }{
	{"formatting around blocks that ends in them", `<b>x<div>y</b>z`},
	{"a link around another in a block", `<a href=a><div><a href=b>x`},
	{"words in a table", `<table>x<tr><td>y</table>`},
	{"a block in a table", `<table><div>x</div></table>`},
	{"a field in a table", `<table><input></table>`},
	{"a body with attributes that comes late", `<p>x<body class=a>`},
	{"and a root", `<p>x<html lang=en>`},
	{"frames", `<frameset><frame>`},
	{"formulas", `<math><mi>x</math>`},
	{"what ends a drawing", `<svg><p>x</svg>`},
	{"elements of HTML in a drawing", `<svg><desc><b>x</b></desc></svg>`},
	{"what may not end in a drawing", `<svg></b>x</svg>`},
	{"a script in a script's comment", `<script><!-- <script> </script> --></script>x`},
	{"text without an end", `<plaintext><p>x`},
	{"a cell in a template", `<template><td>x</template>y`},
	{"four alike but for their attributes", `<p><font id=a><font id=b><font id=c><font id=d>x<p>y`},
	{"NUL", "<p>\x00x"},
	{"attributes without number", "<p data-src" + manyAttributes(maxAttrs) + ">x"},
	{"more than the parser holds open", strings.Repeat(`<div>`, 600)},
}

// manyAttributes are n that differ.
func manyAttributes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " data-src%d", i)
	}
	return b.String()
}

func TestAPageIsTheSameWithAndWithoutItsTree(t *testing.T) {
	for _, x := range streamed {
		t.Run(x.name, func(t *testing.T) {
			if !samePage(t, x.markup) {
				t.Errorf("%q was found intricate", x.markup)
			}
		})
	}
	for _, x := range intricate {
		t.Run(x.name, func(t *testing.T) {
			if samePage(t, x.markup) {
				t.Errorf("%q was read without a tree", x.markup)
			}
		})
	}
}

func FuzzParseStream(f *testing.F) {
	for _, x := range slices.Concat(streamed, intricate) {
		f.Add(x.markup)
	}
	f.Fuzz(func(t *testing.T, markup string) { samePage(t, markup) })
}

// samePage holds the page that is made without a tree to that of the tree of html.Parse. It is false where there is none.
func samePage(t *testing.T, markup string) bool {
	t.Helper()
	got := parseStream(markup, "")
	if got == nil {
		return false
	}
	doc, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		t.Fatalf("a page was made of %q, which has no tree: %v", markup, err)
	}
	want := &Page{}
	w := newWalker(want, "")
	w.document(doc)
	w.finish()
	got.attrs, want.attrs = nil, nil
	for _, p := range []*Page{got, want} {
		for i := range p.Elems {
			e := &p.Elems[i]
			e.Attrs = slices.DeleteFunc(slices.Clone(e.Attrs), func(a html.Attribute) bool { return a.Namespace != "" || !asked(a.Key) })
			slices.SortFunc(e.Attrs, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
		}
	}
	if !reflect.DeepEqual(want, got) { // quicker than the difference
		if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Page{}), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("page of %q:\n%s", markup, diff)
		}
	}
	return true
}

func TestTheMarkupDoesNotLiveOnInWhatARecordHolds(t *testing.T) {
	markup := strings.Clone(`<title>The title</title><meta name=author content="A name"><a class=link href="/a">x</a>`)
	p := parseStream(markup, "")
	for _, s := range []string{p.Title, p.Metas[0].Content, p.Elems[1].Attr("href")} {
		if within(markup, s) {
			t.Errorf("%q is a part of the markup", s)
		}
	}
}

// within reports whether s is a piece of whole's own bytes.
func within(whole, s string) bool {
	from := uintptr(unsafe.Pointer(unsafe.StringData(whole)))
	at := uintptr(unsafe.Pointer(unsafe.StringData(s)))
	return at >= from && at < from+uintptr(len(whole))
}
