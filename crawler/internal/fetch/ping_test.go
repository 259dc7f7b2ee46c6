package fetch

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAPingGoesWhereTheCrawlMayGo(t *testing.T) {
	asked := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if r.URL.Path == "/away" {
			http.Redirect(w, r, "http://127.0.0.1:9/", http.StatusFound)
		}
		if r.URL.Path == "/none" {
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer srv.Close()
	if err := Ping(t.Context(), srv.URL+"/ok", ""); err != nil || asked != 1 {
		t.Errorf("%v, asked %d times", err, asked)
	}
	if err := Ping(t.Context(), srv.URL+"/none", ""); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("a refusal: %v", err)
	}
	for _, where := range []string{"http://10.0.0.1/ping", "http://169.254.169.254/latest", srv.URL + "/away", "http://[fd00::1]/"} {
		if err := Ping(t.Context(), where, ""); !errors.Is(err, errPrivate) {
			t.Errorf("%s: %v", where, err)
		}
	}
	if err := CheckPing("news"); err == nil {
		t.Error("no address was taken for one")
	}
}
