package page

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPlainTextFallsIntoBlocks(t *testing.T) {
	wide := strings.Repeat("word ", 30)
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a line is a block", "Home | World\n\nTitle\n" + wide + "\nfoot", []string{"Home | World", "Title", strings.TrimSpace(wide), "foot"}},
		{"line ends of all systems", "a\r\nb\rc", []string{"a", "b", "c"}},
		{
			"wrapped text is joined",
			"The government met on Monday to discuss the law on\nthe budget of next year, which the ministers of the\ncoalition had put off twice before the summer, and\nthen agreed.\n\nThe opposition asked for changes.\n",
			[]string{"The government met on Monday to discuss the law on the budget of next year, which the ministers of the coalition had put off twice before the summer, and then agreed.", "The opposition asked for changes."},
		},
		{"white space collapses", "  a\u00a0\tb\u200b \n \n", []string{"a b"}},
		{"nothing", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := ParseText(c.text, "https://news.example/a.txt")
			if diff := cmp.Diff(c.want, blockTexts(p)); diff != "" {
				t.Error(diff)
			}
			if !p.Plain || len(p.Elems) != 0 {
				t.Error("plain text has no elements")
			}
			for _, b := range p.Blocks {
				if b.Elem != -1 || b.Links != 0 {
					t.Errorf("block %+v", b)
				}
			}
		})
	}
}

const saved = "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\"; boundary=\"=_b\"\r\n\r\n" +
	"--=_b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n" +
	"--=_b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://news.example/a\r\n\r\n" +
	"<p>Gr=C3=B6=C3=9Fe=\r\n!</p>\r\n--=_b--\r\n"

func TestThePageIsTakenOutOfAnMHTMLFile(t *testing.T) {
	short := "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<html>"
	if !IsMHTML([]byte(saved)) || !IsMHTML([]byte(short)) || IsMHTML([]byte("<html><p>content-type: x multipart/related")) {
		t.Error("IsMHTML is wrong")
	}
	html, contentType, url, err := FromMHTML([]byte(saved))
	if err != nil || string(html) != "<p>Größe!</p>" || contentType != "text/html; charset=utf-8" || url != "https://news.example/a" {
		t.Errorf("%q, %q, %q, %v", html, contentType, url, err)
	}
}

func TestAnMHTMLFileWithoutAPageIsAnError(t *testing.T) {
	for name, file := range map[string]string{
		"no html part": strings.ReplaceAll(saved, "text/html; charset", "text/plain; charset"),
		"no boundary":  "Content-Type: multipart/related\r\n\r\nx",
		"no header":    "x",
	} {
		if _, _, _, err := FromMHTML([]byte(file)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzFromMHTML(f *testing.F) {
	f.Add([]byte(saved))
	f.Fuzz(func(t *testing.T, file []byte) {
		FromMHTML(file) //nolint:errcheck // must not panic; what it says of junk is its own affair
		ParseText(strings.ToValidUTF8(string(file), ""), "")
	})
}
