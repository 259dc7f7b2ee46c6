package extract

import (
	"github.com/dateline-go/dateline/normalize"
)

// settleOrder decides dates whose day and month can be read both ways: by another
// date of the page that is one of the readings, then by the order of the other
// dates that the page prints, which one template wrote.
func (f *dateFinder) settleOrder() {
	order := ""
	for i := range f.ds {
		d := &f.ds[i]
		if d.err != normalize.ErrAmbiguousDate || f.agreeing(d) {
			continue
		}
		if order == "" {
			order = f.pageOrder()
		}
		if order == "dmy" || order == "mdy" {
			h := f.dateHints(false)
			h.Order = order
			if v, err := normalize.Date(d.raw, h); err == nil {
				d.set(v)
				d.why, d.err = "", nil
			}
		}
	}
}

// agreeing takes the reading of an ambiguous date that another source has.
func (f *dateFinder) agreeing(d *dated) bool {
	for _, v := range d.v.Readings {
		for k := range f.ds {
			if e := &f.ds[k]; e.whole() && e.v.Year == v.Year && e.v.Month == v.Month && e.v.Day == v.Day {
				v.Inferred, v.Raw = "order:page", d.raw
				d.set(v)
				d.why, d.err = "", nil
				return true
			}
		}
	}
	return false
}

// pageOrder is dmy or mdy where the short blocks of the page print numeric dates
// that can be read in one way only and all agree, "none" elsewhere.
func (f *dateFinder) pageOrder() string {
	order := "none"
	for i := range f.p.Blocks {
		if f.p.Blocks[i].Runes > 120 {
			continue
		}
		switch this := numericOrder(f.p.BlockText(i)); {
		case this == "" || this == order:
		case order == "none":
			order = this
		default:
			return "none"
		}
	}
	return order
}

// numericOrder is dmy or mdy where s holds a date such as 25/05/2021, whose day
// exceeds twelve, "" elsewhere.
func numericOrder(s string) string {
	for i := 0; i+8 <= len(s); i++ {
		if !digit(s[i]) || i > 0 && digit(s[i-1]) {
			continue
		}
		a, rest := leadingNumber(s[i:], 2)
		if rest == "" || rest[0] != '/' && rest[0] != '-' {
			continue
		}
		b, last := leadingNumber(rest[1:], 2)
		if last == "" || last[0] != rest[0] {
			continue
		}
		y, _ := leadingNumber(last[1:], 4)
		switch {
		case y < firstYear || y > 2100:
		case a > 12 && a < 32 && b > 0 && b < 13:
			return "dmy"
		case b > 12 && b < 32 && a > 0 && a < 13:
			return "mdy"
		}
	}
	return ""
}

// leadingNumber is the number of at most n digits that s begins with, and what follows.
func leadingNumber(s string, n int) (v int, rest string) {
	i := 0
	for ; i < len(s) && i < n && digit(s[i]); i++ {
		v = v*10 + int(s[i]-'0')
	}
	return v, s[i:]
}

// settleYears gives a date that is printed without its year the year of another
// source that has the same day and month.
func (f *dateFinder) settleYears() {
	for i := range f.ds {
		d := &f.ds[i]
		if d.err != normalize.ErrPartialDate && d.v.Inferred != "year" {
			continue
		}
		for k := range f.ds {
			e := &f.ds[k]
			if e.err != nil || !e.whole() || e.v.Inferred == "year" || e.v.Month != d.v.Month || e.v.Day != d.v.Day {
				continue
			}
			v := d.v
			v.Year, v.Inferred = e.v.Year, "year"
			d.set(v)
			d.why, d.err = "", nil
			break
		}
	}
}
