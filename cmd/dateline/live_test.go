package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler"
)

func TestTheLiveViewShowsEachSiteInItsPlace(t *testing.T) {
	now := time.Date(2026, 11, 20, 6, 0, 0, 0, time.UTC)
	var b bytes.Buffer
	l := &liveView{w: &b, width: 120, now: func() time.Time { return now }, sites: map[string]*liveSite{}}
	tell := func(site string, o crawler.Outcome, wait time.Duration) {
		now = now.Add(time.Second)
		l.tell(crawler.Event{Site: site, Outcome: o, Next: now.Add(wait)})
	}
	tell("one.example", crawler.New, 2*time.Second)
	tell("two.example", crawler.Failed, 0)
	b.Reset()
	tell("one.example", crawler.Unchanged, 2*time.Second)
	lines := strings.Split(strings.TrimPrefix(b.String(), "\x1b[3A\r\x1b[J"), "\n")
	for i, want := range []string{"one.example                       2 pages      1 records   1.0/s next in 2.0s", "two.example                       1 pages      0 records   1.0/s    1 errors failed", "2 sites                           3 pages      1 records"} {
		if !strings.HasPrefix(lines[i], want) {
			t.Errorf("line %d is %q, want %q", i, lines[i], want)
		}
	}
	b.Reset()
	l.clear()
	if b.String() != "\x1b[3A\r\x1b[J" {
		t.Errorf("cleared by %q", b.String())
	}
}

func TestALineOfTheLogTakesThePlaceOfThePictureAndThePictureComesAgainBelow(t *testing.T) {
	now := time.Date(2026, 11, 20, 6, 0, 0, 0, time.UTC)
	var b bytes.Buffer
	l := &liveView{w: &b, width: 120, now: func() time.Time { return now }, sites: map[string]*liveSite{}}
	l.tell(crawler.Event{Site: "one.example", Outcome: crawler.New})
	b.Reset()
	if n, err := l.Write([]byte("a warning\n")); n != 10 || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
	if want := "\x1b[2A\r\x1b[Ja warning\n"; b.String() != want {
		t.Errorf("written %q, want %q", &b, want)
	}
	b.Reset()
	now = now.Add(liveEvery)
	l.tell(crawler.Event{Site: "one.example", Outcome: crawler.New})
	if !strings.HasPrefix(b.String(), "one.example ") {
		t.Errorf("drawn %q", &b)
	}
}

func TestTheLiveViewIsSilentWhereNobodyLooks(t *testing.T) {
	file, err := os.Create(t.TempDir() + "/log")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, l := range []*liveView{newLiveView(file, false), newLiveView(&bytes.Buffer{}, false)} {
		l.tell(crawler.Event{Site: "one.example", Outcome: crawler.New})
		l.clear()
	}
	if info, err := file.Stat(); err != nil || info.Size() > 0 {
		t.Errorf("%v %v", info, err)
	}
	var b bytes.Buffer
	if _, err := newLiveView(&b, true).Write([]byte("a warning\n")); err != nil || b.String() != "a warning\n" {
		t.Errorf("the log of a silent view is %q, %v", &b, err)
	}
}
