package normalize

import "testing"

func TestURLAndKey(t *testing.T) {
	for _, c := range []struct{ in, base, url, key string }{
		{"HTTP://User:p@Example.COM:80/a/./b/../c?b=2&a=1#frag", "", "http://example.com/a/c?a=1&b=2", "https://example.com/a/c?a=1&b=2"},
		{"/news/1?utm_source=x&id=7", "https://www.example.org/x/", "https://www.example.org/news/1?id=7", "https://www.example.org/news/1?id=7"},
		{"https://example.com/a//b/", "", "https://example.com/a/b/", "https://example.com/a/b"},
		{"https://example.com/%7euser/%e4", "", "https://example.com/~user/%E4", "https://example.com/~user/%E4"},
		{"https://example.com/index.html", "", "https://example.com/index.html", "https://example.com"},
		{"https://example.com/p?ref=rss", "", "https://example.com/p", "https://example.com/p"},
		{"https://example.com/p?ref=42", "", "https://example.com/p?ref=42", "https://example.com/p?ref=42"},
		{"mailto:a@example.com", "", "", ""},
		{"javascript:void(0)", "https://example.com/", "", ""},
		{"", "https://example.com/", "", ""},
		{"http://https://example.com/x", "", "https://example.com/x", "https://example.com/x"},
		{"https://example.com/a;jsessionid=AB12?x=1", "", "https://example.com/a?x=1", "https://example.com/a?x=1"},
	} {
		got := URL(c.in, c.base)
		if got != c.url {
			t.Errorf("URL(%q, %q) = %q, want %q", c.in, c.base, got, c.url)
		}
		if key := URLKey(got); key != c.key {
			t.Errorf("URLKey(%q) = %q, want %q", got, key, c.key)
		}
		if again := URL(got, ""); again != got {
			t.Errorf("URL is not idempotent: %q gives %q", got, again)
		}
	}
}

func FuzzURL(f *testing.F) {
	f.Add("https://example.com/%zz//a?b&c=d", "")
	f.Fuzz(func(t *testing.T, s, base string) {
		u := URL(s, base)
		if again := URL(u, ""); again != u {
			t.Errorf("URL(%q) = %q, again %q", s, u, again)
		}
		k := URLKey(u)
		if again := URLKey(k); again != k {
			t.Errorf("URLKey(%q) = %q, again %q", u, k, again)
		}
	})
}
