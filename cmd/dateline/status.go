package main

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"
)

// A statusLine is one redrawn line on a terminal; elsewhere, and with --quiet, it is silent.
type statusLine struct {
	w     io.Writer // nil where silent
	drawn bool
}

func newStatusLine(w io.Writer, quiet bool) *statusLine {
	f, ok := w.(*os.File)
	if !ok || quiet || os.Getenv("TERM") == "dumb" || !term.IsTerminal(int(f.Fd())) {
		return &statusLine{}
	}
	return &statusLine{w: w}
}

// show redraws the line: how many of all inputs are done, and the last one.
func (s *statusLine) show(done, all int, name string) {
	if s.w == nil || all < 2 {
		return
	}
	if r := []rune(name); len(r) > 50 {
		name = "…" + string(r[len(r)-50:])
	}
	fmt.Fprintf(s.w, "\r\x1b[K%d/%d %s", done, all, name)
	s.drawn = true
}

// clear takes the line away, so that other output can be written.
func (s *statusLine) clear() {
	if s.drawn {
		fmt.Fprint(s.w, "\r\x1b[K")
		s.drawn = false
	}
}

// end replaces the line by a last word.
func (s *statusLine) end(summary string) {
	if s.w != nil && s.drawn {
		s.clear()
		fmt.Fprintln(s.w, summary)
	}
}
