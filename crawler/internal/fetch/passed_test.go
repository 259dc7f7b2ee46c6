package fetch

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

// A listener reads bodies as they come.
type listener struct {
	most int64 // bytes to read, 0 for all

	calls int
	kept  bool
	n     int64
	err   error // with which the kept body ended, nil for its end
	head  string
	with  Answer
}

func (l *listener) read(a Answer, body io.Reader) (keep func()) {
	l.calls++
	if l.most > 0 {
		body = io.LimitReader(body, l.most)
	}
	head := make([]byte, 8)
	k, _ := io.ReadFull(body, head)
	n, err := io.Copy(io.Discard, body)
	return func() { l.kept, l.n, l.err, l.head, l.with = true, n+int64(k), err, string(head[:k]), a }
}

// long answers with a sitemap of so many bytes.
func long(n int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/xml; charset=koi8-r")
		w.Header().Set("ETag", `"1"`)
		block := strings.Repeat("<url> ", 1000)
		for _, _ = io.WriteString(w, "<urlset>"); n > 0; n -= len(block) {
			if _, err := io.WriteString(w, block); err != nil {
				return
			}
		}
	}
}

func TestABodyIsReadAsItComes(t *testing.T) {
	wall := "<html><body>" + strings.Repeat(" ", 100_000) + `<script src="/cdn-cgi/challenge-platform/x.js"></script>`
	tries := 0
	l := newLab(t, map[string]http.HandlerFunc{
		"/long":  long(40 << 20),
		"/over":  long(60 << 20),
		"/short": short(100_000, 200_000),
		"/first": func(w http.ResponseWriter, r *http.Request) {
			if tries++; tries == 1 {
				short(50_000, 200_000)(w, r)
			}
			say("text/plain", strings.Repeat("y", 200_000))(w, r)
		},
		"/zip":   coded("application/xml", "gzip", pack(t, "gzip", string(pack(t, "gzip", "<urlset></urlset>")))),
		"/wall":  html(wall),
		"/hop":   redirect(301, "/zip"),
		"/gone":  status(404),
		"/same":  status(304),
		"/empty": say("text/xml", ""),
		"/image": say("image/png", "<urlset>"),
	})
	for path, tc := range map[string]struct {
		most, n   int64
		calls     int
		err       error
		fault     Fault
		truncated bool
	}{
		"/long":  {n: 41_946_008, calls: 1},
		"/over":  {n: 52 << 20, calls: 1, err: io.ErrUnexpectedEOF, truncated: true},
		"/short": {n: 100_000, calls: 2, err: io.ErrUnexpectedEOF, truncated: true},
		"/first": {n: 200_000, calls: 2},
		"/zip":   {n: 17, calls: 1},
		"/hop":   {n: 17, calls: 1},
		"/wall":  {most: 10, calls: 1, fault: FaultBlocked},
		"/gone":  {fault: FaultGone},
		"/same":  {},
		"/empty": {calls: 1, fault: FaultBody},
		"/image": {fault: FaultType},
	} {
		t.Run(path, func(t *testing.T) {
			r := &listener{most: tc.most}
			v := Validators{}
			if path == "/same" {
				v.ETag = `"1"`
			}
			out := l.slice().Fetch(context.Background(), Request{URL: l.srv.URL + path, Kind: KindSitemap, Validators: v, Read: r.read})
			if tc.fault != "" {
				l.wantFault(out, tc.fault)
			} else if out.Err != nil {
				t.Fatal(out.Err)
			}
			if r.calls != tc.calls || r.kept != (tc.fault == "" && tc.calls > 0) || r.n != tc.n || !errors.Is(r.err, tc.err) || out.Truncated != tc.truncated {
				t.Errorf("%d calls, kept %v with %d bytes, then %v; truncated %v", r.calls, r.kept, r.n, r.err, out.Truncated)
			}
			if out.Body != nil || r.kept && (r.with.URL != out.Final || r.with.ContentType != out.ContentType || !r.with.Fetched.Equal(out.Fetched)) {
				t.Errorf("%d bytes in memory; it was said to be %v of %v", len(out.Body), r.with, out.Final)
			}
			if path == "/long" && out.Validators.ETag == "" || tc.truncated && out.Validators.ETag != "" {
				t.Errorf("validators %v", out.Validators)
			}
		})
	}
}

func TestWhatIsLeftUnreadIsNotFetched(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/long": long(40 << 20)})
	r := &listener{most: 100}
	out := l.slice().Fetch(context.Background(), Request{URL: l.srv.URL + "/long", Kind: KindSitemap, Read: r.read})
	if out.Err != nil || !r.kept || r.n != 100 || out.WireBytes > 1<<20 {
		t.Errorf("%v, %d bytes read of %d", out.Err, r.n, out.WireBytes)
	}
}

func TestAReaderThatPanicsIsOneOutcome(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/a": html("x")})
	s := l.slice()
	l.wantFault(s.Fetch(context.Background(), Request{URL: l.srv.URL + "/a", Read: func(Answer, io.Reader) func() { panic("a defect") }}), FaultPanic)
	l.wantBody(l.get(s, "/a"), "x")
}
