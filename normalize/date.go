package normalize

import (
	"errors"
	"time"
)

// Errors of Date.
var (
	// ErrNoDate: the string holds no date.
	ErrNoDate = errors.New("no date")
	// ErrAmbiguousDate: day and month can be read both ways and nothing decides; see DateValue.Readings.
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
}

// String is the value in the form of dateline.Record.Published.
func (v DateValue) String() string { return "" }

// Date reads one date.
func Date(s string, h DateHints) (DateValue, error) { return DateValue{}, ErrNoDate }

// Dates reads a line that may hold several dates, each with its label.
func Dates(s string, h DateHints) []LabelledDate { return nil }
