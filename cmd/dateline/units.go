package main

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"
)

// A span is a flag of a length of time: 30s, 1h30m, and with days 7d or 1d12h.
type span time.Duration

func spanVar(fl *pflag.FlagSet, p *time.Duration, name string, def time.Duration, usage string) {
	*p = def
	fl.Var((*span)(p), name, usage)
}

const day = 24 * time.Hour

// Set reads it. A span is never below zero.
func (s *span) Set(text string) error {
	days, rest, ok := strings.Cut(text, "d")
	if !ok {
		days, rest = "0", text
	}
	n, err := decimal(days)
	var d time.Duration
	if err == nil && (rest != "" || !ok) {
		d, err = time.ParseDuration(rest)
	}
	if err != nil || d < 0 || n*float64(day)+float64(d) >= math.MaxInt64 {
		return errors.New("a length of time is written as 90s, 15m, 12h or 7d")
	}
	*s = span(time.Duration(n*float64(day)) + d)
	return nil
}

func (s *span) String() string {
	d := time.Duration(*s)
	switch {
	case d == 0:
		return "0"
	case d%day == 0:
		return strconv.FormatInt(int64(d/day), 10) + "d"
	}
	return d.String()
}

// Type is what --help names the value.
func (*span) Type() string { return "duration" }

// A byteCount is a flag of a number of bytes: 500KB, 1.5GiB, or a bare number; 1024 of each make one of the next.
type byteCount int64

func sizeVar(fl *pflag.FlagSet, p *int64, name string, def int64, usage string) {
	*p = def
	fl.Var((*byteCount)(p), name, usage)
}

// units are those of a size, the largest first.
var units = []struct {
	name  string
	bytes int64
}{{"T", 1 << 40}, {"G", 1 << 30}, {"M", 1 << 20}, {"K", 1 << 10}}

// Set reads it. It is never below zero.
func (s *byteCount) Set(text string) error {
	text = strings.ToUpper(text)
	num := strings.TrimRight(text, "TGMKIB")
	n, err := decimal(num)
	one := unitOf(text[len(num):])
	if err != nil || one == 0 || n*float64(one) >= math.MaxInt64 {
		return errors.New("a size is written as 500KB, 100MB or 2GB")
	}
	*s = byteCount(n * float64(one))
	return nil
}

// unitOf is the bytes of a unit, 0 of one that is none.
func unitOf(name string) int64 {
	if name == "" || name == "B" {
		return 1
	}
	for _, u := range units {
		if name == u.name || name == u.name+"B" || name == u.name+"IB" {
			return u.bytes
		}
	}
	return 0
}

func (s *byteCount) String() string {
	for _, u := range units {
		if n := int64(*s); n > 0 && n%u.bytes == 0 {
			return strconv.FormatInt(n/u.bytes, 10) + u.name + "B"
		}
	}
	return strconv.FormatInt(int64(*s), 10)
}

// Type is what --help names the value.
func (*byteCount) Type() string { return "size" }

// decimal reads digits with at most one point among them, and nothing else that strconv takes for a number.
func decimal(s string) (float64, error) {
	if s == "" || strings.Trim(s, "0123456789.") != "" {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseFloat(s, 64)
}

// A count is a flag of a whole number that is not under least.
type count struct {
	n     *int
	least int
}

func countVar(fl *pflag.FlagSet, p *int, name, short string, def, least int, usage string) {
	*p = def
	fl.VarP(count{p, least}, name, short, usage)
}

// Set reads it.
func (c count) Set(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < c.least {
		return fmt.Errorf("a whole number is wanted, %d or more", c.least)
	}
	*c.n = n
	return nil
}

func (c count) String() string {
	if c.n == nil { // pflag asks a zero value
		return "0"
	}
	return strconv.Itoa(*c.n)
}

// Type is what --help names the value.
func (count) Type() string { return "int" }
