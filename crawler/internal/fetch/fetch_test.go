package fetch

import (
	"net/http"
	"testing"
)

func TestAPageComesBackWhole(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("<p>hello")})
	out := l.get(l.slice(), "/a")
	l.wantBody(out, "<p>hello")
	if out.Status != 200 || out.ContentType != "text/html; charset=utf-8" || out.Requests != 2 || len(out.Hops) != 1 {
		t.Errorf("%+v", out)
	}
	if got := l.paths(); got != "/robots.txt /a" {
		t.Errorf("requests %s", got)
	}
}
