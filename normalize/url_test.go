package normalize

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// readTable reads a tab-separated file of testdata; \u escapes are Go's.
func readTable(t testing.TB, name string, columns int) [][]string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != columns {
			t.Fatalf("%s: %d columns in %q, want %d", name, len(row), line, columns)
		}
		for i := range row {
			if strings.Contains(row[i], `\`) {
				if row[i], err = strconv.Unquote(`"` + strings.ReplaceAll(row[i], `"`, `\"`) + `"`); err != nil {
					t.Fatalf("%s: %q: %v", name, line, err)
				}
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func TestURLAndKeyOfTheTable(t *testing.T) {
	rows := readTable(t, "urls.tsv", 4)
	if len(rows) < 200 {
		t.Errorf("%d rows, want 200 or more", len(rows))
	}
	for _, row := range rows {
		in, base, want, key := row[0], row[1], row[2], row[3]
		if key == "=" {
			key = want
		}
		got := URL(in, base)
		if got != want {
			t.Errorf("URL(%q, %q)\n got %q\nwant %q", in, base, got, want)
		}
		if again := URL(got, ""); again != got {
			t.Errorf("URL twice: %q gives %q", got, again)
		}
		k := URLKey(got)
		if k != key {
			t.Errorf("URLKey(%q)\n got %q\nwant %q", got, k, key)
		}
		if again := URLKey(k); again != k {
			t.Errorf("URLKey twice: %q gives %q", k, again)
		}
	}
}

func TestEveryTrackingParameterOfTheTableIsDropped(t *testing.T) {
	n := 0
	for line := range strings.Lines(trackingTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 3 {
			t.Fatalf("%d columns in %q, want 3", len(f), line)
		}
		n++
		var param string
		switch f[1] {
		case "name":
			param = f[2] + "=1"
		case "prefix":
			param = f[2] + "x=1"
		case "valued":
			param = f[2] + "=rss"
		case "value":
			param = "ref=" + f[2]
		case "session":
			param = f[2] + "=0123456789abcdef"
		default:
			t.Fatalf("unknown match %q in %q", f[1], line)
		}
		page := "https://example.com/a?" + param
		want := page
		if f[0] == "record" {
			want = "https://example.com/a"
		}
		if got := URL(page, ""); got != want {
			t.Errorf("%s %s: URL(%q) = %q, want %q", f[0], f[2], page, got, want)
		}
		if got := URLKey(page); got != "https://example.com/a" {
			t.Errorf("%s %s: URLKey(%q) = %q", f[0], f[2], page, got)
		}
	}
	if n < 100 {
		t.Errorf("%d lines, want 100 or more", n)
	}
}

// The plain way is only a short cut: what it answers, the full parser answers too.
func TestPlainAddressAgreesWithTheFullParser(t *testing.T) {
	plain := 0
	for _, row := range readTable(t, "urls.tsv", 4) {
		plain += agree(t, mend(row[0]), row[1])
	}
	if plain < 100 {
		t.Errorf("%d rows went the plain way, want 100 or more", plain)
	}
	for _, origin := range []string{"news.example:8080", "127.0.0.1:8080", "127.0.0.1", "news.example:80", "news.example:443", "news.example:0443", "news.example:65535",
		"news.example:65536", "news.example:", "news.example:8a", "127.1", "0127.0.0.1", "1.2.3.4.5", "256.0.0.1", "1.2.3.0x4", "user@news.example:8080", "a:b@news.example",
		"xn--a.example", "-a.example", "a-.example", "a..example", "ab--c.example", "news.example.", "NEWS.example"} {
		for _, scheme := range []string{"http://", "https://"} {
			agree(t, scheme+origin+"/a?b=c", "")
			agree(t, "/a?b=c", scheme+origin+"/d")
			agree(t, scheme+origin, "")
		}
	}
	if agree(t, "http://127.0.0.1:8080/a", "")+agree(t, "https://news.example:8443", "") != 2 {
		t.Error("an address with a port did not go the plain way")
	}
}

func agree(t *testing.T, s, base string) int {
	t.Helper()
	if s == "" {
		return 0
	}
	a, ok := plainAddress(s, base)
	if !ok {
		return 0
	}
	b, ok := whatwgAddress(s, base)
	if !ok {
		t.Errorf("plainAddress(%q, %q) = %q, but the full parser refuses it", s, base, a)
	}
	a.fragment, b.fragment = cleanFragment(a.fragment), cleanFragment(b.fragment)
	if a != b {
		t.Errorf("plainAddress(%q, %q) = %+v, want %+v", s, base, a, b)
	}
	return 1
}

func TestSiteIsTheRegistrableDomainOrTheHostItself(t *testing.T) {
	for _, c := range []struct{ in, host, site string }{
		{"https://www.example.com/a", "www.example.com", "example.com"},
		{"https://news.example.co.uk:8443/a", "news.example.co.uk", "example.co.uk"},
		{"https://blog.wordpress.com/", "blog.wordpress.com", "blog.wordpress.com"},
		{"https://a.b.github.io/", "a.b.github.io", "b.github.io"},
		{"https://www.gov.cn/", "www.gov.cn", "www.gov.cn"},
		{"https://gov.cn/", "gov.cn", "gov.cn"},
		{"http://127.0.0.1:8080/x", "127.0.0.1", "127.0.0.1:8080"},
		{"http://[::1]:8080/x", "[::1]", "[::1]:8080"},
		{"http://localhost:3000/", "localhost", "localhost:3000"},
		{"http://localhost/", "localhost", "localhost"},
		{"HTTPS://WWW.EXAMPLE.COM./", "www.example.com", "example.com"},
		{"https://www.bücher.example/", "www.xn--bcher-kva.example", "xn--bcher-kva.example"},
		{"https://www.google.com/url?q=https://example.com/", "www.google.com", "google.com"},
		{"mailto:a@example.com", "", ""},
		{"", "", ""},
	} {
		if got := Host(c.in); got != c.host {
			t.Errorf("Host(%q) = %q, want %q", c.in, got, c.host)
		}
		if got := Site(c.in); got != c.site {
			t.Errorf("Site(%q) = %q, want %q", c.in, got, c.site)
		}
	}
}

func TestIDIsStable(t *testing.T) {
	if got, want := ID("https://example.com/a"), "6a6a94a2b1ac9ac5d5d8b3ac9cbae0a5"; len(got) != len(want) {
		t.Errorf("ID = %q, want %d hex digits", got, len(want))
	}
}

func FuzzURL(f *testing.F) {
	for _, row := range readTable(f, "urls.tsv", 4) {
		f.Add(row[0], row[1])
	}
	f.Fuzz(func(t *testing.T, s, base string) {
		u := URL(s, base)
		if again := URL(u, ""); again != u {
			t.Errorf("URL(%q, %q) = %q, again %q", s, base, u, again)
		}
		k := URLKey(u)
		if again := URLKey(k); again != k {
			t.Errorf("URLKey(%q) = %q, again %q", u, k, again)
		}
		if (u == "") != (k == "") {
			t.Errorf("URL(%q, %q) = %q, but its key is %q", s, base, u, k)
		}
		agree(t, mend(s), base)
		Site(s)
	})
}

func BenchmarkURL(b *testing.B) {
	for name, s := range map[string]string{
		"plain":    "https://www.example.com/news/2021/05/29/a-story-with-a-long-name-12345.html",
		"relative": "/news/2021/05/29/a-story-with-a-long-name-12345.html",
		"tracking": "https://www.example.com/news/a-story?utm_source=rss&utm_medium=feed&id=7",
		"foreign":  "https://www.example.com/новости/статья",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				URL(s, "https://www.example.com/news/")
			}
		})
	}
}
