package fetch

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
)

// pack compresses text by one coding.
func pack(t *testing.T, coding, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip", "x-gzip":
		w = gzip.NewWriter(&b)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, _ = zstd.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw":
		w, _ = flate.NewWriter(&b, 6)
	default:
		return []byte(text)
	}
	_, _ = io.WriteString(w, text)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func coded(mime, coding string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mime)
		if coding != "" {
			w.Header().Set("Content-Encoding", coding)
		}
		_, _ = w.Write(body)
	}
}

func TestRow25_ABodyOverTheLimitIsCutAndSaysSo(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{
		"/long":  coded("text/html", "", bytes.Repeat([]byte("x"), 170000)),
		"/exact": coded("text/html", "", bytes.Repeat([]byte("x"), 80000)),
		"/etag": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"1"`)
			html(strings.Repeat("x", 90000))(w, r)
		},
		"/giant": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Length", strconv.Itoa(1<<30))
		},
	}, func(o *Options) { o.Limits.PageBytes = 80000 })
	s := l.slice()
	if out := l.get(s, "/long"); out.Err != nil || !out.Truncated || len(out.Body) != 80000 {
		t.Errorf("%v, truncated %v, %d bytes", out.Err, out.Truncated, len(out.Body))
	}
	if out := l.get(s, "/exact"); out.Err != nil || out.Truncated || len(out.Body) != 80000 {
		t.Errorf("%v, truncated %v, %d bytes", out.Err, out.Truncated, len(out.Body))
	}
	if out := l.get(s, "/etag"); out.Validators != (Validators{}) {
		t.Errorf("validators of a cut page: %+v", out.Validators)
	}
	l.wantFault(l.get(s, "/giant"), FaultSize)
}

func TestRow26_ABombIsCutAtTheDecodedLimit(t *testing.T) {
	huge := strings.Repeat("<p>nothing</p>", 2<<20)
	for _, coding := range []string{"gzip", "br", "zstd"} {
		l := newLab(t, map[string]http.HandlerFunc{"/b": coded("text/html", coding, pack(t, coding, huge))},
			func(o *Options) { o.Limits.PageBytes = 2 << 20 })
		out := l.get(l.slice(), "/b")
		if out.Err != nil || !out.Truncated || !out.Bomb || len(out.Body) != 2<<20 || out.WireBytes > 1<<20 {
			t.Errorf("%s: %v, truncated %v, bomb %v, %d bytes of %d", coding, out.Err, out.Truncated, out.Bomb, len(out.Body), out.WireBytes)
		}
	}
}

func TestRow27_EveryCodingIsUndoneAskedForOrNot(t *testing.T) {
	const page = "<p>ein Satz, zwei Sätze</p>"
	routes := map[string]http.HandlerFunc{
		"/none":     coded("text/html", "identity", []byte(page)),
		"/unknown":  coded("text/html", "x-martian", []byte(page)),
		"/notgzip":  coded("text/html", "gzip", []byte(page)),
		"/notzstd":  coded("text/html", "zstd", []byte(page)),
		"/raw":      coded("text/html", "deflate", pack(t, "raw", page)),
		"/twice":    coded("text/html", "gzip, br", pack(t, "br", string(pack(t, "gzip", page)))),
		"/broken":   coded("text/html", "br", []byte("\xff\xff\xff\xff")),
		"/tooDeep":  coded("text/html", "gzip,gzip,gzip,gzip", []byte(page)),
		"/GZIPcase": coded("text/html", "GZip", pack(t, "gzip", page)),
	}
	for _, c := range []string{"gzip", "x-gzip", "br", "zstd", "deflate"} {
		routes["/"+c] = coded("text/html", c, pack(t, c, page))
	}
	l := newLab(t, routes)
	s := l.slice()
	for _, path := range []string{"/none", "/gzip", "/x-gzip", "/br", "/zstd", "/deflate", "/raw", "/twice", "/notgzip", "/notzstd", "/GZIPcase"} {
		l.wantBody(l.get(s, path), page)
	}
	for _, path := range []string{"/unknown", "/broken", "/tooDeep"} {
		l.wantFault(l.get(s, path), FaultBody)
	}
	for _, h := range l.arrivals() {
		if got := h.header.Get("Accept-Encoding"); got != accepted {
			t.Errorf("%s was asked with Accept-Encoding %q", h.path, got)
		}
		if h.header.Get(taskHeader) != "" {
			t.Errorf("%s was sent our own header", h.path)
		}
	}
}

func TestRow28_GzipIsKnownByItsBytesNotByItsName(t *testing.T) {
	const xml = `<?xml version="1.0"?><urlset></urlset>`
	l := newLab(t, map[string]http.HandlerFunc{
		"/plain.xml.gz": coded("application/xml", "", []byte(xml)),
		"/real.xml.gz":  coded("application/octet-stream", "", pack(t, "gzip", xml)),
		"/typed":        coded("application/x-gzip", "", pack(t, "gzip", xml)),
		"/twice.xml.gz": coded("application/xml", "gzip", pack(t, "gzip", string(pack(t, "gzip", xml)))),
		"/gone.xml.gz":  status(404, "Content-Type", "text/html"),
	})
	s := l.slice()
	for _, path := range []string{"/plain.xml.gz", "/real.xml.gz", "/typed", "/twice.xml.gz"} {
		l.wantBody(s.Fetch(context.Background(), Request{URL: l.srv.URL + path, Kind: KindSitemap}), xml)
	}
	l.wantFault(l.get(s, "/gone.xml.gz"), FaultGone)
}

func TestRow29And30_BytesAndCharsetPassUntouched(t *testing.T) {
	const cyrillic = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>\xcf\xf0\xe8\xe2\xe5\xf2</a>"
	l := newLab(t, map[string]http.HandlerFunc{
		"/wrong": say("text/html; charset=windows-1251", "<p>Привет"),
		"/feed":  say("application/rss+xml; charset=windows-1251", cyrillic),
		"/none":  say("text/html", "\xd6\xd0\xb9\xfa"),
		"/odd":   say("text/html; charset=", "x"),
	})
	s := l.slice()
	for path, want := range map[string]string{"/wrong": "<p>Привет", "/feed": cyrillic, "/none": "\xd6\xd0\xb9\xfa", "/odd": "x"} {
		out := l.get(s, path)
		l.wantBody(out, want)
		if path == "/wrong" && out.ContentType != "text/html; charset=windows-1251" {
			t.Errorf("content type %q", out.ContentType)
		}
	}
}

func TestRow32_ADeepPageIsOneOutcome(t *testing.T) {
	deep := strings.Repeat("<div>", 2000) + "text"
	l := newLab(t, map[string]http.HandlerFunc{"/deep": html(deep)})
	l.wantBody(l.get(l.slice(), "/deep"), deep)
}

func short(send, promise int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Length", strconv.Itoa(promise))
		_, _ = w.Write(bytes.Repeat([]byte("x"), send))
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}

func TestRow33_AShortBodyIsTriedTwiceAndKeptIfItIsWorthIt(t *testing.T) {
	n := 0
	l := newLab(t, map[string]http.HandlerFunc{
		"/long":  short(20000, 50000),
		"/short": short(1000, 50000),
		"/once": func(w http.ResponseWriter, r *http.Request) {
			if n++; n == 1 {
				short(20000, 50000)(w, r)
			}
			html("whole")(w, r)
		},
	})
	s := l.slice()
	out := l.get(s, "/long")
	if out.Err != nil || !out.Truncated || len(out.Body) != 20000 || l.count("/long") != 2 {
		t.Errorf("%v, truncated %v, %d bytes, %d requests", out.Err, out.Truncated, len(out.Body), l.count("/long"))
	}
	l.wantFault(l.get(s, "/short"), FaultReset)
	out = l.get(s, "/once")
	l.wantBody(out, "whole")
	if out.Truncated || out.Requests != 2 || len(out.Hops) != 2 {
		t.Errorf("truncated %v, %d requests, %d hops", out.Truncated, out.Requests, len(out.Hops))
	}
}

func TestRow34_BodiesInFlightAreBounded(t *testing.T) {
	b := newBudget(1 << 20)
	ctx := context.Background()
	one, err := b.take(ctx, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := b.take(ended, 1); err == nil {
		t.Error("a second body was let in")
	}
	if one.fits(5 << 20) {
		t.Error("it fits the budget")
	}
	if err := one.alone(ctx); err != nil {
		t.Error("one large body may grow")
	}
	one.free()
	two, err := b.take(ctx, -1)
	if err != nil {
		t.Fatal(err)
	}
	three, err := b.take(ctx, -1)
	if err != nil {
		t.Fatal(err)
	}
	if err := two.alone(ctx); two.fits(2<<20) || err != nil {
		t.Error("the large place is free")
	}
	if err := three.alone(ended); three.fits(2<<20) || err == nil {
		t.Error("two bodies grew beyond the budget")
	}
	two.free()
	three.free()
	large := &body{x: &exchange{alone: true}, share: &share{b: b}, n: 1 << 20} // in the room
	if err := large.grow(); err != nil || b.all.TryAcquire(1) {
		t.Errorf("it leaves to others what it needs, %v", err)
	}
	if large.n++; large.grow() != nil {
		t.Error("it may grow beyond the budget")
	}
	large.share.free()
	if !b.all.TryAcquire(1 << 20) {
		t.Error("something was not given back")
	}
}

func TestOnlyWhatMayBeAPageIsRead(t *testing.T) {
	png := "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x01", 500)
	l := newLab(t, map[string]http.HandlerFunc{
		"/img": say("image/png", png), "/pdf": say("application/pdf", "%PDF-1.7"), "/css": say("text/css", "a{}"),
		"/bin": say("application/octet-stream", png), "/untyped": func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			_, _ = w.Write([]byte("<!DOCTYPE html><p>x"))
		},
		"/octets": say("application/octet-stream", "<!DOCTYPE html><p>x"), "/json": say("application/feed+json", "{}"), "/plain": say("text/plain", "x"),
		"/empty": html(""), "/nothing": status(204),
	})
	s := l.slice()
	for _, path := range []string{"/img", "/pdf", "/css", "/bin"} {
		out := l.get(s, path)
		l.wantFault(out, FaultType)
		if len(out.Body) != 0 {
			t.Errorf("%s: %d bytes were kept", path, len(out.Body))
		}
	}
	l.wantBody(l.get(s, "/untyped"), "<!DOCTYPE html><p>x")
	l.wantBody(l.get(s, "/octets"), "<!DOCTYPE html><p>x")
	l.wantBody(l.get(s, "/json"), "{}")
	l.wantBody(l.get(s, "/plain"), "x")
	l.wantFault(l.get(s, "/empty"), FaultBody)
	l.wantFault(l.get(s, "/nothing"), FaultBody)
}

func TestABodyThatFallsSilentEnds(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/drip": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<p>and then"))
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}}, func(o *Options) { o.Limits.Idle = 50 * time.Millisecond })
	l.wantFault(l.get(l.slice(), "/drip"), FaultTimeout)
}

// TestRow34_TwoLargeBodiesNeverWaitForEachOther has a body in the room that outgrows what the budget has left while
// another, smaller one that found the budget full grows large.
func TestRow34_TwoLargeBodiesNeverWaitForEachOther(t *testing.T) {
	const half, whole = LargeBody + 100<<10, LargeBody + 2<<20
	page := func(w http.ResponseWriter, n int) {
		_, _ = w.Write(bytes.Repeat([]byte("x"), n))
		_ = http.NewResponseController(w).Flush()
	}
	goOn := make(chan struct{})
	l := newLab(t, map[string]http.HandlerFunc{
		"/first": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			page(w, half)
			<-goOn
			page(w, whole-half)
		},
	}, func(o *Options) { o.Limits.InFlight, o.Limits.Page = 4<<20, 20*time.Second })
	other := newLab(t, map[string]http.HandlerFunc{
		"/second": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			page(w, whole)
		},
	})
	room := make(chan struct{}, 1)
	get := func(srv *httptest.Server, path string) (asked chan struct{}, end chan Outcome) {
		asked, end = make(chan struct{}), make(chan Outcome, 1)
		in := false
		enter := func(ctx context.Context) error {
			if in {
				return nil
			}
			close(asked)
			select {
			case room <- struct{}{}:
				in = true
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		go func() {
			site := Site{Name: path, Loopback: LoopbackHost(srv.URL), Delay: zero}
			out := l.f.Slice(site).Fetch(t.Context(), Request{URL: srv.URL + path, Large: enter})
			if in {
				<-room
			}
			end <- out
		}()
		return asked, end
	}
	asked, first := get(l.srv, "/first")
	<-asked
	asked, second := get(other.srv, "/second")
	<-asked
	close(goOn)
	for _, out := range []Outcome{<-first, <-second} {
		if out.Err != nil || out.Truncated || len(out.Body) != whole {
			t.Errorf("%s: %v, %d bytes, truncated %v", out.Final, out.Err, len(out.Body), out.Truncated)
		}
	}
}

// TestRow34_TheSecondTryOfABodyInTheRoomWaitsForNoBudget has the budget used up by others, who may wait for the room.
func TestRow34_TheSecondTryOfABodyInTheRoomWaitsForNoBudget(t *testing.T) {
	const whole = LargeBody + 1<<20
	var l *lab
	tries := 0
	l = newLab(t, map[string]http.HandlerFunc{"/x": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Length", strconv.Itoa(whole))
		if tries++; tries > 1 {
			if _, err := l.f.bodies.take(t.Context(), 4<<20); err != nil {
				t.Error(err)
			}
			go func() { _, _ = l.f.bodies.take(t.Context(), 1) }()
			for l.f.bodies.all.TryAcquire(0) { // until that one waits in line
				runtime.Gosched()
			}
			_, _ = w.Write(bytes.Repeat([]byte("x"), whole))
			return
		}
		_, _ = w.Write(bytes.Repeat([]byte("x"), whole-1))
	}}, func(o *Options) { o.Limits.InFlight, o.Limits.Page = 4<<20, 20*time.Second })
	entered := false
	ctx, end := context.WithTimeout(t.Context(), 20*time.Second)
	defer end()
	out := l.slice().Fetch(ctx, Request{URL: l.srv.URL + "/x", Large: func(context.Context) error { entered = true; return nil }})
	if !entered || tries != 2 || out.Err != nil || len(out.Body) != whole {
		t.Errorf("in the room %v, %d tries: %v, %d bytes", entered, tries, out.Err, len(out.Body))
	}
}

func TestALargeBodyThatGetsNoRoomIsAFailureAndNoCutPage(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/x": html(strings.Repeat("x", LargeBody+1<<20))})
	out := l.slice().Fetch(t.Context(), Request{URL: l.srv.URL + "/x", Large: func(context.Context) error { return errors.New("no room") }})
	if out.Err == nil {
		t.Errorf("%v, truncated %v", out.Err, out.Truncated)
	}
}

func TestTheWaitForTheRoomCountsTowardsNothing(t *testing.T) {
	l := newLab(t, map[string]http.HandlerFunc{"/x": html(strings.Repeat("x", LargeBody+1<<20))})
	out := l.slice().Fetch(t.Context(), Request{URL: l.srv.URL + "/x", Large: func(context.Context) error {
		l.clock.Advance(time.Hour)
		return nil
	}})
	if out.Err != nil || out.Took >= time.Hour {
		t.Errorf("%v, took %v", out.Err, out.Took)
	}
	never := func() { t.Error("stopped") }
	b := &body{x: &exchange{slice: l.slice()}, ctx: t.Context(), idle: time.Hour, ends: time.Now().Add(time.Hour),
		timer: time.AfterFunc(time.Hour, never), over: time.AfterFunc(time.Hour, never)}
	err := b.wait(func(context.Context) error {
		if b.timer.Stop() || b.over.Stop() {
			t.Error("the deadlines go on in the wait")
		}
		return nil
	})
	if err != nil || !b.timer.Stop() || !b.over.Stop() {
		t.Errorf("the deadlines stand still after it, %v", err)
	}
}
