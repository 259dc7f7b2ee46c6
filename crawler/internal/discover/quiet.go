package discover

import (
	"strconv"
	"strings"
	"time"
)

// Quiet are the hours and days, in UTC, in which a feed asks not to be read (RSS 2.0: skipHours, skipDays): a bit for
// each hour, and from bit 24 on for each day, Sunday first.
type Quiet uint32

const (
	allHours Quiet = 1<<24 - 1
	allDays  Quiet = 127 << 24
)

func (q Quiet) holds(t time.Time) bool {
	t = t.UTC()
	return q>>t.Hour()&1 == 1 || q>>(24+int(t.Weekday()))&1 == 1
}

// End is t, or where that is quiet the first hour after it that is not.
func (q Quiet) End(t time.Time) time.Time {
	for range 8 * 24 {
		if !q.holds(t) {
			return t
		}
		t = t.Truncate(time.Hour).Add(time.Hour)
	}
	return t
}

// hour adds an hour as printed; some count from 1 to 24.
func (q *Quiet) hour(s string) {
	if n, err := strconv.Atoi(s); err == nil && n >= 0 && n <= 24 {
		*q |= 1 << (n % 24)
	}
}

// day adds a day by its English name.
func (q *Quiet) day(s string) {
	for d := range 7 {
		if strings.EqualFold(s, time.Weekday(d).String()) {
			*q |= 1 << (24 + d)
		}
	}
}

// sane is q without hours where those are all, and without days where those are: who asks never to be read has not
// understood what he asks for.
func (q Quiet) sane() Quiet {
	if q&allHours == allHours {
		q &^= allHours
	}
	if q&allDays == allDays {
		q &^= allDays
	}
	return q
}

// periods are the values of sy:updatePeriod (RSS 1.0, module Syndication).
var periods = map[string]time.Duration{"hourly": time.Hour, "daily": aDay, "weekly": 7 * aDay, "monthly": 30 * aDay, "yearly": 365 * aDay}

const aDay = 24 * time.Hour

// period is how long a feed says that one state of it lasts, a day at most: so many updates in a period; 0 where it does
// not say.
func period(name, updates string) time.Duration {
	n, err := strconv.Atoi(updates)
	if err != nil || n < 1 {
		n = 1
	}
	return min(periods[strings.ToLower(name)]/time.Duration(n), aDay)
}
