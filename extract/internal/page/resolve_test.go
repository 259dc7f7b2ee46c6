package page

import (
	"math/rand"
	"net/url"
	"testing"
)

func TestLinksThatNeedNoParserResolveAsTheParserHasThem(t *testing.T) {
	parts := []string{"a", "B", "/", "/", ".", "?", "#", "&", "=", ":", "@", "+", "-", "http://", "https://", "x.org", "$", ",", ";", "~", "_", "%", "!", "0"}
	r := rand.New(rand.NewSource(2))
	plain := 0
	for _, base := range []string{"https://news.example/a/b?c#d", "http://h/", "https://u@h.org/x", "https://h.org:8080/q", "", "https://h.org"} {
		p := &Page{}
		p.setBase(base)
		for range 5000 {
			href := []string{"https://x.org", "/", "a"}[r.Intn(3)]
			for range r.Intn(9) {
				href += parts[r.Intn(len(parts))]
			}
			got := p.plainly(href)
			if got == "" {
				continue
			}
			plain++
			u, err := url.Parse(href)
			if err != nil {
				t.Fatalf("%q: %v", href, err)
			}
			if !u.IsAbs() {
				u = p.base.ResolveReference(u)
			}
			if u.String() != got {
				t.Errorf("%q on %q is %q, the parser has %q", href, base, got, u)
			}
		}
	}
	if plain < 5000 {
		t.Errorf("only %d links were plain", plain)
	}
}
