package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/dateline-go/dateline/crawler"
	"github.com/dateline-go/dateline/internal/spell"
	"golang.org/x/term"
)

const (
	liveEvery = 200 * time.Millisecond // between two drawings
	liveSites = 12                     // lines: the sites that were busy last
)

// A liveView shows on a terminal what a crawl does, site by site, and is redrawn in its place; elsewhere,
// and with --quiet, it is silent. Several workers tell it at once. The log is written through it, so that its
// lines stand above the picture and not in it.
type liveView struct {
	w      io.Writer
	silent bool
	width  int
	colour bool
	now    func() time.Time

	mu    sync.Mutex
	sites map[string]*liveSite
	began time.Time
	drawn time.Time
	lines int // on the screen
}

type liveSite struct {
	name                   string
	pages, records, errors int
	began, last            time.Time
	next                   time.Time // when its host may be asked again
	lastError              string
}

func newLiveView(w io.Writer, quiet bool) *liveView {
	f, ok := w.(*os.File)
	if !ok || quiet || os.Getenv("TERM") == "dumb" || !term.IsTerminal(int(f.Fd())) {
		return &liveView{w: w, silent: true}
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width < 40 {
		width = 80
	}
	return &liveView{w: w, width: width, colour: os.Getenv("NO_COLOR") == "", now: time.Now, sites: map[string]*liveSite{}}
}

// tell takes one event of the crawl.
func (l *liveView) tell(e crawler.Event) {
	if l.silent {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if l.began.IsZero() {
		l.began = now
	}
	s := l.sites[e.Site]
	if s == nil {
		s = &liveSite{name: e.Site, began: now}
		l.sites[e.Site] = s
	}
	s.last, s.next = now, e.Next
	s.pages++
	switch e.Outcome {
	case crawler.New, crawler.Changed:
		s.records++
	case crawler.Blocked, crawler.Failed, crawler.Gone, crawler.Dead, crawler.Deferred:
		s.errors++
		s.lastError = string(e.Outcome)
	}
	if now.Sub(l.drawn) >= liveEvery {
		l.draw(now)
	}
}

// draw writes all lines over the old ones.
func (l *liveView) draw(now time.Time) {
	all := make([]*liveSite, 0, len(l.sites))
	sum := liveSite{began: l.began}
	for _, s := range l.sites {
		all = append(all, s)
		sum.pages, sum.records, sum.errors = sum.pages+s.pages, sum.records+s.records, sum.errors+s.errors
	}
	slices.SortFunc(all, func(a, b *liveSite) int { return cmp.Or(b.last.Compare(a.last), cmp.Compare(a.name, b.name)) })
	all = all[:min(len(all), liveSites)]
	slices.SortFunc(all, func(a, b *liveSite) int { return cmp.Compare(a.name, b.name) }) // a line keeps its place
	sum.name = spell.Count(len(l.sites), "site")
	var b strings.Builder
	l.erase(&b)
	for _, s := range append(all, &sum) {
		line := s.line(now)
		if r := []rune(line); len(r) >= l.width {
			line = string(r[:l.width-1])
		}
		if l.colour && s.errors > 0 {
			line = "\x1b[33m" + line + "\x1b[0m"
		}
		b.WriteString(line + "\n")
	}
	l.lines, l.drawn = len(all)+1, now
	_, _ = io.WriteString(l.w, b.String()) // a terminal that is gone needs no picture
}

func (s *liveSite) line(now time.Time) string {
	rate := float64(s.pages) / max(now.Sub(s.began).Seconds(), 1)
	line := fmt.Sprintf("%-28.28s %6d pages %6d records %5.1f/s", s.name, s.pages, s.records, rate)
	if s.errors > 0 {
		line += strings.TrimRight(fmt.Sprintf(" %4d errors %s", s.errors, s.lastError), " ")
	}
	if wait := s.next.Sub(now); wait > 100*time.Millisecond {
		line += fmt.Sprintf(" next in %.1fs", wait.Seconds())
	}
	return line
}

// clear takes the picture away, so that other output can be written.
func (l *liveView) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wipe()
}

// Write writes other output where the picture stood; the next event draws it anew below.
func (l *liveView) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wipe()
	return l.w.Write(b)
}

// wipe takes the picture off the screen.
func (l *liveView) wipe() {
	if l.lines > 0 {
		var b strings.Builder
		l.erase(&b)
		_, _ = io.WriteString(l.w, b.String())
		l.lines = 0
	}
}

// erase goes up to the first line of the picture and takes all of it away.
func (l *liveView) erase(b *strings.Builder) {
	if l.lines > 0 {
		fmt.Fprintf(b, "\x1b[%dA\r\x1b[J", l.lines)
	}
}
