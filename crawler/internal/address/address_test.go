package address

import "testing"

func FuzzPlain(f *testing.F) {
	for _, s := range []string{
		"https://news.example/2024/05/story-of-the-day.html", "http://127.0.0.1:8080/a?b=c&d=%20", "https://a.b-c.example/x/y/?q=1/../2",
		"https://news.example/a/./b", "https://news.example/a/%2E%2e/b", "https://news.example", "https://xn--bcher-kva.example/", "https://News.example/",
		"https://news.example:443/", "https://news.example:65536/", "https://1.2.3/", "https://0x7f.1/", "https://news.example/a b", "https://u@news.example/",
		"https://news.example/a?'", "https://news.example/%zz", "https://news.example/a#b", "https://a--b.example/", "https://ab--c.example/", "https://localhost/",
		"https://news.example/.well-known/x", "https://news.example/a?b?c=./d", "https://example.:8080/", "http://4294967295/", "http://a.09/",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !plain(s) {
			return
		}
		if got, err := standard("", s); err != nil || got != s {
			t.Errorf("%q is taken for plain, and is %q (%v)", s, got, err)
		}
		if u, err := Resolve("", s); err != nil || u.String() != s {
			t.Errorf("%q reads as %v (%v)", s, u, err)
		}
	})
}

func TestMostAddressesArePlainAndTheRestAreNot(t *testing.T) {
	for s, want := range map[string]bool{
		"https://www.news.example/world/2024/05/the-story_1.html?id=3&x=a%20b": true,
		"http://127.0.0.1:8080/":               true,
		"https://localhost:8443/a":             true,
		"https://news.example":                 false,
		"https://news.example/a/../b":          false,
		"https://news.example/%2e%2E/b":        false,
		"https://News.example/":                false,
		"https://news.example/a#part":          false,
		"https://news.example/a b":             false,
		"https://news.example/a?it's":          false,
		"https://reader:secret@news.example/a": false,
		"https://bücher.example/":              false,
		"https://news.example:443/":            false,
		"https://0x7f.1/":                      false,
		"//news.example/a":                     false,
		"ftp://news.example/a":                 false,
		"/a":                                   false,
	} {
		if got := plain(s); got != want {
			t.Errorf("%s: %v", s, got)
		}
	}
}
