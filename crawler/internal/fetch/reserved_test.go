package fetch

import (
	"net/http"
	"testing"
	"time"
)

func TestTheTDMFileIsAskedForBesideRobotsWhereTheSiteWantsIt(t *testing.T) {
	reply := say("application/json", `[{"location":"/closed","tdm-reservation":1}]`)
	rules := ""
	l := newLab(t, map[string]http.HandlerFunc{
		"/closed": html("x"), "/open": html("x"),
		"/robots.txt": func(w http.ResponseWriter, r *http.Request) { robotsTxt(rules)(w, r) },
		tdmPath:       func(w http.ResponseWriter, r *http.Request) { reply(w, r) },
	})
	wants := func(s *Site) { s.TDM = true }
	l.get(l.slice(), "/closed")
	if l.count(tdmPath) != 0 || l.slice().Reserved(l.srv.URL+"/closed") {
		t.Error("it is asked for although nobody wants it")
	}
	s := l.slice(wants) // robots.txt is fresh, but was asked for without it
	for range 3 {
		l.get(s, "/closed")
	}
	if l.count(tdmPath) != 1 || !s.Reserved(l.srv.URL+"/closed") || s.Reserved(l.srv.URL+"/open") {
		t.Errorf("asked %s", l.paths())
	}
	later := New(Options{Clock: l.clock}) // another process
	if err := later.Restore(s.Changed()); err != nil || !later.Slice(Site{}).Reserved(l.srv.URL+"/closed") {
		t.Errorf("it does not outlive the process: %v", err)
	}
	reply = status(500) // the last one holds
	l.clock.Advance(25 * time.Hour)
	if l.get(s, "/open"); l.count(tdmPath) != 2 || !s.Reserved(l.srv.URL+"/closed") {
		t.Errorf("asked %s", l.paths())
	}
	reply = status(404)
	l.clock.Advance(25 * time.Hour)
	if l.get(s, "/open"); s.Reserved(l.srv.URL + "/closed") {
		t.Error("one that is gone still reserves")
	}
	rules = "User-agent: *\nDisallow: /.well-known/\n"
	l.clock.Advance(25 * time.Hour)
	if l.get(s, "/open"); l.count(tdmPath) != 3 {
		t.Errorf("asked for what robots.txt denies: %s", l.paths())
	}
}
