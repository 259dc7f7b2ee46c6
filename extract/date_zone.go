package extract

import (
	"time"

	"github.com/dateline-go/dateline/normalize"
)

// settleZones finds out in which zone the times of the page are and writes each
// instant in the zone of the house, so that its day is the one readers saw.
func (f *dateFinder) settleZones() {
	for i := range f.ds {
		for j := range f.ds {
			if i != j {
				f.pair(&f.ds[i], &f.ds[j])
			}
		}
	}
	for i := range f.ds {
		if d := &f.ds[i]; d.clock() {
			f.local(d)
			f.dayField(d)
		}
	}
}

// pair gives d the offset of e where both show the same clock. Systems that keep
// local time print it with a Z, but none prints UTC with another offset.
func (f *dateFinder) pair(d, e *dated) {
	if !d.clock() || !e.clock() || d.v.ZoneSource == "paired" || d.v.HasOffset && !d.zulu() {
		return
	}
	v := d.v
	switch {
	case d.zulu() && !e.v.HasOffset && f.zone == nil:
		f.pairByDistance(d, e)
		return
	case !sameWall(&d.v, &e.v) || !e.v.HasOffset || e.v.Offset == 0:
		return
	case e.v.ZoneSource == "explicit":
		v.Zone, v.ZoneSource = e.v.Zone, "paired"
	case e.rule == "text" && !byScript(d.raw): // readers see the clock of the house
		v.Zone, v.ZoneSource = e.v.Zone, e.v.ZoneSource
	default:
		return
	}
	v.Offset, v.HasOffset = e.v.Offset, true
	d.set(v)
}

// byScript: toISOString of a script writes milliseconds and a Z, and is always UTC;
// a clock that a server prints beside it is then UTC too.
func byScript(raw string) bool {
	n := len(raw)
	return n > 5 && (raw[n-1] == 'Z' || raw[n-1] == 'z') && raw[n-5] == '.'
}

// zulu: the value was printed as UTC.
func (d *dated) zulu() bool { return d.v.HasOffset && d.v.Offset == 0 && d.v.ZoneSource == "explicit" }

func sameWall(a, b *normalize.DateValue) bool {
	return a.Year == b.Year && a.Month == b.Month && a.Day == b.Day && a.Hour == b.Hour && a.Minute == b.Minute
}

// pairByDistance: an instant in UTC and a printed clock that are whole quarters of
// an hour apart, to the minute, are one moment in two zones.
func (f *dateFinder) pairByDistance(d, e *dated) {
	apart := wallTime(&e.v).Sub(wallTime(&d.v)).Truncate(time.Minute)
	if apart == 0 || apart%(15*time.Minute) != 0 || apart < -12*time.Hour || apart > 14*time.Hour || d.v.Minute%15 == 0 {
		return // times on the quarter are too often alike by chance
	}
	v := d.v.In(time.FixedZone("", int(apart.Seconds())))
	v.ZoneSource = "paired"
	d.set(v)
}

func wallTime(v *normalize.DateValue) time.Time {
	return time.Date(v.Year, time.Month(v.Month), v.Day, v.Hour, v.Minute, 0, 0, time.UTC)
}

// local turns an instant printed as UTC into the zone of the house where that makes
// another day of it, unless the page shows the day in UTC.
func (f *dateFinder) local(d *dated) {
	if f.zone == nil || !d.zulu() || midnight(&d.v) {
		return
	}
	v := d.v.In(f.zone)
	v.ZoneSource = f.zoneSource
	if midnight(&v) || v.Day != d.v.Day && f.shown(&d.v) <= f.shown(&v) {
		d.set(v)
	}
}

// shown is how much weighs that the page shows the day of v, to readers or in its address.
func (f *dateFinder) shown(v *normalize.DateValue) int {
	sum := 0
	for _, family := range []string{"print", "url"} {
		most := 0
		for i := range f.ds {
			d := &f.ds[i]
			if d.family == family && d.role == published && d.whole() && !d.zulu() && d.v.Year == v.Year && d.v.Month == v.Month && d.v.Day == v.Day {
				most = max(most, d.weight)
			}
		}
		sum += most
	}
	return sum
}

func midnight(v *normalize.DateValue) bool { return v.Hour == 0 && v.Minute == 0 && v.Second == 0 }

// dayField takes the time off a value that stands for a day: midnight is what a
// field without a time prints.
func (f *dateFinder) dayField(d *dated) {
	if midnight(&d.v) {
		v := d.v
		v.Precision, v.HasOffset, v.Offset, v.Zone, v.ZoneSource = "day", false, 0, "", "none"
		d.set(v)
	}
}
