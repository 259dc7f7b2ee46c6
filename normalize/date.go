package normalize

import (
	"errors"
	"time"

	"github.com/araddon/dateparse"
)

// Errors of Date.
var (
	// ErrNoDate: the string holds no date.
	ErrNoDate = errors.New("no date")
	// ErrAmbiguousDate: the date can be read in several ways and nothing decides; see DateValue.Readings.
	ErrAmbiguousDate = errors.New("ambiguous date")
	// ErrPartialDate: the year is missing and nothing supplies it.
	ErrPartialDate = errors.New("partial date")
	// ErrImplausibleDate: a date, but never that of an article.
	ErrImplausibleDate = errors.New("implausible date")
)

// DateHints is what is known about a date from elsewhere.
type DateHints struct {
	// Lang is the language of the page (BCP 47 or ISO 639-1); Country its publisher's (ISO 3166).
	Lang, Country string
	// Zone is the publisher's zone; ZoneSource says how it is known (publisher, country).
	Zone       *time.Location
	ZoneSource string
	// Now is the reference for relative dates and the upper bound of all, usually the moment of the fetch.
	Now time.Time
	// Machine says that the string is an attribute written by a program, not printed text.
	Machine bool
	// Order, where known from other dates of the page, is "dmy", "mdy" or "ymd".
	Order string
}

// A DateValue is a date to the precision that was printed.
type DateValue struct {
	Year, Month, Day, Hour, Minute, Second int
	// Precision is year, month, day, hour, minute or second.
	Precision string
	// HasOffset says that the offset from UTC is known; Offset is in seconds east.
	HasOffset bool
	Offset    int
	// Zone is an IANA name or an offset; ZoneSource is as in dateline.DateEvidence.
	Zone, ZoneSource string
	// Inferred is "", "year", "day" or "order:<why>".
	Inferred string
	// Readings are the possible values of an ambiguous date, sorted.
	Readings []DateValue
	// Raw is the string as given.
	Raw string
	// Flags are oddities: weekday_mismatch, offset_odd.
	Flags []string
}

// A LabelledDate is a date and what the words beside it say it is: published, modified or other.
type LabelledDate struct {
	Role  string
	Value DateValue
	// Labelled is false where no word says what the date is, and Role is only assumed.
	Labelled bool
}

// Date reads one date. Of a line that holds several it gives the one that says it is the publication's,
// else the first; Dates gives all.
func Date(s string, h DateHints) (DateValue, error) {
	f := readDates(s, h)
	if len(f) == 0 {
		return DateValue{Raw: s}, ErrNoDate
	}
	best := 0
	for i := range f {
		if rank(f[i]) > rank(f[best]) {
			best = i
		}
	}
	return f[best].value, f[best].err
}

// Dates reads a line that may hold several dates, each with its label; an unlabelled one counts as published.
// Dates that are ambiguous, partial or implausible are left out.
func Dates(s string, h DateHints) []LabelledDate {
	var out []LabelledDate
	for _, f := range readDates(s, h) {
		if f.err == nil {
			out = append(out, LabelledDate{Role: f.role, Value: f.value, Labelled: f.labelled})
		}
	}
	return out
}

// rank orders what was found on one line: a value before a doubt, a publication before the rest.
func rank(f found) int {
	r := 0
	switch f.err {
	case nil:
		r = 40
	case ErrAmbiguousDate:
		r = 30
	case ErrPartialDate:
		r = 20
	}
	switch f.role {
	case rolePublished:
		r += 2
	case roleModified:
		r++
	}
	return r
}

// looseParse asks dateparse. It is the last resort, behind the guards of loose, because dateparse reads
// day/month pairs in the US order, drops zones and reads h.mm as a fraction, all without an error.
func looseParse(s string) (t time.Time, layout string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = ErrNoDate // its swap option has panicked before; see its pull request 124
		}
	}()
	if t, err = dateparse.ParseStrict(s); err != nil {
		return t, "", err
	}
	layout, err = dateparse.ParseFormat(s)
	return t, layout, err
}
